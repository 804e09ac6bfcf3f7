"""Django's entry for this app."""

from django.apps import AppConfig


class NoticesApp(AppConfig):
    name = "notices"
    label = "notices"

    def ready(self) -> None:
        from notices import names, words
        from tenancy.people.names import NAMERS

        words.speak()
        NAMERS.update(notice=names.notices, template=names.templates)
