"""Contracts, fees and who pays a tariff, as staff see and change them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from billing.charges.models import Contract, FeeItem, Subscription, Tariff
from billing.charges.services import issue_bills
from owners.models import Community
from values.period import Period

SAID = {
    "name": "前期物业服务合同", "number": "J2-001", "kind": "PRELIMINARY", "start_on": "2026-01-01", "end_on": "",
    "late_fee_rate": "万分之三", "late_fee_clause": "第十二条", "late_fee_cap_ratio": "100",
    "late_fee_grace_days": "0", "issue_day": "5", "due_day": "", "payee_name": "锦绣物业",
    "payee_bank": "中国银行", "payee_account": "6217000000000000001",
}  # fmt: skip


@pytest.fixture
def second(cast):
    """A community made by hand."""
    with cast.jinxiu.open():
        return Community.objects.create(code="J2", name="锦绣二期").pk


@pytest.fixture
def billed(cast):
    """锦绣花园 with January 2026 issued; the contract."""
    with cast.jinxiu.open():
        issue_bills(
            community_id=cast.jinxiu.community.pk, period=Period.month(2026, 1), issued_on=date(2026, 1, 5)
        )
        return Contract.objects.get()


def get(client, door, /, *args, **query):
    return client.get(reverse(f"charges:{door}", args=args), query)


def post(client, door, /, *args, **said):
    return client.post(reverse(f"charges:{door}", args=args), said)


def text(answer):
    return answer.content.decode()


def test_the_list_shows_contracts_and_who_has_none(cast, second, log_in):
    shown = text(get(log_in(cast.jinxiu, "company_admin"), "contracts"))
    assert "锦绣二期" in shown
    assert reverse("charges:new_contract") + f"?community={second}" in shown
    assert "0.03%" in shown
    assert "0.0003" not in shown
    assert "****0001" in shown
    assert "6217000000000000001" not in shown


def test_a_contract_is_added_as_people_write_it(cast, second, log_in):
    client = log_in(cast.jinxiu, "finance")
    assert get(client, "new_contract", community=second).context["form"]["community"].value() == second
    answer = post(client, "new_contract", community=second, **SAID | {"end_on": "2028-12-31"})
    assert answer.status_code == 302
    with cast.jinxiu.open():
        made = Contract.objects.get(community_id=second)
        assert (made.late_fee_rate, made.held.upper) == (Decimal("0.0003"), date(2029, 1, 1))
    assert "2028-12-31" in text(client.get(answer["Location"]))


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"late_fee_clause": ""}, "late_fee_clause"),
        ({"late_fee_rate": "0.0003"}, "late_fee_rate"),
        ({"late_fee_rate": "3%"}, "late_fee_rate"),
        ({"late_fee_rate": "a little"}, "late_fee_rate"),
        ({"end_on": "2025-12-31"}, "end_on"),
        ({"due_day": "10"}, "due_day"),
        ({"issue_day": "30"}, "issue_day"),
        ({"payee_account": ""}, "payee_account"),
        ({"payee_account": "account"}, "payee_account"),
        ({"community": "x"}, "community"),
    ],
)
def test_what_cannot_be_stands_beside_its_field(cast, second, log_in, said, field):
    answer = post(log_in(cast.jinxiu, "finance"), "new_contract", **{"community": second, **SAID, **said})
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    with cast.jinxiu.open():
        assert not Contract.objects.filter(community_id=second).exists()


def test_a_second_contract_of_the_same_days_is_refused(cast, log_in):
    answer = post(log_in(cast.jinxiu, "finance"), "new_contract", community=cast.jinxiu.community.pk, **SAID)
    assert answer.status_code == 422
    assert "锦绣花园前期物业服务合同" in answer.context["form"].errors["start_on"][0]


def test_a_high_rate_is_taken_with_a_warning(cast, second, log_in):
    client = log_in(cast.jinxiu, "finance")
    answer = client.post(
        reverse("charges:new_contract"),
        {"community": second, **SAID, "late_fee_rate": "千分之三"},
        follow=True,
    )
    assert "109.5%" in text(answer)


def test_a_contract_in_use_keeps_its_terms_and_changes_its_account(cast, billed, log_in):
    client = log_in(cast.jinxiu, "company_admin")
    form = get(client, "edit_contract", billed.pk).context["form"]
    assert form.fields["late_fee_rate"].disabled
    changed = SAID | {
        "start_on": "2022-01-01", "late_fee_rate": "0.05%", "due_day": "20", "payee_account": "", "payee_bank": "工商银行",
    }  # fmt: skip
    assert post(client, "edit_contract", billed.pk, **changed).status_code == 302
    with cast.jinxiu.open():
        now = Contract.objects.get()
    assert (now.late_fee_rate, now.due_day) == (Decimal("0.0003"), None)
    assert (now.payee_bank, now.payee_account) == ("工商银行", "6217000000000000001")
    late = post(client, "edit_contract", billed.pk, **changed | {"start_on": "2026-01-15"})
    assert late.status_code == 422
    assert "start_on" in late.context["form"].errors


def test_other_terms_from_a_day_on_are_a_new_contract(cast, billed, log_in):
    client = log_in(cast.jinxiu, "finance")
    assert get(client, "next_contract", billed.pk).status_code == 200
    said = SAID | {"start_on": "2026-02-01", "late_fee_rate": "0.05%", "payee_account": ""}
    early = post(client, "next_contract", billed.pk, **said | {"start_on": "2026-01-01"})
    assert (early.status_code, list(early.context["form"].errors)) == (422, ["start_on"])
    assert post(client, "next_contract", billed.pk, **said).status_code == 302
    with cast.jinxiu.open():
        assert [row.late_fee_rate for row in Contract.objects.order_by("held")] == [
            Decimal("0.0003"),
            Decimal("0.0005"),
        ]


def test_who_may_not_price_may_only_look(cast, billed, log_in):
    client = log_in(cast.jinxiu, "collector")
    assert get(client, "contracts").status_code == 200
    shown = get(client, "contract", billed.pk)
    assert reverse("charges:edit_contract", args=[billed.pk]) not in text(shown)
    assert get(client, "new_contract").status_code == 403
    assert post(client, "edit_contract", billed.pk).status_code == 403
    assert post(client, "next_contract", billed.pk).status_code == 403
    assert post(client, "new_fee_item").status_code == 403
    assert post(client, "subscribe", cast.jinxiu.tariffs["property"].pk).status_code == 403


def test_the_other_company_finds_no_contract_and_no_subscription(cast, billed, log_in):
    client = log_in(cast.yunding, "finance")
    with cast.jinxiu.open():
        held = Subscription.objects.first().pk
    for name in ("contract", "edit_contract", "next_contract"):
        assert get(client, name, billed.pk).status_code == 404
    assert post(client, "edit_contract", billed.pk, **SAID).status_code == 404
    assert post(client, "new_contract", community=cast.jinxiu.community.pk, **SAID).status_code == 422
    assert post(client, "end_subscription", held, end_on="2026-03-01").status_code == 404
    assert get(client, "tariff_units", cast.jinxiu.tariffs["property"].pk).status_code == 404


def test_a_month_without_a_contract_shows_the_way_to_one(cast, second, log_in):
    asked = {"community": second, "month": "2026-01", "issued_on": "2026-01-05"}
    shown = get(log_in(cast.jinxiu, "finance"), "run", **asked)
    assert shown.status_code == 422
    assert f"{reverse('charges:new_contract')}?community={second}" in text(shown)
    told = text(get(log_in(cast.jinxiu, "cashier"), "run", **asked))
    assert reverse("charges:new_contract") not in told


def test_a_month_without_tariffs_shows_the_way_to_the_import_and_to_a_tariff(cast, second, log_in):
    client = log_in(cast.jinxiu, "finance")
    post(client, "new_contract", community=second, **SAID)
    shown = text(get(client, "run", community=second, month="2026-01", issued_on="2026-01-05"))
    assert f"{reverse('charges:import')}?community={second}" in shown
    assert f"{reverse('charges:new_tariff')}?community={second}" in shown


def test_the_run_says_where_no_cash_point_is(cast, second, log_in):
    client = log_in(cast.jinxiu, "finance")
    way = reverse("payments:cash_points") + f"?community={second}"
    assert way in text(client.get(reverse("payments:desk_missing", args=[second])))
    has_one = client.get(reverse("payments:desk_missing", args=[cast.jinxiu.community.pk]))
    assert "notice-line" not in text(has_one)
    assert client.get(reverse("payments:desk_missing", args=[cast.yunding.community.pk])).status_code == 404
    assert (
        log_in(cast.jinxiu, "collector").get(reverse("payments:desk_missing", args=[second])).status_code
        == 403
    )


def test_who_is_left_out_is_folded_by_reason(cast, billed, log_in):
    asked = {"community": cast.jinxiu.community.pk, "month": "2026-01", "issued_on": "2026-01-05"}
    shown = get(log_in(cast.jinxiu, "finance"), "run", **asked)
    (group,) = shown.context["preview"].left_out
    assert (group.code, group.units, len(group.rows), group.more) == ("already_billed", 4, 4, 0)
    assert "<details" in text(shown)


def test_a_fee_is_added_once_and_a_passed_through_one_bears_no_late_fee(cast, log_in):
    client = log_in(cast.jinxiu, "finance")
    said = {"name": "电梯费", "code": "lift", "revenue": "pass_through", "bears_late_fee": "on"}
    assert post(client, "new_fee_item", **said).status_code == 302
    again = post(client, "new_fee_item", **said)
    assert (again.status_code, list(again.context["form"].errors)) == (422, ["name"])
    assert post(client, "new_fee_item", **said | {"code": "Lift!"}).status_code == 422
    with cast.jinxiu.open():
        assert FeeItem.objects.get(code="lift").bears_late_fee is False
    assert "电梯费" in text(get(client, "fee_items"))


def test_units_go_on_a_tariff_and_one_comes_off_it(cast, log_in):
    client, tariff = log_in(cast.jinxiu, "finance"), cast.jinxiu.tariffs["parking"].pk
    assert "B1-001" in text(get(client, "tariff_units", tariff))
    good = {"kind": "", "units": "3-1-1602 3-1-1702", "from_on": "2026-01-01"}
    assert post(client, "subscribe", tariff, **good).status_code == 302
    for bad in ({"units": ""}, {"units": "9-9-9"}, {"kind": "ROOM"}, {"from_on": ""}):
        assert post(client, "subscribe", tariff, **good | bad).status_code == 422
    with cast.jinxiu.open():
        held = Subscription.objects.get(tariff=tariff, unit=cast.jinxiu.units["3-1-1602"]).pk
    wrong = post(client, "end_subscription", held, end_on="2025-01-01")
    assert (wrong.status_code, "3-1-1602:" in text(wrong)) == (422, True)
    assert post(client, "end_subscription", held, end_on="2026-03-01").status_code == 302
    assert "2026-02-28" in text(get(client, "tariff_units", tariff))
    with cast.jinxiu.open():
        assert Tariff.objects.get(pk=tariff).subscriptions.count() == 3
