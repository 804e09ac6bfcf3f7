"""Django's entry for this app."""

from django.apps import AppConfig


class OwnersApp(AppConfig):
    name = "owners"
    label = "owners"

    def ready(self) -> None:
        from owners import words

        words.speak()
