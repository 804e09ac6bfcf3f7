"""A debt from before the system runs out of time: letters, a promise by WeChat, a part payment, a plan, a lawyer."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from arrears.cases import services
from arrears.cases.models import ClockAlert, Task
from arrears.cases.queries import barred_charges, clocks, expired_charges
from arrears.cases.queries.limitation import ClockFilter, clock_lines, find_running_out
from arrears.cases.rules.clock_proofs import Claimed, Proof
from arrears.cases.services.clocks import note_clock_event
from billing.charges.models import Charge
from billing.charges.services import OpeningDebt, opening_charges
from notices.models import Notice
from notices.services import record_delivery
from tests.clocks import hand_over
from tests.ladder import at, case
from tests.money import pay
from values.period import Period

PNG = b"\x89PNG\r\n\x1a\n screenshot"


@pytest.fixture
def old(jinxiu):
    """March 2023 was never paid; the company brought it along when it began to use the program."""
    debt = OpeningDebt(
        jinxiu.units["3-1-1602"].pk, jinxiu.parties["张三"].pk, jinxiu.items["property"].pk, Period.month(2023, 3), 252_024
    )  # fmt: skip
    opening_charges(community_id=jinxiu.community.pk, debts=[debt], as_of=date(2025, 9, 1))
    return jinxiu


def night(day: date) -> services.Watched:
    """The ladder, then the clocks, as the timetable runs them; a second time, to see that it changes nothing."""
    services.walk_ladder(as_of=day)
    done = services.watch_clocks(as_of=day)
    assert services.watch_clocks(as_of=day) == services.Watched()
    return done


def last_day(day: date) -> date | None:
    (found,) = clocks(charge_ids=[Charge.objects.get().pk], as_of=day)
    return found.clock.last_on


def test_the_forgotten_month_is_saved_by_a_letter_then_by_a_payment_then_by_a_plan(old):
    night(date(2025, 9, 2))
    assert last_day(date(2025, 9, 2)) == date(2026, 3, 31)
    assert night(date(2025, 10, 1)).demands_asked == 0
    assert night(date(2025, 10, 2)).demands_asked == 1, "180 days are left, whatever the rung"
    (row,) = find_running_out(ClockFilter(), as_of=date(2025, 10, 2))
    (line,) = clock_lines([row], as_of=date(2025, 10, 2))
    assert (line.unit_code, line.days_left, line.next_step) == ("3-1-1602", 180, "limitation.demand")
    # Nobody writes; at ninety days the project manager hears of it.
    assert night(date(2025, 12, 31)).alerts == 1
    assert ClockAlert.objects.get().role == "project_manager"
    # The letter is made. A notice on the board and a letter that comes back change nothing.
    notice_id = services.demand_by_ems(case_id=case(old).pk, as_of=date(2026, 1, 4))
    record_delivery(
        notice_id=notice_id, method="EMS", result="RETURNED", on=date(2026, 1, 12), as_of=date(2026, 1, 12), waybill="EZ9",
    )  # fmt: skip
    night(date(2026, 1, 13))
    assert last_day(date(2026, 1, 13)) == date(2026, 3, 31)
    assert Task.objects.filter(kind="EMS_DEMAND", done_at=None, cancelled_at=None).exists()
    # Sent again, and signed for by the wife who lives there.
    hand_over(
        Notice.objects.get(pk=notice_id), date(2026, 2, 28), method="EMS", receiver="ADULT_CORESIDENT", receiver_name="周敏",
        relation="妻子", waybill="EZ10",
    )  # fmt: skip
    assert night(date(2026, 3, 1)).demands_ended == 1
    assert last_day(date(2026, 3, 1)) == date(2029, 2, 28)
    # A part payment restarts it, and a plan does so from its last instalment.
    day = date(2026, 12, 20)
    pay(old, 50_000, paid_on=day, posted_on=day, at=at(day))
    assert last_day(day) == date(2029, 12, 20)
    charge = Charge.objects.get()
    note_clock_event(
        account_id=charge.account_id, charge_ids=[charge.pk], kind="ACKNOWLEDGEMENT", on=date(2027, 1, 10),
        until=date(2027, 6, 30), source="plan:1",
    )  # fmt: skip
    assert last_day(date(2027, 1, 11)) == date(2030, 6, 30)


def test_the_month_that_ran_out_stays_payable_but_out_of_the_court_until_the_owner_signs(old):
    account_id = old.accounts["3-1-1602"].pk
    for day in (date(2025, 10, 2), date(2025, 12, 31), date(2026, 3, 1), date(2026, 4, 1)):
        night(day)
    told = list(ClockAlert.objects.order_by("pk").values_list("days", "role"))
    assert told == [(90, "project_manager"), (30, "branch_gm"), (0, "legal")]
    gone = expired_charges([account_id], as_of=date(2026, 4, 1))
    assert barred_charges([account_id], as_of=date(2026, 4, 1)) == gone
    # A demand does not help any more; the lawyer leaves it to the owner's good will.
    (ids,) = gone.values()
    services.record_lawyer_decision(
        charge_ids=ids, decision="LEAVE", reason="仅友好提醒", by=old.staff("legal"), as_of=date(2026, 4, 2)
    )
    assert barred_charges([account_id], as_of=date(2026, 4, 2)) == gone
    # In May the owner signs that he owes it: the claim lives again.
    signed = Claimed(Proof.SIGNED_PAPER, True, "对账单上签字确认", by_debtor=True)
    services.record_proof(
        account_id=account_id, charge_ids=ids, on=date(2026, 5, 10), claimed=signed, content=PNG, file_name="对账单.png",
        as_of=date(2026, 5, 10),
    )  # fmt: skip
    assert expired_charges([account_id], as_of=date(2026, 5, 11)) == {}
    assert last_day(date(2026, 5, 11)) == date(2029, 5, 10)
    assert find_running_out(ClockFilter(within=0), as_of=date(2026, 5, 11)) == []
    # And what he pays of it is taken like any other money.
    day = date(2026, 5, 20) + timedelta(1)
    pay(old, 10_000, paid_on=day, posted_on=day)
    assert last_day(day) == date(2029, 5, 21)
