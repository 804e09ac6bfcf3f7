"""What preview and issue share: a community's tariffs made ready, and unit after unit decided."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby
from operator import attrgetter
from typing import Final, NamedTuple

from django.utils.translation import gettext as _

from billing.charges.queries.billable import Billable, Payer, PricedItem, billable, priced_items
from billing.charges.queries.contracts import ContractTerms, contract_on
from billing.charges.queries.local_rules import local_value
from billing.charges.queries.measured import Found
from billing.charges.rules.charging import Debt, Pricer
from billing.charges.rules.cycles import Cycle, cycles_of
from billing.charges.rules.local import LocalKind
from billing.charges.rules.measuring import MeterPricer, Owed
from billing.charges.services.measured import Measured, is_metered
from owners.queries import community_card
from owners.rules.ownership import HandoverRule
from tenancy.kernel.errors import Refused
from values.because import Because, because
from values.period import Period

SHOWN_SKIPS: Final = 100  # of each reason
_NO_TARIFF, _PAYS_LATER = because("no_tariff"), because("pays_later")
_UNIT = attrgetter("unit_id")


class PeriodNotWholeMonths(Refused):
    code = "charges.period_not_whole_months"


class NothingToBill(Refused):
    code = "charges.no_tariffs"


class Line(NamedTuple):
    """One charge to be."""

    item: PricedItem
    debt: Debt | Owed


class NewBill(NamedTuple):
    """The charges of one account in a run."""

    unit_id: int
    unit_code: str
    payer: Payer
    lines: list[Line]

    @property
    def amount_fen(self) -> int:
        """The bill's sum."""
        return sum([line.debt.priced.total_fen for line in self.lines])


class Skipped(NamedTuple):
    """A unit that gets no bill for an item, and the code of the reason."""

    unit_code: str
    code: str
    fee_item: str


class Skips:
    """Counts all skips by reason and remembers the first of each."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.first: list[Skipped] = []

    def add(self, row: Billable, fee_item: str, reasons: list[Because]) -> None:
        """Note why a unit is left out; the same reason once per unit and item."""
        for code in {reason.code for reason in reasons}:
            self.counts[code] += 1
            if self.counts[code] <= SHOWN_SKIPS:
                self.first.append(Skipped(row.unit_code, code, fee_item))


class Round:
    """A community's contract and tariffs for a period of whole months."""

    def __init__(self, *, community_id: int, period: Period) -> None:
        if not period.is_whole_months:
            raise PeriodNotWholeMonths(_("Bills are issued for whole calendar months."), field="period")
        self.period = period
        community_card(community_id)  # a foreign one is not found, rather than without a contract
        self.contract: ContractTerms = contract_on(community_id, period.start)
        self.items = priced_items(community_id)
        city = local_value(LocalKind.HANDOVER, community_id=community_id, on=period.start)
        self._handover = HandoverRule(city or self.contract.handover_rule)
        self._measured = Measured(self.contract, self.items, period, handover=self._handover)
        if not self.items and not self._measured.pools:
            raise NothingToBill(_("This community has no tariffs yet."), field="community")
        self._pricers = {
            item.tariff_id: self._pricer(item) for item in self.items.values() if not is_metered(item)
        }
        cycles = [cycle.period for cycle in self._cycles()] + self._measured.periods
        self.window = Period(
            min(cycle.start for cycle in cycles), max(period.end, *(cycle.end for cycle in cycles))
        )

    @property
    def due_days(self) -> list[date]:
        """The days on which the run's bills must be paid, as far as whole cycles tell."""
        pricers: list[Pricer | MeterPricer] = [*self._pricers.values(), *self._measured.pricers.values()]
        return sorted({pricer.due_on(cycle.period) for pricer in pricers for cycle in pricer.cycles
                       if cycle.is_new} | self._measured.due_days)  # fmt: skip

    def units(self, skips: Skips, *, unit_id: int | None = None) -> Iterator[tuple[int, list[NewBill]]]:
        """Block by block: how many units were looked at, and the bills they get; or of one unit only."""
        rest: list[Billable] = []
        for block in billable(self.contract.community_id, self.window, unit_id=unit_id):
            rows = rest + block
            last = rows[-1].unit_id
            cut = next(i for i, row in enumerate(rows) if row.unit_id == last)
            rest = rows[cut:]  # the next block may hold more of this unit
            yield self._bills(rows[:cut], skips)
        yield self._bills(rest, skips)

    def _bills(self, rows: list[Billable], skips: Skips) -> tuple[int, list[NewBill]]:
        seen, bills = 0, []
        found = self._measured.of(rows, self.window)
        for _unit_id, of_unit in groupby(rows, key=_UNIT):
            seen += 1
            bills += self._unit(list(of_unit), found, skips)
        return seen, bills

    def _unit(self, rows: list[Billable], found: Found, skips: Skips) -> list[NewBill]:
        bills: dict[int, NewBill] = {}
        for row in rows:
            item = self.items.get(row.tariff_id or 0)
            if item is None:
                skips.add(row, "", [_PAYS_LATER if row.pays_from else _NO_TARIFF])
                continue
            pricer = self._pricers.get(item.tariff_id)
            debts: Sequence[Debt | Owed]
            if pricer is not None:
                debts, reasons = pricer.debts(row.subject)
            else:
                debts, reasons = self._measured.metered(row, item, found)
            if reasons:
                skips.add(row, item.fee_item, reasons)
            _add(bills, row, item, debts)
        if found.shares:
            self._shares(bills, rows[0], found, skips)
        return list(bills.values())

    def _shares(self, bills: dict[int, NewBill], row: Billable, found: Found, skips: Skips) -> None:
        for share in self._measured.shares(row, found):
            if share.reasons:
                skips.add(row, share.item.fee_item, share.reasons)
            _add(bills, row, share.item, share.debts)

    def _cycles(self) -> Iterator[Cycle]:
        for pricer in self._pricers.values():
            yield from pricer.cycles
        for metered in self._measured.pricers.values():
            yield from metered.cycles

    def _pricer(self, item: PricedItem) -> Pricer:
        return Pricer(
            cycles=cycles_of(self.period, months=item.cycle_months, in_arrears=item.in_arrears),
            tariffs=item.versions,
            rounding=item.rounding,
            due_rule=self.contract.due_rule,
            handover=self._handover,
            in_arrears=item.in_arrears,
        )


def _add(bills: dict[int, NewBill], row: Billable, item: PricedItem, debts: Sequence[Debt | Owed]) -> None:
    for debt in debts:
        bill = bills.get(debt.party)
        if bill is None:
            bill = bills[debt.party] = NewBill(row.unit_id, row.unit_code, row.payers[debt.party], [])
        bill.lines.append(Line(item, debt))
