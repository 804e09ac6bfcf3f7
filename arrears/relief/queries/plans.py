"""Instalment plans as the ledger tells them: what of each part was paid, and when."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from arrears.relief.models import Instalment, Plan, PlanCharge
from arrears.relief.rules.instalments import Judged, Part, judge, next_part
from billing.charges.queries import Lowered, lowered


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A signed plan with its parts judged as of a day. `is_changed`: a charge of it was reversed since."""

    plan_id: int
    application_id: int
    signed_on: date
    signer_name: str
    scan_id: int
    principal_fen: int
    late_fee_fen: int
    total_fen: int
    grace_days: int
    last_due_on: date
    charge_ids: tuple[int, ...]
    parts: tuple[Judged, ...]
    is_changed: bool = False

    @property
    def paid_fen(self) -> int:
        """What of it is paid."""
        return sum(one.paid_fen for one in self.parts)

    @property
    def left_fen(self) -> int:
        """What of it is open."""
        return self.total_fen - self.paid_fen

    @property
    def next_part(self) -> Judged | None:
        """The earliest part of which something is open."""
        return next_part(self.parts)


def plan_rows(application_ids: Collection[int], *, as_of: date) -> dict[int, PlanRow]:
    """Application id -> its plan; those without a signed one are left out. Five reads for any number."""
    plans = list(Plan.objects.filter(application_id__in=list(application_ids)).order_by("pk"))
    if not plans:
        return {}
    ids = [plan.pk for plan in plans]
    parts: dict[int, list[Part]] = defaultdict(list)
    rows = Instalment.objects.filter(plan_id__in=ids).order_by("number")
    for plan_id, *part in rows.values_list("plan_id", "number", "due_on", "amount_fen"):
        parts[plan_id].append(Part(*part))
    charges: dict[int, list[int]] = defaultdict(list)
    for plan_id, charge_id in PlanCharge.objects.filter(plan_id__in=ids).values_list("plan_id", "charge_id"):
        charges[plan_id].append(charge_id)
    moved = lowered({charge_id for listed in charges.values() for charge_id in listed})
    return {
        plan.application_id: _row(plan, parts[plan.pk], [moved[pk] for pk in charges[plan.pk]], as_of)
        for plan in plans
    }


def paid_under(moved: Sequence[Lowered], *, gone_fen: int, signed_on: date) -> list[tuple[date, int]]:
    """(day, fen) that went into a plan's charges beyond what was gone at its signing.

    What became known later of days before the signing counts as of the signing.
    """
    days: dict[date, int] = defaultdict(int)
    for one in moved:
        for on, principal_fen, late_fee_fen in one.moves:
            days[max(on, signed_on)] += principal_fen + late_fee_fen
    days[signed_on] -= gone_fen
    return sorted((on, fen) for on, fen in days.items() if fen)


def _row(plan: Plan, parts: Sequence[Part], moved: Sequence[Lowered], as_of: date) -> PlanRow:
    paid = paid_under(moved, gone_fen=plan.gone_fen, signed_on=plan.signed_on)
    return PlanRow(
        plan_id=plan.pk,
        application_id=plan.application_id,
        signed_on=plan.signed_on,
        signer_name=plan.signer_name,
        scan_id=plan.scan_id,
        principal_fen=plan.principal_fen,
        late_fee_fen=plan.late_fee_fen,
        total_fen=plan.total_fen,
        grace_days=plan.grace_days,
        last_due_on=plan.last_due_on,
        charge_ids=tuple(one.charge_id for one in moved),
        parts=judge(parts, paid, grace_days=plan.grace_days, as_of=as_of),
        is_changed=any(one.is_reversed for one in moved),
    )
