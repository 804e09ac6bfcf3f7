"""The owner's log-in: a code to a phone that is surely his, and nothing told to anybody else."""

from __future__ import annotations

import re
import uuid
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.db.models import F
from django.test.utils import CaptureQueriesContext

from notices import tasks
from notices.gateways.sms import OutboxSms
from notices.rules.sending import Answer, Outgoing
from owners.models import Contact, Party
from owners.services.contacts import mark_contact
from tenancy.kernel.crypto import encrypt, fingerprint
from tenancy.people.models import PortalCode, PortalGrant, PortalIdentity, PortalToken
from tenancy.people.services import portal
from tests.cast import Cast, Company

ZHANG, LI, STRANGER = "13800138000", "13900139000", "13511112222"


def _minutes_pass(minutes: float) -> None:
    """Everything asked for so far becomes that much older."""
    gone = timedelta(minutes=minutes)
    PortalCode.objects.update(created_at=F("created_at") - gone, expires_at=F("expires_at") - gone)


def _also_has(
    company: Company, name: str, number: str, *, verified: bool = False, state: str = "GOOD"
) -> Party:
    """Another party of the company with the number."""
    with company.open():
        party, _made = Party.objects.get_or_create(name=name, defaults={"name_key": name})
        Contact.objects.create(
            party=party, kind="MOBILE", value=encrypt(number), value_hash=fingerprint(number), masked=number,
            last4_hash=fingerprint(number[-4:]), state=state, verified_on=date(2026, 1, 1) if verified else None,
        )  # fmt: skip
    return party


def _granted(number: str) -> set[tuple[int, int]]:
    return set(
        PortalGrant.objects.filter(identity__phone_hash=fingerprint(number)).values_list(
            "tenant_id", "party_id"
        )
    )


def test_an_owner_logs_in_with_the_code_that_was_sent(cast: Cast, phone):
    zhang = phone(ZHANG).log_in()
    assert zhang.get("me/").status_code == 200
    assert _granted(ZHANG) == {
        (company.tenant.pk, company.parties["张三"].pk) for company in (cast.jinxiu, cast.yunding)
    }


def test_the_code_carries_the_platforms_signature_and_no_company(cast: Cast, phone, settings):
    settings.PLATFORM_SIGNATURE = "业主缴费"
    zhang = phone(ZHANG)
    zhang.ask()
    (message,) = zhang.messages()
    assert message["text"].startswith("【业主缴费】")
    assert "锦绣" not in message["text"]


def test_neither_code_nor_phone_nor_key_is_kept_in_plain(cast: Cast, phone):
    zhang = phone(ZHANG).log_in()
    code, identity, token = PortalCode.objects.get(), PortalIdentity.objects.get(), PortalToken.objects.get()
    assert zhang.code() not in (code.code_hash, code.phone_hash)
    assert ZHANG.encode() not in bytes(identity.phone)
    assert zhang.key != token.key_hash


@pytest.mark.parametrize("written", ["+86 138 0013 8000", "0086-138-0013-8000", "１３８００１３８０００"])
def test_a_phone_may_be_written_as_people_write_it(cast: Cast, phone, written: str):
    zhang = phone(ZHANG)
    assert zhang.post("codes/", phone=written).status_code == 202
    assert zhang.post("sessions/", phone=written, code=zhang.code()).status_code == 201


def test_a_strangers_phone_gets_the_same_answer_and_no_message(cast: Cast, phone):
    zhang, stranger = phone(ZHANG), phone(STRANGER)
    known, unknown = zhang.ask(), stranger.ask()
    assert (known.status_code, known.json()) == (unknown.status_code, unknown.json())
    assert (len(zhang.messages()), stranger.messages()) == (1, [])


def test_the_request_looks_nowhere_and_sends_nothing_itself(cast: Cast, phone, monkeypatch):
    """The time of the answer cannot give away whose phone it is: the same queries for everybody, no call out."""
    sent: list[dict[str, Any]] = []
    monkeypatch.setattr(tasks.send_portal_code, "apply_async", lambda **message: sent.append(message))
    asked = {}
    for number in (ZHANG, STRANGER):
        with CaptureQueriesContext(connection) as queries:
            assert phone(number).ask().status_code == 202
        asked[number] = [re.sub(r"'[^']*'|\d+", "?", query["sql"]) for query in queries]
    assert asked[ZHANG] == asked[STRANGER]
    assert [message["expires"] for message in sent] == [300, 300]
    assert len({len(message["kwargs"]["phone"]) for message in sent}) == 1
    assert ZHANG not in str(sent)


def test_a_gateway_that_hangs_does_not_keep_the_caller_waiting(cast: Cast, phone, monkeypatch):
    def hang(message: Outgoing) -> Answer:
        raise AssertionError("called within the request")

    monkeypatch.setattr(OutboxSms, "send", lambda _self, message: hang(message))
    monkeypatch.setattr(tasks.send_portal_code, "apply_async", lambda **message: None)
    assert phone(ZHANG).ask().status_code == 202


