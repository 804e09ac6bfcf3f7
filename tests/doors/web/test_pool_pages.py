"""Shared costs and the taking back of a run, as staff see them."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from django.urls import reverse

from billing.charges.models import Bill, PoolShare, Run, SharedCostPool
from billing.charges.services import issue_bills
from owners.gateways.sheets import open_sheets
from tenancy.people.models import Approval
from tenancy.people.services import approvals
from tests.meters import pass_through_item
from values.period import Period

NOW = datetime.fromisoformat("2026-02-02T02:00:00+00:00")


@pytest.fixture
def lift(cast):
    """锦绣花园 with a fee that is passed through."""
    with cast.jinxiu.open():
        cast.jinxiu.lift = pass_through_item()
    return cast.jinxiu


def text(response):
    return response.content.decode()


def form(company, **more):
    return {
        "community": company.community.pk, "building": "", "fee_item": company.lift, "name": "电梯用电",
        "from_on": "2026-01-01", "last_on": "2026-01-31", "usage": "1000", "measure": "kWh", "price": "0.6",
        "amount": "", "document": "电费单1月", "method": "AREA", "kinds": ["ROOM"], "excluded": "3-2-201", "floors": "",
    } | more  # fmt: skip


def entered(client, company, **more):
    answer = client.post(reverse("charges:new_pool"), form(company, **more))
    assert answer.status_code == 302, text(answer)
    with company.open():
        return SharedCostPool.objects.latest("pk").pk


def agreed(company, log_in, pool_id):
    log_in(company, "finance").post(reverse("charges:ask_pool", args=[pool_id]))
    with company.open("project_manager"):
        waiting = Approval.objects.get(kind="cost_pool", decision="PENDING").pk
    shown = log_in(company, "project_manager").get(reverse("cases:approval", args=[waiting]))
    assert "电费单1月" in text(shown)
    log_in(company, "project_manager").post(
        reverse("cases:approval", args=[waiting]), {"decision": "approve", "reason": ""}
    )


def test_a_cost_is_entered_previewed_agreed_to_and_published(lift, log_in):
    client = log_in(lift, "finance")
    pool_id = entered(client, lift)
    shown = text(client.get(reverse("charges:pool", args=[pool_id])))
    assert "¥255.50" in shown  # 600.00 x 89.37 / 209.87
    assert client.get(reverse("charges:pool_paper", args=[pool_id])).status_code == 409


def test_the_published_table_has_rooms_and_no_names(lift, log_in):
    client = log_in(lift, "finance")
    pool_id = entered(client, lift)
    agreed(lift, log_in, pool_id)
    client = log_in(lift, "auditor")
    page = text(client.get(reverse("charges:pool", args=[pool_id])))
    assert "3-1-1602" in page
    assert "张三" not in page
    paper = client.get(reverse("charges:pool_paper", args=[pool_id]))
    assert paper.content.startswith(b"%PDF")
    (sheet,) = open_sheets(client.get(reverse("charges:pool_workbook", args=[pool_id])).content)
    rows = [cells for _row, cells in sheet.rows()]
    assert [row[0] for row in rows] == ["房号", "3-1-1602", "3-1-1702", "合计"]
    assert rows[-1][2] == 600


def test_what_cannot_be_shared_is_said_at_its_field(lift, log_in):
    client = log_in(lift, "finance")
    for wrong in (
        {"usage": "", "price": "", "amount": ""}, {"price": ""}, {"amount": "1.00"}, {"excluded": "9-9-9"},
        {"method": "COEFFICIENT"}, {"method": "COEFFICIENT", "floors": "hoch"}, {"last_on": "2025-12-31"},
        {"kinds": ["SHOP"]}, {"document": " "}, {"fee_item": lift.items["parking"].pk},
        {"method": "COEFFICIENT", "floors": "1-9 1\n5+ 2"},
    ):  # fmt: skip
        assert client.post(reverse("charges:new_pool"), form(lift, **wrong)).status_code == 422, wrong
    with lift.open():
        assert not SharedCostPool.objects.exists()


def test_floors_share_by_their_coefficient(lift, log_in):
    pool_id = entered(
        log_in(lift, "finance"), lift, method="COEFFICIENT", floors="1-2 0\n3-16 1\n17+ 1.5", excluded=""
    )
    agreed(lift, log_in, pool_id)
    with lift.open():
        shares = dict(PoolShare.objects.values_list("unit__code", "amount_fen"))
    assert shares == {"3-1-1602": 24_000, "3-1-1702": 36_000}


def test_a_second_pool_of_the_fee_on_the_same_days_is_refused(lift, log_in):
    client = log_in(lift, "finance")
    agreed(lift, log_in, entered(client, lift))
    second = entered(client, lift, last_on="2026-02-28")
    assert log_in(lift, "finance").post(reverse("charges:ask_pool", args=[second])).status_code == 422


def test_a_pool_is_taken_back_as_long_as_nothing_is_billed(lift, log_in):
    client = log_in(lift, "finance")
    pool_id = entered(client, lift)
    agreed(lift, log_in, pool_id)
    url = reverse("charges:withdraw_pool", args=[pool_id])
    client = log_in(lift, "finance")
    assert client.post(url, {"reason": ""}).status_code == 422
    with lift.open():
        issue_bills(community_id=lift.community.pk, period=Period.month(2026, 2), issued_on=date(2026, 2, 5))
    assert client.post(url, {"reason": "重复"}).status_code == 422
    other = entered(client, lift, from_on="2026-02-01", last_on="2026-02-28")
    assert client.post(reverse("charges:withdraw_pool", args=[other]), {"reason": "重复"}).status_code == 302
    assert "重复" in text(client.get(reverse("charges:pool", args=[other])))


def test_the_page_of_a_run_takes_all_of_it_back_when_somebody_else_agreed(cast, log_in):
    company = cast.jinxiu
    with company.open("finance"):
        run_id = issue_bills(
            community_id=company.community.pk, period=Period.month(2026, 1), issued_on=date(2026, 1, 5)
        ).run_id
    client = log_in(company, "finance")
    assert client.get(reverse("charges:run_show", args=[run_id])).status_code == 200
    assert client.post(reverse("charges:cancel_run", args=[run_id])).status_code == 422
    assert client.post(reverse("charges:ask_cancel", args=[run_id]), {"reason": ""}).status_code == 422
    client.post(reverse("charges:ask_cancel", args=[run_id]), {"reason": "单价录错"})
    assert "单价录错" in text(client.get(reverse("charges:run_show", args=[run_id])))
    with company.open("project_manager"):
        approvals.decide(
            approval_id=Approval.objects.get(kind="run_cancel").pk, by=company.staff("project_manager"),
            approve=True, reason="", decided_at=NOW,
        )  # fmt: skip
    assert client.post(reverse("charges:cancel_run", args=[run_id])).status_code == 302
    with company.open():
        assert not Bill.objects.filter(voided_on=None).exists()
        assert Run.objects.count() == 1
