"""Django's entry for this app."""

from django.apps import AppConfig


class LegalApp(AppConfig):
    name = "arrears.legal"
    label = "legal"

    def ready(self) -> None:
        from arrears.legal import words
        from arrears.legal.services.payment_order import register

        words.speak()
        register()
