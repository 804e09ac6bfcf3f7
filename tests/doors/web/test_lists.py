"""Every staff list: as many reads for sixty rows as for one, chips, totals, workbooks, kept filters, ticks."""

from __future__ import annotations

import io
from datetime import date
from http import HTTPStatus

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from python_calamine import CalamineWorkbook

from notices import services, tasks
from notices.models import Delivery, Notice
from tenancy.kernel import clock
from tenancy.kernel.permissions import Permission, Role
from tenancy.people import tasks as people_tasks
from tenancy.people.lists import ListPage
from tenancy.people.models import AuditEntry, Job, Membership, SavedFilter, StoredFile
from tests.cast import Cast, Company
from tests.crowd import crowd
from tests.crowd_bank import FEN, LONG_NAME
from tests.house.doors import doors
from tests.money import owe

TODAY = date(2026, 3, 12)
LISTS = {
    door.name: door for door in doors() if isinstance(door.view, type) and issubclass(door.view, ListPage)
}
TABS = {"legal:papers": ("filed=true",), "cases:approvals": ("decided=true",), "cases:cases": ("closed=on",)}
# Same words in the address of a page and of its door for programs.
API = (
    "owners:units", "charges:bills", "payments:payments", "cases:cases", "cases:visits", "cases:worklist",
    "cases:approvals", "notices:notices", "people:audit", "charges:tariffs",
)  # fmt: skip
ONLY_A_PAGE = {("cases:worklist", "show")}  # what the desk reported is a page for the team lead


@pytest.fixture(autouse=True)
def _day(monkeypatch, settings, tmp_path) -> None:
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    settings.MEDIA_ROOT = str(tmp_path)


@pytest.fixture
def everything(cast: Cast, log_in) -> Client:
    """Somebody who plays every part."""
    Membership.objects.filter(user=cast.jinxiu.people["company_admin"]).update(roles=sorted(Role))
    return log_in(cast.jinxiu, "company_admin")


def filled(company: Company, count: int, *, wing: str = "9") -> None:
    with company.open("company_admin"):
        crowd(company, count, as_of=TODAY, wing=wing)


def shown(client: Client, path: str) -> str:
    answer = client.get(path, HTTP_ACCEPT_LANGUAGE="en")
    assert answer.status_code == HTTPStatus.OK, path
    return answer.content.decode()


def table(answer) -> list[list[object]]:
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()


def test_there_is_a_list_for_every_kind_of_work():
    assert {
        "owners:units", "charges:bills", "payments:payments", "cases:cases", "cases:worklist", "cases:visits",
        "notices:notices", "notices:deliveries", "cases:approvals", "legal:papers", "people:audit",
        "people:members", "charges:tariffs",
    } <= set(LISTS)  # fmt: skip


@pytest.mark.parametrize("name", sorted(LISTS))
def test_sixty_rows_are_read_with_as_many_statements_as_one(name, cast, everything):
    url = reverse(name)
    addresses = [url, *(f"{url}?{query}" for query in TABS.get(name, ()))]
    filled(cast.jinxiu, 1)
    few = [_statements(everything, address) for address in addresses]
    filled(cast.jinxiu, 60, wing="8")
    many = [_statements(everything, address) for address in addresses]
    assert many == few


