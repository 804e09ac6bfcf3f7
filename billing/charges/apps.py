"""Django's entry for this app."""

from django.apps import AppConfig


class ChargesApp(AppConfig):
    name = "billing.charges"
    label = "charges"
