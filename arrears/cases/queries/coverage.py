"""What a request or a court paper is about, and which late charges it leaves out, each with its reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, NamedTuple

from arrears.cases.models import Step
from arrears.cases.queries.cases import CaseLine
from arrears.cases.queries.disputed import disputed_fen, undisputed
from arrears.cases.queries.facts import BILL_LEAD_DAYS
from arrears.cases.queries.subjects import all_late, bills_delivered
from arrears.cases.rules.coverage import LateCharge, why_left_out
from arrears.cases.rules.ladder import FORMAL_FROM_LEVEL
from arrears.cases.rules.steps import StepState
from billing.charges.queries import OpenCharge
from values.because import Because, because

_OPENS: Final = (StepState.DUE.value, StepState.PROPOSED.value)


class Asked(NamedTuple):
    """A step of an account: the charges it lists, and the day on which they were chosen."""

    account_id: int
    charge_ids: Collection[int]
    on: date


class LeftOut(NamedTuple):
    """A late charge that is not claimed."""

    charge: OpenCharge
    because: Because


@dataclass(frozen=True, slots=True)
class Coverage:
    """The late charges of an account: those a step is about, and those it leaves out, oldest due first."""

    covered: tuple[OpenCharge, ...] = ()
    left_out: tuple[LeftOut, ...] = ()

    @property
    def covered_fen(self) -> int:
        """Unpaid principal of what is covered."""
        return sum(charge.unpaid_fen for charge in self.covered)

    @property
    def left_fen(self) -> int:
        """Unpaid principal of what is left out."""
        return sum(one.charge.unpaid_fen for one in self.left_out)

    @property
    def reasons(self) -> tuple[Because, ...]:
        """Why, one sentence for each reason, with the number of charges it is true of."""
        counts = Counter(one.because.code for one in self.left_out)
        return tuple(
            because(f"{code}_some", count=count, **self._between(code)) for code, count in counts.items()
        )

    def _between(self, code: str) -> dict[str, date]:
        """The due days that the charges left out for a reason lie between."""
        due = [one.charge.due_on for one in self.left_out if one.because.code == code]
        return {"first_on": min(due), "last_on": max(due)}


def coverage(asked: Sequence[Asked], *, as_of: date) -> dict[int, Coverage]:
    """Account id -> what its step covers of all that is past due now. Three reads, however many are asked."""
    accounts = [one.account_id for one in asked]
    late, disputed = all_late(accounts, as_of=as_of), disputed_fen(accounts, as_of=as_of)
    delivered = bills_delivered(accounts)
    found = {}
    for one in asked:
        charges = late.get(one.account_id, ())
        about = _sort(one, undisputed(charges, disputed), delivered)
        found[one.account_id] = replace(about, left_out=_disputed(charges, disputed) + about.left_out)
    return found


def standing_coverage(case: CaseLine, *, as_of: date) -> Coverage | None:
    """What the rung that a case stands on beyond the demand covers of all that is past due; else None."""
    if not case.is_open:
        return None
    opened = Step.objects.filter(case_id=case.case_id, event__in=_OPENS).order_by("-pk").first()
    if opened is None or opened.level <= FORMAL_FROM_LEVEL or case.covering != opened.code:
        return None
    newest = Step.objects.filter(case_id=case.case_id, level=opened.level).order_by("-pk").first()
    asked = Asked(case.account_id, (newest or opened).charge_ids, opened.on)
    return coverage([asked], as_of=as_of)[case.account_id]


def _disputed(charges: Sequence[OpenCharge], disputed: dict[int, int]) -> tuple[LeftOut, ...]:
    """What of the charges is disputed on the day: nobody asks for it until that is settled."""
    return tuple(
        LeftOut(
            charge._replace(unpaid_fen=min(disputed[charge.charge_id], charge.unpaid_fen)),
            because("left_out_disputed"),
        )
        for charge in charges
        if charge.charge_id in disputed
    )


def _sort(asked: Asked, late: Sequence[OpenCharge], delivered: dict[int, date]) -> Coverage:
    listed = frozenset(asked.charge_ids)
    return Coverage(
        tuple(charge for charge in late if charge.charge_id in listed),
        tuple(
            LeftOut(
                charge,
                why_left_out(
                    LateCharge(charge.charge_id, charge.kind, charge.due_on),
                    bill_delivered_on=delivered.get(charge.charge_id),
                    lead_days=BILL_LEAD_DAYS,
                    asked_on=asked.on,
                ),
            )
            for charge in late
            if charge.charge_id not in listed
        ),
    )
