"""Django's entry for this app."""

from django.apps import AppConfig


class LegalApp(AppConfig):
    name = "arrears.legal"
    label = "legal"

    def ready(self) -> None:
        from arrears.cases.services import decisions
        from arrears.legal import words, words_gates, words_process
        from arrears.legal.queries.public import PUBLIC_NOTICE
        from arrears.legal.services import enforcement, gates, payment_order, public, write_off

        words.speak()
        words_gates.speak()
        words_process.speak()
        payment_order.register()
        enforcement.register()
        gates.register()
        decisions.register(write_off.KIND, write_off.write_off_decided)
        decisions.register(PUBLIC_NOTICE, public.notice_decided)
