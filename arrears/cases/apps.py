"""Django's entry for this app."""

from django.apps import AppConfig


class CasesApp(AppConfig):
    name = "arrears.cases"
    label = "cases"

    def ready(self) -> None:
        from arrears.cases import names, words
        from tenancy.people.names import NAMERS

        words.speak()
        NAMERS.update(case=names.cases, ladder=names.ladders)
