"""Disputes of single charges: they leave the ladder, the rest goes on, and they come back by themselves."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from arrears.cases import services
from arrears.cases.models import Case, Hold
from arrears.cases.queries import FoundCase, call_desk, case_lines, coverage, worklist
from arrears.cases.queries.coverage import Asked
from arrears.cases.queries.facts import standing_of
from arrears.cases.queries.subjects import late_charges, lean_charges
from arrears.cases.queries.worklist import WorkFilter
from arrears.cases.services.disputes import Disputed, DisputeOver, DisputeRefused, DisputeStands
from billing.charges.models import Charge
from billing.charges.queries import open_charges
from tenancy.kernel.errors import NotFound
from tests import ladder
from tests.ladder import at, call, document, hand_over, on, steps, walk, walk_and_send
from tests.money import paid_but

FEBRUARY = date(2026, 2, 1)


@pytest.fixture
def late(jinxiu):
    """January and February are billed; D counts from the end of January."""
    ladder.bill(jinxiu)
    ladder.bill(jinxiu, FEBRUARY)
    return jinxiu


def charges_of(company, unit="3-1-1602"):
    return list(Charge.objects.filter(account=company.accounts[unit]).order_by("due_on"))


def dispute(company, *parts, day=3, reason="屋顶漏水"):
    account_id = company.accounts["3-1-1602"].pk
    return services.open_dispute(account_id=account_id, parts=parts, reason=reason, on=on(day))


def facts(company, day):
    found = standing_of(company.accounts["3-1-1602"].pk, as_of=on(day))
    assert found is not None
    return found[1].facts


def test_a_disputed_charge_is_in_no_fact_and_the_rest_counts_from_its_own_due_day(late):
    january, february = charges_of(late)
    dispute(late, Disputed(january.pk))
    found = facts(late, 40)
    assert (found.overdue_fen, found.oldest_due_on) == (february.amount_fen, february.due_on)
    assert found.hold is None
    assert found.disputed


def test_the_line_of_a_case_says_what_of_its_debt_is_disputed_and_nothing_without_a_dispute(late):
    walk_and_send(1)
    january, _february = charges_of(late)
    found = [FoundCase(ladder.case(late).pk, 0)]
    (line,) = case_lines(found, as_of=on(3))
    assert (line.disputed_fen, line.undisputed_fen) == (0, january.amount_fen)
    dispute(late, Disputed(january.pk, 5000))
    (line,) = case_lines(found, as_of=on(3))
    assert (line.disputed_fen, line.undisputed_fen) == (5000, january.amount_fen - 5000)


def test_days_late_count_from_the_oldest_undisputed_due_day_on_the_case_as_on_the_call_list(late):
    walk_and_send(1)
    january, february = charges_of(late)
    dispute(late, Disputed(january.pk))
    (line,) = case_lines([FoundCase(ladder.case(late).pk, 0)], as_of=on(40))
    assert line.days_late == (on(40) - february.due_on).days
    desk = call_desk(ladder.case(late).pk, as_of=on(40))
    assert (desk.oldest_due_on, desk.period) == (february.due_on, "2026年2月")


def test_of_a_charge_disputed_in_part_only_the_rest_counts(late):
    january, february = charges_of(late)
    dispute(late, Disputed(january.pk, 5_000))
    found = facts(late, 40)
    assert found.overdue_fen == january.amount_fen - 5_000 + february.amount_fen
    assert found.oldest_due_on == january.due_on
    paid_but(january, 5_000, paid_on=on(41))
    assert facts(late, 42).oldest_due_on == february.due_on, "what is left of January is disputed"


def test_the_charge_lists_of_documents_leave_out_what_is_disputed(late):
    january, february = charges_of(late)
    account_id = late.accounts["3-1-1602"].pk
    dispute(late, Disputed(january.pk, 5_000))
    for found in (late_charges([account_id], as_of=on(40)), lean_charges([account_id], as_of=on(40))):
        assert [one.unpaid_fen for one in found[account_id]] == [
            january.amount_fen - 5_000, february.amount_fen,
        ]  # fmt: skip
    about = coverage([Asked(account_id, [january.pk, february.pk], on(20))], as_of=on(40))[account_id]
    assert about.left_fen == 5_000
    assert about.left_out[0].because.code == "left_out_disputed"


def test_no_late_fee_runs_on_it_until_it_comes_back(late):
    january, _february = charges_of(late)
    account_id = late.accounts["3-1-1602"].pk
    hold_id = dispute(late, Disputed(january.pk), day=3)

    def fee(day):
        found = open_charges(account_ids=[account_id], as_of=on(day))
        return next(one.late_fee_fen for one in found if one.charge_id == january.pk)

    assert fee(2) == fee(30) == round(21_002 * 0.0003 * 2)
    services.end_dispute(hold_id=hold_id, last_on=on(30))
    services.resume_late_fees(as_of=on(31))
    assert fee(40) == round(21_002 * 0.0003 * 12), "two days before, ten after"
    assert services.resume_late_fees(as_of=on(31)) == 0, "once"


def test_it_comes_back_by_itself_the_day_after_its_last(late):
    january, _february = charges_of(late)
    hold_id = dispute(late, Disputed(january.pk))
    services.end_dispute(hold_id=hold_id, last_on=on(50))
    assert facts(late, 50).oldest_due_on != january.due_on
    back = facts(late, 51)
    assert (back.oldest_due_on, back.disputed) == (january.due_on, False)


def test_who_is_not_content_disputes_on(late):
    january, _february = charges_of(late)
    hold_id = dispute(late, Disputed(january.pk))
    services.end_dispute(hold_id=hold_id, last_on=on(50))
    services.reopen_dispute(hold_id=hold_id)
    assert facts(late, 60).oldest_due_on != january.due_on
    services.release_hold(hold_id=hold_id, released_on=on(61), reason="已答复")
    assert facts(late, 61).oldest_due_on == january.due_on
    with pytest.raises(DisputeOver):
        services.reopen_dispute(hold_id=hold_id)


def test_when_all_is_disputed_the_case_stays_open_and_nobody_is_rung(jinxiu):
    ladder.bill(jinxiu)
    walk_and_send(1)
    walk(2)
    (january,) = charges_of(jinxiu)
    nobody = WorkFilter()
    mine = ladder.case(jinxiu).pk
    assert mine in [due.case_id for due in worklist(nobody, as_of=on(3))]
    hold_id = dispute(jinxiu, Disputed(january.pk))
    walk(4)
    assert Case.objects.get(pk=mine).closed_on is None
    assert mine not in [due.case_id for due in worklist(nobody, as_of=on(4))]
    assert steps(jinxiu)[-1] == ("CALL", "VOID", 4)
    services.release_hold(hold_id=hold_id, released_on=on(10), reason="已答复")
    walk(10)
    assert steps(jinxiu)[-1] == ("CALL", "DUE", 10), "it goes on where it stood"


def test_a_demand_that_waits_is_withdrawn_and_drawn_up_for_what_is_left(late):
    walk_and_send(1)
    walk(2)
    call(late, at(on(2)))
    Charge.objects.filter(account=late.accounts["3-1-1602"]).update(kind="OPENING")
    walk(40)
    january, february = charges_of(late)
    first = document(late, "DEMAND")
    assert set(first.charge_ids) == {january.pk, february.pk}
    dispute(late, Disputed(february.pk), day=40)
    first.refresh_from_db()
    assert (first.state, first.reason_code) == ("WITHDRAWN", "disputed")
    walk(41)
    again = document(late, "DEMAND")
    assert (again.pk != first.pk, list(again.charge_ids)) == (True, [january.pk])
    assert again.data["principal_fen"] == january.amount_fen


def test_a_delivered_demand_keeps_its_rung_for_what_is_left_of_it(late):
    walk_and_send(1)
    walk(2)
    call(late, at(on(2)))
    Charge.objects.filter(account=late.accounts["3-1-1602"]).update(kind="OPENING")
    walk(40)
    hand_over(document(late, "DEMAND").pk, on(40))
    walk(41)
    january, _february = charges_of(late)
    dispute(late, Disputed(january.pk), day=41)
    assert facts(late, 45).level == 3


def test_two_matters_may_be_disputed_but_no_charge_twice(late):
    january, february = charges_of(late)
    dispute(late, Disputed(january.pk))
    dispute(late, Disputed(february.pk), reason="电梯停运")
    with pytest.raises(DisputeStands):
        dispute(late, Disputed(january.pk, 100))
    assert standing_of(late.accounts["3-1-1602"].pk, as_of=on(40)) is None, "nothing is left to ask for"
    assert Hold.objects.filter(only_listed=True).count() == 2


@pytest.mark.parametrize(("fen", "field"), [(0, "amount"), (99_999_999, "amount"), (None, "charges")])
def test_a_dispute_is_about_something_that_is_owed(late, fen, field):
    january, _february = charges_of(late)
    if fen is None:
        paid_but(january, 0, paid_on=on(1))
    with pytest.raises(DisputeRefused) as refused:
        dispute(late, Disputed(january.pk, fen))
    assert refused.value.field == field


def test_without_charges_the_whole_account_waits(late):
    hold_id = dispute(late)
    found = facts(late, 40)
    assert (found.hold.kind, found.overdue_fen) == ("DISPUTE", 42_004)
    services.end_dispute(hold_id=hold_id, last_on=on(45))
    assert facts(late, 46).hold is None


def test_a_foreign_dispute_is_not_found(cast):
    with cast.jinxiu.open():
        ladder.bill(cast.jinxiu)
        hold_id = dispute(cast.jinxiu, Disputed(charges_of(cast.jinxiu)[0].pk))
    with cast.yunding.open(), pytest.raises(NotFound):
        services.end_dispute(hold_id=hold_id, last_on=on(5) + timedelta(1))
