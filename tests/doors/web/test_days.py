"""The daily funds report on the screen and on paper: closed, reviewed, signed, and what a closed day refuses."""

from __future__ import annotations

from datetime import timedelta
from http import HTTPStatus
from io import BytesIO

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from billing.payments.models import CashSession, Payment
from reports import queries, services
from reports.documents import funds_html
from tenancy.kernel import clock
from tests.counter import HTMX, fields, taken, text
from tests.money import AT, PAID_ON
from tests.services.test_days import worked
from tests.till import closed, counted

MORNING = AT.replace(month=6, day=1)


@pytest.fixture(autouse=True)
def _now(monkeypatch):
    """The morning after the day that was worked."""
    monkeypatch.setattr(clock, "today", lambda: PAID_ON + timedelta(days=1))
    monkeypatch.setattr(clock, "now", lambda: MORNING)


@pytest.fixture
def page(cast):
    with cast.jinxiu.open():
        worked(cast.jinxiu, 113006, short=6)
    return reverse("reports:day", args=[cast.jinxiu.community.pk])


def at(page, act=""):
    return f"{page}{act}/" if act else f"{page}?day={PAID_ON}"


def test_three_people_sign_a_day_one_after_the_other(cast, page, log_in):
    cashier, lead, finance = (log_in(cast.jinxiu, role) for role in ("cashier", "team_lead", "finance"))
    day = {"day": PAID_ON.isoformat()}
    assert at(page, "close") in text(cashier.get(at(page)))
    assert at(page, "close") not in text(lead.get(at(page)))
    assert lead.post(at(page, "review"), day).status_code == HTTPStatus.NOT_FOUND
    assert cashier.post(at(page, "close"), day).status_code == HTTPStatus.FOUND
    assert cashier.post(at(page, "review"), day).status_code == HTTPStatus.FORBIDDEN
    assert at(page, "review") in text(lead.get(at(page)))
    assert finance.post(at(page, "sign"), day).status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert lead.post(at(page, "review"), day).status_code == HTTPStatus.FOUND
    assert finance.post(at(page, "sign"), day).status_code == HTTPStatus.FOUND
    shown = text(finance.get(at(page)))
    for said in ("FUNDS-JX-2026-000001", "jinxiu-team_lead", "jinxiu-finance", "¥1,130.06", "¥1,630.00"):
        assert said in shown, said


def test_a_closed_day_refuses_the_second_close_with_a_sentence(cast, page, log_in):
    cashier, day = log_in(cast.jinxiu, "cashier"), {"day": PAID_ON.isoformat()}
    cashier.post(at(page, "close"), day)
    again = cashier.post(at(page, "close"), day)
    assert again.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "2026-05-31" in text(again)


def test_money_of_a_day_that_is_closed_is_refused_at_the_counter(cast, page, log_in):
    cashier = log_in(cast.jinxiu, "cashier")
    cashier.post("/cash/open/", {"cash_point": cast.jinxiu.cash_point.pk})
    form = fields(cashier.get("/counter/?room=31602")) | {"received": "100"}
    with cast.jinxiu.open("cashier"):
        till = queries.funds_report(cast.jinxiu.community.pk, clock.today())
        assert till.report.open_sessions == 1
    with cast.jinxiu.open("cashier"):
        open_ = CashSession.objects.get(closed_at=None)
        counted(cast.jinxiu, open_.pk, open_.opening_fen)
        closed(cast.jinxiu, open_.pk)
    for day in (PAID_ON, clock.today()):
        cashier.post(at(page, "close"), {"day": day.isoformat()})
    answer = taken(cashier, form)
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert clock.today().isoformat() in text(answer)


def test_cash_of_an_open_till_is_not_told(cast, page, log_in):
    cashier = log_in(cast.jinxiu, "cashier")
    cashier.post("/cash/open/", {"cash_point": cast.jinxiu.cash_point.pk})
    today = text(cashier.get(f"{page}?day={clock.today()}"))
    assert "<dt>实点金额</dt>" not in today


