"""Units that changed hands: what seller and buyer owe by the day of it, and the sheets that say so."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from billing.charges.queries import Unowed, accounts, owed, unowed
from billing.charges.queries.split import pieces_at
from billing.payments.models import Transfer
from billing.payments.queries.credit import credit_of
from billing.payments.rules.split import SplitLine, Sums, sums_of
from owners.queries import PartyOfUnit, UnitHeader, holders_of_unit, unit_header
from tenancy.kernel.errors import NotFound
from values.period import Period


class Change(NamedTuple):
    """A change of owners: `on` is the buyer's first day. `transfer_id`: the sheet, if it was drawn up."""

    unit_id: int
    on: date
    seller_id: int
    seller: str
    buyer_id: int
    buyer: str
    joint: tuple[str, ...]
    transfer_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """What the sheet says. `free_fen`: what the seller paid for days that he does not owe.

    `owed_fen`: what he still owes for his own days; that stays with him. `cuts`: charges to be cut.
    """

    change: Change
    unit: UnitHeader
    account_id: int | None
    lines: tuple[SplitLine, ...]
    free_fen: int
    owed_fen: int
    credit_fen: int
    cuts: int

    @property
    def sums(self) -> Sums:
        """The last line."""
        return sums_of(self.lines)


class TransferRow(NamedTuple):
    """A sheet in the list, and its page's head."""

    transfer_id: int
    number: str
    unit_id: int
    unit_code: str
    account_id: int
    seller: str
    buyer: str
    on: date
    registered_on: date | None
    free_fen: int
    release_id: int | None
    bill_id: int | None
    bill_number: str
    issued_by: str
    issued_on: date


def changes_of(unit_id: int) -> list[Change]:
    """Every change of a unit's owners, the newest first; NotFound where the unit is not (or not yours)."""
    unit_header(unit_id)
    holders = [row for row in holders_of_unit(unit_id) if row.role == "OWNER"]
    first = sorted((row for row in holders if row.rank == 1), key=lambda row: row.from_on)
    drawn = dict(Transfer.objects.filter(unit_id=unit_id).values_list("on", "pk"))
    found = [
        _change(unit_id, before, after, holders, drawn.get(after.from_on))
        for before, after in pairwise(first)
        if before.party_id != after.party_id
    ]
    return found[::-1]


def change_on(unit_id: int, on: date) -> Change:
    """The change of a day; NotFound when nobody came on it."""
    found = next((change for change in changes_of(unit_id) if change.on == on), None)
    if found is None:
        raise NotFound(_("The unit did not change hands on this day."), field="on")
    return found


def split_of(change: Change, *, as_of: date) -> Split:
    """What the sheet would say; nothing is written."""
    mine = accounts(unit_id=change.unit_id, party_id=change.seller_id)
    account_id = mine[0].account_id if mine else None
    rows = unowed([account_id], since=change.on) if account_id else []
    return Split(
        change=change,
        unit=unit_header(change.unit_id),
        account_id=account_id,
        lines=lines_of(change, rows),
        free_fen=sum(row.free_fen for row in rows),
        owed_fen=owed(account_ids=[account_id], as_of=as_of)[account_id].total_fen if account_id else 0,
        credit_fen=credit_of([account_id])[account_id] if account_id else 0,
        cuts=len(rows),
    )


def lines_of(change: Change, rows: Collection[Unowed], *, but: Collection[int] = ()) -> tuple[SplitLine, ...]:
    """Charges that are cut, and those that were split by the day when they were billed.

    `but`: what was made of the cut ones, which are lines already.
    """
    cut = [_line(row.fee_item, row.period, row.amount_fen, row.kept_period, row.kept_fen) for row in rows]
    known = {row.charge_id for row in rows} | set(but)
    return tuple(sorted([*cut, *_billed_apart(change, known)], key=_in_order))


def transfers(*, unit_ids: Collection[int] | None = None) -> QuerySet[Transfer]:
    """Sheets in sight, the newest first; of some units, or of all."""
    found = Transfer.objects.order_by("-pk")
    return found if unit_ids is None else found.filter(unit_id__in=list(unit_ids))


def transfer_rows(page: Collection[Transfer]) -> list[TransferRow]:
    """One page of sheets."""
    joined = ("unit", "account__party", "buyer", "bill", "issued_by")
    known = Transfer.objects.filter(pk__in=[row.pk for row in page]).select_related(*joined)
    by_id = {row.pk: _row(row) for row in known}
    return [by_id[row.pk] for row in page if row.pk in by_id]


def transfer_card(transfer_id: int) -> tuple[TransferRow, tuple[SplitLine, ...], Mapping[str, Any]]:
    """One sheet: its head, its lines, and all its frozen facts; NotFound where it is not (or not yours)."""
    found = transfers().filter(pk=transfer_id).first()
    if found is None:
        raise NotFound(_("There is no such settlement sheet."))
    lines = tuple(SplitLine.from_json(said) for said in found.facts["lines"])
    return transfer_rows([found])[0], lines, found.facts


def _change(
    unit_id: int, before: PartyOfUnit, after: PartyOfUnit, holders: Iterable[PartyOfUnit], drawn: int | None
) -> Change:
    joint = tuple(row.name for row in holders if row.rank > 1 and row.from_on == after.from_on)
    return Change(
        unit_id, after.from_on, before.party_id, before.name, after.party_id, after.name, joint, drawn
    )


def _line(fee_item: str, period: Period, total: int, kept: Period | None, kept_fen: int) -> SplitLine:
    days = kept.days if kept else 0
    return SplitLine(
        fee_item,
        period.start,
        period.last_day,
        total,
        days,
        kept_fen,
        period.days - days,
        total - kept_fen,
    )


def _billed_apart(change: Change, cut: Collection[int]) -> list[SplitLine]:
    """A run after the change has split a month itself: the seller's part and the buyer's are charges."""
    pieces = [piece for piece in pieces_at(change.unit_id, change.on) if piece.charge_id not in cut]
    found = []
    for left in pieces:
        if left.party_id != change.seller_id or left.period.end != change.on:
            continue
        rights = [
            piece
            for piece in pieces
            if piece.party_id == change.buyer_id
            and piece.fee_item == left.fee_item
            and piece.period.start == change.on
        ]
        if rights and not left.period.is_whole_months:
            whole = Period(left.period.start, rights[0].period.end)
            total = left.amount_fen + rights[0].amount_fen
            found.append(_line(left.fee_item, whole, total, left.period, left.amount_fen))
    return found


def _in_order(line: SplitLine) -> tuple[date, str]:
    return line.first_on, line.fee_item


def _row(row: Transfer) -> TransferRow:
    return TransferRow(
        transfer_id=row.pk,
        number=row.number,
        unit_id=row.unit_id,
        unit_code=row.unit.code,
        account_id=row.account_id,
        seller=row.account.party.name,
        buyer=row.buyer.name,
        on=row.on,
        registered_on=row.registered_on,
        free_fen=row.free_fen,
        release_id=row.release_id,
        bill_id=row.bill_id,
        bill_number=row.bill.number if row.bill else "",
        issued_by=row.issued_by.name if row.issued_by else "",
        issued_on=timezone.localtime(row.created_at).date(),
    )
