"""Django's entry for this app; and the one thing a low storey must be told about a high one."""

from __future__ import annotations

from django.apps import AppConfig


class ConfigApp(AppConfig):
    name = "config"
    label = "config"

    def ready(self) -> None:
        from tenancy.people import places

        places.listed_by(_communities)


def _communities() -> list[tuple[int, str]]:
    from owners.queries import communities

    return [(row.id, row.name) for row in communities()]
