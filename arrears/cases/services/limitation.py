"""What follows from a clock that runs out: a demand by EMS, alerts, a lawyer's decision (G12, L-T12)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.utils.translation import gettext as _

from arrears.cases.models import Case, ClockAlert, LimitationDecision, Task
from arrears.cases.queries.expiring import Running, clocks_of, running_out
from arrears.cases.queries.subjects import late_charges
from arrears.cases.rules.ladder import DEFAULT_LADDER
from arrears.cases.rules.limitation import LONGEST_ALERT, alert_of
from arrears.cases.services import papers
from arrears.cases.services.decisions import NoDocument
from arrears.cases.services.recording import Ended, TaskRow, add_tasks, end_tasks
from arrears.cases.services.rungs import find_case, lock_account
from billing.charges.queries import account_card, charge_names
from notices.queries import documents_of
from tenancy.kernel.errors import Conflict, NotFound, Refused
from tenancy.kernel.permissions import StaffMember
from tenancy.people.services import audit
from values.because import because

EMS: Final = Task.Kind.EMS_DEMAND.value
DEMAND: Final = "DEMAND"
# Days for the letter once the clock is 180 days from its end.
_SEND_WITHIN: Final = 14
# Who is told how many days before the last one (G12); what has run out is a lawyer's.
TOLD: Final[Mapping[int, str]] = {90: "project_manager", 30: "branch_gm", 0: "legal"}


class DecisionRefused(Refused):
    """A decision without a reason, or about a charge whose clock still runs."""

    code = "cases.decision_refused"


class NothingRunsOut(Conflict):
    """No charge of this account expires within the days of the worklist."""

    code = "cases.nothing_runs_out"


class DemandWaits(Conflict):
    """A demand about these charges was made and is not delivered yet."""

    code = "cases.demand_waits"


@dataclass(frozen=True, slots=True)
class Watched:
    """What a night's look at the clocks did."""

    demands_asked: int = 0
    demands_ended: int = 0
    alerts: int = 0

    def as_json(self) -> dict[str, int]:
        """For the job's row."""
        return {
            "ems_demands_asked": self.demands_asked,
            "ems_demands_ended": self.demands_ended,
            "limitation_alerts": self.alerts,
        }


def watch_clocks(*, as_of: date) -> Watched:
    """Once a night: ask for demands by EMS where a clock runs out, and tell who must know.

    What was asked or told for a last day is not asked or told again, so a second look changes nothing.
    """
    found = running_out(as_of=as_of)
    by_account: dict[int, list[Running]] = defaultdict(list)
    for one in found:
        by_account[one.account_id].append(one)
    cases = dict(Case.objects.filter(closed_on=None).values_list("account_id", "pk"))
    asked = _ask_for_demands(by_account, cases, as_of)
    ended = _end_demands(by_account, cases)
    return Watched(asked, ended, _tell(by_account, as_of))


def _ask_for_demands(by_account: Mapping[int, list[Running]], cases: Mapping[int, int], as_of: date) -> int:
    rows = []
    for account_id, charges in by_account.items():
        ends = [one.clock.last_on for one in charges if one.clock.last_on and not one.is_expired]
        if ends and account_id in cases:
            why = because("limitation_near", last_on=min(ends))
            due_on = min(ends) - timedelta(days=LONGEST_ALERT - _SEND_WITHIN)
            rows.append(TaskRow(cases[account_id], EMS, due_on, why))
    return add_tasks(rows)


def _end_demands(by_account: Mapping[int, list[Running]], cases: Mapping[int, int]) -> int:
    """What was demanded, agreed or paid meanwhile need not be demanded by letter."""
    near = {account_id for account_id, rows in by_account.items() if not all(one.is_expired for one in rows)}
    still = {cases[account_id] for account_id in near if account_id in cases}
    waiting = Task.objects.filter(kind=EMS, done_at=None, cancelled_at=None)
    over = [case_id for case_id in waiting.values_list("case_id", flat=True) if case_id not in still]
    return end_tasks([Ended(case_id, EMS, done=False) for case_id in over])


def _tell(by_account: Mapping[int, list[Running]], as_of: date) -> int:
    fresh = [
        alert
        for charges in by_account.values()
        for days, role in TOLD.items()
        if (alert := _alert(charges, days, role, as_of)) is not None
    ]
    before = ClockAlert.objects.count()
    ClockAlert.objects.bulk_create(fresh, ignore_conflicts=True, batch_size=2000)
    return int(ClockAlert.objects.count() - before)


