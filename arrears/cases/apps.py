"""Django's entry for this app."""

from django.apps import AppConfig


class CasesApp(AppConfig):
    name = "arrears.cases"
    label = "cases"

    def ready(self) -> None:
        from arrears.cases import names, words, words_clock, words_disputes, words_policy, words_visits
        from tenancy.people.names import NAMERS

        words.speak()
        words_clock.speak()
        words_disputes.speak()
        words_policy.speak()
        words_visits.speak()
        NAMERS.update(case=names.cases, ladder=names.ladders)
