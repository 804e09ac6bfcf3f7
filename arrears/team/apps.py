"""Django's entry for this app."""

from django.apps import AppConfig


class TeamApp(AppConfig):
    name = "arrears.team"
    label = "team"

    def ready(self) -> None:
        from arrears.team import words

        words.speak()
