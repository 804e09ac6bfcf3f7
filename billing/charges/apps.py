"""Django's entry for this app."""

from django.apps import AppConfig


class ChargesApp(AppConfig):
    name = "billing.charges"
    label = "charges"

    def ready(self) -> None:
        from billing.charges import names, words
        from tenancy.people.names import NAMERS
        from tenancy.people.words import SENTENCES, WORDS

        WORDS.update(words.WORDS)
        SENTENCES.update(words.SENTENCES)
        NAMERS.update(bill=names.bills)
