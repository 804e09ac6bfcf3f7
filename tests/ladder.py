"""Days on the ladder for tests: bills issued and delivered, mornings, calls, visits and letters."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from arrears.cases import services
from arrears.cases.models import Case, Step, Task
from billing.charges.services import issue_bills
from notices.models import Notice
from notices.rules.sending import Answer, Outcome
from notices.services import claim, mark_answers, record_delivery
from tests.cast import Company
from values.period import Period

SHANGHAI = ZoneInfo("Asia/Shanghai")
# The bill of January 2026: issued and delivered on the 5th, due on the 31st. D = days after that.
DUE = date(2026, 1, 31)


def on(days: int) -> date:
    """The day D."""
    return DUE + timedelta(days)


def at(day: date, hour: int = 16, minute: int = 0) -> datetime:
    """A moment in Shanghai; 16:00 lies in every ordinary call window."""
    return datetime.combine(day, time(hour, minute), tzinfo=SHANGHAI)


def bill(company: Company, month: date = date(2026, 1, 1), *, delivered_on: date | None = None) -> None:
    """Issue a month for the community on its 5th, and deliver it the same day, unless on another (or never)."""
    issued_on = month.replace(day=5)
    issue_bills(
        community_id=company.community.pk, period=Period.month(month.year, month.month), issued_on=issued_on
    )
    if delivered_on != date.max:
        deliver_bills(delivered_on or issued_on)


def deliver_bills(day: date) -> None:
    """Hand over every bill that waits."""
    for notice_id in Notice.objects.filter(kind="BILL_NOTICE", state="QUEUED").values_list("pk", flat=True):
        hand_over(notice_id, day)


def hand_over(notice_id: int, day: date) -> None:
    """The owner signs for a paper."""
    record_delivery(
        notice_id=notice_id, method="HAND", result="SIGNED", on=day, receiver="OWNER", receiver_name="张三",
        handed_over_by="何军", as_of=day,
    )  # fmt: skip


def send(day: date) -> int:
    """Hand every waiting message to a gateway that takes it."""
    sent = claim(at=at(day, 10), limit=1000)
    mark_answers([Answer(one.notice_id, Outcome.SENT) for one in sent], at=at(day, 10))
    return len(sent)


def walk(days: int) -> services.Walk:
    """The walk of the day D."""
    return services.walk_ladder(as_of=on(days))


def walk_and_send(days: int) -> services.Walk:
    """The night and the morning of the day D."""
    done = walk(days)
    send(on(days))
    return done


def case(company: Company, unit: str = "3-1-1602") -> Case:
    """The open case of a unit."""
    return Case.objects.get(account=company.accounts[unit], closed_on=None)


def steps(company: Company, unit: str = "3-1-1602") -> list[tuple[str, str, int]]:
    """(rung, event, D) of a unit's account, in order."""
    rows = Step.objects.filter(account=company.accounts[unit]).order_by("pk")
    return [(row.code, row.event, (row.on - DUE).days) for row in rows]


def tasks(company: Company, unit: str = "3-1-1602") -> list[tuple[str, date]]:
    """(kind, due) of what is open for a unit's account."""
    rows = Task.objects.filter(account=company.accounts[unit], done_at=None, cancelled_at=None)
    return [(row.kind, row.due_on) for row in rows.order_by("due_on", "kind")]


def document(company: Company, kind: str, unit: str = "3-1-1602") -> Notice:
    """The newest paper of a kind."""
    return Notice.objects.filter(account_id=company.accounts[unit].pk, kind=kind).order_by("-pk")[0]


def call(company: Company, moment: datetime, outcome: str = "CONNECTED_UNDECIDED", **said: Any) -> Any:
    """A call to the owner of 3-1-1602, as the collector, who has looked at the case."""
    with company.open("collector"):
        services.review_cases(case_ids=[case(company).pk], at=moment)
        return services.log_call(case_id=case(company).pk, outcome=outcome, at=moment, **said)


def look(company: Company, moment: datetime) -> None:
    """The collector looks at every open case, as is done before the first call."""
    with company.open("collector"):
        open_cases = Case.objects.filter(closed_on=None).values_list("pk", flat=True)
        services.review_cases(case_ids=list(open_cases), at=moment)


def visit(company: Company, day: date, result: str = "NOBODY_HOME", **seen: Any) -> int:
    """A visit to 3-1-1602, by the project manager."""
    with company.open("project_manager"):
        return services.log_visit(case_id=case(company).pk, on=day, as_of=day, result=result, **seen)
