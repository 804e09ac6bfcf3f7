"""Paying ahead: the coming months of an account as one prepayment bill, priced as a run would (L-B3)."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from typing import Final, NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _

from billing.charges.models import Bill, Charge
from billing.charges.queries.accounts import AccountCard, account_card
from billing.charges.queries.billable import Billable, PricedItem, billable, priced_items
from billing.charges.queries.contracts import ContractTerms, contract_on
from billing.charges.queries.local_rules import local_value
from billing.charges.rules.ahead import MOST_MONTHS, Ahead, cycles_ahead
from billing.charges.rules.charging import Pricer
from billing.charges.rules.local import LocalKind
from billing.charges.services.accounts import lock_account
from billing.charges.services.issue import lock_issue
from billing.charges.services.measured import is_metered
from billing.charges.services.round import Line, NewBill
from billing.charges.services.writing import BillWriter
from owners.rules.ownership import HandoverRule
from tenancy.kernel.errors import Conflict, Refused
from tenancy.people.services import audit
from values.period import Period, add_months, month_start

# As far as a bill of a year, the longest that a rule allows, and another year may reach.
_LOOK_AHEAD: Final = 60


class TooFarAhead(Refused):
    """More months than the city, or the house, lets an owner pay ahead."""

    code = "charges.too_far_ahead"


class NothingAhead(Refused):
    """Everything that may be paid ahead is billed, or the contract ends before."""

    code = "charges.nothing_ahead"


class AheadChanged(Conflict):
    """The sum is no longer what the payer was told."""

    code = "charges.ahead_changed"


class AheadLine(NamedTuple):
    """A charge to be issued before its time."""

    fee_item: str
    period: Period
    due_on: date
    amount_fen: int


class AheadBill(NamedTuple):
    """What paying ahead would issue; `most`: the months that may be asked for."""

    account_id: int
    unit_code: str
    party_name: str
    months: int
    most: int
    lines: tuple[AheadLine, ...]

    @property
    def amount_fen(self) -> int:
        """The bill's sum."""
        return sum(line.amount_fen for line in self.lines)


def preview_ahead(*, account_id: int, months: int, on: date) -> AheadBill:
    """What the bill would say. Nothing is written. Raises NotFound, NoContract, TooFarAhead, NothingAhead."""
    card = account_card(account_id)
    contract = contract_on(card.community_id, month_start(on))
    return _shown(card, months, most_ahead(card.community_id, on), _bill(card, contract, months, on))


def most_ahead(community_id: int, on: date) -> int:
    """How many months may be paid ahead in a community."""
    said = local_value(LocalKind.PREPAY_MONTHS, community_id=community_id, on=on)
    return int(said) if said else MOST_MONTHS


@transaction.atomic
def issue_ahead(*, account_id: int, months: int, on: date, expected_fen: int | None = None) -> int:
    """Issue the coming months as one prepayment bill; its id. Later runs find them billed.

    Meters and shared costs are left out: nobody knows yet what they will be. Raises what preview_ahead
    raises, and AheadChanged when the sum is not what was shown.
    """
    card = account_card(account_id)
    lock_issue(card.community_id)
    lock_account(account_id)
    contract = contract_on(card.community_id, month_start(on))
    bill = _bill(card, contract, months, on)
    if expected_fen not in (None, bill.amount_fen):
        raise AheadChanged(_("What these months cost has just changed. Look again."))
    writer = BillWriter(contract, run_id=None, kind=Bill.Kind.PREPAYMENT, issued_on=on)
    (bill_id,) = writer.write([bill])
    audit.record("bill.prepaid", kind="bill", pk=bill_id, amount_fen=bill.amount_fen, months=months)
    return bill_id


def _bill(card: AccountCard, contract: ContractTerms, months: int, on: date) -> NewBill:
    most = most_ahead(card.community_id, on)
    if not 1 <= months <= most:
        message = _("Between 1 and %(most)s months can be paid ahead.") % {"most": most}
        raise TooFarAhead(message, field="months")
    wanted = Ahead(on, months, most, contract.end_on)
    rows = _rows(card, on)
    lines = list(_lines(card, contract, rows, wanted))
    if not lines:
        raise NothingAhead(
            _("There is nothing to pay ahead: it is billed already, or the contract ends."), field="months"
        )
    payer = next(row.payers[card.party_id] for row in rows if card.party_id in row.payers)
    return NewBill(card.unit_id, card.unit_code, payer, lines)


def _rows(card: AccountCard, on: date) -> list[Billable]:
    start = month_start(on)
    window = Period(start, add_months(start, _LOOK_AHEAD))
    found = billable(card.community_id, window, unit_id=card.unit_id)
    return [row for block in found for row in block]


def _lines(card: AccountCard, contract: ContractTerms, rows: list[Billable], wanted: Ahead) -> Iterator[Line]:
    items, prepaid = priced_items(card.community_id), _prepaid(card.unit_id, wanted.today)
    city = local_value(LocalKind.HANDOVER, community_id=card.community_id, on=month_start(wanted.today))
    handover = HandoverRule(city or contract.handover_rule)
    for row in rows:
        item = items.get(row.tariff_id or 0)
        if item is None or item.in_arrears or is_metered(item):
            continue
        pricer = _pricer(row, item, contract, handover, wanted, prepaid)
        debts, _reasons = pricer.debts(row.subject)
        yield from (Line(item, debt) for debt in debts if debt.party == card.party_id)


def _pricer(
    row: Billable,
    item: PricedItem,
    contract: ContractTerms,
    handover: HandoverRule,
    wanted: Ahead,
    prepaid: Mapping[int, Collection[Period]],
) -> Pricer:
    cycles = cycles_ahead(
        wanted,
        cycle_months=item.cycle_months,
        taken=row.subject.taken,
        prepaid=prepaid.get(item.fee_item_id, ()),
    )
    return Pricer(
        cycles=cycles,
        tariffs=item.versions,
        rounding=item.rounding,
        due_rule=contract.due_rule,
        handover=handover,
    )


def _prepaid(unit_id: int, on: date) -> dict[int, list[Period]]:
    """The days of a unit that stand on prepayment bills, by fee item."""
    found: dict[int, list[Period]] = {}
    charges = Charge.objects.filter(
        unit_id=unit_id, reversed_on=None, bill__kind=Bill.Kind.PREPAYMENT, ends_on__gt=month_start(on)
    )
    for fee_item_id, period in charges.values_list("fee_item_id", "period"):
        found.setdefault(fee_item_id, []).append(Period(period.lower, period.upper))
    return found


def _shown(card: AccountCard, months: int, most: int, bill: NewBill) -> AheadBill:
    lines = [
        AheadLine(line.item.fee_item, line.debt.period, line.debt.due_on, int(line.debt.priced.total_fen))
        for line in bill.lines
    ]
    return AheadBill(card.account_id, card.unit_code, card.party_name, months, most, tuple(lines))
