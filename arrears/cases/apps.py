"""Django's entry for this app."""

from django.apps import AppConfig


class CasesApp(AppConfig):
    name = "arrears.cases"
    label = "cases"

    def ready(self) -> None:
        from arrears.cases import words

        words.speak()
