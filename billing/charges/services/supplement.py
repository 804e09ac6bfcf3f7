"""What the runs that are done would have billed a party had it been there: one bill for one unit."""

from __future__ import annotations

from datetime import date

from django.db.models import Max
from django.db.models.functions import Upper

from billing.charges.models import Bill, Run
from billing.charges.queries.contracts import find_contract
from billing.charges.rules.due import with_lead
from billing.charges.services.round import NewBill, Round, Skips
from billing.charges.services.writing import BillWriter
from owners.queries import unit_header
from tenancy.people.services import audit
from values.period import Period, add_months, month_start


def bill_the_rest(*, unit_id: int, party_id: int, since: date, on: date) -> int | None:
    """Bill a party for a unit from a day on, up to this month and the last run; the bill's id, None: nothing.

    Whole cycles that have begun are made up for as a run does, due no sooner than any bill after its issue;
    later ones are left to the runs. The community's issue must be locked.
    """
    community_id = unit_header(unit_id).community_id
    period = _done(community_id, since, on)
    if period is None or find_contract(community_id, period.start) is None:
        return None
    round_ = Round(community_id=community_id, period=period)
    bill = next((bill for bill in _bills(round_, unit_id) if bill.payer.party_id == party_id), None)
    if bill is None:
        return None
    writer = BillWriter(round_.contract, run_id=None, kind=Bill.Kind.PERIODIC, issued_on=on)
    (bill_id,) = writer.write([_with_lead(bill, on)])
    audit.record("bill.supplement", kind="bill", pk=bill_id, amount_fen=bill.amount_fen)
    return bill_id


def _with_lead(bill: NewBill, on: date) -> NewBill:
    lines = [
        line._replace(debt=line.debt._replace(due_on=with_lead(line.debt.due_on, issued_on=on)))
        for line in bill.lines
    ]
    return bill._replace(lines=lines)


def _done(community_id: int, since: date, on: date) -> Period | None:
    """From the month of a day to this one, or the last that a run was made for; None before the first run."""
    last: date | None = Run.objects.filter(community_id=community_id).aggregate(end=Max(Upper("period")))[
        "end"
    ]
    if last is None:
        return None
    return Period(month_start(since), max(last, add_months(month_start(on), 1)))


def _bills(round_: Round, unit_id: int) -> list[NewBill]:
    return [bill for _seen, bills in round_.units(Skips(), unit_id=unit_id) for bill in bills]
