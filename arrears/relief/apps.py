"""Django's entry for this app."""

from django.apps import AppConfig


class ReliefApp(AppConfig):
    name = "arrears.relief"
    label = "relief"

    def ready(self) -> None:
        from arrears.relief import words
        from arrears.relief.services import chain, replies

        words.speak()
        chain.register()
        replies.register()