def _statements(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as seen:
        assert client.get(address).status_code == HTTPStatus.OK
    return len(seen)


@pytest.mark.parametrize("name", sorted(LISTS))
def test_a_list_says_how_many_and_offers_its_workbook(name, cast, everything):
    filled(cast.jinxiu, 3)
    with cast.jinxiu.open():
        owe(cast.jinxiu, FEN, date(2023, 6, 30))  # what expires soon
    query = "filed=true" if name == "legal:papers" else ""
    page = shown(everything, f"{reverse(name)}?{query}")
    assert 'id="list-count"' in page
    assert f'name="list" value="{name}"' in page
    answer = everything.post(reverse("people:list_export"), {"list": name, "query": query})
    assert answer.status_code == HTTPStatus.OK
    rows = table(answer)
    assert len(rows) > 1, "a heading and rows"
    with cast.jinxiu.open():
        entry = AuditEntry.objects.filter(action="list.exported").get()
    assert entry.detail["rows"] >= 1


@pytest.mark.parametrize("name", sorted(LISTS))
def test_the_workbook_of_a_list_is_for_those_who_may_see_the_list(name, cast, log_in):
    for role in Role:
        client = log_in(cast.jinxiu, role)
        staff = cast.jinxiu.staff(role)
        may = staff.can(Permission.LIST_EXPORT) and staff.can(LISTS[name].permission)
        status = client.post(reverse("people:list_export"), {"list": name}).status_code
        assert status == (HTTPStatus.OK if may else HTTPStatus.FORBIDDEN), role


@pytest.mark.parametrize("name", ["", "people:login", "nothing:here", "charges:bill"])
def test_what_is_no_list_has_no_workbook(name, everything):
    assert everything.post(reverse("people:list_export"), {"list": name}).status_code == HTTPStatus.NOT_FOUND


def test_the_other_companys_rows_are_in_no_workbook(cast, log_in):
    filled(cast.jinxiu, 3)
    answer = log_in(cast.yunding, "finance").post(reverse("people:list_export"), {"list": "owners:units"})
    assert not any("9-1-0001" in map(str, row) for row in table(answer))


def test_names_that_the_page_masks_are_masked_in_the_workbook(cast, everything):
    filled(cast.jinxiu, 8)
    rows = table(everything.post(reverse("people:list_export"), {"list": "notices:notices"}))
    said = {str(cell) for row in rows for cell in row}
    assert LONG_NAME not in said
    assert "业主0001" not in said


def test_the_total_is_of_all_that_match_not_of_the_page(cast, everything):
    filled(cast.jinxiu, 60)
    page = shown(everything, "/bills/?state=OVERDUE")
    assert "¥12,601.20" in page, "sixty times 210.02"
    assert "¥12,001.20" in page, "unpaid: ten yuan of each was settled"
    assert page.count("<tr>") < 60
    rows = table(
        everything.post(reverse("people:list_export"), {"list": "charges:bills", "query": "state=OVERDUE"})
    )
    assert len(rows) == 62
    assert rows[-1][5] == 60 * FEN / 100


def test_a_long_list_is_a_job_whose_file_only_its_maker_opens(committed, log_in, monkeypatch):
    company = committed.jinxiu
    filled(company, 5)
    monkeypatch.setattr("tenancy.people.web.lists.AT_ONCE", 3)
    sent: list[dict[str, object]] = []
    monkeypatch.setattr(people_tasks.export_list, "delay", lambda **message: sent.append(message))
    finance = log_in(company, "finance")
    asked = {"list": "charges:bills", "query": "state=OVERDUE"}
    assert finance.post(reverse("people:list_export"), asked).url.startswith("/jobs/")
    people_tasks.export_list(**sent[0])
    with company.open():
        job, file = Job.objects.get(kind="list_export"), StoredFile.objects.get(purpose="list_export")
    assert (job.state, job.result["rows"], job.result["file_id"]) == ("DONE", 5, file.pk)
    assert len(table(finance.get(f"/files/{file.pk}/"))) == 7, "a heading, five rows, the total"
    assert log_in(company, "auditor").get(f"/files/{file.pk}/").status_code == HTTPStatus.NOT_FOUND


def test_filters_that_are_set_are_chips_that_come_off(cast, everything):
    page = shown(everything, f"/bills/?community={cast.jinxiu.community.pk}&q=3-1&page=1")
    assert f'href="?community={cast.jinxiu.community.pk}"' in page, "without the words"
    assert 'href="?q=3-1"' in page, "without the community"
    assert "锦绣花园" in page


def test_an_empty_list_and_one_that_the_filters_empty_say_different_things(everything):
    everything.cookies["django_language"] = "en"
    assert "The month run issues them" in shown(everything, "/bills/")
    page = shown(everything, "/bills/?month=2001-01")
    assert "Nothing fits these filters." in page
    assert 'href="/bills/">Clear the filters' in page


def test_filters_are_kept_under_a_name_and_let_go(cast, everything, log_in):
    save = {"list": "charges:bills", "query": "state=OVERDUE&page=3", "name": "逾期"}
    assert everything.post(reverse("people:filter_save"), save).url == "/bills/?state=OVERDUE"
    assert "★ 逾期" in shown(everything, "/bills/")
    assert "★ 逾期" not in shown(log_in(cast.jinxiu, "finance"), "/bills/"), "everybody has his own"
    with cast.jinxiu.open():
        kept = SavedFilter.objects.get()
    url = reverse("people:filter_forget", args=[kept.pk])
    assert log_in(cast.jinxiu, "finance").post(url).status_code == HTTPStatus.NOT_FOUND
    assert everything.post(url, {"back": "/bills/?state=PAID"}).url == "/bills/?state=PAID"
    assert everything.post(url, {"back": "//elsewhere"}).status_code == HTTPStatus.NOT_FOUND
    assert "★" not in shown(everything, "/bills/")


@pytest.mark.parametrize(
    ("query", "name"),
    [("state=PAID", ""), ("state=PAID", "x" * 31), ("", "all"), ("q=" + "x" * 1001, "long")],
)
def test_what_cannot_be_kept_is_said_beside_the_name(everything, query, name):
    save = {"list": "charges:bills", "query": query, "name": name}
    answer = everything.post(reverse("people:filter_save"), save)
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert 'id="save-refused"' in answer.content.decode()


def test_the_twenty_first_filter_is_refused_but_an_old_name_is_written_over(cast, everything):
    for number in range(20):
        save = {"list": "charges:bills", "query": f"q={number}", "name": str(number)}
        assert everything.post(reverse("people:filter_save"), save).status_code == HTTPStatus.FOUND
    assert everything.post(reverse("people:filter_save"), {**save, "name": "21"}).status_code == 422
    assert everything.post(reverse("people:filter_save"), {**save, "query": "q=new"}).status_code == 302
    with cast.jinxiu.open():
        assert SavedFilter.objects.count() == 20


def test_ticked_papers_are_printed_in_one_file(
    cast, everything, monkeypatch, django_capture_on_commit_callbacks
):
    everything.cookies["django_language"] = "en"
    filled(cast.jinxiu, 3)
    with cast.jinxiu.open():
        ids = list(Notice.objects.order_by("pk").values_list("pk", flat=True))
        Notice.objects.filter(pk=ids[2]).update(state="WITHDRAWN")
    sent: list[dict[str, object]] = []
    monkeypatch.setattr(tasks.print_chosen, "delay", lambda **message: sent.append(message))
    with django_capture_on_commit_callbacks(execute=True):
        answer = everything.post(reverse("notices:print_chosen"), {"pick": ids})
    assert answer.url.startswith("/jobs/")
    assert sent[0]["notice_ids"] == ids[:2]
    assert "1 of the ticked is left out" in shown(everything, answer.url)
    with cast.jinxiu.open():
        file = services.print_chosen(notice_ids=ids, at=clock.now())
        assert file.content_type == "application/pdf"
        assert Notice.objects.filter(file__isnull=False).count() == 2


def test_all_that_match_are_printed_with_one_tick(
    cast, everything, monkeypatch, django_capture_on_commit_callbacks
):
    filled(cast.jinxiu, 60)
    sent: list[dict[str, object]] = []
    monkeypatch.setattr(tasks.print_chosen, "delay", lambda **message: sent.append(message))
    with django_capture_on_commit_callbacks(execute=True):
        everything.post(reverse("notices:print_chosen"), {"pick": [1], "all": "1", "query": "kind=DEMAND"})
    assert len(sent[0]["notice_ids"]) == 60


def test_nothing_that_can_be_printed_is_said_on_the_list(cast, everything):
    everything.cookies["django_language"] = "en"
    answer = everything.post(reverse("notices:print_chosen"), {"query": "kind=REMINDER"})
    assert answer.url == "/notices/?kind=REMINDER"
    assert "None of these is a paper" in shown(everything, answer.url)


def test_the_delivery_of_ticked_papers_is_shown_in_numbers_and_then_recorded(cast, everything):
    filled(cast.jinxiu, 3)
    url = reverse("notices:deliver_chosen")
    with cast.jinxiu.open():
        ids = list(Notice.objects.order_by("pk").values_list("pk", flat=True))
    first = everything.post(url, {"pick": ids})
    assert first.status_code == HTTPStatus.OK
    assert first.context["count"] == 3
    entry = {
        "pick": ids, "count": "3", "method": "EMS", "result": "ACCEPTED", "on": TODAY.isoformat(),
    }  # fmt: skip
    assert everything.post(url, {**entry, "on": ""}).status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert everything.post(url, {**entry, "count": "2"}).status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    done = everything.post(url, {**entry, "method": "HAND", "result": "REFUSED", "handed_over_by": "王"})
    assert done.status_code == HTTPStatus.FOUND, done.context and done.context["form"].errors
    with cast.jinxiu.open():
        assert Delivery.objects.count() == 3


def test_ticks_of_the_other_companys_notices_do_nothing(cast, log_in):
    filled(cast.jinxiu, 1)
    with cast.jinxiu.open():
        notice = Notice.objects.get()
    other = log_in(cast.yunding, "project_manager")
    for name in ("notices:print_chosen", "notices:deliver_chosen"):
        assert other.post(reverse(name), {"pick": [notice.pk]}).url == "/notices/"
        assert other.post(reverse(name), {"pick": ["x"]}).status_code == HTTPStatus.NOT_FOUND
    with cast.jinxiu.open():
        assert Delivery.objects.count() == 0


@pytest.mark.parametrize("name", API)
def test_a_program_asks_with_the_words_of_the_page(name, cast, everything):
    schema = everything.get("/api/schema/?format=json").json()
    path = _api_path(name)
    offered = {one["name"] for one in schema["paths"][path]["get"].get("parameters", ())}
    form = everything.get(reverse(name)).context["form"]
    wanted = {field for field in form.fields if (name, field) not in ONLY_A_PAGE}
    assert wanted <= offered


def _api_path(name: str) -> str:
    route = reverse(name).removeprefix("/").removeprefix("settings/")
    (found,) = (door for door in doors() if door.route == f"api/v1/{route}")
    return f"/{found.route}"
