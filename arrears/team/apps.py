"""Django's entry for this app."""

from django.apps import AppConfig


class TeamApp(AppConfig):
    name = "arrears.team"
    label = "team"

    def ready(self) -> None:
        from arrears.team import names, words, words_rounds
        from arrears.team.services import workplaces
        from tenancy.people.names import NAMERS

        words.speak()
        words_rounds.speak()
        workplaces.register()
        NAMERS.update(round=names.rounds)
