"""Rules that cities set, and which of them is in force."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from django.db.models import QuerySet

from billing.charges.models import LocalRule
from billing.charges.rules import local
from billing.charges.rules.local import LocalKind


class LocalRuleRow(NamedTuple):
    """One rule; `community_name` empty: for all communities."""

    rule_id: int
    kind: str
    community_id: int | None
    community_name: str
    value: str
    from_on: date
    basis: str
    entered_by: str


def local_rules() -> QuerySet[LocalRule]:
    """All rules by kind, the newest first."""
    return LocalRule.objects.select_related("community", "entered_by").order_by("kind", "-from_on", "-pk")


def local_rule_row(rule: LocalRule) -> LocalRuleRow:
    """One rule as plain data."""
    return LocalRuleRow(
        rule.pk,
        rule.kind,
        rule.community_id,
        rule.community.name if rule.community else "",
        rule.value,
        rule.from_on,
        rule.basis,
        rule.entered_by.name if rule.entered_by else "",
    )


def local_value(kind: LocalKind, *, community_id: int, on: date) -> str | None:
    """What holds in a community on a day; None where no rule was entered."""
    found = LocalRule.objects.filter(kind=kind.value, from_on__lte=on)
    rules = [
        local.LocalRule(kind, community, from_on, value)
        for community, from_on, value in found.values_list("community_id", "from_on", "value")
    ]
    return local.rule_on(rules, kind=kind, community_id=community_id, on=on)
