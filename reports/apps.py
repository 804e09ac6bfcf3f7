"""Django's entry for this app."""

from django.apps import AppConfig


class ReportsApp(AppConfig):
    name = "reports"
    label = "reports"

    def ready(self) -> None:
        from reports import words

        words.speak()
