"""The call list and the call desk, as the front desk uses them."""

from __future__ import annotations

import re
from datetime import date

import pytest

from arrears.cases import services
from arrears.cases.models import Call, Case, Promise, Task
from owners.models import Contact, LegacyIssue
from tenancy.people.models import AuditEntry
from tests.ladder import at, on
from tests.money import pay

HTMX = {"HX-Request": "true"}
TUESDAY = 3  # D3, 2026-02-03: the day of the fixture `desk`


def text(response):
    return response.content.decode()


def said(**changed):
    return {
        "outcome": "NO_ANSWER",
        "promised_on": "",
        "next_on": "",
        "reason_code": "",
        "feedback": "",
    } | changed


def logged(late):
    with late.open():
        return list(Call.objects.order_by("pk").values_list("outcome", "promised_on", "feedback"))


def test_the_list_says_whom_to_call_how_much_and_why(desk, late, case):
    with late.open():
        LegacyIssue.objects.create(
            unit=late.units["3-1-1602"], text="窗户漏水", source="测试", recorded_on=date(2026, 1, 1)
        )
        Contact.objects.filter(kind="LANDLINE", party=late.parties["张三"]).update(masked="0571****6864")
    page = text(desk.get("/calls/"))
    for shown in ("3-1-1602", "¥210.02", "0571****6864", "窗户漏水", "2 days past due: Call.", "2026-02-03"):
        assert shown in page
    assert f"/calls/{case.pk}/" in page
    assert '<span class="money late"' in page
    assert "88006864" not in page


def test_a_row_and_a_key_lead_to_the_desk(desk, case):
    page = text(desk.get("/calls/"))
    assert re.search(r'<a class="btn btn-primary" href="/calls/\d+/" data-key="c"', page)
    assert f'data-open href="/calls/{case.pk}/"' in page


def test_filters_stand_in_the_address_and_go_along_to_the_desk(desk, late, case):
    mine = late.people["collector"].pk
    with late.open():
        Case.objects.filter(pk=case.pk).update(collector_id=mine)
        Case.objects.exclude(pk=case.pk).update(collector_id=late.people["team_lead"].pk)
    page = text(desk.get("/calls/?collector=mine"))
    assert "3-1-1602" in page
    assert "3-1-1702" not in page
    assert f"/calls/{case.pk}/?collector=mine" in page
    assert text(desk.get(f"/calls/?community={late.community.pk}")).count("data-open href") == 3


def test_every_form_of_the_desk_keeps_the_filter_of_the_list(desk, late, case):
    with late.open():
        task = Task.objects.create(
            community_id=late.community.pk, case_id=case.pk, account=case.account, kind="REVIEW",
            due_on=on(0), because="after_call", because_params={},
        )  # fmt: skip
    page = text(desk.get(f"/calls/{case.pk}/?collector=mine"))
    doors = re.findall(r'(?:action|hx-post)="(/(?:calls|cases/review|tasks)[^"]*)"', page)
    assert len(doors) >= 4
    assert all(door.endswith("?collector=mine") for door in doors), doors
    done = next(door for door in re.findall(r'action="([^"]*)"', page) if str(task.pk) in door)
    assert desk.post(done, {"desk": case.pk}).url == f"/calls/{case.pk}/?collector=mine"


def test_in_the_note_ctrl_enter_saves_and_the_field_says_so(desk, case):
    assert "Enter begins a new line, Ctrl+Enter saves." in text(desk.get(f"/calls/{case.pk}/"))


def test_whoever_paid_is_off_the_list_at_once(desk, late):
    with late.open("cashier"):
        pay(late, 21002, unit="3-1-1602", paid_on=on(TUESDAY), posted_on=on(TUESDAY), at=at(on(TUESDAY)))
    assert "3-1-1602" not in text(desk.get("/calls/"))


def test_the_desk_shows_facts_script_number_and_keys(desk, case):
    page = text(desk.get(f"/calls/{case.pk}/"))
    for shown in ("张三", "¥210.02", "您好，请问是张三吗？", "jinxiu-collector员工", "Last three events"):
        assert shown in page
    for key, outcome in enumerate(
        ("CONNECTED_PROMISED", "CONNECTED_UNDECIDED", "CONNECTED_REFUSED", "CONNECTED_REMOTE",
         "CONNECTED_CLAIMS_PAID", "NO_ANSWER", "POWERED_OFF", "WRONG_NUMBER"), start=1
    ):  # fmt: skip
        assert f'value="{outcome}" data-key="{key}"' in page
    assert '<summary data-key="0">' in page
    assert 'value="BUSY"' in page


