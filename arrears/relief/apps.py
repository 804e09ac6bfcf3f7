"""Django's entry for this app."""

from django.apps import AppConfig


class ReliefApp(AppConfig):
    name = "arrears.relief"
    label = "relief"

    def ready(self) -> None:
        from arrears.relief import words, words_tickets
        from arrears.relief.services import chain, replies

        words.speak()
        words_tickets.speak()
        chain.register()
        replies.register()
