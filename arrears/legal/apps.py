"""Django's entry for this app."""

from django.apps import AppConfig


class LegalApp(AppConfig):
    name = "arrears.legal"
    label = "legal"

    def ready(self) -> None:
        from arrears.legal import words, words_drafts
        from arrears.legal.services import enforcement, finishing

        words.speak()
        words_drafts.speak()
        finishing.register()
        enforcement.register()
