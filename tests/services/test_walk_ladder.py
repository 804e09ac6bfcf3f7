"""The nightly walk: what opens on which day, what it writes, and what a second walk does not."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from arrears.cases import services
from arrears.cases.models import Case, Step, Task
from billing.charges.models import Charge
from notices.models import Notice
from owners.models import Contact
from tests import ladder
from tests.ladder import at, call, case, document, hand_over, on, steps, tasks, walk, walk_and_send
from tests.money import owe, paid_but, pay


@pytest.fixture
def billed(jinxiu):
    """The bill of January, issued and delivered on the 5th, due on the 31st."""
    ladder.bill(jinxiu)
    return jinxiu


def climb_to_the_demand(company):
    """Reminder, call, demand: the demand is printed on D16."""
    walk_and_send(1)
    walk(2)
    call(company, at(on(2)))
    walk(16)


def test_on_the_due_day_nobody_climbs_and_the_day_after_everybody_who_owes_is_reminded(billed):
    assert walk(0).cases_opened == 0
    done = walk(1)
    # 张三's room and bay, 李四's room, and the developer's unsold one.
    assert done.cases_opened == Case.objects.filter(closed_on=None).count() == 4
    assert done.steps == {"REMINDER": 4}
    assert steps(billed) == [("REMINDER", "DUE", 1)]


def test_a_reminder_is_an_sms_to_the_mobile_with_the_amount_and_goes_out_in_the_morning(billed):
    assert walk(1).reminders_queued == 3
    notice = document(billed, "REMINDER")
    assert (notice.channel, notice.contact.kind, notice.state) == ("SMS", "MOBILE", "QUEUED")
    assert "210.08" in notice.body, "210.02 and six fen of late fee"
    assert notice.not_before == at(on(1), 9)
    assert list(notice.charge_ids) == [Charge.objects.get(account=billed.accounts["3-1-1602"]).pk]


def test_without_a_channel_the_reminder_counts_as_taken_with_that_reason(billed):
    walk(1)
    assert steps(billed, "3-2-201") == [("REMINDER", "DUE", 1), ("REMINDER", "TAKEN", 1)]
    taken = Step.objects.get(account=billed.accounts["3-2-201"], event="TAKEN")
    assert taken.because == "no_channel"
    assert walk(2).steps == {"CALL": 1}


def test_a_second_walk_of_the_same_day_changes_nothing(billed):
    walk(1)
    before = Step.objects.count(), Notice.objects.count(), Task.objects.count(), Case.objects.count()
    again = walk(1)
    assert (again.cases_opened, again.cases_closed, again.steps, again.reminders_queued) == (0, 0, {}, 0)
    assert before == (
        Step.objects.count(), Notice.objects.count(), Task.objects.count(), Case.objects.count(),
    )  # fmt: skip


def test_the_call_opens_only_when_the_reminder_was_handed_over(billed):
    walk(1)
    assert walk(2).steps.get("CALL") == 1, "the developer has no channel; his reminder is taken"
    assert ("CALL", "DUE", 2) not in steps(billed)
    ladder.send(on(3))
    walk(4)
    assert steps(billed) == [("REMINDER", "DUE", 1), ("REMINDER", "TAKEN", 3), ("CALL", "DUE", 4)]
    assert tasks(billed) == [("CALL", on(4))]


def test_the_call_task_is_due_by_the_third_day(billed):
    walk_and_send(1)
    walk(2)
    assert tasks(billed) == [("CALL", on(3))]


def test_the_demand_is_printed_on_the_sixteenth_day_with_a_gapless_number_and_a_delivery_to_make(billed):
    climb_to_the_demand(billed)
    notice = document(billed, "DEMAND")
    assert notice.number == "DEMAND-JX-2026-000001"
    assert notice.data["principal_fen"] == 21002
    assert notice.data["late_fee_fen"] == round(21002 * 0.0003 * 16)
    assert notice.data["lines"][0]["days_overdue"] == 16
    assert [one["how"] for one in notice.data["contacts"]] == ["电话"]
    assert ("DELIVER", on(18)) in tasks(billed)


def test_numbers_are_gapless_in_the_order_of_the_units(jinxiu):
    for unit in ("3-1-1702", "3-1-1602", "3-2-201"):
        owe(jinxiu, 50000, ladder.DUE, unit=unit)
    Charge.objects.update(kind="OPENING")
    Contact.objects.all().delete()
    walk(1)
    walk(2)
    Step.objects.bulk_create(
        Step(
            case=one, account_id=one.account_id, level=2, code="CALL", event="TAKEN", on=on(2), because="called",
            charge_ids=[Charge.objects.get(account_id=one.account_id).pk],
        )
        for one in Case.objects.all()
    )  # fmt: skip
    assert walk(16).documents_queued == 3
    numbers = {n.unit.code: n.number[-6:] for n in Notice.objects.filter(kind="DEMAND")}
    assert numbers == {"3-1-1602": "000001", "3-1-1702": "000002", "3-2-201": "000003"}


def test_a_bill_that_came_late_delays_the_demand_but_not_the_reminder(jinxiu):
    ladder.bill(jinxiu, delivered_on=date(2026, 1, 28))
    climb_to_the_demand(jinxiu)
    assert not Notice.objects.filter(kind="DEMAND").exists(), "D counts from 28 January + 10"
    walk(22)
    assert not Notice.objects.filter(kind="DEMAND").exists()
    walk(23)
    assert Notice.objects.filter(kind="DEMAND").exists()


def test_a_bill_never_delivered_never_leads_to_a_demand(jinxiu):
    ladder.bill(jinxiu, delivered_on=date.max)
    climb_to_the_demand(jinxiu)
    assert walk(200).documents_queued == 0


def test_opening_arrears_need_no_delivered_bill_and_three_months_open_the_demand_at_once(jinxiu):
    for month in (11, 12):
        charge = owe(jinxiu, 21002, date(2025, month, 30))
        Charge.objects.filter(pk=charge.pk).update(kind="OPENING")
    ladder.bill(jinxiu, date(2025, 10, 1))
    Charge.objects.filter(account=jinxiu.accounts["3-1-1602"]).update(kind="OPENING")
    months = [date(2025, month, 1) for month in (10, 11, 12)]
    for charge, month in zip(
        Charge.objects.filter(account=jinxiu.accounts["3-1-1602"]).order_by("due_on"), months
    ):
        Charge.objects.filter(pk=charge.pk).update(period=(month, (month + timedelta(31)).replace(day=1)))
    services.walk_ladder(as_of=date(2026, 3, 2))
    ladder.send(date(2026, 3, 2))
    services.walk_ladder(as_of=date(2026, 3, 3))
    call(jinxiu, at(date(2026, 3, 3)))
    services.walk_ladder(as_of=date(2026, 3, 4))
    demand = Step.objects.get(code="DEMAND", account=jinxiu.accounts["3-1-1602"])
    assert demand.because in ("months_overdue", "days_overdue")
    assert len(demand.charge_ids) == 3


def test_the_demand_counts_from_its_delivery_not_from_its_printing(billed):
    climb_to_the_demand(billed)
    walk(40)
    assert ("DEMAND", "TAKEN", 40) not in steps(billed)
    hand_over(document(billed, "DEMAND").pk, on(38))
    walk(41)
    assert ("DEMAND", "TAKEN", 38) in steps(billed)
    assert not [step for step in steps(billed) if step[0] == "VISIT"], "15 days from the 38th"
    walk(53)
    assert not [step for step in steps(billed) if step[0] == "VISIT"]
    walk(54)
    assert ("VISIT", "DUE", 54) in steps(billed)
    assert not [kind for kind, _due in tasks(billed) if kind == "DELIVER"]


def test_an_sms_receipt_delivers_nothing_that_opens_a_gate(billed):
    climb_to_the_demand(billed)
    from notices.services import record_delivery

    record_delivery(
        notice_id=document(billed, "DEMAND").pk, method="SMS", result="RECEIPT", on=on(17), as_of=on(17)
    )
    walk(60)
    assert ("DEMAND", "TAKEN", 17) not in steps(billed)


def test_full_payment_leaves_the_ladder_at_the_next_walk_with_everything_that_was_to_be_done(billed):
    climb_to_the_demand(billed)
    pay(billed, None, paid_on=on(17), posted_on=on(17), at=at(on(17)))
    assert document(billed, "DEMAND").state == "WITHDRAWN"
    assert walk(18).cases_closed == 1
    closed = Case.objects.get(account=billed.accounts["3-1-1602"])
    assert (closed.closed_on, closed.close_reason) == (on(18), "PAID")
    assert tasks(billed) == []
    assert steps(billed)[-1] == ("DEMAND", "VOID", 18)


def test_part_payment_keeps_the_case_and_voids_the_printed_demand_which_comes_again_with_the_new_amount(
    billed,
):
    climb_to_the_demand(billed)
    pay(billed, 10000, paid_on=on(17), posted_on=on(17), at=at(on(17)))
    walk(18)
    assert ("DEMAND", "VOID", 18) in steps(billed)
    assert steps(billed)[-1] == ("DEMAND", "DUE", 18)
    again = document(billed, "DEMAND")
    # The developer, whom no number reaches, had a demand on D16 as well.
    assert again.number == "DEMAND-JX-2026-000003"
    assert again.data["principal_fen"] < 21002


def test_a_remainder_within_a_yuan_leaves_the_ladder(billed):
    walk(1)
    paid_but(Charge.objects.get(account=billed.accounts["3-1-1602"]), 100)
    walk(2)
    assert Case.objects.get(account=billed.accounts["3-1-1602"]).close_reason == "WITHIN_TOLERANCE"


def test_when_the_oldest_is_paid_the_level_falls_to_what_the_documents_cover(billed):
    climb_to_the_demand(billed)
    hand_over(document(billed, "DEMAND").pk, on(17))
    ladder.bill(billed, date(2026, 2, 1))
    january = Charge.objects.get(account=billed.accounts["3-1-1602"], due_on=ladder.DUE)
    walk(40)
    assert ("VISIT", "DUE", 40) in steps(billed)
    pay(billed, None, designated=[january.pk], paid_on=on(41), posted_on=on(41), at=at(on(41)))
    walk(42)
    assert steps(billed)[-2:] == [("VISIT", "VOID", 42), ("REMINDER", "DUE", 42)], "February was never said"


def test_a_later_letter_lists_only_what_the_one_before_proved(billed):
    climb_to_the_demand(billed)
    hand_over(document(billed, "DEMAND").pk, on(17))
    ladder.bill(billed, date(2026, 2, 1))
    walk(40)
    visit = Step.objects.get(account=billed.accounts["3-1-1602"], code="VISIT")
    january = Charge.objects.get(account=billed.accounts["3-1-1602"], due_on=ladder.DUE)
    assert list(visit.charge_ids) == [january.pk]


def test_a_promise_freezes_the_ladder_and_a_broken_one_opens_the_demand_two_days_later(billed):
    walk_and_send(1)
    walk(2)
    call(billed, at(on(2)), "CONNECTED_PROMISED", promised_on=on(8))
    for day in range(3, 10):
        assert walk(day).steps.get("DEMAND") is None
    assert case(billed).klass == "B_UNDECIDED", "A whose day passed"
    assert ("CALL", on(7)) in tasks(billed) or ("CALL", on(9)) in tasks(billed)
    walk(10)
    assert steps(billed)[-1] == ("DEMAND", "DUE", 10)
    assert Step.objects.get(code="DEMAND", account=billed.accounts["3-1-1602"]).because == "promise_broken"


def test_a_kept_promise_is_not_broken_by_a_debt_that_came_later(billed):
    walk_and_send(1)
    walk(2)
    call(billed, at(on(2)), "CONNECTED_PROMISED", promised_on=on(8))
    ladder.bill(billed, date(2026, 2, 1))
    pay(billed, 21002 + 100, paid_on=on(8), posted_on=on(8), at=at(on(8)))
    walk(30)
    walk(31)
    assert not Step.objects.filter(code="DEMAND", account=billed.accounts["3-1-1602"]).exists()


def test_the_second_demand_is_proposed_to_the_project_manager_with_frozen_facts(billed):
    from tenancy.people.models import Approval

    climb_to_the_demand(billed)
    hand_over(document(billed, "DEMAND").pk, on(17))
    walk(40)
    ladder.visit(billed, on(41))
    walk(61)
    approval = Approval.objects.get(kind="ladder.SECOND_DEMAND")
    assert (approval.role, approval.decision) == ("project_manager", "PENDING")
    assert approval.facts["principal_fen"] == 21002
    assert approval.facts["documents"][0]["number"] == "DEMAND-JX-2026-000001"
    assert (approval.facts["calls"], approval.facts["visits"]) == (1, 1)
    assert steps(billed)[-1] == ("SECOND_DEMAND", "PROPOSED", 61)
    pay(billed, None, paid_on=on(62), posted_on=on(62), at=at(on(62)))
    walk(63)
    approval.refresh_from_db()
    assert approval.decision == "WITHDRAWN", "a paid case asks for nothing"


def test_cases_are_given_to_collectors_who_see_the_community_by_difficulty(billed):
    walk(1)
    assert {one.collector_id for one in Case.objects.all()} == {billed.people["collector"].pk}


def test_two_collectors_share_new_cases_and_keep_their_old_ones(billed):
    from tenancy.people.models import Membership, User

    second = User.objects.create_user("second", name="第二员")
    Membership.objects.create(tenant=billed.tenant, user=second, roles=["collector"])
    walk(1)
    loads = [Case.objects.filter(collector=who).count() for who in (billed.people["collector"], second)]
    assert loads == [2, 2]
    before = dict(Case.objects.values_list("pk", "collector_id"))
    walk(2)
    assert dict(Case.objects.values_list("pk", "collector_id")) == before


def test_a_community_without_a_contract_is_left_alone_and_reported(billed):
    from billing.charges.models import Contract

    Contract.objects.update(held=(date(2022, 1, 1), date(2026, 1, 15)))
    done = walk(1)
    assert done.reminders_queued == 0
    assert done.refused == {"charges.no_contract": 1}


def test_a_community_may_have_its_own_days(billed):
    services.new_version(
        community_id=billed.community.pk, name="宽松", active_from=on(0), days={1: services.RungDays(5), 2: services.RungDays(6)},
    )  # fmt: skip
    assert walk(4).steps == {}
    assert walk(5).steps == {"REMINDER": 4}


def test_whom_no_number_reaches_is_visited_and_the_ladder_goes_on_without_a_call(billed):
    walk(1)
    ladder.send(on(1))
    Contact.objects.filter(party=billed.parties["张三"]).update(state="VOID")
    walk(2)
    calls = Step.objects.filter(account=billed.accounts["3-1-1602"], code="CALL").order_by("pk")
    assert [(one.event, one.because) for one in calls] == [("DUE", "days_overdue"), ("TAKEN", "no_number")]
    kinds = Task.objects.filter(case__account=billed.accounts["3-1-1602"]).values_list("kind", flat=True)
    assert list(kinds) == ["VISIT"]
    walk(16)
    assert Step.objects.filter(account=billed.accounts["3-1-1602"], code="DEMAND", event="DUE").exists()
