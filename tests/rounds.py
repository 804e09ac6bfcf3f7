"""A company on the day of its visits, for the tests of rounds: two homes and a bay to go to, and who goes."""

from __future__ import annotations

from base64 import b64decode
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from arrears.cases.models import Task
from arrears.team import services
from arrears.team.services import Plan, Planned, Seen, Sent, Signer, Taken
from notices.services import Photo
from tests import ladder
from tests.cast import Company
from tests.ladder import at, call, case, document, hand_over, on, walk, walk_and_send

DAY = 32  # D32: the demand's days are over and the visits are due
JPEG = b"\xff\xd8\xff\xe0" + b"0" * 100
PNG = b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
DOOR = Photo("door.jpg", JPEG)
HAND = Photo("signature.png", PNG)


def visits_due(company: Company) -> None:
    """Nobody paid January: 3-1-1602 and 3-1-1702 had their demands and are to be visited; call inside `open()`."""
    ladder.bill(company)
    walk_and_send(1)
    walk(2)
    call(company, at(on(2)))
    with company.open("collector"):
        from arrears.cases import services as cases

        cases.review_cases(case_ids=[case(company, "3-1-1702").pk], at=at(on(2), 9))
        cases.log_call(case_id=case(company, "3-1-1702").pk, outcome="CONNECTED_UNDECIDED", at=at(on(2), 17))
    walk(16)
    for unit in ("3-1-1602", "3-1-1702"):
        hand_over(document(company, "DEMAND", unit).pk, on(16))
    walk(DAY)


def tasks(*kinds: str) -> list[int]:
    """The open visits."""
    rows = Task.objects.filter(kind__in=kinds or ("VISIT", "PM_VISIT"), done_at=None, cancelled_at=None)
    return list(rows.values_list("pk", flat=True))


def plan(
    company: Company,
    *,
    main: str = "collector",
    second: str | None = None,
    by: str = "team_lead",
    day: int = DAY,
    **asked: Any,
) -> Planned:
    """A round of all due visits for the day D, planned that morning."""
    asked = {"on": on(day), "task_ids": tasks(), **asked}
    people = {"main_id": company.people[main].pk, "second_id": company.people[second].pk if second else None}
    with company.open(by):
        return services.plan_round(plan=Plan(**people, **asked), as_of=on(day), at=at(on(day), 8))


def seen(stop_id: int, *, key: UUID | None = None, came: datetime | None = None, **said: Any) -> Sent:
    """A visit as a phone sends it: ten minutes from three in the afternoon, signed by the owner."""
    came = came or at(on(DAY), 15)
    what = {"result": "MET_UNDECIDED", "feedback": "当面说明欠费明细", **said}
    more = {name: what.pop(name) for name in ("photo", "latitude", "longitude") if name in what}
    signer = what.pop("signer", Signer(picture=HAND, who="OWNER", name="张三"))
    return Sent(
        key=key or uuid4(), stop_id=stop_id, came_at=came, left_at=came + timedelta(minutes=10), signer=signer,
        what=Seen(**what), **more,
    )  # fmt: skip


def take(company: Company, sent: Sent, *, by: str = "collector", received: datetime | None = None) -> Taken:
    """The server takes it at four."""
    with company.open(by):
        return services.take_entry(sent=sent, by=company.staff(by), received_at=received or at(on(DAY), 16))
