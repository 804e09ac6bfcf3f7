"""Django's entry for this app."""

from django.apps import AppConfig


class LegalApp(AppConfig):
    name = "arrears.legal"
    label = "legal"

    def ready(self) -> None:
        from arrears.cases.services import decisions
        from arrears.legal import words
        from arrears.legal.queries import (
            exhibits_claim,
            exhibits_legal,
            exhibits_money,
            exhibits_papers,
            exhibits_relief,
        )
        from arrears.legal.queries.exhibits import register_part
        from arrears.legal.queries.public import PUBLIC_NOTICE
        from arrears.legal.services import enforcement, finishing, gates, public, write_off

        words.speak()
        finishing.register()
        enforcement.register()
        register_part("contract", exhibits_money.contract_part)
        register_part("ownership", exhibits_money.ownership_part)
        register_part("ledger", exhibits_money.ledger_part)
        register_part("calculation", exhibits_claim.calculation_part)
        register_part("papers", exhibits_papers.papers_part)
        register_part("contacts", exhibits_papers.contacts_part)
        register_part("messages", exhibits_papers.messages_part)
        register_part("applications", exhibits_relief.applications_part)
        register_part("tickets", exhibits_relief.tickets_part)
        register_part("limitation", exhibits_legal.limitation_part)
        register_part("court", exhibits_legal.court_part)
        gates.register()
        decisions.register(write_off.KIND, write_off.write_off_decided)
        decisions.register(PUBLIC_NOTICE, public.notice_decided)
