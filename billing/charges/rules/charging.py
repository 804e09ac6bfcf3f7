"""What one unit owes for one fee item in a run: who answers for which days, at which price, due when."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from billing.charges.rules.cycles import Cycle, uncovered
from billing.charges.rules.due import DueRule, due_on
from billing.charges.rules.pricing import Plan, Priced, Rounding, TariffVersion, plan_for, price
from owners.rules.ownership import HandoverRule, Overlap, Ownership, liable
from values.because import Because, because
from values.period import Period


class Subject(NamedTuple):
    """A unit, the days its tariff is agreed for, who owned it, and which days are billed already."""

    area_cm2: int
    held: Period
    owners: Sequence[Ownership]
    taken: Sequence[Period] = ()


class Debt(NamedTuple):
    """One charge to be made: who owes it, its calculation, and when it must be paid."""

    party: int
    priced: Priced
    due_on: date

    @property
    def period(self) -> Period:
        """The days the party answers for."""
        return self.priced.billed


class Pricer:
    """A tariff made ready for a run: every cut of its cycles is planned once, and priced once per area."""

    def __init__(
        self,
        *,
        cycles: Sequence[Cycle],
        tariffs: Sequence[TariffVersion],
        rounding: Rounding,
        due_rule: DueRule,
        handover: HandoverRule,
        in_arrears: bool = False,
    ) -> None:
        self.cycles = tuple(cycles)
        self._tariffs = tuple(tariffs)
        self._rounding = rounding
        self._due_rule = due_rule
        self._handover = handover
        self._in_arrears = in_arrears
        self._plans: dict[tuple[Period, Period], tuple[Plan | Because, date]] = {}
        self._prices: dict[tuple[Plan, int], Priced | Because] = {}
        self._whole = [(cycle, *self._plan(cycle.period, cycle.period)) for cycle in self.cycles]

    def debts(self, subject: Subject) -> tuple[list[Debt], list[Because]]:
        """The charges a unit gets, and why days of a cycle get none.

        Codes: `already_billed`, `no_owner` (from_on), `owners_overlap`, `no_tariff` (from_on), `no_area`,
        `nothing_to_bill`.
        """
        debts: list[Debt] = []
        reasons: list[Because] = []
        held, owner = subject.held, _only_owner(subject)
        for cycle, plan, due in self._whole:
            period = cycle.period
            if held.start <= period.start and period.end <= held.end:
                if (
                    owner
                    and owner.start_on <= period.start
                    and (not owner.end_on or period.end <= owner.end_on)
                ):
                    # Nearly every unit of a run: one owner for all of it, nothing billed before.
                    self._charge(plan, due, owner.party, subject.area_cm2, debts, reasons)
                    continue
                wanted: Period | None = period
            else:
                wanted = period.intersect(held)
            if wanted is not None:
                self._bill(cycle, wanted, subject, debts, reasons)
        return debts, reasons

    def due_on(self, billed: Period) -> date:
        """When the days must be paid for; a party that comes in mid-cycle has its own first month."""
        return due_on(billed, in_arrears=self._in_arrears, rule=self._due_rule)

    def _bill(
        self, cycle: Cycle, wanted: Period, subject: Subject, debts: list[Debt], reasons: list[Because]
    ) -> None:
        free = uncovered(wanted, subject.taken)
        if not free and cycle.is_new:
            reasons.append(because("already_billed"))
        try:
            for part in free:
                for piece in liable(subject.owners, part, rule=self._handover):
                    if piece.party is None:
                        reasons.append(because("no_owner", from_on=piece.period.start))
                        continue
                    plan, due = self._plan(cycle.period, piece.period)
                    self._charge(plan, due, piece.party, subject.area_cm2, debts, reasons)
        except Overlap:
            reasons.append(because("owners_overlap"))

    def _plan(self, cycle: Period, billed: Period) -> tuple[Plan | Because, date]:
        found = self._plans.get((cycle, billed))
        if found is None:
            plan = plan_for(tariffs=self._tariffs, period=cycle, billed=billed, rounding=self._rounding)
            found = self._plans[cycle, billed] = (plan, self.due_on(billed))
        return found

    def _charge(
        self,
        plan: Plan | Because,
        due: date,
        party: int,
        area_cm2: int,
        debts: list[Debt],
        reasons: list[Because],
    ) -> None:
        priced = plan if isinstance(plan, Because) else self._price(plan, area_cm2)
        if isinstance(priced, Because):
            reasons.append(priced)
        else:
            debts.append(Debt(party, priced, due))

    def _price(self, plan: Plan, area_cm2: int) -> Priced | Because:
        # The flats of a riser have one area: a town of 100,000 has a few thousand of them.
        found = self._prices.get((plan, area_cm2))
        if found is None:
            found = self._prices[plan, area_cm2] = price(plan, area_cm2=area_cm2)
        return found


def _only_owner(subject: Subject) -> Ownership | None:
    return subject.owners[0] if len(subject.owners) == 1 and not subject.taken else None
