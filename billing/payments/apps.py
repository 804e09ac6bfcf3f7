"""Django's entry for this app."""

from django.apps import AppConfig


class PaymentsApp(AppConfig):
    name = "billing.payments"
    label = "payments"

    def ready(self) -> None:
        from billing.payments import names, words
        from tenancy.people.names import NAMERS
        from tenancy.people.words import SENTENCES, WORDS

        WORDS.update(words.WORDS)
        SENTENCES.update(words.SENTENCES)
        NAMERS.update(
            payment=names.payments,
            receipt=names.receipts,
            cash_point=names.cash_points,
            cash_session=names.cash_sessions,
            cash_deposit=names.cash_deposits,
            day_close=names.day_closes,
        )
