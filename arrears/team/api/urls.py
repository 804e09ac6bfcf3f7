"""The API's part of team."""

from django.urls import URLPattern

app_name = "team_api"
urlpatterns: list[URLPattern] = []
