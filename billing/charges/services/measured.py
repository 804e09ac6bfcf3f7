"""The measured part of a run: units' meters and shares, priced block by block beside the fixed tariffs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import NamedTuple

from billing.charges.queries.billable import Billable, PricedItem
from billing.charges.queries.contracts import ContractTerms
from billing.charges.queries.measured import NOTHING, Found, Pool, meters_of, pools_to_bill, shares_of
from billing.charges.rules.cycles import cycles_of
from billing.charges.rules.due import due_on
from billing.charges.rules.measuring import Held, MeterPricer, Owed, shared_debts
from billing.charges.rules.pricing import Basis
from owners.rules.ownership import HandoverRule
from values.because import Because
from values.period import Period

# What a unit is not told about a pool: it has paid it.
_QUIET = "already_billed"


class Share(NamedTuple):
    """A pool's charges for a unit, and why some of its days get none."""

    item: PricedItem
    debts: list[Owed]
    reasons: list[Because]


class Measured:
    """Meters and pools of a community for a period. A community that has neither reads nothing more."""

    def __init__(
        self,
        contract: ContractTerms,
        items: Mapping[int, PricedItem],
        period: Period,
        *,
        handover: HandoverRule,
    ) -> None:
        self._contract = contract
        self._handover = handover
        self.pricers = {
            item.tariff_id: self._pricer(item, period) for item in items.values() if is_metered(item)
        }
        self._metered_items = {item.fee_item_id for item in items.values() if is_metered(item)}
        self.pools: Mapping[int, Pool] = pools_to_bill(contract.community_id, until=period.end)
        # A pool is billed with the run that comes next, and due when the rest of its bill is.
        self.pools_due = due_on(Period.of_months(period.start, 1), rule=contract.due_rule)

    @property
    def periods(self) -> list[Period]:
        """The days that pools look at."""
        return [pool.terms.period for pool in self.pools.values()]

    @property
    def due_days(self) -> set[date]:
        """When pools must be paid."""
        return {self.pools_due} if self.pools else set()

    def of(self, rows: Iterable[Billable], window: Period) -> Found:
        """What a block of units has; read in one go each."""
        if not self.pools and not self.pricers:
            return NOTHING
        rows = list(rows)
        metered = [row.unit_id for row in rows if row.tariff_id in self.pricers]
        units = list(dict.fromkeys(row.unit_id for row in rows)) if self.pools else []
        return Found(
            meters_of(metered, community_id=self._contract.community_id, window=window) if metered else {},
            shares_of(units, list(self.pools)) if units else {},
        )

    def metered(self, row: Billable, item: PricedItem, found: Found) -> tuple[list[Owed], list[Because]]:
        """What a unit's meters cost."""
        subject = row.subject
        held = Held(subject.held, subject.owners, subject.taken)
        meters = found.meters.get((row.unit_id, item.fee_item_id), ())
        return self.pricers[item.tariff_id].debts(held, meters)

    def shares(self, row: Billable, found: Found) -> Iterator[Share]:
        """A unit's shares of common costs."""
        for share in found.shares.get(row.unit_id, ()):
            pool = self.pools[share.pool_id]
            debts, reasons = shared_debts(
                Held(pool.terms.period, row.subject.owners, share.taken),
                pool=pool.terms,
                share=share.amount_fen,
                weight=share.weight,
                rule=self._handover,
                due=self.pools_due,
            )
            yield Share(pool.item, debts, [why for why in reasons if why.code != _QUIET])

    def _pricer(self, item: PricedItem, period: Period) -> MeterPricer:
        rule = self._contract.due_rule
        return MeterPricer(
            cycles=cycles_of(period, months=item.cycle_months, in_arrears=item.in_arrears),
            tariffs=item.versions,
            handover=self._handover,
            due_on=lambda billed: due_on(billed, in_arrears=item.in_arrears, rule=rule),
        )


def is_metered(item: PricedItem) -> bool:
    """Whether a tariff counts what a meter shows."""
    return any(version.basis is Basis.METERED for version in item.versions)
