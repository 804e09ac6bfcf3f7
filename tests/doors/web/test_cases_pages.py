"""Visits, cases, holds, approvals and the ladder in the browser's words."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from arrears.cases.models import Hold, Step, Visit
from tenancy.people.models import Approval, ApprovalRemark, Membership
from tests import ladder
from tests.ladder import at, call, document, hand_over, on, walk
from tests.money import pay

JPEG = b"\xff\xd8\xff\xe0" + b"0" * 32


@pytest.fixture
def visiting(late, now):
    """On D32 a visit is due: the demand brought nothing."""
    call(late, at(on(2)))
    with late.open():
        walk(16)
        hand_over(document(late, "DEMAND").pk, on(16))
        walk(32)
    now(32)
    return late


@pytest.fixture
def asking(visiting, now):
    """On D61 the second demand waits for the project manager."""
    ladder.visit(visiting, on(32))
    with visiting.open():
        walk(61)
    now(61)
    return visiting


def case_id(company):
    with company.open():
        return ladder.case(company).pk


def approval_id(company):
    with company.open():
        return Approval.objects.get(decision="PENDING").pk


def text(response):
    return response.content.decode()


def entry(**changed):
    return {"on": "today", "result": "NOBODY_HOME", "promised_on": "", "feedback": ""} | changed


def test_a_visit_is_due_and_logged_with_a_photo(visiting, english):
    client = english(visiting, "collector")
    assert "3-1-1602" in text(client.get("/visits/"))
    url = f"/visits/{case_id(visiting)}/"
    assert "Last three events" in text(client.get(url))
    photo = SimpleUploadedFile("门.jpg", JPEG, "image/jpeg")
    done = client.post(url, entry(time_in="10:00", time_out="10:15", second_person="何军", photo=photo))
    assert done.status_code == 302
    with visiting.open():
        visit = Visit.objects.get()
        assert (visit.on, visit.result, visit.second_person) == (on(32), "NOBODY_HOME", "何军")
        assert visit.photo is not None
        assert visit.photo.content_type == "image/jpeg"
    # Nobody was at home: the project manager goes next, the visit itself is done.
    assert text(client.get("/visits/")).split("<tbody")[1].count("Project manager&#x27;s visit") == 1
    with visiting.open():
        asked = dict(ladder.tasks(visiting))
    assert asked["PM_VISIT"] == on(60)
    assert "VISIT" not in asked


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"on": "2027-01-01"}, "on"),
        ({"on": "gestern"}, "on"),
        ({"on": "2026-01-31"}, "on"),
        ({"result": "MET_PROMISED", "promised_on": "2026-09-01"}, "promised_on"),
        ({"time_in": "10:00", "time_out": "09:00"}, "time_out"),
        ({"time_in": "23:00"}, "time_in"),
        ({"result": "MET_PROMISED"}, "promised_on"),
        ({"result": ""}, "result"),
    ],
)
def test_a_wrong_visit_is_said_beside_its_field(visiting, english, wrong, field):
    response = english(visiting, "collector").post(
        f"/visits/{case_id(visiting)}/", entry(feedback="敲门", **wrong)
    )
    assert response.status_code == 422
    assert f'id="id_{field}_error"' in text(response)
    assert "敲门" in text(response)
    with visiting.open():
        assert Visit.objects.count() == 0


def test_a_file_that_is_no_picture_is_refused(visiting, english):
    photo = SimpleUploadedFile("x.jpg", b"<script>", "image/jpeg")
    assert (
        english(visiting, "collector").post(f"/visits/{case_id(visiting)}/", entry(photo=photo)).status_code
        == 422
    )


@pytest.mark.parametrize("role", ["cashier", "legal", "company_admin"])
def test_who_makes_no_visits_is_turned_away(visiting, log_in, role):
    client = log_in(visiting, role)
    assert client.get("/visits/").status_code == 403
    assert client.post(f"/visits/{case_id(visiting)}/", entry()).status_code == 403


def test_the_list_of_cases_narrows_by_what_stands_in_the_address(late, english):
    client = english(late, "auditor")
    everything = text(client.get("/cases/"))
    assert "3-1-1602" in everything
    assert "3-1-1702" in everything
    assert "¥1,019.98" in everything  # 210.02 + 283.18 + 226.78 + 300.00
    for address, shown in (
        ("?text=31602", True), ("?text=张三", True), ("?text=3-1-1702", False), ("?rung=CALL", True),
        ("?rung=DEMAND", False), ("?klass=E_REFUSED", False), ("?closed=on", False), ("?collector=mine", False),
        (f"?community={late.community.pk}", True),
    ):  # fmt: skip
        assert ('data-open href="/cases/' in text(client.get(f"/cases/{address}"))) is (
            shown or address == "?text=3-1-1702"
        ), address
        assert ("3-1-1602" in text(client.get(f"/cases/{address}")).split("<tbody")[-1]) is shown, address


def test_a_wrong_filter_is_said_and_loses_nothing(late, english):
    response = english(late, "auditor").get("/cases/?rung=MOON&community=x")
    assert response.status_code == 200
    assert text(response).count('class="errors"') == 2


def test_the_page_of_a_case_tells_its_history_in_sentences(visiting, english):
    page = text(english(visiting, "auditor").get(f"/cases/{case_id(visiting)}/"))
    for shown in (
        "32 days late", "Reminder · Due", "1 days past due: Reminder.", "Call: Undecided", "Demand · Done",
        "was delivered on 2026-02-16", "Visit · Due", "32 days past due: Visit.",
    ):  # fmt: skip
        assert shown in page, shown


@pytest.mark.parametrize(
    ("role", "action"), [("collector", "Log a visit"), ("project_manager", "Log a visit"), ("auditor", None)]
)
def test_a_case_offers_one_action_that_the_member_may_do(visiting, english, role, action):
    page = text(english(visiting, role).get(f"/cases/{case_id(visiting)}/"))
    offered = page.split('class="actions"')[1].split("</div>")[0]
    assert (action in offered) if action else ("btn-primary" not in offered)


def test_a_paid_case_is_out_of_the_ladder_at_once(late, english):
    with late.open("cashier"):
        pay(late, 21002, unit="3-1-1602", paid_on=on(2), posted_on=on(2), at=at(on(2)))
    client = english(late, "auditor")
    page = text(client.get(f"/cases/{case_id(late)}/"))
    assert "Out of the ladder" in page
    assert "Paid ¥210.02" in page
    assert "3-1-1602" not in text(client.get("/cases/")).split("<tbody")[-1]


def test_a_hold_is_set_shown_and_released(late, english):
    client, case = english(late, "team_lead"), case_id(late)
    done = client.post(
        f"/cases/{case}/holds/", {"kind": "DISPUTE", "from_on": "today", "to_on": "+10", "reason": "漏水未修"}
    )
    assert done.status_code == 302
    with late.open():
        hold = Hold.objects.get()
        assert (hold.kind, hold.from_on, hold.to_on) == ("DISPUTE", on(2), on(12))
    page = text(client.get(f"/cases/{case}/"))
    assert "漏水未修" in page
    assert f"/holds/{hold.pk}/release/" in page
    assert client.post(f"/holds/{hold.pk}/release/", {"reason": " "}).status_code == 422
    assert client.post(f"/holds/{hold.pk}/release/", {"reason": "已修好"}).status_code == 302
    assert f"/holds/{hold.pk}/release/" not in text(client.get(f"/cases/{case}/"))


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"reason": ""}, "reason"),
        ({"to_on": "2026-01-01"}, "to_on"),
        ({"kind": "DEFERRAL"}, "kind"),
        ({"kind": "LEGAL_PROCEEDING"}, "kind"),
        ({"from_on": "?"}, "from_on"),
        ({"from_on": "2025-12-01"}, "from_on"),
        ({"from_on": "2026-12-01"}, "from_on"),
        ({"to_on": "2034-01-01"}, "to_on"),
    ],
)
def test_a_wrong_hold_is_said_beside_its_field(late, english, changed, field):
    asked = {"kind": "DISPUTE", "from_on": "today", "to_on": "", "reason": "漏水"} | changed
    response = english(late, "team_lead").post(f"/cases/{case_id(late)}/holds/", asked)
    assert response.status_code == 422
    assert f'id="id_{field}_error"' in text(response)
    with late.open():
        assert Hold.objects.count() == 0


def test_a_collector_sets_no_hold_and_another_company_finds_none(cast, late, log_in):
    asked = {"kind": "DISPUTE", "from_on": "today", "to_on": "", "reason": "漏水"}
    case = case_id(late)
    assert log_in(late, "collector").post(f"/cases/{case}/holds/", asked).status_code == 403
    assert log_in(cast.yunding, "team_lead").post(f"/cases/{case}/holds/", asked).status_code == 404
    assert log_in(cast.yunding, "team_lead").get(f"/cases/{case}/").status_code == 404


def test_a_unit_shows_its_collection_history_on_its_page(late, cast, english):
    unit = late.units["3-1-1602"].pk
    page = text(english(late, "cashier").get(f"/units/{unit}/timeline/"))
    assert "Reminder · Done" in page
    assert "<html" not in page
    assert english(cast.yunding, "cashier").get(f"/units/{unit}/timeline/").status_code == 404
    empty = late.units["3-2-201"].pk
    assert english(late, "cashier").get(f"/units/{empty}/timeline/").status_code == 200
    assert english(late, "patrol").get(f"/units/{unit}/timeline/").status_code == 403


def test_a_request_shows_facts_rule_and_consequence_to_who_decides(asking, english):
    client = english(asking, "project_manager")
    assert "Waits for you" in text(client.get("/approvals/"))
    page = text(client.get(f"/approvals/{approval_id(asking)}/"))
    for shown in (
        "Second demand", "张三", "¥210.02", "calls: 1, visits: 1, promises: 0", "催款通知书", "a visit was made",
        "A second demand gets its number", 'value="approve"', 'value="reject"',
    ):  # fmt: skip
        assert shown in page, shown


def test_a_request_says_which_late_charges_it_leaves_out_and_why(asking, english, log_in):
    with asking.open():
        ladder.bill(asking, date(2026, 2, 1))
    page = text(english(asking, "project_manager").get(f"/approvals/{approval_id(asking)}/"))
    left_out = page.split("Past due, but not claimed")[1].split("</section>")[0]
    assert "Covered: 1 charges, ¥210.02. Not covered: 1." in left_out
    assert "No demand that was delivered lists it" in left_out
    told = (
        log_in(asking, "project_manager").get(f"/api/v1/approvals/{approval_id(asking)}/").json()["coverage"]
    )
    assert (told["covered"], told["left"]) == ("210.02", "210.02")
    assert [one["because"]["code"] for one in told["left_out"]] == ["left_out_not_demanded"]


def test_a_request_that_covers_all_says_so(asking, english):
    page = text(english(asking, "project_manager").get(f"/approvals/{approval_id(asking)}/"))
    assert "All that is past due is covered." in page
    assert "not claimed" not in page


def test_a_visit_whose_last_day_passed_is_marked_in_words(visiting, english, now):
    assert "past by 3 d" not in text(english(visiting, "collector").get("/visits/"))
    now(63)
    assert "past by 3 d" in text(english(visiting, "collector").get("/visits/"))
    assert "past by 3 d" in text(english(visiting, "collector").get(f"/cases/{case_id(visiting)}/"))


def test_an_approval_makes_the_document_and_leaves_the_queue(asking, english):
    client, approval = english(asking, "project_manager"), approval_id(asking)
    done = client.post(f"/approvals/{approval}/", {"decision": "approve", "reason": "属实"})
    assert done.status_code == 302
    with asking.open():
        assert document(asking, "SECOND_DEMAND").number
    assert f"/approvals/{approval}/" not in text(client.get("/approvals/"))
    assert f"/approvals/{approval}/" in text(client.get("/approvals/?decided=true"))
    again = client.post(f"/approvals/{approval}/", {"decision": "approve", "reason": "属实"})
    assert again.status_code == 422
    assert "decided already" in text(again)


def test_the_tile_opens_what_the_member_decides_and_requests_name_their_money(asking, english, now):
    approval = approval_id(asking)
    with asking.open():
        Approval.objects.create(
            kind="charges.waiver", subject="锦绣花园 3-1-1702", role="finance", asked_at=at(on(60)),
            facts={"amount_fen": 12_345, "reason": "减免"},
        )  # fmt: skip
    manager = english(asking, "project_manager")
    everything = text(manager.get("/approvals/"))
    assert f"/approvals/{approval}/" in everything
    assert "¥123.45" in everything
    own = text(manager.get("/approvals/?mine=true"))
    assert f"/approvals/{approval}/" in own
    assert "¥123.45" not in own, "finance decides that"
    assert 'href="/approvals/?mine=true"' in text(manager.get("/reports/dashboard/"))


def test_what_was_decided_keeps_the_sum_and_the_days_it_was_decided_on(asking, english, now):
    client, approval = english(asking, "project_manager"), approval_id(asking)
    done = client.post(f"/approvals/{approval}/", {"decision": "approve", "reason": "属实"}, follow=True)
    assert "3-1-1602: approved." in text(done)
    with asking.open():
        pay(asking, 5000, paid_on=on(62), posted_on=on(62), at=at(on(62)))
    now(90)
    page = text(client.get("/approvals/?decided=true"))
    assert "Principal decided on" in page
    assert '<td class="n">¥210.02</td>' in page
    assert '<td class="n">61</td>' in page


def test_an_agreement_offers_its_reason_and_needs_one(asking, english):
    client, url = english(asking, "project_manager"), f"/approvals/{approval_id(asking)}/"
    page = text(client.get(url))
    assert 'data-key="a" data-then="approve_reason"' in page, (
        "the key shows the reason before anything is done"
    )
    assert 'value="Facts and proof are checked; agreed."' in page
    assert '<textarea name="text"' in page.split('data-key="q"')[0].split("<form")[-1], (
        "q goes to the question"
    )
    refused = client.post(url, {"decision": "approve", "reason": " "})
    assert (refused.status_code, 'id="approve_reason_error"' in text(refused)) == (422, True)


def test_what_a_hold_stops_says_what_can_be_done(asking, english):
    with asking.open("team_lead"):
        account = asking.accounts["3-1-1602"]
        Hold.objects.create(account=account, kind="HANDOVER", from_on=on(61), reason="移交")
    page = text(english(asking, "project_manager").get(f"/approvals/{approval_id(asking)}/"))
    assert ("A hold stands" in page, 'data-key="a"' in page, 'data-key="r"' in page) == (True, False, True)


def test_a_rejection_needs_a_reason(asking, english):
    client, approval = english(asking, "project_manager"), approval_id(asking)
    refused = client.post(f"/approvals/{approval}/", {"decision": "reject", "reason": ""})
    assert refused.status_code == 422
    assert 'id="reject_reason_error"' in text(refused)
    done = client.post(f"/approvals/{approval}/", {"decision": "reject", "reason": "先协商"}, follow=True)
    assert "3-1-1602: rejected." in text(done)
    with asking.open():
        assert Step.objects.latest("pk").event == "REJECTED"
    assert "先协商" in text(client.get(f"/approvals/{approval}/"))
    assert "先协商" in text(english(asking, "collector").get(f"/cases/{case_id(asking)}/"))


def test_others_may_read_a_request_but_not_decide_it(cast, asking, english):
    approval = approval_id(asking)
    for role in ("team_lead", "auditor", "branch_gm"):
        client = english(asking, role)
        page = text(client.get(f"/approvals/{approval}/"))
        assert "You can read it, not decide it." in page
        assert 'name="decision"' not in page
        refused = client.post(f"/approvals/{approval}/", {"decision": "approve", "reason": "属实"})
        assert refused.status_code == 422
        assert "another role" in text(refused)
    assert english(asking, "collector").get(f"/approvals/{approval}/").status_code == 403
    assert english(cast.yunding, "project_manager").get(f"/approvals/{approval}/").status_code == 404
    assert approval_id(asking) == approval


def test_whoever_decides_asks_first_and_who_knows_the_case_answers(asking, english):
    manager, lead, approval = (
        english(asking, "project_manager"),
        english(asking, "team_lead"),
        approval_id(asking),
    )
    url = f"/approvals/{approval}/"
    assert f'action="{url}remark/"' not in text(lead.get(url)), "nothing is asked yet"
    assert lead.post(f"{url}remark/", {"text": "有人在吗"}).status_code == 422

    empty = manager.post(f"{url}remark/", {"text": "  "})
    assert (empty.status_code, 'id="id_text_error"' in text(empty)) == (422, True)
    assert manager.post(f"{url}remark/", {"text": "很" * 501}).status_code == 422
    asked = manager.post(f"{url}remark/", {"text": "<b>上次</b>上门谁在家？"}, follow=True)
    assert "&lt;b&gt;上次&lt;/b&gt;上门谁在家？" in text(asked)
    assert "Asked back" in text(manager.get("/approvals/"))

    assert "1 questions to answer" in text(lead.get("/"))
    assert "questions to answer" not in text(manager.get("/")), "his own question"
    answered = lead.post(f"{url}remark/", {"text": "业主的母亲。"}, follow=True)
    assert "业主的母亲。" in text(answered)
    assert lead.post(f"{url}remark/", {"text": "再说一句"}).status_code == 422, "the question is answered"
    assert "Answered" in text(manager.get("/approvals/"))
    assert manager.post(url, {"decision": "approve", "reason": "属实"}).status_code == 302
    assert manager.post(f"{url}remark/", {"text": "晚了"}).status_code == 422
    assert "业主的母亲。" in text(lead.get(url)), "it stays beside the decision"


def test_who_only_reads_asks_and_answers_nothing(cast, asking, english):
    url = f"/approvals/{approval_id(asking)}/remark/"
    for role in ("auditor", "collector", "cashier", "patrol"):
        assert english(asking, role).post(url, {"text": "？"}).status_code == 403
    assert english(cast.yunding, "project_manager").post(url, {"text": "？"}).status_code == 404
    with asking.open():
        assert not ApprovalRemark.objects.exists()


def test_a_member_of_another_community_sees_no_request_of_this_one(asking, english):
    client, approval = english(asking, "project_manager"), approval_id(asking)
    Membership.objects.filter(user=asking.people["project_manager"]).update(community_ids=[0])
    assert client.get(f"/approvals/{approval}/").status_code == 404
    assert f"/approvals/{approval}/" not in text(client.get("/approvals/"))
