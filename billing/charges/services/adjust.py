"""The only writer of adjustments: what is let off a charge, and what of that is taken back."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime, time
from typing import NamedTuple

from django.db.models import Exists, OuterRef, Q
from django.utils.timezone import make_aware
from django.utils.translation import gettext as _

from billing.charges.models import Adjustment, Charge
from billing.charges.services.settle import Settlement, settle_charges
from tenancy.kernel.errors import Conflict, NotFound
from tenancy.kernel.scope import current_user_id
from tenancy.people.services import audit


class TakenBack(Conflict):
    """What was let off here is owed again already."""

    code = "charges.adjustment_taken_back"


class LetOff(NamedTuple):
    """An adjustment to be. `kind`: Adjustment.Kind, `part`: PRINCIPAL or LATE_FEE."""

    charge_id: int
    kind: str
    part: str
    amount_fen: int
    reason: str
    waiver_id: int | None = None
    offer_id: int | None = None
    vacancy_id: int | None = None


def adjust_charges(*, wanted: Sequence[LetOff], on: date, at: datetime) -> list[int]:
    """Let off parts of charges on a value date; the ids of the adjustments. The accounts must be locked.

    Raises what settle_charges raises: never more than is unpaid, never more late fee than has accrued.
    """
    if not wanted:
        return []
    settle_charges(changes=[_change(one) for one in wanted], paid_on=on, waived=True)
    rows = [
        Adjustment(
            charge_id=one.charge_id,
            waiver_id=one.waiver_id,
            offer_id=one.offer_id,
            vacancy_id=one.vacancy_id,
            kind=one.kind,
            part=one.part,
            amount_fen=one.amount_fen,
            on=on,
            reason=one.reason,
            made_by_id=current_user_id(),
            created_at=at,
        )
        for one in wanted
    ]
    made = Adjustment.objects.bulk_create(rows)
    audit.record_many(
        "charge.adjusted",
        [_entry(row) for row in made],
    )
    return [int(row.pk) for row in made]


def take_back_offers(*, charge_ids: Collection[int], reason: str, on: date, at: datetime) -> None:
    """What was let off because the principal came in by a day is owed again: it is unpaid again.

    An offer for a year goes for all charges of the year, whichever of them is unpaid again.
    """
    standing = Adjustment.objects.filter(reverses=None).exclude(
        Exists(Adjustment.objects.filter(reverses=OuterRef("pk")))
    )
    wanted = Q(charge_id__in=list(charge_ids), waiver__offered_until__isnull=False)
    touched = Charge.objects.filter(pk__in=list(charge_ids))
    for account_id, fee_item_id, period in touched.values_list("account_id", "fee_item_id", "period"):
        wanted |= Q(
            charge__account_id=account_id,
            offer__fee_item_id=fee_item_id,
            offer__year=period.lower.year,
        )
    for adjustment_id in standing.filter(wanted).order_by("pk").values_list("pk", flat=True):
        take_back(adjustment_id=adjustment_id, reason=reason, on=on, at=at)


def undo_reductions(*, charge_ids: Collection[int], reason: str, on: date) -> None:
    """Charges that are themselves taken back lose what an empty home was let off: nobody paid that."""
    standing = Adjustment.objects.filter(
        charge_id__in=list(charge_ids), vacancy__isnull=False, reverses=None
    ).exclude(Exists(Adjustment.objects.filter(reverses=OuterRef("pk"))))
    for adjustment_id, day in standing.order_by("pk").values_list("pk", "on"):
        take_back(adjustment_id=adjustment_id, reason=reason, on=day, at=start_of(on))


def start_of(day: date) -> datetime:
    """The moment that stands for a day's work where nobody sat at a desk."""
    return make_aware(datetime.combine(day, time.min))


def take_back(*, adjustment_id: int, reason: str, on: date, at: datetime) -> int:
    """What was let off is owed again from `on` (its own day for the late fee); the account must be locked.

    Raises NotFound, TakenBack.
    """
    old = Adjustment.objects.filter(pk=adjustment_id, reverses=None).first()
    if old is None:
        raise NotFound(_("There is no such adjustment."))
    if Adjustment.objects.filter(reverses_id=adjustment_id).exists():
        raise TakenBack(_("This was taken back already."))
    change = _change(LetOff(old.charge_id, old.kind, old.part, -old.amount_fen, reason))
    settle_charges(changes=[change], paid_on=on, waived=True)
    new = Adjustment.objects.create(
        charge_id=old.charge_id,
        waiver_id=old.waiver_id,
        offer_id=old.offer_id,
        vacancy_id=old.vacancy_id,
        kind=old.kind,
        part=old.part,
        amount_fen=-old.amount_fen,
        on=on,
        reason=reason,
        reverses=old,
        made_by_id=current_user_id(),
        created_at=at,
    )
    audit.record("charge.adjustment_taken_back", kind="charge", pk=old.charge_id, amount_fen=old.amount_fen)
    return int(new.pk)


def _entry(row: Adjustment) -> audit.Entry:
    said = {"kind": row.kind, "part": row.part, "amount_fen": row.amount_fen}
    return audit.Entry("charge", row.charge_id, said)


def _change(one: LetOff) -> Settlement:
    if one.part == "PRINCIPAL":
        return Settlement(one.charge_id, one.amount_fen)
    return Settlement(one.charge_id, 0, one.amount_fen)
