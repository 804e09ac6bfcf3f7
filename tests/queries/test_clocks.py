"""The limitation clock of each charge: S12 step by step, and what counts with which evidence."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from arrears.cases.models import ClockEvent
from arrears.cases.queries.clocks import clocks
from arrears.cases.queries.expiring import barred_charges, clocks_of, expired_charges, running_out
from arrears.cases.rules.limitation import Status
from arrears.cases.services.clocks import note_clock_event
from arrears.cases.services.limitation import DecisionRefused, record_lawyer_decision
from billing.payments.services import reverse_payment
from notices.models import Delivery
from notices.rules.delivered import Method, Receiver, Result, delivered
from tests.clocks import demand, hand_over
from tests.ladder import at
from tests.money import AT, PAID_ON, owe, pay

DUE = date(2023, 3, 31)
A_YEAR_LATER = date(2024, 2, 29)


def clock(charge, as_of):
    """The clock of one charge, read in full; the lean reading must say the same."""
    (found,) = clocks(charge_ids=[charge.pk], as_of=as_of)
    lean = {one.charge_id: one.clock for one in clocks_of([charge.account_id], as_of=as_of)}
    assert lean.get(charge.pk, found.clock) == found.clock
    return found


def why(found):
    """(what, on, reason) of everything that does not count."""
    return [(one.what, one.on, one.why.code) for one in found.events if one.why is not None]


def test_step_1_nothing_happened_and_the_countdown_shows_ninety_days(jinxiu):
    charge = owe(jinxiu, 100_000, DUE)
    found = clock(charge, date(2025, 12, 31))
    assert (found.clock.last_on, found.clock.days_left, found.anchor) == (date(2026, 3, 31), 90, None)
    assert found.alerts == (date(2025, 10, 2), date(2025, 12, 31), date(2026, 3, 1))


def test_step_2_a_demand_by_ems_that_the_wife_living_there_signed_restarts_it(jinxiu):
    charge = owe(jinxiu, 100_000, DUE)
    paper = demand(jinxiu, [charge], date(2024, 2, 26))
    hand_over(
        paper, A_YEAR_LATER, method="EMS", receiver="ADULT_CORESIDENT", receiver_name="周敏", relation="妻子", waybill="EZ1",
    )  # fmt: skip
    found = clock(charge, date(2026, 1, 1))
    assert found.clock.last_on == date(2027, 2, 28), "a Sunday: holidays are ignored"
    assert found.anchor.notice_id == paper.pk
    assert "周敏" in found.anchor.evidence
    assert "EZ1" in found.anchor.evidence


def test_step_3_a_failed_sms_and_a_bulletin_change_nothing_and_say_why(jinxiu):
    charge = owe(jinxiu, 100_000, DUE)
    hand_over(demand(jinxiu, [charge], A_YEAR_LATER), A_YEAR_LATER)
    demand(jinxiu, [charge], date(2026, 10, 5), kind="REMINDER", channel="SMS", state="FAILED")
    board = demand(jinxiu, [charge], date(2026, 10, 6))
    Delivery.objects.create(
        notice=board, method="BULLETIN", result="LEFT_WITH_PHOTO", on=date(2026, 10, 6), delivered=False, opens_gates=False,
        interrupts=False, photo=_photo(),
    )  # fmt: skip
    found = clock(charge, date(2026, 10, 7))
    assert found.clock.last_on == date(2027, 2, 28)
    assert why(found) == [
        ("NOTICE", date(2026, 10, 5), "clock_failed"),
        ("NOTICE", date(2026, 10, 6), "clock_bulletin"),
    ]


def test_step_4_a_part_payment_restarts_only_the_charge_it_went_to(jinxiu):
    charge, other = owe(jinxiu, 100_000, DUE), owe(jinxiu, 100_000, DUE + timedelta(90))
    hand_over(demand(jinxiu, [charge, other], A_YEAR_LATER), A_YEAR_LATER)
    day = date(2026, 12, 20)
    pay(jinxiu, 500, paid_on=day, posted_on=day, at=at(day))
    assert clock(charge, date(2026, 12, 31)).clock.last_on == date(2029, 12, 20)
    assert clock(other, date(2026, 12, 31)).clock.last_on == date(2027, 2, 28)


def test_step_5_expired_and_the_demand_after_it_revives_nothing(jinxiu):
    charge = owe(jinxiu, 100_000, DUE)
    hand_over(demand(jinxiu, [charge], date(2026, 4, 1)), date(2026, 4, 1))
    found = clock(charge, date(2026, 4, 2))
    assert (found.clock.status, found.clock.last_on) == (Status.EXPIRED, date(2026, 3, 31))
    assert why(found) == [("NOTICE", date(2026, 4, 1), "clock_after_expiry")]
    account_id = charge.account_id
    assert expired_charges([account_id], as_of=date(2026, 3, 31)) == {}
    assert expired_charges([account_id], as_of=date(2026, 4, 2)) == {account_id: {charge.pk}}


def test_step_6_a_plan_signed_after_expiry_revives_all_it_lists_from_its_last_instalment(jinxiu):
    charge, other = owe(jinxiu, 100_000, DUE), owe(jinxiu, 100_000, DUE)
    note_clock_event(
        account_id=charge.account_id, charge_ids=[charge.pk], kind="ACKNOWLEDGEMENT", on=date(2026, 5, 10),
        until=date(2026, 8, 31), source="plan:1", evidence="分期还款协议",
    )  # fmt: skip
    found = clock(charge, date(2026, 6, 1))
    assert (found.clock.last_on, found.anchor.number) == (date(2029, 8, 31), "plan:1")
    assert clock(other, date(2026, 6, 1)).is_expired, "the plan does not list it"


def test_step_7_a_payment_order_stops_the_clock_and_its_end_restarts_it(jinxiu):
    charge = owe(jinxiu, 100_000, DUE)
    filed = {
        "account_id": charge.account_id, "charge_ids": [charge.pk], "kind": "PROCEEDING", "on": date(2026, 2, 10),
        "source": "filing:1",
    }  # fmt: skip
    note_clock_event(**filed)
    assert clock(charge, date(2026, 4, 19)).is_pending
    note_clock_event(**filed, until=date(2026, 4, 20))
    found = clock(charge, date(2026, 4, 20))
    assert found.clock.last_on == date(2029, 4, 20)
    assert len(found.events) == 1, "the newer row of a source takes the place of the older"


def test_a_payment_that_was_taken_back_does_not_count(jinxiu):
    charge = owe(jinxiu, 100_000, DUE)
    day = date(2025, 6, 1)
    taken = pay(jinxiu, 500, paid_on=day, posted_on=day)
    assert clock(charge, day).clock.last_on == date(2028, 6, 1)
    reverse_payment(payment_id=taken.payment_id, reason="收错房号", posted_on=PAID_ON, at=AT)
    found = clock(charge, day)
    assert found.clock.last_on == date(2026, 3, 31)
    assert why(found) == [("PAYMENT", day, "clock_payment_reversed")]


def test_a_suspension_is_shown_and_adds_no_day(jinxiu):
    charge = owe(jinxiu, 100_000, DUE)
    note_clock_event(
        account_id=charge.account_id, charge_ids=[charge.pk], kind="SUSPENSION", on=date(2025, 12, 1), source="manual:9-1",
    )  # fmt: skip
    found = clock(charge, date(2026, 1, 1))
    assert found.clock.last_on == date(2026, 3, 31)
    assert why(found) == [("EVENT", date(2025, 12, 1), "clock_suspension")]


def test_a_demand_to_one_joint_debtor_works_against_the_others(jinxiu):
    charge = owe(jinxiu, 100_000, DUE, unit="3-1-1702")
    paper = demand(jinxiu, [charge], A_YEAR_LATER)
    hand_over(paper, A_YEAR_LATER, receiver_name="王五")
    assert clock(charge, date(2026, 1, 1)).clock.last_on == date(2027, 2, 28)


def test_a_demand_for_a_part_interrupts_for_the_whole_charge(jinxiu):
    charge = owe(jinxiu, 100_000, DUE)
    paper = demand(jinxiu, [charge], A_YEAR_LATER)
    paper.data["principal_fen"] = 50_000
    paper.save(update_fields=["data"])
    hand_over(paper, A_YEAR_LATER)
    assert clock(charge, date(2026, 1, 1)).clock.last_on == date(2027, 2, 28)
    assert clock(charge, date(2026, 1, 1)).charge.unpaid_fen == 100_000


@pytest.mark.parametrize("method", list(Method))
@pytest.mark.parametrize("result", [Result.SIGNED, Result.REFUSED, Result.RECEIPT, Result.RETURNED])
def test_the_clock_believes_a_delivery_exactly_when_the_evidence_interrupts(jinxiu, method, result):
    charge = owe(jinxiu, 100_000, DUE)
    worth = delivered(method, result, Receiver.OWNER, document="DEMAND", agreed_address=True)
    Delivery.objects.create(
        notice=demand(jinxiu, [charge], A_YEAR_LATER), method=method, result=result, receiver="OWNER", agreed_address=True,
        on=A_YEAR_LATER, delivered=worth.delivered, opens_gates=worth.opens_gates, interrupts=worth.interrupts,
    )  # fmt: skip
    found = clock(charge, date(2026, 1, 1))
    assert found.events[0].counts is worth.interrupts
    assert (found.clock.last_on == date(2027, 2, 28)) is worth.interrupts


def test_the_worklist_holds_what_expires_within_the_days_and_what_has_expired(jinxiu):
    as_of = date(2026, 3, 1)
    near = owe(jinxiu, 100_000, DUE)
    gone = owe(jinxiu, 100_000, date(2022, 12, 31))
    owe(jinxiu, 100_000, date(2024, 6, 30))
    demanded = owe(jinxiu, 100_000, date(2023, 2, 28))
    hand_over(demand(jinxiu, [demanded], date(2025, 1, 1)), date(2025, 1, 1))
    assert {one.charge_id for one in running_out(as_of=as_of)} == {near.pk, gone.pk}
    assert {one.charge_id for one in running_out(as_of=as_of, days=29)} == {gone.pk}
    assert [one.clock.days_left for one in running_out(as_of=as_of) if one.charge_id == near.pk] == [30]
    assert running_out(as_of=as_of, community_id=jinxiu.community.pk + 1) == []


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["DEMAND", "ACKNOWLEDGEMENT", "PROCEEDING"]), st.integers(0, 2600), st.none() | st.integers(0, 400)
        ),
        max_size=5,
    ),
    st.integers(0, 3000),
)  # fmt: skip
def test_the_lean_reading_of_the_worklist_and_the_full_one_of_the_case_agree(jinxiu, events, later):
    charge = owe(jinxiu, 100_000, DUE)
    for number, (kind, on, more) in enumerate(events):
        begun = DUE + timedelta(on)
        note_clock_event(
            account_id=charge.account_id, charge_ids=[charge.pk], kind=kind, on=begun,
            until=None if more is None else begun + timedelta(more), source=f"story:{number}",
        )  # fmt: skip
    as_of = DUE + timedelta(later)
    found = clock(charge, as_of)
    listed = {one.charge_id for one in running_out(as_of=as_of)}
    due_soon = found.clock.last_on is not None and found.clock.last_on <= as_of + timedelta(180)
    assert (charge.pk in listed) is due_soon


def test_an_expired_charge_is_barred_until_a_lawyer_lets_it_and_again_after_a_new_expiry(jinxiu):
    charge = owe(jinxiu, 100_000, DUE)
    account_id, lawyer = charge.account_id, jinxiu.staff("legal")
    with pytest.raises(DecisionRefused):
        record_lawyer_decision(
            charge_ids=[charge.pk], decision="CLAIM", reason="早", by=lawyer, as_of=date(2026, 3, 31)
        )
    day = date(2026, 4, 2)
    assert barred_charges([account_id], as_of=day) == {account_id: {charge.pk}}
    record_lawyer_decision(
        charge_ids=[charge.pk], decision="CLAIM", reason="未提出时效抗辩", by=lawyer, as_of=day
    )
    assert barred_charges([account_id], as_of=day) == {}
    assert expired_charges([account_id], as_of=day) == {account_id: {charge.pk}}
    note_clock_event(
        account_id=account_id,
        charge_ids=[charge.pk],
        kind="ACKNOWLEDGEMENT",
        on=date(2026, 5, 1),
        source="plan:2",
    )
    assert expired_charges([account_id], as_of=date(2026, 6, 1)) == {}
    assert barred_charges([account_id], as_of=date(2029, 5, 2)) == {account_id: {charge.pk}}
    record_lawyer_decision(
        charge_ids=[charge.pk], decision="LEAVE", reason="证据不足", by=lawyer, as_of=date(2029, 5, 2)
    )
    assert barred_charges([account_id], as_of=date(2029, 5, 2)) == {account_id: {charge.pk}}


def test_the_newest_row_of_a_source_says_that_it_was_a_mistake(jinxiu):
    charge = owe(jinxiu, 100_000, DUE)
    row = {"account_id": charge.account_id, "charge_ids": [charge.pk], "source": "manual:1-1"}
    note_clock_event(**row, kind="DEMAND", on=A_YEAR_LATER)
    note_clock_event(**row, kind="VOID", on=date(2024, 3, 1), evidence="录错")
    found = clock(charge, date(2026, 1, 1))
    assert found.clock.last_on == date(2026, 3, 31)
    assert why(found) == [("EVENT", date(2024, 3, 1), "clock_taken_back")]
    assert ClockEvent.objects.count() == 2


def _photo():
    from tenancy.people.services import files

    return files.store(
        b"\xff\xd8\xff photo", name="board.jpg", purpose="proof", accept=files.IMAGES, community_id=None
    )