def test_save_and_next_leads_to_the_next_case_and_at_the_end_to_the_list(desk, late, case):
    order = [int(found) for found in re.findall(r'data-open href="/calls/(\d+)/"', text(desk.get("/calls/")))]
    first = desk.post(f"/calls/{order[0]}/", said(feedback="忙音"))
    assert first.status_code == 302
    assert first.url == f"/calls/{order[1]}/"
    assert logged(late) == [("NO_ANSWER", None, "忙音")]


def test_a_call_that_a_nervous_finger_sends_twice_is_logged_once(desk, late, case):
    sent = said(once="0b0f6a1e-90a5-4f6c-8c2f-4be3a0b3c1de")
    first, second = (desk.post(f"/calls/{case.pk}/", sent) for _ in range(2))
    assert (second.status_code, second.url) == (first.status_code, first.url) == (302, first.url)
    assert len(logged(late)) == 1


def test_after_the_last_case_of_a_filter_the_desk_returns_to_its_list(desk, late, case):
    with late.open():
        Case.objects.exclude(pk=case.pk).update(collector_id=None)
    done = desk.post(f"/calls/{case.pk}/?collector=mine", said(outcome="CONNECTED_UNDECIDED"))
    assert done.url == "/calls/?collector=mine"
    assert "No call is due" in text(desk.get(done.url))


def test_who_did_not_answer_rests_half_an_hour_and_is_on_the_list_again(desk, late, case, now):
    done = desk.post(f"/calls/{case.pk}/", said(), follow=True)
    assert "to be tried again today from 16:30 on" in text(done)
    with late.open():
        others = Task.objects.exclude(case=case).filter(kind="CALL", done_at=None)
        others.update(done_at=at(on(TUESDAY)), done_by=late.people["collector"])
    page = text(desk.get("/calls/"))
    assert "3-1-1602" in page
    assert 'data-key="c"' not in page, "nobody can be rung this minute"
    now(TUESDAY, 16, 30)
    assert f'href="/calls/{case.pk}/" data-key="c"' in text(desk.get("/calls/"))


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("fri", date(2026, 2, 6)),
        ("+3", date(2026, 2, 6)),
        ("15日", date(2026, 2, 15)),
        ("2026-02-10", date(2026, 2, 10)),
    ],
)
def test_a_promised_day_is_understood_as_it_is_typed(desk, late, case, typed, day):
    assert (
        desk.post(f"/calls/{case.pk}/", said(outcome="CONNECTED_PROMISED", promised_on=typed)).status_code
        == 302
    )
    with late.open():
        assert Promise.objects.get(case=case).promised_on == day


@pytest.mark.parametrize(
    ("entry", "field", "message"),
    [
        ({"outcome": "CONNECTED_PROMISED"}, "promised_on", "A promise needs a day."),
        (
            {"outcome": "CONNECTED_PROMISED", "promised_on": "2026-01-01"},
            "promised_on",
            "cannot be in the past",
        ),
        ({"outcome": "CONNECTED_PROMISED", "promised_on": "soon"}, "promised_on", "Write a day such as"),
        (
            {"outcome": "CONNECTED_PROMISED", "promised_on": "2027-02-03"},
            "promised_on",
            "beyond it a deferral is asked for",
        ),
        ({"outcome": "CONNECTED_UNDECIDED", "next_on": "2026-08-01"}, "next_on", "Call again by 2026-03-06"),
        (
            {"outcome": "CONNECTED_UNDECIDED", "next_on": "2026-01-01"},
            "next_on",
            "cannot lie before this one",
        ),
        ({"outcome": ""}, "outcome", "required"),
        ({"outcome": "SANG"}, "outcome", "valid choice"),
    ],
)
def test_a_refusal_stands_beside_its_field_and_nothing_typed_is_lost(desk, late, case, entry, field, message):
    response = desk.post(f"/calls/{case.pk}/", said(feedback="说了很多", **entry))
    page = text(response)
    assert response.status_code == 422
    assert message in page.split(f'id="id_{field}_error"')[1].split("</ul>")[0]
    assert "说了很多" in page
    assert logged(late) == []


