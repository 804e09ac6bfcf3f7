"""Django's entry for this app."""

from django.apps import AppConfig


class ReportsApp(AppConfig):
    name = "reports"
    label = "reports"
