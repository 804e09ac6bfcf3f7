"""Django's entry for this app."""

from django.apps import AppConfig


class CasesApp(AppConfig):
    name = "arrears.cases"
    label = "cases"
