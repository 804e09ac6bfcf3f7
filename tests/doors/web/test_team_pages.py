"""The team lead's screens: the board, the fair split, leave, sign-off, the record sheet, the weekly review."""

from __future__ import annotations

import re
from io import BytesIO
from zipfile import ZipFile

import pytest
from python_calamine import CalamineWorkbook

from arrears.cases.models import Case, CaseReview
from arrears.cases.services import log_call, review_cases
from arrears.team import services
from arrears.team.models import Leave, Resolution, SheetMark, Steward, WeekPack
from owners.models import Building
from tenancy.people.models import AuditEntry, Membership, User
from tests.ladder import at, on
from tests.money import pay


@pytest.fixture
def another(late):
    user = User.objects.create_user("jinxiu-second", None, name="周敏")
    Membership.objects.create(tenant=late.tenant, user=user, roles=["collector"])
    return user


@pytest.fixture
def called(late):
    with late.open("collector"):
        case = Case.objects.get(account=late.accounts["3-1-1602"])
        review_cases(case_ids=[case.pk], at=at(on(2), 9))
        log_call(
            case_id=case.pk, outcome="CONNECTED_PROMISED", at=at(on(2)), promised_on=on(9), feedback="下周缴"
        )
    return late


def text(response):
    return response.content.decode()


def key_of(company):
    return f"RECORD-{company.community.pk}-{company.people['collector'].pk}-{on(2)}"


# -- distribution


def test_the_board_shows_everybody_with_his_heaviest_cases(late, another, english):
    page = text(english(late, "team_lead").get("/distribution/"))
    assert "周敏" in page
    assert "3-1-1602" in page
    assert "data-piles" in page
    assert 'draggable="true"' in page


def test_a_case_moves_by_its_select(late, another, english):
    with late.open():
        case = Case.objects.earliest("pk")
    client = english(late, "team_lead")
    done = client.post("/distribution/move/", {"case": case.pk, "collector": another.pk}, follow=True)
    assert "The case changed hands." in text(done)
    with late.open():
        assert Case.objects.get(pk=case.pk).collector_id == another.pk
    wrong = client.post("/distribution/move/", {"case": case.pk, "collector": late.people["cashier"].pk})
    assert wrong.status_code == 422


def test_the_fair_split_is_shown_and_then_done(late, another, english):
    client = english(late, "team_lead")
    asked = client.get("/distribution/fairly/")
    moves = len(asked.context["plan"].moves)
    assert moves
    stale = client.post("/distribution/fairly/", {"count": moves + 1})
    assert stale.status_code == 422
    assert "Look again" in text(stale)
    done = client.post("/distribution/fairly/", {"count": moves}, follow=True)
    assert "changed hands." in text(done)
    assert "as even as it can be" in text(client.get("/distribution/fairly/"))


def test_workload_names_what_each_must_do(late, another, english):
    page = text(english(late, "team_lead").get("/workload/"))
    assert "周敏" in page
    assert f"collector={another.pk}" in page


def test_a_steward_is_chosen_per_building(late, another, english):
    with late.open():
        building = Building.objects.get()
    client = english(late, "team_lead")
    done = client.post(f"/stewards/{building.pk}/", {"user": another.pk}, follow=True)
    assert "周敏" in text(done)
    with late.open():
        assert Steward.objects.get().user_id == another.pk
    client.post(f"/stewards/{building.pk}/", {"user": ""})
    with late.open():
        assert not Steward.objects.filter(until_on=None).exists()


def test_a_leave_is_entered_and_cancelled(late, another, english):
    client = english(late, "team_lead")
    wrong = client.post("/leaves/", {"user": another.pk, "from_on": on(3).isoformat()})
    assert wrong.status_code == 422
    assert "Say the last day" in text(wrong)
    sent = {"user": another.pk, "from_on": on(3).isoformat(), "to_on": on(5).isoformat(), "reason": "年假"}
    assert "年假" in text(client.post("/leaves/", sent, follow=True))
    with late.open():
        leave = Leave.objects.get()
    assert "Cancelled" in text(client.post(f"/leaves/{leave.pk}/cancel/", follow=True))


