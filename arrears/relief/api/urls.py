"""The API's part of relief."""

from django.urls import URLPattern

app_name = "relief_api"
urlpatterns: list[URLPattern] = []
