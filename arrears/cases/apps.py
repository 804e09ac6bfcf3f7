"""Django's entry for this app."""

from django.apps import AppConfig


class CasesApp(AppConfig):
    name = "arrears.cases"
    label = "cases"

    def ready(self) -> None:
        from arrears.cases import names, words
        from arrears.cases.queries.owner_standing import may_have_offers
        from billing.charges.queries.good_standing import judged_by
        from tenancy.people.names import NAMERS

        words.speak()
        judged_by(may_have_offers)
        NAMERS.update(case=names.cases, ladder=names.ladders)
