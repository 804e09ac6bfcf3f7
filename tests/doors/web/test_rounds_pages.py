"""Rounds in the office: from ticked visits to the record of what happened; and the paper, the workbook, the rules."""

from __future__ import annotations

import io

import pytest
from python_calamine import CalamineWorkbook

from arrears.cases.models import Case, Visit
from arrears.team.models import Round, Stop, WorkplaceAsk
from arrears.team.queries import keeps_places
from notices.models import Notice
from owners.models import Community
from tenancy.people.models import AuditEntry
from tests import ladder
from tests.ladder import on
from tests.rounds import DAY, DOOR, plan, seen, take, tasks, visits_due

PLAN = "/rounds/new/visits/"


@pytest.fixture
def due(cast, now):
    with cast.jinxiu.open():
        visits_due(cast.jinxiu)
    now(DAY)
    return cast.jinxiu


@pytest.fixture
def walked(due):
    """A round whose first door is done: the round and its stops."""
    with due.open():
        made = plan(due)
        stops = list(Stop.objects.filter(round_id=made.round_id).order_by("position"))
        take(due, seen(stops[0].pk, photo=DOOR))
    return made.round_id, stops


def text(answer) -> str:
    return answer.content.decode()


def ticks(due) -> list[int]:
    with due.open():
        return tasks()


def test_ticked_visits_are_shown_in_walking_order_and_become_a_round(due, english):
    client = english(due, "team_lead")
    assert 'formaction="/rounds/new/visits/"' in text(client.get("/visits/"))
    shown = text(client.post(PLAN, {"pick": ticks(due)[::-1], "query": ""}))
    assert shown.index("3-1-1602") < shown.index("3-1-1702") < shown.index("3-2-201")
    sent = {
        "pick": ticks(due),
        "on": on(DAY).isoformat(),
        "main": due.people["collector"].pk,
        "second": "",
        "with_papers": "on",
    }
    done = client.post(PLAN, sent, follow=True)
    assert "A round through 3 doors." in text(done)
    with due.open():
        assert Round.objects.get().main_id == due.people["collector"].pk


def test_class_e_alone_comes_back_with_the_reason_beside_the_second_person(due, english):
    with due.open():
        Case.objects.update(klass="E_REFUSED")
    sent = {"pick": ticks(due), "on": on(DAY).isoformat(), "main": due.people["collector"].pk}
    answer = english(due, "team_lead").post(PLAN, sent)
    assert answer.status_code == 422
    assert "two persons go" in text(answer)


def test_nothing_that_can_be_planned_leads_back_to_the_list(due, english):
    client = english(due, "team_lead")
    with due.open():
        plan(due)
    done = client.post(PLAN, {"pick": ticks(due)}, follow=True)
    assert "None of these is still to be done" in text(done)


def test_ticked_papers_become_a_round_of_patrol(due, english):
    with due.open():
        ladder.bill(due, on(1), delivered_on=ladder.date.max)
        bill = ladder.document(due, "BILL_NOTICE").pk
    client = english(due, "team_lead")
    assert "3-1-1602" in text(client.post("/rounds/new/papers/", {"pick": [bill]}))
    sent = {"pick": [bill], "on": on(DAY).isoformat(), "main": due.people["patrol"].pk}
    assert "A round through 1 door." in text(client.post("/rounds/new/papers/", sent, follow=True))


def test_papers_of_two_communities_ask_through_which_one_first_and_keep_the_ticks(due, english):
    with due.open():
        ladder.bill(due, on(1), delivered_on=ladder.date.max)
        bill = ladder.document(due, "BILL_NOTICE").pk
        other = ladder.document(due, "BILL_NOTICE", "3-1-1702")
        second = Community.objects.create(code="LH", name="临湖雅苑")
        Notice.objects.filter(pk=other.pk).update(community_id=second.pk)
    client = english(due, "team_lead")
    asked = text(client.post("/rounds/new/papers/", {"pick": [bill, other.pk]}))
    assert "Through which one first?" in asked
    assert asked.count('name="pick"') == 2
    sent = {"pick": [bill, other.pk], "community": due.community.pk}
    page = text(client.post("/rounds/new/papers/", sent))
    assert "1 door, in walking order" in page
    assert page.count('name="pick"') == 1