# -- sign-off


def test_the_queue_leads_from_sheet_to_sheet_by_keys(called, english):
    client = english(called, "team_lead")
    page = text(client.get("/sign-off/", follow=True))
    assert 'data-key="a"' in page
    assert 'data-key="r"' in page
    assert "下周缴" in page
    assert "⚄" in page, "the sample"
    digest = page.split('name="digest" value="')[1].split('"')[0]
    done = client.post(f"/sheets/{key_of(called)}/sign/", {"digest": digest}, follow=True)
    assert "Nothing waits for your signature" in text(done)
    with called.open():
        assert SheetMark.objects.get().event == "SIGNED"
    assert "What was signed is what stands here." in text(client.get(f"/sheets/{key_of(called)}/"))


def test_a_returned_sheet_is_corrected_by_the_collector(called, english):
    lead, collector = english(called, "team_lead"), english(called, "collector")
    url = f"/sheets/{key_of(called)}/"
    assert lead.post(f"{url}return/", {"comment": ""}).status_code == 422
    lead.post(f"{url}return/", {"comment": "金额不对"})
    page = text(collector.get(url))
    assert "金额不对" in page
    assert "Put an entry right" in page
    assert 'data-key="a"' not in page
    done = collector.post(f"{url}correct/", {"entry": "", "text": "已核对"}, follow=True)
    assert "已核对" in text(done)
    assert "Corrected" in text(lead.get("/sheets/"))