def test_a_promise_too_far_is_logged_and_said_not_to_hold(desk, late, case):
    assert "Stops the ladder up to 2026-02-18." in text(desk.get(f"/calls/{case.pk}/"))
    answer = desk.post(
        f"/calls/{case.pk}/", said(outcome="CONNECTED_PROMISED", promised_on="2026-03-30"), follow=True
    )
    said_so = "The promise does not stop the ladder: A promise reaches to 2026-02-18"
    assert said_so in text(answer)
    assert re.search(rf'<li class="warning">3-1-1602 saved\..*{said_so}', text(answer))


def test_a_promise_in_doubt_is_the_same_on_the_desk_the_case_and_the_lists(desk, late, case):
    desk.post(f"/calls/{case.pk}/", said(outcome="CONNECTED_PROMISED", promised_on="2026-03-30"))
    wording = "does not stop the ladder: A promise reaches to 2026-02-18"
    table = text(desk.get(f"/cases/{case.pk}/contacts/")).split("Promised day")[1].split("</table>")[0]
    assert "2026-03-30" in table
    assert "Not due yet" in table
    assert wording in table
    assert wording in text(desk.get(f"/cases/{case.pk}/"))
    assert "2026-03-30" in text(desk.get("/cases/"))
    answer = desk.get(f"/api/v1/cases/{case.pk}/").json()
    assert [(row["promised_on"], row["state"], row["doubt"]) for row in answer["promises"]] == [
        ("2026-03-30", "OPEN", "promise_too_far")
    ]


def test_once_two_promises_were_made_the_desk_says_so_before_a_third(desk, late, case):
    assert "One more promise" not in text(desk.get(f"/calls/{case.pk}/"))
    with late.open():
        for _again in range(2):
            Promise.objects.create(
                case=case, account=case.account, made_on=on(1), promised_on=on(2), amount_fen=21002
            )
    page = text(desk.get(f"/calls/{case.pk}/"))
    assert "does not stop the ladder: 2 promises are enough" in page.split('id="id_promised_on"')[0]


def test_a_running_promise_is_recalled_and_no_other_day_asked_for(desk, late, case, now):
    question = "请问您打算哪一天交？"
    assert question in text(desk.get(f"/calls/{case.pk}/"))
    desk.post(f"/calls/{case.pk}/", said(outcome="CONNECTED_PROMISED", promised_on="+3"))
    assert question not in text(desk.get(f"/calls/{case.pk}/"))
    now(TUESDAY + 4)
    assert question in text(desk.get(f"/calls/{case.pk}/"))


def test_the_number_that_was_rung_is_chosen_and_kept_with_the_call(desk, late, case):
    with late.open():
        party = late.parties["张三"]
        Contact.objects.create(
            party=party,
            kind="MOBILE",
            value=b"",
            value_hash="m",
            masked="138****0000",
            state="GOOD",
            position=5,
        )
        phones = dict(Contact.objects.filter(party=party).values_list("kind", "pk"))
    page = text(desk.get(f"/calls/{case.pk}/"))
    assert re.search(rf'name="contact".*?<option value="{phones["LANDLINE"]}" selected>', page, re.DOTALL)
    assert "138****0000" in page.split('name="contact"')[1]
    wrong = desk.post(f"/calls/{case.pk}/", said(contact="999999"))
    assert wrong.status_code == 422
    assert 'id="id_contact_error"' in text(wrong)
    assert desk.post(f"/calls/{case.pk}/", said(contact=str(phones["MOBILE"]))).status_code == 302
    with late.open():
        assert Call.objects.get().contact_id == phones["MOBILE"]
    assert "138****0000" in text(desk.get(f"/cases/{case.pk}/")).split("History")[1]


def test_outside_the_window_the_desk_says_why_and_when_next(desk, late, case, now):
    now(TUESDAY, 13)
    page = text(desk.get(f"/calls/{case.pk}/"))
    assert 'id="not-now"' in page
    assert "The landline is called in 09:30-12:00 / 15:00-21:00." in page
    assert "2026-02-03 15:00" in page
    assert 'name="outcome"' not in page
    refused = desk.post(f"/calls/{case.pk}/", said())
    assert refused.status_code == 422
    assert logged(late) == []


def test_a_second_try_within_half_an_hour_waits(desk, case, now):
    desk.post(f"/calls/{case.pk}/", said())
    now(TUESDAY, 16, 10)
    assert "2026-02-03 16:30" in text(desk.get(f"/calls/{case.pk}/"))