def test_a_strangers_guesses_are_counted_like_an_owners(cast: Cast, phone):
    stranger = phone(STRANGER)
    stranger.ask()
    for _try in range(portal.MAX_TRIES + 1):
        assert stranger.enter("123456").status_code == 422
    assert PortalCode.objects.get().tries == portal.MAX_TRIES


def test_a_strangers_guess_is_refused_like_an_owners_wrong_code(cast: Cast, phone):
    zhang, stranger = phone(ZHANG), phone(STRANGER)
    zhang.ask()
    stranger.ask()
    wrong = "000000" if zhang.code() != "000000" else "111111"
    theirs, his = stranger.enter("123456"), zhang.enter(wrong)
    assert theirs.status_code == his.status_code == 422
    assert theirs.json() == his.json()
    assert his.json()["code"] == "portal.wrong_code"
    assert his["Content-Type"] == "application/problem+json"


def test_a_landline_cannot_be_sent_a_code(cast: Cast, phone):
    answer = phone("0571-88006864").ask()
    assert (answer.status_code, answer.json()["code"]) == (422, "portal.not_a_phone")
    assert not PortalCode.objects.exists()


def test_a_code_is_too_old_after_five_minutes(cast: Cast, phone):
    zhang = phone(ZHANG)
    zhang.ask()
    _minutes_pass(5)
    assert zhang.enter(zhang.code()).status_code == 422


def test_a_code_lives_for_nearly_five_minutes(cast: Cast, phone):
    zhang = phone(ZHANG)
    zhang.ask()
    _minutes_pass(4.9)
    assert zhang.enter(zhang.code()).status_code == 201


def test_a_code_opens_once(cast: Cast, phone):
    zhang = phone(ZHANG).log_in()
    assert phone(ZHANG).enter(zhang.code()).status_code == 422


def test_a_new_code_ends_the_one_before(cast: Cast, phone):
    zhang = phone(ZHANG)
    zhang.ask()
    first = zhang.code()
    _minutes_pass(1.1)
    zhang.ask()
    assert first != zhang.code() or len(zhang.messages()) == 2
    if first != zhang.code():
        assert zhang.enter(first).status_code == 422
    assert zhang.enter(zhang.code()).status_code == 201


def test_the_fifth_wrong_try_kills_the_code(cast: Cast, phone):
    zhang = phone(ZHANG)
    zhang.ask()
    right = zhang.code()
    wrong = f"{(int(right) + 1) % 1_000_000:06d}"
    for _try in range(portal.MAX_TRIES):
        assert zhang.enter(wrong).status_code == 422
    assert zhang.enter(right).status_code == 422


def test_the_fifth_try_may_still_be_the_right_one(cast: Cast, phone):
    zhang = phone(ZHANG)
    zhang.ask()
    right = zhang.code()
    for _try in range(portal.MAX_TRIES - 1):
        zhang.enter(f"{(int(right) + 1) % 1_000_000:06d}")
    assert zhang.enter(right).status_code == 201


def test_one_owners_code_does_not_open_for_another_phone(cast: Cast, phone):
    zhang, li = phone(ZHANG), phone(LI)
    zhang.ask()
    li.ask()
    if zhang.code() != li.code():
        assert li.enter(zhang.code()).status_code == 422


def test_a_phone_is_sent_one_code_a_minute_and_told_when_to_come_back(cast: Cast, phone):
    zhang = phone(ZHANG)
    assert zhang.ask().status_code == 202
    again = zhang.ask()
    assert (again.status_code, again.json()["code"]) == (429, "portal.too_many_codes")
    assert 0 < int(again["Retry-After"]) <= 61
    assert len(zhang.messages()) == 1
    _minutes_pass(1.1)
    assert zhang.ask().status_code == 202


def test_a_phone_is_sent_five_codes_an_hour_from_wherever_they_are_asked_for(cast: Cast, phone):
    answers = []
    for turn in range(6):
        answers.append(phone(ZHANG, address=f"10.0.0.{turn}").ask().status_code)
        _minutes_pass(2)
    assert answers == [202] * 5 + [429]


def test_a_stranger_is_slowed_down_like_an_owner(cast: Cast, phone):
    stranger = phone(STRANGER)
    assert [stranger.ask().status_code for _turn in range(2)] == [202, 429]


def test_an_address_cannot_try_phone_after_phone(cast: Cast, phone):
    answers = [phone(f"135000000{turn:02d}").ask().status_code for turn in range(11)]
    assert answers == [202] * 10 + [429]
    assert phone("13600000000", address="10.0.0.9").ask().status_code == 202


def test_the_caller_cannot_choose_his_address_without_a_proxy_in_front(cast: Cast, phone):
    for turn in range(10):
        phone(f"135000000{turn:02d}").ask()
    spoof = {"headers": {"X-Forwarded-For": "9.9.9.9"}}
    caller = phone(STRANGER)
    answer = caller.client.post(
        "/api/portal/v1/codes/", {"phone": STRANGER}, content_type="application/json", **spoof
    )
    assert answer.status_code == 429


