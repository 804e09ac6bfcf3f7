"""A month from preview to delivery: its steps, what differs and why, and the second look."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange

from arrears.cases.services import decide
from billing.charges.models import Bill, Contract, Subscription, TariffVersion
from billing.charges.queries.month_run import month_progress, release_of
from billing.charges.services import ask_release, issue_bills, issue_due_bills, month_run, preview_bills
from billing.charges.services.issue_job import TooEarly, request_issue
from billing.charges.services.release import NothingToRelease, NotReleased, ReleaseAsked
from notices.models import Notice
from owners.models import Unit
from tenancy.kernel.errors import NotFound
from tenancy.people.models import Approval
from tenancy.people.services.approvals import NotYourPart
from values.period import Period

JANUARY, FEBRUARY = Period.month(2026, 1), Period.month(2026, 2)
NOON = datetime(2026, 2, 5, 4, tzinfo=UTC)


def issue(company, period=JANUARY, on=date(2026, 1, 5)):
    return issue_bills(community_id=company.community.pk, period=period, issued_on=on)


def preview(company, period=FEBRUARY, on=date(2026, 2, 5), **more):
    return preview_bills(community_id=company.community.pk, period=period, as_of=on, **more)


def states(company, period=FEBRUARY):
    found = month_run(community_id=company.community.pk, period=period, preview=preview(company, period))
    return {step.code.value: step.state.value for step in found.steps}


def ask(company, role="cashier"):
    return ask_release(
        community_id=company.community.pk,
        period=FEBRUARY,
        issued_on=date(2026, 2, 5),
        by=company.staff(role),
        at=NOON,
    )


@pytest.fixture
def billed(jinxiu):
    issue(jinxiu)
    return jinxiu


def test_the_reasons_of_a_difference_come_from_both_calculations(billed):
    units = billed.units
    TariffVersion.objects.create(
        tariff=billed.tariffs["property"], from_on=FEBRUARY.start, rate_micro=2_450_000
    )
    Unit.objects.filter(code="3-1-1702").update(area_cm2=1_300_000)
    Subscription.objects.filter(unit=units["B1-001"]).update(held=DateRange(date(2022, 1, 1), FEBRUARY.start))
    Subscription.objects.create(
        unit=units["3-2-201"], tariff=billed.tariffs["parking"], fee_item=billed.items["parking"],
        held=DateRange(FEBRUARY.start, None),
    )  # fmt: skip
    found = preview(billed)
    assert {row.unit_code: row.reasons for row in found.changes} == {
        "3-1-1602": ("price",),
        "3-1-1702": ("price", "area"),
        "3-2-201": ("fee_added", "price"),
        "B1-001": ("gone",),
    }
    assert found.change_reasons == {"price": 3, "area": 1, "fee_added": 1, "gone": 1}
    issue(billed, FEBRUARY, date(2026, 2, 5))
    again = preview(billed)
    assert again.bills == 0
    assert again.changes == found.changes, "what differs is the same once it is issued"
    assert again.difference_fen == found.difference_fen


def test_a_month_issued_in_part_is_not_taken_for_a_difference(billed):
    issue(billed, FEBRUARY, date(2026, 2, 5))
    bill = Bill.objects.get(period=DateRange(*_ends(FEBRUARY)), account__unit__code="3-1-1602")
    bill.charges.update(reversed_on=date(2026, 2, 6))
    found = preview(billed)
    assert (found.bills, found.changed, found.difference_fen) == (1, 0, 0)


def test_only_as_many_differences_are_kept_as_are_shown(billed):
    TariffVersion.objects.create(
        tariff=billed.tariffs["property"], from_on=FEBRUARY.start, rate_micro=2_450_000
    )
    few = preview(billed, shown_changes=1)
    assert (len(few.changes), few.changed, few.change_reasons) == (1, 3, {"price": 3})
    assert len(preview(billed, shown_changes=None).changes) == 3


def test_the_first_month_has_nothing_to_be_held_against(jinxiu):
    found = preview(jinxiu, JANUARY, date(2026, 1, 5))
    assert (found.is_first, found.changes, found.issued_fen) == (True, (), 0)


def test_the_steps_follow_the_month(billed):
    assert states(billed)["ISSUE"] == "NEXT"
    issue(billed, FEBRUARY, date(2026, 2, 5))
    assert [states(billed)[code] for code in ("ISSUE", "PRINT", "DELIVER")] == ["DONE", "NEXT", "LATER"]
    mine = Notice.objects.filter(kind="BILL_NOTICE", issued_on=date(2026, 2, 5))
    mine.update(printed_at=NOON)
    assert [states(billed)[code] for code in ("PRINT", "DELIVER")] == ["DONE", "NEXT"]
    paid, *rest = mine.order_by("pk")
    Notice.objects.filter(pk=paid.pk).update(state="WITHDRAWN")
    Notice.objects.filter(pk__in=[row.pk for row in rest]).update(
        state="DELIVERED", delivered_on=date(2026, 2, 9)
    )
    assert states(billed)["DELIVER"] == "DONE", "a paper that a payment withdrew is not waited for"


def test_progress_counts_this_months_bills_that_stand(billed):
    issue(billed, FEBRUARY, date(2026, 1, 5))  # on the same day as January's
    Bill.objects.filter(account__unit__code="B1-001").update(voided_on=date(2026, 1, 6))
    found = month_progress(billed.community.pk, FEBRUARY)
    by_hand = Bill.objects.filter(voided_on=None, run_id=found.run_id)
    assert found.bills == by_hand.count() == 3
    assert found.amount_fen == sum(by_hand.values_list("amount_fen", flat=True))
    assert found.papers == Notice.objects.filter(number__in=by_hand.values("number")).count()
    assert month_progress(billed.community.pk, Period.month(2026, 3)).bills == 0


def test_who_was_asked_decides_and_until_then_nothing_is_issued(billed):
    approval_id = ask(billed)
    with pytest.raises(ReleaseAsked):
        ask(billed, "finance")
    asked = {"community_id": billed.community.pk, "period": FEBRUARY, "issued_on": date(2026, 2, 5)}
    with pytest.raises(NotReleased):
        request_issue(**asked, today=date(2026, 2, 5))
    assert issue_due_bills(as_of=date(2026, 2, 5)).communities == 0
    with pytest.raises(NotYourPart):
        decide(approval_id=approval_id, by=billed.staff("finance"), approve=True, at=NOON)
    decide(approval_id=approval_id, by=billed.staff("project_manager"), approve=True, at=NOON)
    assert release_of(billed.community.pk, FEBRUARY).state == "APPROVED"
    assert request_issue(**asked, today=date(2026, 2, 5))
    assert issue_due_bills(as_of=date(2026, 2, 5)).bills_issued == 4


@pytest.mark.parametrize(
    ("month", "issued_on", "field"),
    [(FEBRUARY, date(2026, 2, 6), "issued_on"), (Period.month(2026, 4), date(2026, 2, 5), "month")],
)
def test_bills_are_not_issued_ahead_of_their_day_nor_for_far_months(billed, month, issued_on, field):
    with pytest.raises(TooEarly) as refused:
        request_issue(
            community_id=billed.community.pk, period=month, issued_on=issued_on, today=date(2026, 2, 5)
        )
    assert refused.value.field == field


def test_a_rejected_month_waits_until_it_is_asked_for_again(billed):
    decide(
        approval_id=ask(billed), by=billed.staff("project_manager"), approve=False, reason="面积有误", at=NOON
    )
    with pytest.raises(NotReleased, match="面积有误"):
        request_issue(
            community_id=billed.community.pk,
            period=FEBRUARY,
            issued_on=date(2026, 2, 5),
            today=date(2026, 2, 5),
        )
    assert states(billed)["APPROVE"] == "MISSING"
    ask(billed)
    assert release_of(billed.community.pk, FEBRUARY).state == "PENDING"


def test_the_manager_asks_his_own_head_and_never_himself(billed):
    approval = Approval.objects.get(pk=ask(billed, "project_manager"))
    assert (approval.role, approval.facts["bills"], approval.facts["amount_fen"]) == ("branch_gm", 4, 101_998)


def test_there_must_be_something_to_look_at(billed):
    issue(billed, FEBRUARY, date(2026, 2, 5))
    with pytest.raises(NothingToRelease):
        ask(billed)


def test_a_request_about_a_community_of_others_is_not_there(billed):
    approval_id = ask(billed)
    elsewhere = billed.staff("project_manager")
    elsewhere = type(elsewhere)(
        elsewhere.user_id,
        elsewhere.name,
        elsewhere.tenant_id,
        elsewhere.tenant_name,
        elsewhere.roles,
        frozenset({0}),
    )
    with pytest.raises(NotFound):
        decide(approval_id=approval_id, by=elsewhere, approve=True, at=NOON)


def test_a_month_without_a_contract_says_what_is_missing(jinxiu):
    Contract.objects.all().delete()
    found = month_run(
        community_id=jinxiu.community.pk, period=FEBRUARY, preview=None, missing="charges.no_contract"
    )
    assert found.steps[0].because.params == {"what": "charges.no_contract"}


def _ends(period):
    return period.start, period.end
