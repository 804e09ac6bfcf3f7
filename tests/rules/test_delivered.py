"""When a document has arrived, and on which way and when a message goes out."""

from datetime import date, datetime
from itertools import product

import pytest

from notices.rules.delivered import Delivered, Method, Receiver, Result, delivered
from notices.rules.plan import Address, Channel, Purpose, plan, refuse_sms, send_at

YES, NO = Delivered(True, True, True), Delivered(False, False, False)


def demand(method, result, receiver=Receiver.NONE, *, agreed=False, document="DEMAND"):
    return delivered(method, result, receiver, document=document, agreed_address=agreed)


@pytest.mark.parametrize("receiver", [Receiver.OWNER, Receiver.ADULT_CORESIDENT, Receiver.AGENT])
@pytest.mark.parametrize("method", [Method.HAND, Method.EMS, Method.REGISTERED_MAIL])
def test_signed_by_the_owner_his_household_or_his_agent_counts_for_everything(method, receiver):
    assert demand(method, Result.SIGNED, receiver) == YES


def test_a_stranger_s_signature_counts_only_for_mail_to_the_agreed_address():
    assert demand(Method.HAND, Result.SIGNED, Receiver.OTHER, agreed=True) == NO
    assert demand(Method.EMS, Result.SIGNED, Receiver.OTHER) == NO
    assert demand(Method.EMS, Result.SIGNED, Receiver.OTHER, agreed=True) == YES
    assert demand(Method.EMS, Result.SIGNED) == YES


def test_a_refused_ems_counts_at_the_agreed_address_only():
    assert demand(Method.EMS, Result.REFUSED, agreed=True) == YES
    assert demand(Method.EMS, Result.REFUSED) == NO
    assert demand(Method.HAND, Result.REFUSED, agreed=True) == NO


@pytest.mark.parametrize("method", [Method.SMS, Method.WECHAT])
def test_a_receipt_of_a_message_is_delivery_but_opens_no_legal_gate(method):
    assert demand(method, Result.RECEIPT) == Delivered(True, False, False)
    assert demand(method, Result.RECEIPT, agreed=True) == Delivered(True, False, True)
    assert demand(method, Result.RECEIPT, document="REMINDER") == Delivered(True, True, False)
    assert demand(method, Result.ACCEPTED, agreed=True) == NO


def test_an_accepted_e_mail_is_sent_and_not_delivered():
    assert demand(Method.EMAIL, Result.ACCEPTED, agreed=True) == NO


@pytest.mark.parametrize("method", [Method.DOOR_POST, Method.MAILBOX])
def test_left_at_the_door_with_a_photo_delivers_a_bill_and_nothing_else(method):
    assert demand(method, Result.LEFT_WITH_PHOTO, document="BILL_NOTICE") == Delivered(True, True, False)
    assert demand(method, Result.LEFT_WITH_PHOTO) == NO


def test_a_bulletin_board_delivers_nothing_whatever_is_written_about_it():
    for result, receiver, agreed in product(Result, Receiver, (False, True)):
        assert demand(Method.BULLETIN, result, receiver, agreed=agreed, document="BILL_NOTICE") == NO


def test_what_interrupts_or_opens_was_delivered_and_what_failed_or_came_back_was_not():
    for method, result, receiver, agreed in product(Method, Result, Receiver, (False, True)):
        for document in ("BILL_NOTICE", "REMINDER", "DEMAND"):
            got = demand(method, result, receiver, agreed=agreed, document=document)
            assert got.delivered or got == NO
            if result in (Result.FAILED, Result.RETURNED, Result.ACCEPTED):
                assert got == NO


SMS, WECHAT, MAIL = (
    Address(Channel.SMS, "138"),
    Address(Channel.WECHAT, "w"),
    Address(Channel.EMAIL, "a@b.cn"),
)
DAY = date(2026, 5, 11)


def channels(purpose, addresses, **more):
    planned = plan(purpose, addresses, as_of=DAY, **more)
    return [one.channel for one in planned.addresses] or planned.because.code


def test_a_reminder_prefers_the_sms_and_a_bill_the_friendlier_ways():
    assert channels(Purpose.REMINDER, [MAIL, WECHAT, SMS]) == [Channel.SMS, Channel.WECHAT, Channel.EMAIL]
    assert channels(Purpose.BILL, [MAIL, SMS, WECHAT]) == [Channel.WECHAT, Channel.SMS, Channel.EMAIL]


def test_without_an_address_there_is_no_channel_and_an_offer_needs_consent():
    assert channels(Purpose.REMINDER, []) == "no_channel"
    assert channels(Purpose.REMINDER, [Address(Channel.SMS, "")]) == "no_channel"
    assert channels(Purpose.OFFER, [SMS]) == "no_consent"
    assert channels(Purpose.OFFER, [SMS._replace(offers=True), MAIL]) == [Channel.SMS]


def test_dunning_by_sms_is_capped_per_day_and_week_and_other_ways_remain():
    assert refuse_sms([DAY], as_of=DAY).code == "sms_cap_day"
    week = [date(2026, 5, 5), date(2026, 5, 7), date(2026, 5, 9)]
    assert refuse_sms(week, as_of=DAY).params == {"limit": 3, "next_on": "2026-05-12"}
    assert refuse_sms(week, as_of=date(2026, 5, 12)) is None
    assert channels(Purpose.REMINDER, [SMS, MAIL], sms_sent_on=[DAY]) == [Channel.EMAIL]
    assert channels(Purpose.REMINDER, [SMS], sms_sent_on=[DAY]) == "sms_cap_day"
    assert channels(Purpose.BILL, [SMS], sms_sent_on=[DAY]) == [Channel.SMS]


@pytest.mark.parametrize(
    ("channel", "wanted", "sent"),
    [
        (Channel.SMS, "2026-05-11T20:59", "2026-05-11T20:59"),
        (Channel.SMS, "2026-05-11T21:00", "2026-05-12T08:00"),
        (Channel.WECHAT, "2026-05-11T07:59", "2026-05-11T08:00"),
        (Channel.EMAIL, "2026-05-11T23:00", "2026-05-11T23:00"),
    ],
)
def test_nothing_rings_between_nine_in_the_evening_and_eight_in_the_morning(channel, wanted, sent):
    assert send_at(channel, datetime.fromisoformat(wanted)) == datetime.fromisoformat(sent)