def test_behind_a_proxy_the_address_is_the_one_the_proxy_saw(cast: Cast, phone, settings):
    settings.AXES_IPWARE_PROXY_COUNT = 1
    answers = []
    for turn in range(11):
        caller = phone(f"135000000{turn:02d}")
        headers = {"X-Forwarded-For": f"{uuid.uuid4()}, 203.0.113.7"}
        answers.append(
            caller.client.post(
                "/api/portal/v1/codes/",
                {"phone": caller.number},
                content_type="application/json",
                headers=headers,
            ).status_code
        )
    assert answers[-2:] == [202, 429]


def test_a_number_that_two_parties_of_a_company_share_opens_neither(cast: Cast, phone):
    _also_has(cast.jinxiu, "李四", ZHANG)
    zhang = phone(ZHANG).log_in()
    assert _granted(ZHANG) == {(cast.yunding.tenant.pk, cast.yunding.parties["张三"].pk)}
    assert {unit["company"] for unit in zhang.get("units/").json()} == {cast.yunding.tenant.name}


def test_a_number_that_is_ambiguous_everywhere_is_sent_nothing(cast: Cast, phone):
    _also_has(cast.jinxiu, "王五", LI)
    _also_has(cast.yunding, "王五", LI)
    li = phone(LI)
    assert li.ask().status_code == 202
    assert li.messages() == []


def test_what_staff_verified_wins_over_what_the_register_says(cast: Cast, phone):
    wang = _also_has(cast.jinxiu, "王五", ZHANG, verified=True)
    phone(ZHANG).log_in()
    assert (cast.jinxiu.tenant.pk, wang.pk) in _granted(ZHANG)
    assert (cast.jinxiu.tenant.pk, cast.jinxiu.parties["张三"].pk) not in _granted(ZHANG)


@pytest.mark.parametrize("state", ["WRONG", "VOID"])
def test_a_number_found_wrong_opens_nothing(cast: Cast, phone, state: str):
    _also_has(cast.jinxiu, "王五", STRANGER, state=state)
    stranger = phone(STRANGER)
    stranger.ask()
    assert stranger.messages() == []


def test_two_parties_that_were_merged_are_one_owner(cast: Cast, phone):
    twin = _also_has(cast.jinxiu, "张三（重复）", ZHANG)
    with cast.jinxiu.open():
        Party.objects.filter(pk=twin.pk).update(merged_into=cast.jinxiu.parties["张三"])
    phone(ZHANG).log_in()
    assert (cast.jinxiu.tenant.pk, cast.jinxiu.parties["张三"].pk) in _granted(ZHANG)


def test_the_next_log_in_drops_what_the_phone_no_longer_opens(cast: Cast, phone):
    phone(ZHANG).log_in()
    with cast.jinxiu.open():
        Contact.objects.filter(value_hash=fingerprint(ZHANG)).update(state="WRONG")
    _minutes_pass(2)
    phone(ZHANG).log_in()
    assert _granted(ZHANG) == {(cast.yunding.tenant.pk, cast.yunding.parties["张三"].pk)}


@pytest.mark.parametrize("state", ["WRONG", "VOID"])
def test_a_number_that_staff_find_wrong_is_shut_out_at_once(cast: Cast, phone, state: str):
    zhang = phone(ZHANG).log_in()
    with cast.jinxiu.open("collector"):
        contact = Contact.objects.get(value_hash=fingerprint(ZHANG))
        mark_contact(contact_id=contact.pk, state=state)
    assert {unit["company"] for unit in zhang.get("units/").json()} == {cast.yunding.tenant.name}


def test_logging_out_ends_the_key(cast: Cast, phone):
    zhang = phone(ZHANG).log_in()
    assert zhang.delete("sessions/").status_code == 204
    assert zhang.get("me/").status_code == 401
    assert zhang.delete("sessions/").status_code == 401


def test_a_key_is_too_old_after_thirty_days(cast: Cast, phone):
    zhang = phone(ZHANG).log_in()
    PortalToken.objects.update(expires_at=F("expires_at") - timedelta(days=30))
    assert zhang.get("me/").status_code == 401


def test_an_old_key_does_not_stand_in_the_way_of_a_new_log_in(cast: Cast, phone):
    zhang = phone(ZHANG)
    zhang.key = "no-longer-valid"
    zhang.log_in()
    assert zhang.get("me/").status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "me/",
        "units/",
        "units/1/",
        "units/1/bills/",
        "bills/1/",
        "payments/",
        "payments/1/",
        "payments/1/receipt.pdf",
        "notices/",
        "notices/1/notice.pdf",
    ],
)
def test_every_door_asks_for_the_key(cast: Cast, phone, path: str):
    answer = phone(ZHANG).get(path)
    assert (answer.status_code, answer["Content-Type"]) == (401, "application/problem+json")


def test_staff_cannot_come_in_by_the_owners_door(cast: Cast, log_in):
    assert log_in(cast.jinxiu, "company_admin").get("/api/portal/v1/units/").status_code == 401


def test_an_owner_cannot_come_in_by_the_staffs_door(cast: Cast, phone):
    zhang = phone(ZHANG).log_in()
    answer = zhang.client.get("/api/v1/me/", headers={"Authorization": f"Bearer {zhang.key}"})
    assert answer.status_code == 401
