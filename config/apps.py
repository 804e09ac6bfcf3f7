"""Django's entry for this app; and the things a low storey must be told about a high one."""

from __future__ import annotations

from datetime import date

from django.apps import AppConfig


class ConfigApp(AppConfig):
    name = "config"
    label = "config"

    def ready(self) -> None:
        from tenancy.people import places

        places.listed_by(_communities)

        from billing.banking.queries.blocked import blocked_by

        blocked_by(_held)


def _communities() -> list[tuple[int, str]]:
    from owners.queries import communities

    return [(row.id, row.name) for row in communities()]


def _held(on: date) -> set[int]:
    from arrears.cases.queries.held import held_accounts

    return held_accounts(on)