def test_a_collector_sees_only_his_own_sheets(called, another, log_in, client):
    client.force_login(another, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(f"/sheets/{key_of(called)}/").status_code == 404
    assert key_of(called) not in text(client.get("/sheets/"))
    assert key_of(called) in text(log_in(called, "collector").get("/sheets/"))
    assert log_in(called, "collector").get("/sign-off/").status_code == 403


@pytest.mark.parametrize("key", ["x", "RECORD-1-1-2026-13-40", "NOTHING-1-1-2026-01-01", "RECORD-1-1"])
def test_what_is_no_sheet_is_not_there(late, log_in, key):
    assert log_in(late, "team_lead").get(f"/sheets/{key}/").status_code == 404


def test_what_stayed_unsigned_stands_on_the_day_and_on_the_dashboard(called, english, now):
    with called.open():
        services.tell_unsigned(day=on(2))
    now(3)
    assert _tile(text(english(called, "team_lead").get("/")), "Sheets to sign") == "1"
    board = english(called, "project_manager").get("/reports/dashboard/")
    assert board.context["board"].needs.unsigned == 1


@pytest.mark.parametrize("later", [3, 40])
def test_a_returned_sheet_stands_on_the_collectors_day_until_it_is_corrected(called, english, now, later):
    lead, collector = english(called, "team_lead"), english(called, "collector")
    url = f"/sheets/{key_of(called)}/"
    lead.post(f"{url}return/", {"comment": "金额不对"})
    with called.open():
        services.tell_unsigned(day=on(2))
    now(later)
    assert _tile(text(collector.get("/")), "Sheets returned to you") == "1"
    assert url in text(collector.get("/sheets/?state=RETURNED"))
    assert _tile(text(lead.get("/")), "Sheets to sign") == "0", "it waits for its person"
    collector.post(f"{url}correct/", {"entry": "", "text": "已核对"})
    assert _tile(text(collector.get("/")), "Sheets returned to you") == "0"
    assert _tile(text(lead.get("/")), "Sheets to sign") == "1"
    assert lead.get("/sign-off/").url == url, "the tile counts what the queue shows, however old"


def test_the_days_that_a_list_looks_at_stand_in_its_fields(called, english, now):
    now(9)
    page = text(english(called, "team_lead").get("/sheets/"))
    assert f'value="{on(2)}"' in page
    assert f'value="{on(9)}"' in page


def _tile(page: str, title: str) -> str:
    """The figure of a tile of the first page."""
    return re.search(rf'{title}.*?<span class="count number">(\d+)', page, re.DOTALL)[1]


# -- the record sheet


def test_the_record_sheet_is_shown_with_its_columns(called, english):
    page = text(english(called, "team_lead").get(f"/record/?from_on={on(0)}&to_on={on(5)}"))
    for word in ("3-1-1602", "张三", "下周缴", "Promised a day", "4 cases"):
        assert word in page
    assert "13800138000" not in page


def test_who_paid_stands_out_and_is_in_the_workbook_too(called, english, now):
    with called.open():
        pay(called, 21_100, paid_on=on(3), posted_on=on(3))
    now(3)
    client = english(called, "team_lead")
    assert 'class="marked"' in text(client.get("/record/"))
    answer = client.post("/lists/export/", {"list": "team:record", "query": f"from_on={on(0)}&to_on={on(5)}"})
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    rows = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()
    assert "物业费催缴记录表" in rows[0][0]
    assert rows[4][0] == f"期间：{on(0)} 至 {on(5)}"
    assert rows[6][:3] == ["Room", "Community", "Owner"]
    assert [row[0] for row in rows[7:]] == ["3-1-1602", "3-1-1702", "3-2-201", "B1-001"]
    assert b"FFFFF2B3" in ZipFile(BytesIO(content)).read("xl/styles.xml"), "the coloured pen"
    with called.open():
        assert AuditEntry.objects.filter(action="list.exported").count() == 1


def test_it_is_printed_across_with_its_head_and_the_print_is_logged(called, log_in):
    assert log_in(called, "collector").post("/record/print/").status_code == 403
    answer = log_in(called, "team_lead").post(f"/record/print/?from_on={on(0)}&to_on={on(5)}")
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")
    with called.open():
        assert AuditEntry.objects.get(action="record.printed").detail["rows"] == 4


# -- the weekly review


@pytest.fixture
def reviewed(called, now):
    with called.open():
        services.make_packs(meeting_on=on(6), at=at(on(6), 15))
    now(6)
    return called


def test_the_review_shows_figures_and_takes_minutes(reviewed, english):
    with reviewed.open():
        pack = WeekPack.objects.get(community=reviewed.community)
    client = english(reviewed, "team_lead")
    assert "锦绣花园" in text(client.get("/reviews/"))
    page = text(client.get(f"/reviews/{pack.pk}/"))
    for word in ("Broken promises", "First call later than three days", "Agenda", "3-1-1702"):
        assert word in page
    wrong = client.post(
        f"/reviews/{pack.pk}/decisions/", {"what": "补打电话", "who": reviewed.people["collector"].pk}
    )
    assert wrong.status_code == 422
    sent = {"what": "补打电话", "who": reviewed.people["collector"].pk, "until_on": on(13).isoformat()}
    assert "补打电话" in text(client.post(f"/reviews/{pack.pk}/decisions/", sent, follow=True))
    with reviewed.open():
        decision = Resolution.objects.get()
    ended = client.post(f"/reviews/{pack.pk}/decisions/{decision.pk}/end/", {"note": "已完成"}, follow=True)
    assert "已完成" in text(ended)
    assert client.get(f"/reviews/{pack.pk}/print/").content.startswith(b"%PDF")


def test_who_writes_no_minutes_reads_them(reviewed, english):
    with reviewed.open():
        pack = WeekPack.objects.get(community=reviewed.community)
    page = text(english(reviewed, "collector").get(f"/reviews/{pack.pk}/"))
    assert "Write into the minutes" not in page


# -- before the first call


def test_the_desk_reminds_until_the_case_was_looked_at(late, english):
    with late.open():
        case = Case.objects.get(account=late.accounts["3-1-1602"])
    client = english(late, "collector")
    before = text(client.get(f"/calls/{case.pk}/"))
    assert "Before the first call" in before
    assert 'name="outcome"' not in before, "no result before somebody has looked"
    done = client.post("/cases/review/?collector=mine", {"pick": case.pk, "desk": case.pk})
    assert done.headers["Location"] == f"/calls/{case.pk}/?collector=mine", "the list's filter goes along"
    after = text(client.get(f"/calls/{case.pk}/"))
    assert "Before the first call" not in after
    assert 'name="outcome"' in after
    with late.open():
        assert CaseReview.objects.get().by_id == late.people["collector"].pk
