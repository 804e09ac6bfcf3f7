"""Django's entry for this app."""

from django.apps import AppConfig


class ConfigApp(AppConfig):
    name = "config"
    label = "config"
