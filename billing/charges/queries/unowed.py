"""Charges that reach beyond what their accounts owe: the unit was sold, a tariff or contract has ended."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import NamedTuple

from django.db.models import QuerySet

from billing.charges.models import Charge, Contract, Subscription
from billing.charges.queries.local_rules import local_value
from billing.charges.rules.cutting import cut, is_by_days, off_kept, owed_until
from billing.charges.rules.local import LocalKind
from billing.charges.rules.pricing import Priced
from owners.queries import community_card
from owners.rules.ownership import HandoverRule, Ownership, with_payers
from tenancy.kernel import sql
from values.period import Period

PACKAGE = "billing.charges"


class Unowed(NamedTuple):
    """A charge with days that are not owed, from `until` on. `kept`: what stays of it, None: nothing.

    `paid_fen` is principal that was paid; `kept_off_fen` what goes on being let off of what stays.
    """

    charge_id: int
    account_id: int
    community_id: int
    unit_id: int
    unit_code: str
    party_id: int
    party_name: str
    fee_item: str
    tariff_id: int
    bill_number: str
    period: Period
    issued_on: date
    due_on: date
    until: date
    amount_fen: int
    paid_fen: int
    late_fee_paid_fen: int
    kept_off_fen: int
    kept: Priced | None

    @property
    def kept_fen(self) -> int:
        """What stays owed, before anything let off."""
        return self.kept.total_fen if self.kept else 0

    @property
    def free_fen(self) -> int:
        """What was paid beyond what stays; the late fee left aside."""
        return max(self.paid_fen - max(self.kept_fen - self.kept_off_fen, 0), 0)

    @property
    def gone_fen(self) -> int:
        """What is not owed any more."""
        return self.amount_fen - self.kept_fen

    @property
    def kept_period(self) -> Period | None:
        """The days that stay."""
        return self.kept.billed if self.kept else None


def unowed(
    account_ids: Collection[int], *, since: date, contract_ends_on: date | None = None
) -> list[Unowed]:
    """Charges of accounts with days from `since` on that they do not owe, in order of account and period.

    What went before that day stays as it was billed, and so does what goes by a meter or is a share.
    `contract_ends_on`: as if no contract held from that day on.
    """
    found = list(_reaching(since).filter(account_id__in=list(account_ids)))
    facts = _Facts(found, contract_ends_on or date.max)
    rows = [row for charge in found if is_by_days(charge.snapshot) and (row := facts.unowed(charge, since))]
    return sorted(rows, key=lambda row: (row.account_id, row.period, row.charge_id))


def accounts_reaching(community_id: int, *, since: date) -> list[int]:
    """Accounts of a community with charges for days from `since` on."""
    found = _reaching(since).filter(community_id=community_id)
    return sorted(set(found.values_list("account_id", flat=True)))


def _reaching(since: date) -> QuerySet[Charge]:
    return Charge.objects.filter(
        kind=Charge.Kind.PERIODIC, reversed_on=None, ends_on__gt=since
    ).select_related("fee_item", "bill", "account__party", "unit")


class _Facts:
    """Who owned, what was subscribed to and which contracts held: one read each."""

    def __init__(self, charges: Sequence[Charge], contract_ends_on: date) -> None:
        units = {charge.unit_id for charge in charges}
        places = {charge.community_id for charge in charges}
        self._owners = owners_of(units)
        self._held: dict[tuple[int, int], list[Period]] = defaultdict(list)
        for unit_id, item_id, held in Subscription.objects.filter(unit_id__in=units).values_list(
            "unit_id", "fee_item_id", "held"
        ):
            self._held[unit_id, item_id].append(_period(held.lower, held.upper))
        self._contracts: dict[int, list[Period]] = defaultdict(list)
        for place, held in Contract.objects.filter(community_id__in=places).values_list(
            "community_id", "held"
        ):
            covered = _period(held.lower, held.upper).intersect(Period(date.min, contract_ends_on))
            self._contracts[place] += [covered] if covered else []
        self._rules: dict[tuple[int, date], HandoverRule] = {}

    def unowed(self, charge: Charge, since: date) -> Unowed | None:
        period = Period(charge.period.lower, charge.period.upper)
        until = owed_until(
            charge.account.party_id,
            period,
            owners=self._owners.get(charge.unit_id, ()),
            rule=self._rule(charge.community_id, period.start.replace(day=1)),
            held=self._held[charge.unit_id, charge.fee_item_id],
            contracts=self._contracts[charge.community_id],
        )
        until = max(until, since)
        if until >= period.end:
            return None
        return Unowed(
            charge_id=charge.pk,
            account_id=charge.account_id,
            community_id=charge.community_id,
            unit_id=charge.unit_id,
            unit_code=charge.unit.code,
            party_id=charge.account.party_id,
            party_name=charge.account.party.name,
            fee_item=charge.fee_item.name,
            tariff_id=(charge.snapshot.get("tariff") or {}).get("id") or 0,
            bill_number=charge.bill.number if charge.bill else "",
            period=period,
            issued_on=charge.issued_on,
            due_on=charge.due_on,
            until=until,
            amount_fen=charge.amount_fen,
            paid_fen=charge.settled_fen - charge.waived_fen,
            late_fee_paid_fen=charge.late_fee_paid_fen,
            kept_off_fen=off_kept(charge.snapshot, until=until, off_fen=charge.waived_fen),
            kept=cut(charge.snapshot, until=until),
        )

    def _rule(self, community_id: int, on: date) -> HandoverRule:
        found = self._rules.get((community_id, on))
        if found is None:
            city = local_value(LocalKind.HANDOVER, community_id=community_id, on=on)
            found = HandoverRule(city or community_card(community_id).handover_rule)
            self._rules[community_id, on] = found
        return found


def owners_of(unit_ids: Iterable[int]) -> dict[int, tuple[Ownership, ...]]:
    """Who owed for units, and when, in order."""
    owned: dict[int, list[Ownership]] = defaultdict(list)
    payers: dict[int, list[Ownership]] = defaultdict(list)
    for unit_id, party_id, developer, start_on, end_on, pays in sql.rows(
        PACKAGE, "owners_of_units", {"unit_ids": sorted(unit_ids)}
    ):
        row = Ownership(party_id, start_on or date.min, end_on, developer)
        (payers if pays else owned)[unit_id].append(row)
    return {unit_id: with_payers(rows, payers[unit_id]) for unit_id, rows in owned.items()}


def _period(start: date | None, end: date | None) -> Period:
    return Period(start or date.min, end or date.max)
