"""Django's entry for this app."""

from django.apps import AppConfig


class OwnersApp(AppConfig):
    name = "owners"
    label = "owners"

    def ready(self) -> None:
        from owners import names, words
        from tenancy.people.names import NAMERS

        words.speak()
        NAMERS.update(community=names.communities, unit=names.units)
