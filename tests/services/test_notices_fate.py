"""What became of a message in doubt: a person's word or the provider's receipt, each taken once."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from notices.models import Attempt, Delivery, Notice
from notices.rules.sending import Answer, Outcome
from notices.services import claim, mark_answers, settle_fate, take_receipt
from notices.services.deliver import DeliveryRefused
from notices.services.fate import FateKnown, ProofMissing
from tenancy.kernel.errors import NotFound
from tenancy.people.models import AuditEntry
from tests.notices_data import message

NOON = datetime(2026, 2, 2, 12, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
TODAY = NOON.date()


@pytest.fixture
def in_doubt(jinxiu) -> Notice:
    notice = message(jinxiu, issued_on=date(2026, 2, 1))
    Notice.objects.filter(pk=notice.pk).update(state="UNKNOWN", reason_code="sms_no_answer")
    return notice


def settle(notice: Notice, **given) -> str:
    asked = {"delivered": True, "on": TODAY, "note": "回执 8812 已送达", "at": NOON}
    return settle_fate(notice_id=notice.pk, **(asked | given))


def receipt(notice: Notice, **given) -> bool:
    asked = {"delivered": True, "on": TODAY, "detail": "DELIVRD", "at": NOON}
    return take_receipt(notice_id=notice.pk, **(asked | given))


def state(notice: Notice) -> tuple[str, str, date | None]:
    notice.refresh_from_db()
    return notice.state, notice.reason_code, notice.delivered_on


def test_a_person_found_that_it_arrived(in_doubt):
    assert settle(in_doubt) == "DELIVERED"
    assert state(in_doubt) == ("DELIVERED", "", TODAY)
    (delivery,) = Delivery.objects.filter(notice=in_doubt)
    assert (delivery.method, delivery.result, delivery.note) == ("SMS", "RECEIPT", "回执 8812 已送达")
    assert AuditEntry.objects.get(action="notice.settled").detail["state"] == "DELIVERED"


def test_a_person_found_that_it_did_not_and_it_is_not_sent_again(in_doubt):
    assert settle(in_doubt, delivered=False) == "FAILED"
    assert state(in_doubt)[:2] == ("FAILED", "told_not_delivered")
    assert claim(at=NOON) == []
    assert Attempt.objects.get(notice=in_doubt).detail["detail"] == "回执 8812 已送达"


def test_only_a_message_in_doubt_is_settled_and_only_once(jinxiu, in_doubt):
    settle(in_doubt)
    for notice in (in_doubt, message(jinxiu, key="waits")):
        with pytest.raises(FateKnown):
            settle(notice, delivered=False)


@pytest.mark.parametrize(
    ("given", "refusal"),
    [({"note": "  "}, ProofMissing), ({"on": date(2026, 2, 3)}, DeliveryRefused),
     ({"on": date(2026, 1, 31)}, DeliveryRefused)],
)  # fmt: skip
def test_without_a_proof_or_on_an_impossible_day_nothing_is_settled(in_doubt, given, refusal):
    with pytest.raises(refusal):
        settle(in_doubt, **given)
    assert state(in_doubt)[0] == "UNKNOWN"


def test_a_notice_that_is_not_there_is_not_found(in_doubt):
    with pytest.raises(NotFound):
        settle_fate(notice_id=in_doubt.pk + 999, delivered=True, on=TODAY, note="x", at=NOON)


@pytest.mark.parametrize("was", ["SENT", "UNKNOWN", "SENDING", "FAILED"])
def test_a_receipt_of_arrival_is_taken_once_whatever_we_believed(in_doubt, was):
    Notice.objects.filter(pk=in_doubt.pk).update(state=was)
    assert receipt(in_doubt)
    assert state(in_doubt) == ("DELIVERED", "", TODAY)
    assert not receipt(in_doubt)
    assert Delivery.objects.filter(notice=in_doubt).count() == 1


def test_a_receipt_that_overtakes_our_own_answer_stands(jinxiu):
    notice = message(jinxiu, issued_on=date(2026, 2, 1))
    claim(at=NOON)
    receipt(notice)
    mark_answers([Answer(notice.pk, Outcome.UNKNOWN, code="sms_no_answer")], at=NOON)
    assert state(notice)[0] == "DELIVERED"


def test_a_failure_never_takes_an_arrival_back(in_doubt):
    receipt(in_doubt)
    assert not receipt(in_doubt, delivered=False)
    assert state(in_doubt)[0] == "DELIVERED"


def test_a_receipt_of_failure_says_why(in_doubt):
    assert receipt(in_doubt, delivered=False, detail="空号")
    assert state(in_doubt)[:2] == ("FAILED", "sms_not_delivered")
    assert in_doubt.reason_params == {"detail": "空号"}
    assert not receipt(in_doubt, delivered=False)


@pytest.mark.parametrize("was", ["QUEUED", "WITHDRAWN", "SKIPPED"])
def test_a_receipt_for_what_never_left_changes_nothing(in_doubt, was):
    Notice.objects.filter(pk=in_doubt.pk).update(state=was)
    assert not receipt(in_doubt)
    assert not receipt(in_doubt, delivered=False)
    assert state(in_doubt)[0] == was
