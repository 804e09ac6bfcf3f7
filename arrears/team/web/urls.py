"""Team: visit rounds, sign-off, leave, the record sheet and the weekly review."""

from django.urls import URLPattern

app_name = "team"
urlpatterns: list[URLPattern] = []
