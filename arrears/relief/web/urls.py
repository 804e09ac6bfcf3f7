"""Relief: disputes with their tickets, applications, deferrals, instalment plans, hardship."""

from django.urls import URLPattern

app_name = "relief"
urlpatterns: list[URLPattern] = []