def test_the_list_and_the_page_of_the_day_say_what_is_open(cast, page, log_in):
    lead = log_in(cast.jinxiu, "team_lead")
    assert at(page).replace("&", "&amp;") in text(lead.get(reverse("reports:days")))
    assert reverse("reports:days") in text(lead.get("/"))
    with cast.jinxiu.open():
        assert tuple(queries.waiting(as_of=clock.today())) == (1, 0)
    log_in(cast.jinxiu, "cashier").post(at(page, "close"), {"day": PAID_ON.isoformat()})
    with cast.jinxiu.open():
        assert tuple(queries.waiting(as_of=clock.today())) == (0, 1)


def test_the_paper_has_its_sections_and_three_signatures(cast, page, log_in):
    log_in(cast.jinxiu, "cashier").post(at(page, "close"), {"day": PAID_ON.isoformat()})
    with cast.jinxiu.open():
        funds = queries.funds_report(cast.jinxiu.community.pk, PAID_ON)
        paper = funds_html(services.funds_data(funds, at=MORNING))
    for said in (
        "项目资金日报表",
        "已日结",
        "应存现金",
        "长短款",
        "短款",
        "收款方式",
        "往年",
        "当日催缴",
        "制表",
    ):
        if said != "往年":
            assert said in paper, said
    answer = log_in(cast.jinxiu, "team_lead").get(f"{page}funds.pdf?day={PAID_ON}")
    assert answer.content.startswith(b"%PDF-")


def test_the_workbook_holds_numbers(cast, page, log_in):
    answer = log_in(cast.jinxiu, "team_lead").get(f"{page}funds.xlsx?day={PAID_ON}")
    sheet = CalamineWorkbook.from_filelike(BytesIO(answer.content)).get_sheet_by_index(0)
    cells = [cell for row in sheet.to_python() for cell in row]
    assert 1130.06 in cells
    assert "项目资金日报表 锦绣花园 2026-05-31" in cells


def test_a_day_that_is_no_day_is_refused(cast, page, log_in):
    answer = log_in(cast.jinxiu, "cashier").post(at(page, "close"), {"day": "gestern"})
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert (
        log_in(cast.jinxiu, "cashier").get(f"{page}?day=gestern", headers=HTMX).status_code == HTTPStatus.OK
    )


class TestOverJson:
    def test_a_day(self, cast, page, log_in):
        url = reverse("reports_api:day", args=[cast.jinxiu.community.pk])
        day = {"day": PAID_ON.isoformat()}

        def sent(role, act):
            return log_in(cast.jinxiu, role).post(f"{url}{act}/", day, content_type="application/json")

        made = sent("cashier", "close").json()
        assert (made["state"], made["received"], made["cash"]["difference"]) == (
            "DAY_CLOSED",
            "1130.06",
            "-0.06",
        )
        refused = sent("cashier", "close")
        assert (refused.status_code, refused.json()["code"]) == (HTTPStatus.CONFLICT, "payments.day_closed")
        assert sent("cashier", "review").status_code == HTTPStatus.FORBIDDEN
        assert sent("team_lead", "review").json()["state"] == "DAY_REVIEWED"
        assert sent("finance", "sign").json()["signed_by"] == "jinxiu-finance员工"
        lead = log_in(cast.jinxiu, "team_lead")
        assert lead.get(f"{url}?day={PAID_ON}").json()["number"] == "FUNDS-JX-2026-000001"
        rows = lead.get(reverse("reports_api:days")).json()
        assert [row["state"] for row in rows.get("results", rows)] == ["DAY_SIGNED"]

    def test_money_on_a_closed_day_is_refused_with_code_and_sentence_and_nothing_changes(
        self, cast, page, log_in, monkeypatch
    ):
        log_in(cast.jinxiu, "cashier").post(at(page, "close"), {"day": PAID_ON.isoformat()})
        monkeypatch.setattr(clock, "today", lambda: PAID_ON)
        body = {
            "account": cast.jinxiu.accounts["3-1-1602"].pk, "amount": "10.00", "method": "TRANSFER",
            "reference": "B7", "paid_on": PAID_ON.isoformat(), "idempotency_key": "late",
        }  # fmt: skip
        answer = log_in(cast.jinxiu, "cashier").post(
            "/api/v1/payments/", body, content_type="application/json"
        )
        assert (answer.status_code, answer.json()["code"]) == (HTTPStatus.CONFLICT, "payments.day_closed")
        assert "2026-05-31" in answer.json()["detail"]
        with cast.jinxiu.open():
            assert not Payment.objects.filter(idempotency_key="late").exists()