def _alert(charges: Sequence[Running], days: int, role: str, as_of: date) -> ClockAlert | None:
    """About the charges of an account that reached this alert, by the last day that comes first."""
    reached = [
        one for one in charges if one.clock.last_on and alert_of(one.clock.last_on, as_of=as_of) == days
    ]
    if not reached:
        return None
    return ClockAlert(
        community_id=reached[0].community_id,
        account_id=reached[0].account_id,
        days=days,
        last_on=min(one.clock.last_on for one in reached if one.clock.last_on),
        role=role,
        on=as_of,
        unpaid_fen=sum(one.unpaid_fen for one in reached),
        charge_ids=sorted(one.charge_id for one in reached),
    )


def demand_by_ems(*, case_id: int, as_of: date) -> int:
    """Make a demand for what expires soon, whatever rung the case stands on; returns the notice's id.

    It goes out and is delivered like every demand; the ladder does not move by it. Raises NotFound,
    NothingRunsOut, DemandWaits, NoDocument.
    """
    case = find_case(case_id)
    lock_account(case.account_id)
    last_on = as_of + timedelta(days=LONGEST_ALERT)
    near = {
        one.charge_id
        for one in clocks_of([case.account_id], as_of=as_of)
        if one.clock.last_on is not None and as_of <= one.clock.last_on <= last_on
    }
    late = late_charges([case.account_id], as_of=as_of).get(case.account_id, [])
    charges = tuple(charge for charge in late if charge.charge_id in near)
    if not charges:
        raise NothingRunsOut(
            _("Nothing of this account expires within %(days)d days.") % {"days": LONGEST_ALERT}
        )
    _refuse_second(case.account_id, near)
    period = next(rung.period_days for rung in DEFAULT_LADDER if rung.code == DEMAND)
    order = papers.Order(case_id, case.account_id, case.community_id, DEMAND, charges, period)
    notice_id = papers.issue([order], as_of=as_of).get(case_id)
    if notice_id is None:
        raise NoDocument(_("The document cannot be made: no service contract is in force."))
    audit.record("clock.demanded", kind="case", pk=case_id, notice=notice_id, charges=len(charges))
    return notice_id


def _refuse_second(account_id: int, charge_ids: Collection[int]) -> None:
    for paper in documents_of([account_id], kinds=(DEMAND, "SECOND_DEMAND", "LAWYER_LETTER")):
        waits = paper.delivered_on is None and paper.state in ("QUEUED", "SENT")
        if waits and set(charge_ids) <= set(paper.charge_ids):
            raise DemandWaits(
                _("%(number)s is about these charges and waits for delivery.") % {"number": paper.number}
            )


def record_lawyer_decision(
    *,
    charge_ids: Collection[int],
    decision: str,
    reason: str,
    by: StaffMember,
    as_of: date,
    account_id: int | None = None,
) -> int:
    """A lawyer says whether expired charges may go to a court all the same; returns how many rows it wrote.

    `account_id`: the one they must be of, if given.

    Raises NotFound, DecisionRefused.
    """
    if not reason.strip():
        raise DecisionRefused(_("Write the reason."), field="reason")
    if decision not in LimitationDecision.Decision.values:
        raise DecisionRefused(_("Choose what is decided."), field="decision")
    rows = _expired_among(charge_ids, account_id, as_of)
    LimitationDecision.objects.bulk_create(
        LimitationDecision(
            account_id=one.account_id,
            charge_id=one.charge_id,
            decision=decision,
            expired_on=one.clock.last_on or as_of,  # what has expired has a last day
            reason=reason.strip(),
            on=as_of,
            by_id=by.user_id,
        )
        for one in rows
    )
    for account_id in sorted({one.account_id for one in rows}):
        mine = [one.charge_id for one in rows if one.account_id == account_id]
        audit.record(
            "clock.decided", kind="account", pk=account_id, decision=f"decided.{decision}", charges=len(mine)
        )
    return len(rows)


def _expired_among(charge_ids: Collection[int], account_id: int | None, as_of: date) -> list[Running]:
    names = charge_names(charge_ids=charge_ids)
    if not charge_ids or len(names) != len(set(charge_ids)):
        raise NotFound(_("There is no such charge."))
    accounts = {name.account_id for name in names}
    if account_id is not None and accounts != {account_id}:
        raise NotFound(_("There is no such charge."))
    for one in sorted(accounts):
        account_card(one)
        lock_account(one)
    wanted = set(charge_ids)
    rows = [one for one in clocks_of(accounts, as_of=as_of) if one.charge_id in wanted and one.is_expired]
    if len(rows) != len(wanted):
        raise DecisionRefused(_("Its clock still runs: there is nothing to decide."), field="charge_ids")
    return rows
