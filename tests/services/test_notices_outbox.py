"""Into the outbox, out of it, claimed and marked: what holds for every message."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from notices.models import Attempt, Notice
from notices.queries.messages import sms_days, unknown_messages
from notices.rules.sending import MAX_ATTEMPTS, Answer, Outcome, mark
from notices.services import claim, expire_leases, mark_answers, queue, resolve_unknown, withdraw
from owners.models import Contact
from tests.notices_data import contact_of, draft, message, queued

NOON = datetime(2026, 2, 1, 12, 0, tzinfo=ZoneInfo("Asia/Shanghai"))


def state_of(notice: Notice) -> str:
    return Notice.objects.values_list("state", flat=True).get(pk=notice.pk)


def sent(notice: Notice) -> Answer:
    return Answer(notice.pk, Outcome.SENT, provider_id="p1")


def test_a_draft_is_queued_once_and_the_second_run_returns_nothing(jinxiu):
    first = queue([draft(jinxiu), draft(jinxiu, "DEMAND")])
    again = queue([draft(jinxiu), draft(jinxiu, unique_key="new")])
    assert set(first) == {"BILL_NOTICE:3-1-1602", "DEMAND:3-1-1602"}
    assert set(again) == {"new"}
    notice = Notice.objects.get(pk=first["BILL_NOTICE:3-1-1602"])
    assert (notice.state, notice.charge_ids, notice.data["owner"]) == ("QUEUED", [1, 2], "张三")


def test_two_drafts_with_one_key_in_one_call_make_one_notice(jinxiu):
    assert len(queue([draft(jinxiu), draft(jinxiu)])) == 1


def test_nothing_to_queue_is_no_error(jinxiu):
    assert queue([]) == {}


def test_a_payment_withdraws_every_message_about_a_charge_it_touched(jinxiu):
    reminder, demand = message(jinxiu), queued(jinxiu, "DEMAND", charge_ids=(2, 3))
    other = queued(jinxiu, "SECOND_DEMAND", charge_ids=(9,))
    account = jinxiu.accounts["3-1-1602"].pk
    assert withdraw(account_id=account, touched=[2], settled=[], reason_code="paid") == 2
    assert [state_of(n) for n in (reminder, demand, other)] == ["WITHDRAWN", "WITHDRAWN", "QUEUED"]
    assert Notice.objects.get(pk=demand.pk).reason_code == "paid"


def test_a_bill_notice_is_withdrawn_only_when_all_its_charges_are_settled(jinxiu):
    bill = queued(jinxiu)
    account = jinxiu.accounts["3-1-1602"].pk
    assert withdraw(account_id=account, touched=[1], settled=[1], reason_code="paid") == 0
    assert withdraw(account_id=account, touched=[1, 2], settled=[1, 2, 5], reason_code="paid") == 1
    assert state_of(bill) == "WITHDRAWN"


def test_a_notice_without_charges_and_one_of_another_account_are_never_withdrawn(jinxiu):
    general, neighbour = message(jinxiu, charge_ids=()), queued(jinxiu, "DEMAND", unit="3-1-1702")
    withdraw(account_id=jinxiu.accounts["3-1-1602"].pk, touched=[1, 2], settled=[1, 2], reason_code="paid")
    assert [state_of(n) for n in (general, neighbour)] == ["QUEUED", "QUEUED"]


def test_a_withdrawn_message_is_never_claimed(jinxiu):
    notice = message(jinxiu)
    withdraw(account_id=notice.account_id, touched=[1], settled=[], reason_code="paid")
    assert claim(at=NOON) == []


def test_a_claimed_message_can_not_be_withdrawn_any_more(jinxiu):
    notice = message(jinxiu)
    (outgoing,) = claim(at=NOON)
    assert withdraw(account_id=notice.account_id, touched=[1], settled=[], reason_code="paid") == 0
    assert (outgoing.to, outgoing.body, outgoing.attempts) == ("13800138000", notice.body, 1)
    assert mark_answers([sent(notice)], at=NOON) == 1
    assert state_of(notice) == "SENT"
    assert Notice.objects.get(pk=notice.pk).reason_code == ""


def test_what_was_asked_back_while_held_is_not_tried_again(jinxiu):
    notice = message(jinxiu, channel="EMAIL")
    claim(at=NOON)
    withdraw(account_id=notice.account_id, touched=[1], settled=[], reason_code="paid")
    mark_answers([Answer(notice.pk, Outcome.RETRY, code="mail_server_unreachable")], at=NOON)
    notice.refresh_from_db()
    assert (notice.state, notice.reason_code) == ("WITHDRAWN", "paid")


def test_a_message_is_claimed_once_until_it_is_answered(jinxiu):
    message(jinxiu)
    assert len(claim(at=NOON)) == 1
    assert claim(at=NOON) == []


def test_an_sms_rests_at_night_and_an_email_does_not(jinxiu):
    message(jinxiu, key="s"), message(jinxiu, channel="EMAIL", key="e")
    night = NOON.replace(hour=21)
    assert [one.channel for one in claim(at=night)] == ["EMAIL"]
    assert [one.channel for one in claim(at=night + timedelta(hours=11))] == ["SMS"]


def test_a_message_waits_for_its_moment(jinxiu):
    message(jinxiu, not_before=NOON + timedelta(hours=1))
    assert claim(at=NOON) == []
    assert len(claim(at=NOON + timedelta(hours=1))) == 1


def test_a_message_whose_number_has_died_since_is_skipped_with_the_reason(jinxiu):
    notice = message(jinxiu)
    contact_of(jinxiu, "MOBILE")
    Contact.objects.filter(pk=notice.contact_id).update(state="VOID")
    assert claim(at=NOON) == []
    notice.refresh_from_db()
    assert (notice.state, notice.reason_code) == ("SKIPPED", "contact_void")


def test_a_message_without_a_contact_or_with_the_wrong_kind_is_skipped(jinxiu):
    nowhere = message(jinxiu, contact_id=None, key="a")
    misfit = message(jinxiu, channel="EMAIL", contact_id=contact_of(jinxiu, "MOBILE").pk, key="b")
    assert claim(at=NOON) == []
    reasons = [Notice.objects.get(pk=n.pk).reason_code for n in (nowhere, misfit)]
    assert reasons == ["no_channel", "contact_does_not_fit"]


def test_a_fault_of_the_line_is_tried_again_later_and_every_try_is_recorded(jinxiu):
    notice = message(jinxiu, channel="EMAIL")
    at = NOON
    for _ in range(MAX_ATTEMPTS):
        (outgoing,) = claim(at=at)
        mark_answers([Answer(outgoing.notice_id, Outcome.RETRY, code="mail_server_unreachable")], at=at)
        at += timedelta(hours=2)
    notice.refresh_from_db()
    assert (notice.state, notice.attempts, notice.reason_code) == (
        "FAILED",
        MAX_ATTEMPTS,
        "mail_server_unreachable",
    )
    assert Attempt.objects.filter(notice=notice, outcome="RETRY").count() == MAX_ATTEMPTS


def test_an_expired_lease_of_an_sms_is_never_sent_again_blindly(jinxiu):
    sms, mail = message(jinxiu, key="s"), message(jinxiu, channel="EMAIL", key="e")
    claim(at=NOON)
    assert expire_leases(at=NOON + timedelta(minutes=9)) == 0
    assert expire_leases(at=NOON + timedelta(minutes=11)) == 2
    assert [state_of(n) for n in (sms, mail)] == ["UNKNOWN", "QUEUED"]
    assert claim(at=NOON + timedelta(days=1)) != []
    assert state_of(sms) == "UNKNOWN"


def test_a_late_answer_after_the_lease_changes_nothing(jinxiu):
    notice = message(jinxiu)
    claim(at=NOON)
    expire_leases(at=NOON + timedelta(minutes=11))
    assert mark_answers([sent(notice)], at=NOON + timedelta(minutes=12)) == 0
    assert state_of(notice) == "UNKNOWN"


def test_the_providers_word_settles_what_nobody_knew(jinxiu):
    taken, lost, open_ = (
        message(jinxiu, key=unit, unit=unit) for unit in ("3-1-1602", "3-1-1702", "3-2-201")
    )
    claim(at=NOON)
    expire_leases(at=NOON + timedelta(minutes=11))
    assert [pk for pk, _reference in unknown_messages()] == [taken.pk, lost.pk, open_.pk]
    answers = [
        Answer(taken.pk, Outcome.SENT, provider_id="p9"),
        Answer(lost.pk, Outcome.FAILED, code="never_sent"),
        Answer(open_.pk, Outcome.UNKNOWN, code="sms_no_answer"),
    ]
    assert resolve_unknown(answers, at=NOON + timedelta(hours=1)) == 2
    assert [state_of(n) for n in (taken, lost, open_)] == ["SENT", "FAILED", "UNKNOWN"]


def test_the_days_of_dunning_messages_are_told_per_account(jinxiu):
    notice = message(jinxiu, issued_on=date(2026, 1, 31))
    withdrawn = message(jinxiu, key="x", issued_on=date(2026, 1, 30))
    Notice.objects.filter(pk=withdrawn.pk).update(state="WITHDRAWN")
    account = notice.account_id
    assert sms_days([account], since=date(2026, 1, 25)) == {account: (date(2026, 1, 31),)}
    claim(at=NOON)
    mark_answers([sent(notice)], at=NOON)
    assert sms_days([account], since=date(2026, 1, 25)) == {account: (date(2026, 2, 1),)}


def test_the_other_company_can_not_queue_for_our_unit(cast):
    with cast.yunding.open(), pytest.raises(IntegrityError), transaction.atomic():
        queue([draft(cast.jinxiu)])


@given(st.sampled_from(Outcome), st.integers(1, 50))
def test_only_a_surely_unsent_message_waits_again_and_never_for_ever(outcome, attempts):
    result = mark(Answer(1, outcome, code="x"), attempts=attempts, at=NOON)
    if result.state == "QUEUED":
        assert outcome is Outcome.RETRY
        assert attempts < MAX_ATTEMPTS
        assert result.not_before > NOON
    else:
        assert result.not_before is None
    assert (result.because is None) == (result.state == "SENT")
