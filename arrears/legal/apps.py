"""Django's entry for this app."""

from django.apps import AppConfig


class LegalApp(AppConfig):
    name = "arrears.legal"
    label = "legal"

    def ready(self) -> None:
        from arrears.legal import words
        from arrears.legal.services import enforcement, payment_order

        words.speak()
        payment_order.register()
        enforcement.register()