def test_a_round_is_planned_from_the_deliveries_of_a_building(due, english):
    with due.open():
        ladder.bill(due, on(1), delivered_on=ladder.date.max)
        paper = ladder.document(due, "BILL_NOTICE")
        building = paper.unit.building_id
    chosen = {
        "community": due.community.pk,
        "building": building,
        "kind": "BILL_NOTICE",
        "issued_on": paper.issued_on.isoformat(),
    }
    page = text(english(due, "team_lead").get("/deliveries/round/", chosen))
    assert 'action="/rounds/new/papers/"' in page
    assert f'name="pick" value="{paper.pk}"' in page


def test_the_round_says_what_was_done_and_leads_to_signature_and_record(walked, due, english):
    round_id, stops = walked
    page = text(english(due, "team_lead").get(f"/rounds/{round_id}/"))
    assert "Met, undecided" in page
    assert "Signature" in page
    with due.open():
        visit = Visit.objects.get()
    assert f"/visits/{visit.pk}/record.pdf" in page
    assert f"/files/{visit.signature_id}/" in page
    assert f"/round-stops/{stops[1].pk}/drop/" in page


def test_a_door_is_left_out_and_the_round_closed_or_called_off(walked, due, english):
    round_id, stops = walked
    client = english(due, "team_lead")
    assert "left out" in text(client.post(f"/round-stops/{stops[1].pk}/drop/", follow=True))
    refused = client.post(f"/rounds/{round_id}/call-off/", {"reason": "rain"})
    assert refused.status_code == 422
    assert "close it instead" in text(refused)
    assert "The round is closed." in text(client.post(f"/rounds/{round_id}/close/", follow=True))
    assert client.post(f"/rounds/{round_id}/close/").status_code == 409


def test_the_papers_print(walked, due, english, settings, tmp_path):
    round_id, _stops = walked
    client = english(due, "project_manager")
    with due.open():
        visit_id = Visit.objects.get().pk
    for path in (
        f"/rounds/{round_id}/sheet.pdf",
        f"/rounds/{round_id}/record.pdf",
        f"/visits/{visit_id}/record.pdf",
    ):
        answer = client.get(path)
        assert answer.status_code == 200, path
        assert answer.content.startswith(b"%PDF"), path
    with due.open():
        assert set(
            AuditEntry.objects.filter(action__endswith="printed").values_list("action", flat=True)
        ) == {
            "round.printed",
            "visit.printed",
        }


def test_the_workbook_has_a_line_for_each_door_with_what_came_of_it(walked, due, english):
    round_id, _stops = walked
    answer = english(due, "team_lead").get(f"/rounds/{round_id}/round.xlsx")
    head, first, second, _third = (
        CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    )
    assert head[:3] == ["Place on the way", "Unit", "Owner"]
    assert first[1] == "3-1-1602"
    assert "Met, undecided" in first
    assert second[7] == ""
    assert english(due, "collector").get(f"/rounds/{round_id}/round.xlsx").status_code == 403


def test_a_visit_at_work_is_asked_for_decided_and_offered(due, english):
    with due.open():
        case_id = ladder.case(due).pk
    client = english(due, "collector")
    assert client.post(f"/cases/{case_id}/workplace/", {"address": "", "reason": ""}).status_code == 422
    told = {"address": "文一路科技园3号楼", "reason": "多次上门无人"}
    assert "Once it is approved" in text(client.post(f"/cases/{case_id}/workplace/", told, follow=True))
    with due.open():
        approval_id = WorkplaceAsk.objects.get().approval_id
    manager = english(due, "project_manager")
    assert "文一路科技园3号楼" in text(manager.get(f"/approvals/{approval_id}/"))
    manager.post(f"/approvals/{approval_id}/", {"decision": "approve", "reason": "同意"})
    assert "文一路科技园3号楼" in text(english(due, "team_lead").post(PLAN, {"pick": ticks(due)}))


def test_only_the_company_says_whether_places_are_kept(due, english):
    client = english(due, "company_admin")
    assert "Saved." in text(client.post("/settings/visit-rounds/", {"keeps_places": "on"}, follow=True))
    with due.open():
        assert keeps_places()
    assert english(due, "project_manager").get("/settings/visit-rounds/").status_code == 403


def test_a_round_of_others_is_not_there(walked, cast, english):
    round_id, stops = walked
    client = english(cast.yunding, "team_lead")
    for path in (f"/rounds/{round_id}/", f"/walk/{round_id}/", f"/rounds/{round_id}/sheet.pdf"):
        assert client.get(path).status_code == 404, path
    assert client.post(f"/round-stops/{stops[1].pk}/drop/").status_code == 404
