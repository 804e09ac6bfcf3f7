"""Caps and quiet hours hold for the moment a message leaves, whenever it was queued."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from notices import tasks
from notices.models import Attempt, Notice
from notices.rules.sending import Answer, Outcome
from notices.services import claim, mark_answers, put_back
from tests.notices_data import message

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOON = datetime(2026, 2, 2, 12, 0, tzinfo=SHANGHAI)
EIGHT = NOON.replace(hour=8)


def sent_at(company, moment: datetime, key: str) -> Notice:
    notice = message(company, key=key)
    Notice.objects.filter(pk=notice.pk).update(state="SENT", sent_at=moment)
    return notice


def claimed(at: datetime = NOON) -> set[int]:
    return {one.notice_id for one in claim(at=at)}


def standing(notice: Notice) -> tuple[str, str, datetime | None, int]:
    notice.refresh_from_db()
    return notice.state, notice.reason_code, notice.not_before, notice.attempts


def test_of_two_reminders_that_come_to_leave_on_one_day_the_second_waits_for_the_next(jinxiu):
    first, second = message(jinxiu, key="a"), message(jinxiu, key="b")
    assert claimed() == {first.pk}
    assert standing(second) == ("QUEUED", "sms_cap_day", EIGHT + timedelta(days=1), 0)
    assert claimed() == set()


def test_what_went_this_morning_counts_whatever_day_it_was_issued_for(jinxiu):
    sent_at(jinxiu, EIGHT, "morning")
    late = message(jinxiu, key="late")
    assert claimed() == set()
    assert standing(late)[:2] == ("QUEUED", "sms_cap_day")
    assert claimed(NOON + timedelta(days=1)) == {late.pk}


def test_a_fourth_message_in_seven_days_waits_until_the_first_is_a_week_old(jinxiu):
    for days in (6, 4, 2):
        sent_at(jinxiu, NOON - timedelta(days=days), f"d{days}")
    fourth = message(jinxiu, key="fourth")
    assert claimed() == set()
    assert standing(fourth)[1:3] == ("sms_cap_week", EIGHT + timedelta(days=1))
    assert claimed(NOON + timedelta(days=1)) == {fourth.pk}


@pytest.mark.parametrize("state", ["SENDING", "UNKNOWN"])
def test_what_may_have_rung_counts_and_what_failed_does_not(jinxiu, state):
    held = message(jinxiu, key="held")
    Notice.objects.filter(pk=held.pk).update(state=state)
    Attempt.objects.create(notice=held, at=EIGHT, outcome="UNKNOWN")
    later = message(jinxiu, key="later")
    assert claimed() == set()
    Notice.objects.filter(pk=held.pk).update(state="FAILED")
    Notice.objects.filter(pk=later.pk).update(not_before=None)
    assert claimed() == {later.pk}


def test_other_accounts_other_kinds_and_mail_are_not_held_back(jinxiu):
    sent_at(jinxiu, EIGHT, "morning")
    neighbour = message(jinxiu, key="n", unit="3-1-1702")
    predue, mail = message(jinxiu, key="p", kind="PRE_DUE"), message(jinxiu, key="m", channel="EMAIL")
    assert claimed() == {neighbour.pk, predue.pk, mail.pk}


def test_a_retry_of_the_same_message_is_not_one_too_many(jinxiu):
    notice = message(jinxiu)
    claimed()
    mark_answers([Answer(notice.pk, Outcome.RETRY, code="sms_busy")], at=NOON)
    assert claimed(NOON + timedelta(minutes=6)) == {notice.pk}


def test_a_claimed_sms_that_did_not_get_out_before_nine_waits_for_the_morning(jinxiu):
    notice, night = message(jinxiu), NOON.replace(hour=21)
    assert claimed(night - timedelta(minutes=1)) == {notice.pk}
    assert put_back(notice_id=notice.pk, channel="SMS", at=night)
    assert standing(notice) == ("QUEUED", "quiet_hours", EIGHT + timedelta(days=1), 0)


def test_a_drain_that_runs_into_the_night_stops_ringing(cast, settings, tmp_path, monkeypatch):
    settings.OUTBOX_DIR = tmp_path
    ticks = iter([NOON.replace(hour=20, minute=59)] * 3 + [NOON.replace(hour=21)] * 9)
    monkeypatch.setattr(tasks.clock, "now", lambda: next(ticks))
    with cast.jinxiu.open():
        message(cast.jinxiu, key="a", kind="PRE_DUE")
        message(cast.jinxiu, key="b", kind="PRE_DUE")
    assert tasks.send_waiting(tenant_id=cast.jinxiu.tenant.pk)["SENT"] == 1
    with cast.jinxiu.open():
        found = dict(Notice.objects.values_list("unique_key", "state"))
    assert found == {"a": "SENT", "b": "QUEUED"}
