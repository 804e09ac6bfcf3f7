"""What the audit trail calls a notice and a template."""

from __future__ import annotations

from collections.abc import Collection

from notices.models import Notice, Template
from tenancy.people.words import WORDS


def notices(ids: Collection[int]) -> dict[int, str]:
    """id -> number; those without one are left out."""
    return dict(Notice.objects.filter(pk__in=ids).exclude(number="").values_list("pk", "number"))


def templates(ids: Collection[int]) -> dict[int, str]:
    """id -> kind, channel and version."""
    rows = Template.objects.filter(pk__in=ids).values_list("pk", "kind", "channel", "version")
    return {
        pk: f"{WORDS.get(kind, kind)} {WORDS.get(channel, channel)} v{version}"
        for pk, kind, channel, version in rows
    }
