"""What an owner sees of his own accounts: units with what is owed on them, and bills."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from typing import NamedTuple

from billing.charges.models import Bill, Charge
from billing.charges.queries.accounts import AccountRow, accounts
from billing.charges.queries.bills import BillFilter, BillRow, bill_rows, bills
from billing.charges.queries.early import birds_told
from billing.charges.queries.open import OPEN, OpenCharge, Owed, open_charges, sum_up
from billing.charges.queries.relief import Offered, offers_of
from billing.charges.queries.why import Why, explain_charge
from owners.queries.portal import HeldUnit, UnitPlace, held_by, places_of, same_people


class OwnerUnit(NamedTuple):
    """A unit of an owner. `held` is None where he holds it no longer but has an account there.

    `owed` and `open` are of his own accounts only: whoever came before or after owes his own debts.
    """

    place: UnitPlace
    held: HeldUnit | None
    account_ids: tuple[int, ...]
    owed: Owed
    open: tuple[OpenCharge, ...]
    next_due_on: date | None
    next_due_fen: int


class OwnerOffer(NamedTuple):
    """What is let off who pays by a day: late fee (LATE_FEE), or a share of a whole year (YEAR).

    `pay_fen` is what has to come in by then. `withheld`: it asks for a good standing and he has none, so
    nothing would be let off him.
    """

    kind: str
    last_on: date
    pay_fen: int
    off_fen: int
    fee_item: str = ""
    year: int | None = None
    share: str = ""
    needs_good_standing: bool = False
    withheld: bool = False


class OwnerBill(NamedTuple):
    """A bill with the late fee that runs on its charges."""

    row: BillRow
    late_fee_fen: int

    @property
    def owed_fen(self) -> int:
        """Principal and late fee."""
        return self.row.unpaid_fen + self.late_fee_fen


def accounts_of(party_ids: Collection[int]) -> list[AccountRow]:
    """The accounts of these parties and of those merged with them, the newest first."""
    return [row for party_id in same_people(party_ids) for row in accounts(party_id=party_id)]


def own_account(party_ids: Collection[int], unit_id: int, *, on: date) -> int | None:
    """The newest account of these parties for a unit that they hold on a day."""
    people = same_people(party_ids)
    if all(unit.unit_id != unit_id for unit in held_by(people, on=on)):
        return None
    rows = [row for person in people for row in accounts(party_id=person)]
    return next((row.account_id for row in rows if row.unit_id == unit_id), None)


def units_of(party_ids: Collection[int], *, as_of: date) -> list[OwnerUnit]:
    """Every unit that these parties hold or have an account for, in the order people count them."""
    held = {unit.unit_id: unit for unit in held_by(same_people(party_ids), on=as_of)}
    by_unit: dict[int, list[int]] = {unit_id: [] for unit_id in held}
    for account in accounts_of(party_ids):
        by_unit.setdefault(account.unit_id, []).append(account.account_id)
    due = open_charges(account_ids=[one for ids in by_unit.values() for one in ids], as_of=as_of)
    return [
        _unit(place, held.get(unit_id), by_unit[unit_id], [c for c in due if c.unit_id == unit_id], as_of)
        for unit_id, place in places_of(by_unit).items()
    ]


def offers_for(unit: OwnerUnit, *, as_of: date) -> list[OwnerOffer]:
    """What the owner may save on a unit, the earliest to end first; on his own accounts only."""
    opened = {charge.charge_id: charge for charge in unit.open}
    found = [*_late_fee_offers(unit, opened, as_of), *_year_offers(unit, opened, as_of)]
    return sorted((offer for offer in found if offer.off_fen > 0), key=lambda offer: offer.last_on)


def ahead_unpaid(account_id: int) -> int | None:
    """A bill of coming months on which something is unpaid."""
    opened = Charge.objects.filter(OPEN, account_id=account_id, reversed_on=None)
    found = opened.filter(bill__kind=Bill.Kind.PREPAYMENT).order_by("-bill_id")
    bill_id: int | None = found.values_list("bill_id", flat=True).first()
    return bill_id


def bills_of(account_ids: Collection[int], *, as_of: date) -> list[OwnerBill]:
    """The standing bills of accounts, the newest first."""
    found = [bill for one in account_ids for bill in bills(BillFilter(account_id=one), as_of=as_of)]
    late_fees: dict[int | None, int] = {}
    for charge in open_charges(account_ids=list(account_ids), as_of=as_of):
        late_fees[charge.bill_id] = late_fees.get(charge.bill_id, 0) + charge.late_fee_fen
    rows = [row for row in bill_rows(found, as_of=as_of) if row.voided_on is None]
    rows.sort(key=lambda row: (row.issued_on, row.number), reverse=True)
    return [OwnerBill(row, late_fees.get(row.bill_id, 0)) for row in rows]


def explained(charge_ids: Collection[int], *, as_of: date) -> list[Why]:
    """The calculations of these charges, oldest due first; three reads, however many charges."""
    charges = (
        Charge.objects.filter(pk__in=list(charge_ids))
        .select_related("fee_item", "bill", "unit")
        .prefetch_related("movements", "pauses")
        .order_by("due_on", "pk")
    )
    return [explain_charge(charge, as_of=as_of) for charge in charges]


def _late_fee_offers(unit: OwnerUnit, opened: Mapping[int, OpenCharge], as_of: date) -> Iterator[OwnerOffer]:
    waivers: dict[int, list[Offered]] = {}
    for offers in offers_of(unit.account_ids, day=as_of).values():
        for offer in offers:
            waivers.setdefault(offer.waiver_id, []).append(offer)
    for parts in waivers.values():
        meant = [opened[part.charge_id] for part in parts if part.charge_id in opened]
        yield OwnerOffer(
            "LATE_FEE",
            parts[0].until,
            sum(charge.unpaid_fen for charge in meant),
            sum(charge.late_fee_fen for charge in meant),
        )


def _year_offers(unit: OwnerUnit, opened: Mapping[int, OpenCharge], as_of: date) -> Iterator[OwnerOffer]:
    for bird in birds_told(unit.account_ids, day=as_of):
        before_fen = sum(opened[pk].owed_fen for pk in bird.before if pk in opened)
        pay_fen = bird.off.unpaid_fen - bird.off.total_fen + before_fen
        yield OwnerOffer(
            "YEAR",
            bird.last_on,
            pay_fen,
            bird.off.total_fen,
            bird.fee_item,
            bird.year,
            bird.share,
            bird.needs_good_standing,
            bird.withheld,
        )


def _unit(
    place: UnitPlace, held: HeldUnit | None, account_ids: list[int], due: list[OpenCharge], as_of: date
) -> OwnerUnit:
    coming = [charge for charge in due if charge.due_on >= as_of and charge.unpaid_fen > 0]
    next_due_on = min((charge.due_on for charge in coming), default=None)
    return OwnerUnit(
        place=place,
        held=held,
        account_ids=tuple(account_ids),
        owed=sum_up(due, as_of=as_of),
        open=tuple(due),
        next_due_on=next_due_on,
        next_due_fen=sum(charge.unpaid_fen for charge in coming if charge.due_on == next_due_on),
    )
