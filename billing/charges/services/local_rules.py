"""Note what a city has ruled, from a day on."""

from __future__ import annotations

from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from billing.charges.models import LocalRule
from billing.charges.rules.local import LocalKind, read_value
from owners.queries import community_card
from tenancy.kernel.errors import Conflict, Refused
from tenancy.kernel.scope import current_user_id
from tenancy.people.services import audit


class LocalRuleNotValid(Refused):
    code = "charges.local_rule_not_valid"


class LocalRuleThere(Conflict):
    code = "charges.local_rule_there"


def add_local_rule(
    *, kind: LocalKind, value: str, from_on: date, basis: str, community_id: int | None = None
) -> int:
    """A rule for a community, or for all (None); its id. What was billed before stays as it is.

    Raises LocalRuleNotValid, LocalRuleThere, NotFound.
    """
    if community_id is not None:
        community_card(community_id)
    try:
        kept = read_value(kind, value)
    except ValueError as error:
        raise LocalRuleNotValid(_said(kind), field="value") from error
    if not basis.strip():
        raise LocalRuleNotValid(_("Name the regulation."), field="basis")
    try:
        with transaction.atomic():
            row = LocalRule.objects.create(
                kind=kind.value,
                value=kept,
                from_on=from_on,
                basis=basis.strip(),
                community_id=community_id,
                entered_by_id=current_user_id(),
            )
    except IntegrityError as error:
        raise LocalRuleThere(_("There is a rule from that day already."), field="from_on") from error
    audit.record("local_rule.added", kind="local_rule", pk=row.pk, value=kept, from_on=from_on.isoformat())
    return int(row.pk)


def _said(kind: LocalKind) -> str:
    if kind in (LocalKind.VACANCY_RATIO, LocalKind.LPR):
        return _("A share between 0 and 1, such as 0.7.")
    if kind is LocalKind.COURT_SAFE_K:
        return _("A number between 1 and 4, such as 1.3.")
    if kind is LocalKind.AVERAGE_WAGE:
        return _("Whole yuan a year, such as 133045.")
    if kind in (LocalKind.PREPAY_MONTHS, LocalKind.VACANCY_MONTHS):
        return _("A number of months between 1 and 36.")
    if kind is LocalKind.NOTICE_LEVEL:
        return _("L0, L1 or L2.")
    return _("BY_DAY or NEXT_MONTH.")
