"""The month run, the bills, the tariffs and the statement, as staff see them."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from billing.charges.models import Bill, Charge, TariffVersion
from billing.charges.services import Settlement, issue_bills
from tenancy.people.models import Job
from tests.money import settle_charges
from values.period import Period

JANUARY = Period.month(2026, 1)


@pytest.fixture
def billed(cast):
    """锦绣花园 with its bills of January 2026."""
    with cast.jinxiu.open():
        issue_bills(community_id=cast.jinxiu.community.pk, period=JANUARY, issued_on=date(2026, 1, 5))
    return cast.jinxiu


def ask(company, month="2026-01", issued_on="2026-01-05"):
    return {"community": company.community.pk, "month": month, "issued_on": issued_on}


def page(client, name, *args, **query):
    return client.get(reverse(f"charges:{name}", args=args), query)


def text(response):
    return response.content.decode()


def bill_of(company, unit="3-1-1602"):
    with company.open():
        return Bill.objects.get(account=company.accounts[unit])


def test_the_run_page_offers_this_month_and_the_members_communities(cast, log_in):
    shown = page(log_in(cast.jinxiu, "finance"), "run")
    assert shown.status_code == 200
    assert "锦绣花园" in text(shown)
    assert "云顶苑" not in text(shown)


def test_the_preview_shows_totals_and_writes_nothing(cast, log_in):
    shown = page(log_in(cast.jinxiu, "finance"), "run", **ask(cast.jinxiu))
    assert "¥1,019.98" in text(shown)
    with cast.jinxiu.open():
        assert Bill.objects.count() == 0


def test_the_preview_warns_when_the_due_day_is_too_near(cast, log_in):
    late = page(log_in(cast.jinxiu, "finance"), "run", **ask(cast.jinxiu, issued_on="2026-01-28"))
    early = page(log_in(cast.jinxiu, "finance"), "run", **ask(cast.jinxiu))
    assert "notice-line warn" in text(late)
    assert "notice-line warn" not in text(early)


def test_the_preview_names_who_is_left_out_and_why(billed, log_in):
    shown = page(log_in(billed, "finance"), "run", **ask(billed))
    assert [(row.unit_code, row.code) for row in shown.context["preview"].skipped][:1] == [
        ("3-1-1602", "already_billed")
    ]
    assert shown.context["preview"].bills == 0


@pytest.mark.parametrize("month", ["2026-13", "soon", ""])
def test_a_month_that_is_none_is_answered_beside_its_field(cast, log_in, month):
    shown = page(log_in(cast.jinxiu, "finance"), "run", **ask(cast.jinxiu, month=month))
    assert shown.status_code == 422
    assert "month" in shown.context["form"].errors


def test_a_month_without_a_contract_is_refused_in_words(cast, log_in):
    shown = page(log_in(cast.jinxiu, "finance"), "run", **ask(cast.jinxiu, month="2019-01"))
    assert shown.status_code == 422
    assert shown.context["form"].non_field_errors()


def test_issuing_makes_a_job_to_watch_and_the_worker_does_it(
    cast, log_in, settings, django_capture_on_commit_callbacks
):
    settings.CELERY_TASK_ALWAYS_EAGER = True
    client = log_in(cast.jinxiu, "finance")
    with django_capture_on_commit_callbacks() as waiting:
        answer = client.post(reverse("charges:run"), ask(cast.jinxiu))
    with cast.jinxiu.open():
        job = Job.objects.get(kind="bill_run")
    assert answer.status_code == 302
    assert answer["Location"] == reverse("charges:run_job", args=[job.pk])
    assert len(waiting) == 1
    assert page(client, "run_job", job.pk).status_code == 200


def test_a_foreign_community_cannot_be_billed(cast, log_in):
    client = log_in(cast.jinxiu, "finance")
    assert client.post(reverse("charges:run"), ask(cast.yunding)).status_code == 422
    with cast.yunding.open():
        assert Job.objects.count() == 0


def test_a_collector_may_look_at_bills_but_not_run_them(billed, log_in):
    client = log_in(billed, "collector")
    assert page(client, "bills").status_code == 200
    assert page(client, "run").status_code == 403
    assert client.post(reverse("charges:void_bill", args=[bill_of(billed).pk])).status_code == 403


def test_the_list_narrows_by_room_number_state_and_month(billed, log_in):
    client = log_in(billed, "finance")
    number = bill_of(billed).number

    def found(**query):
        return [row.unit_code for row in page(client, "bills", **query).context["page"].object_list]

    assert len(found()) == 4
    assert found(q="3-1-1602") == ["3-1-1602"]
    assert found(q=number) == ["3-1-1602"]
    assert found(state="PAID") == []
    assert len(found(state="OVERDUE", month="2026-01")) == 4
    assert found(month="2026-03") == []
    assert len(found(state="nonsense", run="x")) == 4


def test_a_bill_explains_every_number(billed, log_in):
    with billed.open():
        charge = Charge.objects.get(unit=billed.units["3-1-1602"])
        settle_charges(changes=[Settlement(charge.pk, 10000, 0)], paid_on=date(2026, 2, 10))
    shown = text(page(log_in(billed, "collector"), "bill", bill_of(billed).pk))
    assert "89.37 ㎡ × ¥2.35" in shown
    assert "¥210.02 × 0.03% × 10" in shown
    assert "¥0.63006" in shown
    assert "¥110.02 × 0.03% ×" in shown


def test_taking_a_bill_back_asks_for_a_reason_and_undoes_it(billed, log_in):
    client, bill = log_in(billed, "finance"), bill_of(billed)
    url = reverse("charges:void_bill", args=[bill.pk])
    assert client.post(url, {"reason": ""}).status_code == 422
    assert client.post(url, {"reason": "面积有误"}).status_code == 302
    with billed.open():
        assert Bill.objects.get(pk=bill.pk).void_reason == "面积有误"
        assert Charge.objects.get(bill=bill.pk).reversed_on is not None
    again = client.post(url, {"reason": "面积有误"})
    assert again.status_code == 422


def test_a_bill_with_payments_cannot_be_taken_back(billed, log_in):
    bill = bill_of(billed)
    with billed.open():
        charge = Charge.objects.get(bill=bill)
        settle_charges(changes=[Settlement(charge.pk, 1)], paid_on=date(2026, 1, 20))
    answer = log_in(billed, "finance").post(reverse("charges:void_bill", args=[bill.pk]), {"reason": "x"})
    assert answer.status_code == 422
    with billed.open():
        assert Bill.objects.get(pk=bill.pk).voided_on is None


def test_the_statement_shows_what_each_account_owes(billed, log_in):
    shown = text(page(log_in(billed, "collector"), "unit_statement", billed.units["3-1-1602"].pk))
    assert "张三" in shown
    assert "¥210.02" in shown
    assert "李四" not in shown


def test_a_unit_that_was_never_billed_has_an_empty_statement(cast, log_in):
    client = log_in(cast.jinxiu, "collector")
    assert page(client, "unit_statement", cast.jinxiu.units["3-1-1602"].pk).status_code == 200
    assert page(client, "unit_statement", 0).status_code == 404


def test_one_charge_explains_itself_in_the_side_panel(billed, log_in):
    with billed.open():
        charge = Charge.objects.get(unit=billed.units["B1-001"])
    shown = text(page(log_in(billed, "collector"), "charge", charge.pk))
    assert "¥300.00" in shown
    assert "<html" not in shown


def test_a_new_price_is_noted_from_its_day(billed, log_in):
    client, tariff = log_in(billed, "finance"), billed.tariffs["property"]
    url = reverse("charges:new_version", args=[tariff.pk])
    good = {"from_on": "2026-02-01", "rate": "2.50", "surcharge": "", "approval_reference": "业委会2026-1"}
    assert client.post(url, good).status_code == 302
    with billed.open():
        version = TariffVersion.objects.get(tariff=tariff, from_on=date(2026, 2, 1))
        assert (version.rate_micro, version.approval_reference) == (2_500_000, "业委会2026-1")
    assert "¥2.50" in text(page(client, "tariff", tariff.pk))
    assert client.post(url, good).status_code == 422


def test_a_new_price_cannot_reach_back_into_issued_bills(billed, log_in):
    client, tariff = log_in(billed, "finance"), billed.tariffs["property"]
    answer = client.post(
        reverse("charges:new_version", args=[tariff.pk]), {"from_on": "2026-01-15", "rate": "2.50"}
    )
    assert answer.status_code == 422
    assert "from_on" in answer.context["form"].errors


def test_a_collector_sees_tariffs_and_cannot_change_them(billed, log_in):
    client, tariff = log_in(billed, "collector"), billed.tariffs["property"]
    assert "¥2.35" in text(page(client, "tariffs"))
    assert client.post(reverse("charges:new_version", args=[tariff.pk])).status_code == 403
    assert page(client, "new_tariff").status_code == 403


def test_a_new_tariff_starts_with_its_first_price(cast, log_in):
    client = log_in(cast.jinxiu, "finance")
    said = {
        "community": cast.jinxiu.community.pk, "fee_item": cast.jinxiu.items["property"].pk, "name": "商铺物业费",
        "basis": "AREA", "cycle_months": "3", "rounding": "PER_MONTH", "from_on": "2026-01-01", "rate": "4.8",
    }  # fmt: skip
    assert page(client, "new_tariff").status_code == 200
    assert client.post(reverse("charges:new_tariff"), said).status_code == 302
    assert client.post(reverse("charges:new_tariff"), said).status_code == 422
    with cast.jinxiu.open():
        assert TariffVersion.objects.get(tariff__name="商铺物业费").rate_micro == 4_800_000


@pytest.mark.parametrize("name", ["bill", "charge", "unit_statement", "tariff"])
def test_the_other_company_finds_nothing(billed, cast, log_in, name):
    with billed.open():
        charge = Charge.objects.get(unit=billed.units["3-1-1602"])
    ids = {
        "bill": charge.bill_id, "charge": charge.pk, "unit_statement": charge.unit_id,
        "tariff": billed.tariffs["property"].pk,
    }  # fmt: skip
    assert page(log_in(cast.yunding, "company_admin"), name, ids[name]).status_code == 404
