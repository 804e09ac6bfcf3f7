"""The rules of the desk as the server holds them: quiet days, dialling, the week's floor, promises judged, money on its way."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from arrears.cases import services
from arrears.cases.models import Dial, Hold, Judgement, QuietDay, Task
from arrears.cases.queries import call_gate
from arrears.cases.queries.kept import kept_by_collector, kept_by_party
from arrears.cases.services import CallRefused, JustPaid
from arrears.cases.services.calls import NotReviewed
from arrears.cases.services.judging import judge_promises
from arrears.cases.services.quiet_days import QuietDaysRefused
from arrears.cases.services.transfers import hold_for_transfers
from arrears.cases.services.visits import VisitRefused
from billing.banking.models import BankLine
from notices.documents.render import render_html
from notices.models import Notice
from owners.models import Contact
from tests import banking, ladder
from tests.ladder import at, call, case, on, steps, tasks, visit, walk, walk_and_send
from tests.money import pay


@pytest.fixture
def called(jinxiu):
    """D2: the call is due."""
    ladder.bill(jinxiu)
    walk_and_send(1)
    walk(2)
    return jinxiu


def why(refused) -> str:
    return refused.value.params["why"]["code"]


def test_from_new_years_eve_to_the_third_day_nobody_is_called_and_the_server_says_when_again(called):
    eve = date(2026, 2, 16)
    with pytest.raises(CallRefused) as refused:
        call(called, at(eve))
    assert (why(refused), refused.value.params["next_at"]) == (
        "quiet_day",
        at(date(2026, 2, 20), 10, 30).isoformat(),
    )
    gate = call_gate(case(called).pk, at=at(eve))
    assert (gate.allowed, gate.next_at) == (False, at(date(2026, 2, 20), 10, 30)), "a day off begins at 10:30"
    with pytest.raises(VisitRefused):
        visit(called, eve)


def test_during_the_college_entrance_examination_nobody_is_called(called):
    with pytest.raises(CallRefused) as refused:
        call(called, at(date(2026, 6, 8)))
    assert why(refused) == "quiet_day"


def test_a_community_has_quiet_days_of_its_own_until_they_are_taken_out(called):
    with called.open("project_manager"):
        pk = services.add_quiet_days(
            name="停水检修", first_on=on(3), community_id=called.community.pk, as_of=on(2)
        )
    with pytest.raises(CallRefused):
        call(called, at(on(3)))
    with called.open("project_manager"):
        services.drop_quiet_days(quiet_id=pk, as_of=on(3))
    call(called, at(on(3)))
    assert not QuietDay.objects.exists()


@pytest.mark.parametrize(
    ("given", "field"),
    [({"name": " "}, "name"), ({"first_on": on(1)}, "first_on"), ({"last_on": on(2)}, "last_on"),
     ({"last_on": on(30)}, "last_on")],
)  # fmt: skip
def test_quiet_days_lie_ahead_have_a_name_and_are_few(called, given, field):
    asked = {"name": "检修", "first_on": on(3), "as_of": on(2)} | given
    with pytest.raises(QuietDaysRefused) as refused:
        services.add_quiet_days(**asked)
    assert refused.value.field == field


def test_a_reminder_that_falls_into_quiet_days_goes_out_after_them(jinxiu):
    ladder.bill(jinxiu)
    services.add_quiet_days(name="年会", first_on=on(1), last_on=on(2), as_of=on(0))
    walk(1)
    assert Notice.objects.filter(kind="REMINDER")[0].not_before == at(on(3), 9)


def test_a_bereavement_is_a_hold_of_days_and_the_next_moment_lies_after_it(called):
    with called.open("team_lead"):
        services.set_hold(
            account_id=called.accounts["3-1-1602"].pk,
            kind="NO_CONTACT",
            from_on=on(2),
            to_on=on(5),
            reason="家中有丧事",
        )
    gate = call_gate(case(called).pk, at=at(on(2)))
    assert (gate.because.code, gate.next_at) == ("held", at(on(6), 9, 30))


def test_dialling_reads_the_balance_again_and_writes_it_down(called):
    number = Contact.objects.get(party__name="张三", kind="LANDLINE")
    with called.open("collector"):
        with pytest.raises(NotReviewed):
            services.dial(case_id=case(called).pk, contact_id=number.pk, at=at(on(2)))
        services.review_cases(case_ids=[case(called).pk], at=at(on(2), 15))
        shown = services.dial(case_id=case(called).pk, contact_id=number.pk, at=at(on(2)))
        assert (shown.number, shown.overdue_fen) == ("0571-88006864", 21002)
        row = Dial.objects.get()
        assert (row.overdue_fen, row.by_id, row.contact_id) == (
            21002,
            called.people["collector"].pk,
            number.pk,
        )
        with pytest.raises(CallRefused) as refused:
            services.dial(case_id=case(called).pk, contact_id=number.pk, at=at(on(2), 13))
        assert why(refused) == "outside_call_window"
    pay(called, None, paid_on=on(2), posted_on=on(2), at=at(on(2), 15, 59))
    with called.open("collector"), pytest.raises(JustPaid):
        services.dial(case_id=case(called).pk, contact_id=number.pk, at=at(on(2)))
    assert Dial.objects.count() == 1


# on(2) is Monday, 2 February 2026.
def test_a_week_with_too_few_contacts_asks_for_a_call_by_wednesday_and_by_friday(called):
    call(called, at(on(2)), next_on=on(20))
    Task.objects.filter(kind="CALL").update(cancelled_at=at(on(2)))
    assert services.keep_floor(as_of=on(3)) == 1
    assert tasks(called) == [("CALL", on(6))], "one contact is made; the second by Friday"
    assert services.keep_floor(as_of=on(3)) == 0
    call(called, at(on(4)), next_on=on(20))
    Task.objects.filter(kind="CALL").update(cancelled_at=at(on(4)))
    assert services.keep_floor(as_of=on(5)) == 0, "two are enough"
    assert services.keep_floor(as_of=on(9)) == 1
    assert tasks(called) == [("CALL", on(11))], "a new week: the first by Wednesday"


def test_the_floor_leaves_alone_who_promised_who_is_on_hold_and_who_will_not_be_called(called):
    call(called, at(on(2)), "CONNECTED_PROMISED", promised_on=on(10))
    Task.objects.all().update(cancelled_at=at(on(2)))
    assert services.keep_floor(as_of=on(3)) == 0
    assert services.keep_floor(as_of=on(11)) == 1, "the promise is over"
    Task.objects.all().update(cancelled_at=at(on(11)))
    with called.open("team_lead"):
        services.set_hold(
            account_id=called.accounts["3-1-1602"].pk,
            kind="NO_CONTACT",
            from_on=on(11),
            reason="要求书面联系",
        )
    assert services.keep_floor(as_of=on(12)) == 0


def promised(company, day: int = 10) -> None:
    call(company, at(on(2)), "CONNECTED_PROMISED", promised_on=on(day))


def rates(company):
    party = company.parties["张三"].pk
    owner = kept_by_party([party], as_of=on(60)).get(party)
    mine = kept_by_collector(as_of=on(60)).get(company.people["collector"].pk)
    assert owner == mine
    return owner and (owner.kept, owner.broken)


def test_a_promise_is_judged_by_the_ledger_the_morning_after(called):
    promised(called)
    walk(10)
    assert rates(called) is None, "its day is not over"
    walk(11)
    assert rates(called) == (0, 1)
    judged = Judgement.objects.get()
    assert (judged.state, judged.on, judged.unpaid_fen) == ("BROKEN", on(11), 21002)
    pay(called, None, paid_on=on(12), posted_on=on(12), at=at(on(12)))
    walk(13)
    assert rates(called) == (0, 1), "paid late is not kept"


def test_a_kept_promise_is_kept_and_a_transfer_booked_later_counts_by_its_value_date(called):
    promised(called)
    walk(11)
    pay(called, None, paid_on=on(10), posted_on=on(12), at=at(on(12)))
    assert judge_promises(as_of=on(13)) == 1
    assert rates(called) == (1, 0)
    assert judge_promises(as_of=on(13)) == 0


def test_a_reversed_payment_breaks_the_promise_after_all(called):
    promised(called)
    payment = pay(called, None, paid_on=on(9), posted_on=on(9), at=at(on(9)))
    walk(11)
    assert rates(called) == (1, 0)
    assert payment


def test_a_transfer_that_waits_for_a_person_holds_the_ladder_three_working_days(called):
    call(called, at(on(2)))
    account_id = banking.bank_account(called)
    banking.read(
        account_id, banking.plain(banking.line("S1", "77.00", payer="张三", remark="1602", on="2026-02-14"))
    )
    BankLine.objects.update(state="PROPOSED", account=called.accounts["3-1-1602"])
    assert hold_for_transfers(as_of=on(15)) == 1
    hold = Hold.objects.get(kind="PAYMENT_PENDING")
    assert (hold.from_on, hold.reason) == (on(15), "transfer_on_its_way")
    walk(16)
    assert ("DEMAND", "DUE", 16) not in steps(called)
    after = hold.to_on + timedelta(1)
    assert hold_for_transfers(as_of=after) == 0, "one transfer makes one wait"
    services.walk_ladder(as_of=after)
    assert Notice.objects.filter(kind="DEMAND", account_id=called.accounts["3-1-1602"].pk).exists()


def test_the_wait_ends_when_the_transfer_turns_out_to_be_anothers(called):
    account_id = banking.bank_account(called)
    banking.read(
        account_id, banking.plain(banking.line("S1", "77.00", payer="张三", remark="1602", on="2026-02-14"))
    )
    BankLine.objects.update(state="PROPOSED", account=called.accounts["3-1-1602"])
    hold_for_transfers(as_of=on(15))
    BankLine.objects.update(state="NOT_OURS", account=None, note="别家小区的钱")
    hold_for_transfers(as_of=on(16))
    assert Hold.objects.get(kind="PAYMENT_PENDING").released_on == on(16)


def test_whom_no_number_reaches_gets_the_bill_by_registered_letter_or_a_visit(called):
    for kind in ("LANDLINE", "MOBILE"):
        number = Contact.objects.get(party__name="张三", kind=kind)
        call(called, at(on(2 if kind == "LANDLINE" else 3)), "VOID", contact_id=number.pk)
    assert tasks(called) == [("VISIT", on(3)), ("LETTER", on(4))]
    with called.open("collector"):
        notice = Notice.objects.get(pk=services.post_notice(case_id=case(called).pk, as_of=on(4)))
    assert (notice.kind, notice.number) == ("BILL_NOTICE", "LETTER-JX-2026-000001")
    text = render_html(notice)
    for said in ("3-1-1602", "2026", "210.02", "客户服务中心"):
        assert said in text
    assert ("DELIVER", on(6)) in tasks(called)
    assert ("LETTER", on(4)) not in tasks(called)