def test_paid_a_minute_ago_shows_a_green_card_and_moves_on(desk, late, case):
    with late.open("cashier"):
        pay(late, 21002, unit="3-1-1602", paid_on=on(TUESDAY), posted_on=on(TUESDAY), at=at(on(TUESDAY)))
    page = text(desk.get(f"/calls/{case.pk}/"))
    assert 'id="paid"' in page
    assert 'data-key="Enter"' in page
    assert 'name="outcome"' not in page
    refused = desk.post(f"/calls/{case.pk}/", said())
    assert refused.status_code == 422
    assert 'id="paid"' in text(refused)
    assert logged(late) == []


def test_a_number_is_masked_until_asked_for_and_the_trail_knows_who_asked(desk, late, case):
    with late.open():
        phone = Contact.objects.get(party=late.parties["张三"], kind="LANDLINE")
        Contact.objects.update(masked="****")
    assert "88006864" not in text(desk.get(f"/calls/{case.pk}/"))
    url = f"/calls/{case.pk}/numbers/{phone.pk}/"
    assert "0571-88006864" in text(desk.post(url, headers=HTMX))
    assert "0571-88006864" in text(desk.post(url))
    with late.open():
        entries = AuditEntry.objects.filter(action="contact.revealed")
        assert {entry.user_id for entry in entries} == {late.people["collector"].pk}
        assert entries.count() == 2


def test_a_number_of_somebody_else_is_not_shown_through_this_case(desk, late, case):
    with late.open():
        other = Contact.objects.get(party=late.parties["李四"])
    assert desk.post(f"/calls/{case.pk}/numbers/{other.pk}/").status_code == 404


def test_who_says_paid_is_left_alone_and_the_check_is_ticked_off(desk, late, case):
    desk.post(f"/calls/{case.pk}/", said(outcome="CONNECTED_CLAIMS_PAID"))
    page = text(desk.get("/calls/"))
    assert "Check a payment" in page
    with late.open():
        task = Task.objects.get(kind="CHECK_PAYMENT", case=case)
    assert "Looked for it" in text(desk.get(f"/calls/{case.pk}/"))
    assert desk.post(f"/tasks/{task.pk}/finish/").status_code == 302
    with late.open():
        assert Task.objects.get(pk=task.pk).done_at is not None


def test_who_refuses_is_reported_to_the_team_lead(desk, log_in, late, case):
    asked = desk.post(f"/calls/{case.pk}/", said(outcome="CONNECTED_REFUSED"))
    assert asked.status_code == 422, "the team lead is told why"
    desk.post(f"/calls/{case.pk}/", said(outcome="CONNECTED_REFUSED", reason_code="SERVICE"))
    page = text(log_in(late, "team_lead").get("/calls/?show=reviews"))
    assert f'data-open href="/cases/{case.pk}/"' in page


@pytest.mark.parametrize("role", ["cashier", "patrol", "auditor", "finance"])
def test_who_makes_no_calls_is_turned_away(late, log_in, case, role):
    client = log_in(late, role)
    assert client.get("/calls/").status_code == 403
    assert client.get(f"/calls/{case.pk}/").status_code == 403
    assert client.post(f"/calls/{case.pk}/", said()).status_code == 403


def test_the_other_company_finds_no_case(cast, log_in, late, case):
    client = log_in(cast.yunding, "collector")
    assert client.get(f"/calls/{case.pk}/").status_code == 404
    assert client.post(f"/calls/{case.pk}/", said()).status_code == 404
    assert "3-1-1602" not in text(client.get("/calls/"))


def test_the_script_names_the_last_promise_and_what_became_of_it(desk, late, case, now):
    desk.post(f"/calls/{case.pk}/", said(outcome="CONNECTED_PROMISED", promised_on="+1"))
    page = text(desk.get(f"/calls/{case.pk}/"))
    assert "2月3日您说2月4日交，想再提醒您一下，到时方便交吗？" in page
    assert "Not due yet" in page
    now(TUESDAY + 2)
    with late.open():
        services.walk_ladder(as_of=on(TUESDAY + 2))
    page = text(desk.get(f"/calls/{case.pk}/"))
    assert "2月3日您说2月4日交，我们还没有收到全部款项。" in page
    assert "Broken" in page
    assert "想再提醒您一下" not in page
