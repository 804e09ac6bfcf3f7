"""Demands and other things done about a charge, for the tests of limitation."""

from __future__ import annotations

from datetime import date
from itertools import count
from typing import Any

from arrears.cases.models import Case
from billing.charges.models import Charge
from notices.models import Notice
from notices.services import record_delivery
from tests.cast import Company
from tests.notices_data import DEMAND, SECOND_DEMAND

_NUMBERS = count(1)


def demand(
    company: Company, charges: list[Charge], on: date, *, kind: str = "DEMAND", channel: str = "PAPER", state: str = "QUEUED"
) -> Notice:  # fmt: skip
    """A paper (or message) about some charges; nobody has it yet."""
    first = charges[0]
    number = next(_NUMBERS)
    return Notice.objects.create(
        community=company.community, unit=first.unit, party=first.account.party, account_id=first.account_id, kind=kind,
        channel=channel, state=state, unique_key=f"clock-{number}", number=f"{kind}-CL-{number:06}" if channel == "PAPER" else "",
        issued_on=on, data=(SECOND_DEMAND if kind == "SECOND_DEMAND" else DEMAND).as_json() if channel == "PAPER" else {}, charge_ids=[charge.pk for charge in charges],
    )  # fmt: skip


def hand_over(notice: Notice, on: date, **said: Any) -> Any:
    """The paper arrives; signed for by the owner unless told otherwise."""
    given = {
        "method": "HAND", "result": "SIGNED", "receiver": "OWNER", "receiver_name": "张三", "handed_over_by": "何军",
    }  # fmt: skip
    return record_delivery(notice_id=notice.pk, on=on, as_of=on, **(given | said))


def open_case(company: Company, on: date, unit: str = "3-1-1602") -> Case:
    """A case of a unit's account."""
    return Case.objects.create(
        community=company.community, account=company.accounts[unit], unit=company.units[unit], opened_on=on
    )
