"""Django's entry for this app."""

from django.apps import AppConfig


class TeamApp(AppConfig):
    name = "arrears.team"
    label = "team"

    def ready(self) -> None:
        from arrears.cases.services import told_by
        from arrears.team import names, words
        from arrears.team.queries.duty import staffing_of
        from arrears.team.services import workplaces
        from tenancy.people.names import NAMERS

        words.speak()
        told_by(staffing_of)
        workplaces.register()
        NAMERS.update(round=names.rounds)
