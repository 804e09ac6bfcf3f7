"""Take back charges for days that nobody owes; what stays is a new charge, due and priced as it was."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple

from django.db.models import Exists, F, OuterRef, Sum

from billing.charges.models import Adjustment, Bill, Charge, LateFeePause, WaiverLine
from billing.charges.queries.billable import Payer, PricedItem, priced_items
from billing.charges.queries.contracts import ContractTerms, contract_on, find_contract
from billing.charges.queries.paid import late_fee_left
from billing.charges.queries.unowed import Unowed
from billing.charges.queries.vacancies import Standing, standing_in
from billing.charges.rules.charging import Debt
from billing.charges.rules.cutting import off_kept
from billing.charges.services.adjust import LetOff, adjust_charges, take_back
from billing.charges.services.pauses import pause_late_fee
from billing.charges.services.reduced import off_of
from billing.charges.services.round import Line, NewBill
from billing.charges.services.writing import BillWriter
from tenancy.people.services import audit
from values.period import month_start


class Cut(NamedTuple):
    """A charge that was taken back, and the new one that stays of it, if anything does."""

    old: Unowed
    charge_id: int | None


def cut_charges(*, rows: Sequence[Unowed], reason: str, on: date, at: datetime) -> list[Cut]:
    """Reverse charges of one community and issue anew what stays of them, with what was let off and paused.

    The accounts must be locked, and what was paid be taken off the charges before: nobody has paid a charge
    that is reversed. A bill of which nothing stands is void; its number stays.
    """
    old_ids = [row.charge_id for row in rows]
    offs = _standing(old_ids)
    for off in offs:
        take_back(adjustment_id=off.pk, reason=reason, on=on, at=at)
    Charge.objects.filter(pk__in=old_ids).update(reversed_on=on)
    _void_empty(old_ids, reason, on)
    made = _issue([row for row in rows if row.kept], on)
    cuts = [Cut(row, made.get(row.charge_id)) for row in rows]
    _pause_again(cuts, on)
    _let_off_again(cuts, offs, at)
    said = [
        (row, {"amount_fen": -row.gone_fen, "until": row.until.isoformat(), "reason": reason}) for row in rows
    ]
    audit.record_many("charge.cut", [audit.Entry("charge", row.charge_id, facts) for row, facts in said])
    return cuts


def _standing(charge_ids: Collection[int]) -> list[Adjustment]:
    gone = Adjustment.objects.filter(reverses=OuterRef("pk"))
    found = Adjustment.objects.filter(charge_id__in=list(charge_ids), reverses=None).exclude(Exists(gone))
    return list(found.order_by("pk"))


def _void_empty(charge_ids: Collection[int], reason: str, on: date) -> None:
    standing = Charge.objects.filter(bill=OuterRef("pk"), reversed_on=None)
    touched = Bill.objects.filter(charges__in=list(charge_ids), voided_on=None).exclude(Exists(standing))
    Bill.objects.filter(pk__in=list(touched.values_list("pk", flat=True))).update(
        voided_on=on, void_reason=reason[:200]
    )


def _issue(rows: Sequence[Unowed], on: date) -> dict[int, int]:
    """One bill for each account and contract; old charge id -> new one."""
    if not rows:
        return {}
    items = priced_items(rows[0].community_id)
    debts = _debts({row.account_id for row in rows})
    groups: dict[tuple[int, int], list[Unowed]] = defaultdict(list)
    terms: dict[int, ContractTerms] = {}
    for row in rows:
        contract = _contract(row, on)
        terms[contract.contract_id] = contract
        groups[contract.contract_id, row.account_id].append(row)
    made: dict[int, int] = {}
    for contract_id, contract in terms.items():
        mine = [group for (of, _account), group in groups.items() if of == contract_id]
        writer = BillWriter(contract, run_id=None, kind=Bill.Kind.PERIODIC, issued_on=on, reduces=False)
        ids = writer.write([_bill(group, items, debts) for group in mine])
        for group, bill_id in zip(mine, ids, strict=True):
            new = Charge.objects.filter(bill_id=bill_id).order_by("pk").values_list("pk", flat=True)
            made |= {row.charge_id: pk for row, pk in zip(group, new, strict=True)}
    return made


def _contract(row: Unowed, on: date) -> ContractTerms:
    """The one it was issued under: a charge goes by the contract of its period's first day."""
    return find_contract(row.community_id, month_start(row.period.start)) or contract_on(row.community_id, on)


def _bill(rows: Sequence[Unowed], items: Mapping[int, PricedItem], debts: Mapping[int, int]) -> NewBill:
    first = rows[0]
    payer = Payer(first.party_id, first.party_name, first.account_id, debts.get(first.account_id, 0))
    lines = [Line(items[row.tariff_id], Debt(row.party_id, row.kept, row.due_on)) for row in rows if row.kept]
    return NewBill(first.unit_id, first.unit_code, payer, lines)


def _debts(account_ids: Collection[int]) -> dict[int, int]:
    found = Charge.objects.filter(account_id__in=list(account_ids), reversed_on=None)
    sums = found.values_list("account_id").annotate(fen=Sum(F("amount_fen") - F("settled_fen")))
    return dict(sums)


def _pause_again(cuts: Sequence[Cut], on: date) -> None:
    new = {cut.old.charge_id: cut.charge_id for cut in cuts if cut.charge_id}
    for pause in LateFeePause.objects.filter(charge_id__in=list(new)).order_by("pk"):
        pause_late_fee(
            charge_ids=[new[pause.charge_id]],
            first_on=pause.first_on,
            last_on=pause.last_on,
            reason=pause.reason,
            on=max(on, pause.first_on),
        )


def _let_off_again(cuts: Sequence[Cut], offs: Sequence[Adjustment], at: datetime) -> None:
    """What was let off goes on holding for the days that stay, from the day it was let off."""
    by_charge = {cut.old.charge_id: cut for cut in cuts if cut.charge_id}
    mine = [off for off in offs if off.charge_id in by_charge]
    snapshots = dict(Charge.objects.filter(pk__in=list(by_charge)).values_list("pk", "snapshot"))
    vacant = _vacancies(cuts)
    left = {cut.old.charge_id: cut.old.kept_fen for cut in by_charge.values()}
    for off in mine:
        cut = by_charge[off.charge_id]
        if off.part == WaiverLine.Part.LATE_FEE:
            fen = min(off.amount_fen, _accrued(cut.charge_id, off.on))
        elif off.vacancy_id in vacant and cut.old.kept:
            fen = off_of(cut.old.kept.snapshot(), [vacant[off.vacancy_id]])
        else:
            fen = off_kept(snapshots[off.charge_id], until=cut.old.until, off_fen=off.amount_fen)
        if off.part != WaiverLine.Part.LATE_FEE:
            fen = min(fen, left[off.charge_id])
            left[off.charge_id] -= fen
        if fen > 0 and cut.charge_id:
            adjust_charges(wanted=[_again(off, cut.charge_id, fen)], on=off.on, at=at)


def _again(off: Adjustment, charge_id: int, fen: int) -> LetOff:
    return LetOff(charge_id, off.kind, off.part, fen, off.reason, off.waiver_id, off.offer_id, off.vacancy_id)


def _accrued(charge_id: int | None, on: date) -> int:
    return 0 if charge_id is None else late_fee_left([charge_id], as_of=on).get(charge_id, 0)


def _vacancies(cuts: Sequence[Cut]) -> dict[int | None, Standing]:
    places = {cut.old.community_id for cut in cuts}
    return {one.vacancy_id: one for place in places for found in standing_in(place).values() for one in found}
