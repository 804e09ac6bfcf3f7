"""A ticket opens one paper for a few minutes, for a viewer that cannot carry the key; and nothing else."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from billing.payments import services as paying
from tenancy.kernel import clock
from tenancy.people.models import PortalToken
from tests.cast import Cast
from tests.doors.portal.conftest import ROOT, Phone

ZHANG, LI = "13800138000", "13900139000"


@pytest.fixture
def zhang(cast: Cast, phone) -> Phone:
    return phone(ZHANG).log_in()


@pytest.fixture
def paper(cast: Cast) -> str:
    """The path of a receipt of 张三."""
    company = cast.jinxiu
    with company.open("cashier"):
        taken = paying.take_payment(
            account_id=company.accounts["3-1-1602"].pk, amount_fen=21002, method="CASH", paid_on=clock.today(),
            posted_on=clock.today(), at=clock.now(), cash_point_id=company.cash_point.pk, idempotency_key="k1",
        )  # fmt: skip
    return f"{ROOT}/payments/{taken.payment_id}/receipt.pdf"


def _open(url: str) -> Any:
    """What a browser's PDF viewer does: it asks by address alone."""
    return Client().get(url, headers={"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"})


def test_a_ticket_opens_the_paper_without_the_key(zhang, paper):
    ticket = zhang.post("tickets/", path=paper)
    assert ticket.status_code == 201
    assert _open(paper).status_code == 401
    answer = _open(ticket.json()["url"])
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")


def test_a_ticket_for_another_paper_does_not_open_this_one(zhang, paper):
    other = zhang.post("tickets/", path=f"{ROOT}/notices/1/notice.pdf").json()["url"].partition("?")[2]
    assert _open(f"{paper}?{other}").status_code == 401


def test_a_ticket_opens_only_what_its_owner_may_see(cast: Cast, phone, paper):
    """It stands for the key, no more: another owner's paper is not found with it."""
    li = phone(LI).log_in()
    assert _open(li.post("tickets/", path=paper).json()["url"]).status_code == 404


def test_a_ticket_grows_old_in_five_minutes(zhang, paper, monkeypatch):
    url = zhang.post("tickets/", path=paper).json()["url"]
    now = clock.now()
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(minutes=5))
    assert _open(url).status_code == 401


def test_a_ticket_dies_with_the_key(zhang, paper):
    url = zhang.post("tickets/", path=paper).json()["url"]
    PortalToken.objects.all().delete()
    assert _open(url).status_code == 401


def test_an_altered_ticket_opens_nothing(zhang, paper):
    url = zhang.post("tickets/", path=paper).json()["url"]
    assert _open(f"{url[:-2]}xx").status_code == 401
    assert _open(f"{paper}?ticket=x").status_code == 401


@pytest.mark.parametrize(
    "path", ["", "/api/portal/v1/me/", "https://elsewhere.example/x.pdf", "/api/v1/files/1.pdf"]
)
def test_there_are_tickets_for_papers_only(zhang, path: str):
    assert zhang.post("tickets/", path=path).status_code == 422


def test_a_ticket_is_for_who_is_logged_in(cast: Cast, phone, paper):
    assert phone(ZHANG).post("tickets/", path=paper).status_code == 401


def test_a_ticket_opens_no_door_but_the_papers(zhang, paper):
    ticket = zhang.post("tickets/", path=paper).json()["url"].partition("?")[2]
    assert _open(f"{ROOT}/me/?{ticket}").status_code == 401
