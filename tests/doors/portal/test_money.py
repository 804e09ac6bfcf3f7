"""What an owner sees of his money: his own, all of it, in both companies, to the fen, and nobody else's."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange

from billing.charges import queries as charges
from billing.charges import services as charging
from billing.charges.models import Account
from billing.payments import queries as payments
from billing.payments import services as paying
from notices.models import Notice
from owners.models import Contact, Ownership, Party
from tenancy.kernel import clock
from tenancy.kernel.crypto import encrypt, fingerprint
from tenancy.people.models import AuditEntry
from tests.cast import FROM, Cast, Company
from values.fen import parse_yuan, yuan
from values.period import Period, add_months, month_start

ZHANG, LI, BUYER = "13800138000", "13900139000", "13700137000"


def _months_ago(n: int) -> Period:
    return Period.of_months(add_months(month_start(clock.today()), -n), 1)


def _bill(company: Company, *, months: int = 3) -> None:
    """The bills of the last months, each issued on the fifth of its month."""
    with company.open():
        for n in range(months, 0, -1):
            month = _months_ago(n)
            charging.issue_bills(
                community_id=company.community.pk, period=month, issued_on=month.start + timedelta(days=4)
            )


def _pay(company: Company, account: Account, amount_fen: int, *, days_ago: int = 0, key: str = "k1") -> Any:
    on = clock.today() - timedelta(days=days_ago)
    with company.open("cashier"):
        return paying.take_payment(
            account_id=account.pk, amount_fen=amount_fen, method="CASH", paid_on=on, posted_on=clock.today(),
            at=clock.now(), cash_point_id=company.cash_point.pk, idempotency_key=key,
        )  # fmt: skip


def _owed(company: Company, *codes: str) -> charges.Owed:
    with company.open():
        ids = [company.accounts[code].pk for code in codes]
        return charges.sum_up(charges.open_charges(account_ids=ids, as_of=clock.today()), as_of=clock.today())


@pytest.fixture
def billed(cast: Cast) -> Cast:
    """Both companies with three months of bills, the first two past due."""
    _bill(cast.jinxiu)
    _bill(cast.yunding, months=2)
    return cast


@pytest.fixture
def zhang(billed: Cast, phone: Callable[..., Any]) -> Any:
    return phone(ZHANG).log_in()


@pytest.fixture
def li(billed: Cast, phone: Callable[..., Any]) -> Any:
    return phone(LI).log_in()


def test_an_owner_sees_his_units_in_both_companies(billed: Cast, zhang):
    seen = [
        (unit["company"], unit["community"], unit["code"], unit["role"])
        for unit in zhang.get("units/").json()
    ]
    assert seen == [
        (company.tenant.name, company.community.name, code, "OWNER")
        for company in (billed.jinxiu, billed.yunding)
        for code in ("3-1-1602", "B1-001")
    ]


def test_what_is_owed_is_what_the_charges_say_to_the_fen(billed: Cast, zhang):
    shown = {(unit["company"], unit["code"]): unit["owed"] for unit in zhang.get("units/").json()}
    for company in (billed.jinxiu, billed.yunding):
        for code in ("3-1-1602", "B1-001"):
            owed = _owed(company, code)
            assert shown[company.tenant.name, code] == {
                "total": yuan(owed.total_fen),
                "principal": yuan(owed.principal_fen),
                "late_fee": yuan(owed.late_fee_fen),
                "overdue": yuan(owed.overdue_fen),
                "overdue_since": owed.oldest_due_on.isoformat(),
                "months": owed.months,
            }
    assert parse_yuan(shown[billed.jinxiu.tenant.name, "3-1-1602"]["late_fee"]) > 0
    assert shown[billed.jinxiu.tenant.name, "B1-001"]["late_fee"] == "0.00"


def test_what_comes_next_is_the_earliest_that_is_not_late(billed: Cast, zhang):
    month = _months_ago(0)
    with billed.jinxiu.open():
        charging.issue_bills(community_id=billed.jinxiu.community.pk, period=month, issued_on=month.start)
    home = zhang.get("units/").json()[0]
    assert (home["next_due_on"], home["next_due"]) == (month.last_day.isoformat(), "210.02")


def test_a_unit_shows_what_it_owes_charge_by_charge(billed: Cast, zhang):
    home = billed.jinxiu.units["3-1-1602"]
    unit = zhang.get(f"units/{home.pk}/").json()
    owed = _owed(billed.jinxiu, "3-1-1602")
    assert sum(parse_yuan(line["unpaid"]) for line in unit["charges"]) == owed.principal_fen
    assert sum(parse_yuan(line["late_fee"]) for line in unit["charges"]) == owed.late_fee_fen
    assert [line["due_on"] for line in unit["charges"]] == [
        _months_ago(n).last_day.isoformat() for n in (3, 2, 1)
    ]
    assert unit["service"] == {"phone": "0571-88000000", "place": "客户服务中心", "hours": "8:30-17:30"}


def test_every_charge_of_a_bill_explains_itself_in_words(billed: Cast, zhang):
    home = billed.jinxiu.units["3-1-1602"]
    oldest = zhang.get(f"units/{home.pk}/bills/").json()[-1]
    bill = zhang.get(f"bills/{oldest['id']}/").json()
    (line,) = bill["charges"]
    month = _months_ago(3)
    late_from, today = month.end, clock.today()
    days = (today - month.last_day).days
    exact = 21002 * 3 * days
    assert line["calculation"] == ["89.37㎡ × 2.35元/㎡·月 × 1个月 = 210.02元"]
    assert line["late_fee_calculation"][0].startswith(
        f"{late_from}至{today}：未缴210.02元 × 0.03% × {days}天 = "
    )
    assert parse_yuan(line["late_fee"]) == (exact + 5000) // 10000
    assert line["pay_by"].startswith(f"缴费截止日是{month.last_day}，已过")
    assert line["period"] == month.label


def test_a_bill_is_worth_what_its_charges_are(billed: Cast, zhang):
    home = billed.jinxiu.units["3-1-1602"]
    bills = zhang.get(f"units/{home.pk}/bills/").json()
    assert [bill["issued_on"] for bill in bills] == sorted(
        (bill["issued_on"] for bill in bills), reverse=True
    )
    for bill in bills:
        detail = zhang.get(f"bills/{bill['id']}/").json()
        assert {name: detail[name] for name in bill} == bill
        assert parse_yuan(bill["amount"]) == sum(parse_yuan(line["amount"]) for line in detail["charges"])
        assert parse_yuan(bill["owed"]) == sum(
            parse_yuan(line["unpaid"]) + parse_yuan(line["late_fee"]) for line in detail["charges"]
        )
    assert sum(parse_yuan(bill["owed"]) for bill in bills) == _owed(billed.jinxiu, "3-1-1602").total_fen


def test_a_bay_is_charged_without_area_and_without_late_fee(billed: Cast, zhang):
    bay = billed.jinxiu.units["B1-001"]
    line = zhang.get(f"units/{bay.pk}/").json()["charges"][0]
    assert line["calculation"] == ["300.00元/月 × 1个月 = 300.00元"]
    assert line["late_fee_calculation"] == []
    assert line["pay_by"].endswith("本项不计违约金。")


def test_a_part_payment_splits_the_late_fee_and_stays_equal_to_the_query(billed: Cast, zhang):
    home = billed.jinxiu.units["3-1-1602"]
    _pay(billed.jinxiu, billed.jinxiu.accounts["3-1-1602"], 10_000, days_ago=20)
    first = zhang.get(f"units/{home.pk}/").json()["charges"][0]
    assert first["unpaid"] != first["amount"]
    assert sum("未缴" in sentence for sentence in first["late_fee_calculation"]) == 2
    assert first["payments"]
    with billed.jinxiu.open():
        (owed, *_later) = charges.open_charges(
            account_ids=[billed.jinxiu.accounts["3-1-1602"].pk], as_of=clock.today()
        )
    assert (first["unpaid"], first["late_fee"]) == (yuan(owed.unpaid_fen), yuan(owed.late_fee_fen))


def test_a_paid_bill_is_still_there_and_owes_nothing(billed: Cast, zhang):
    account = billed.jinxiu.accounts["3-1-1602"]
    _pay(billed.jinxiu, account, _owed(billed.jinxiu, "3-1-1602").total_fen)
    home = billed.jinxiu.units["3-1-1602"]
    assert {(bill["state"], bill["owed"]) for bill in zhang.get(f"units/{home.pk}/bills/").json()} == {
        ("PAID", "0.00")
    }
    unit = zhang.get(f"units/{home.pk}/").json()
    assert (unit["charges"], unit["owed"]["total"]) == ([], "0.00")


def test_opening_arrears_are_shown_though_they_have_no_bill(cast: Cast, phone):
    company = cast.jinxiu
    with company.open():
        charging.opening_charges(
            community_id=company.community.pk,
            debts=[
                charging.OpeningDebt(
                    company.units["3-1-1602"].pk, company.parties["张三"].pk, company.items["property"].pk,
                    Period(date(2024, 1, 1), date(2024, 3, 1)), 42_004,
                )
            ],
            as_of=clock.today(),
        )  # fmt: skip
    unit = phone(ZHANG).log_in().get(f"units/{company.units['3-1-1602'].pk}/").json()
    assert [(line["kind"], line["amount"], line["bill_id"]) for line in unit["charges"]] == [
        ("OPENING", "210.02", None)
    ] * 2
    assert unit["charges"][0]["calculation"] == ["2024年1月，210.02元（此前系统结转的欠费）"]


def test_payments_of_both_companies_stand_in_one_list(billed: Cast, zhang):
    taken = [
        _pay(company, company.accounts["3-1-1602"], fen, days_ago=days)
        for company, fen, days in ((billed.jinxiu, 21_002, 1), (billed.yunding, 5_000, 2))
    ]
    rows = zhang.get("payments/").json()
    assert [(row["company"], row["amount"], row["receipt_number"]) for row in rows] == [
        (billed.jinxiu.tenant.name, "210.02", taken[0].receipt_number),
        (billed.yunding.tenant.name, "50.00", taken[1].receipt_number),
    ]


def test_a_payment_says_where_it_went(billed: Cast, zhang):
    taken = _pay(billed.jinxiu, billed.jinxiu.accounts["3-1-1602"], 30_000)
    shown = zhang.get(f"payments/{taken.payment_id}/").json()
    with billed.jinxiu.open():
        detail = payments.payment_detail(taken.payment_id)
    assert [(line["part"], line["amount"]) for line in shown["lines"]] == [
        (line.part, yuan(line.amount_fen)) for line in detail.lines
    ]
    assert sum(parse_yuan(line["amount"]) for line in shown["lines"]) == 30_000
    assert shown["lines"][0]["period"] == _months_ago(3).label


@pytest.mark.parametrize("accept", ["*/*", "application/pdf", "application/json"])
def test_a_receipt_comes_as_a_pdf(billed: Cast, zhang, accept: str):
    taken = _pay(billed.jinxiu, billed.jinxiu.accounts["3-1-1602"], 30_000)
    zhang.client.defaults["HTTP_ACCEPT"] = accept
    answer = zhang.get(f"payments/{taken.payment_id}/receipt.pdf")
    assert answer.status_code == 200
    assert (answer["Content-Type"], answer.content[:5]) == ("application/pdf", b"%PDF-")
    assert "no-store" in answer["Cache-Control"]
    with billed.jinxiu.open():
        assert AuditEntry.objects.latest("pk").action == "receipt.fetched", "no night and no clerk printed it"


def test_a_bill_notice_can_be_read_as_soon_as_it_is_issued(billed: Cast, zhang):
    rows = [row for row in zhang.get("notices/").json() if row["company"] == billed.jinxiu.tenant.name]
    with billed.jinxiu.open():
        mine = set(Notice.objects.filter(party=billed.jinxiu.parties["张三"]).values_list("pk", flat=True))
    assert {row["id"] for row in rows} == mine != set()
    answer = zhang.get(f"notices/{rows[0]['id']}/notice.pdf")
    assert (answer.status_code, answer.content[:5]) == (200, b"%PDF-")


@pytest.mark.parametrize(
    ("kind", "channel", "state", "is_seen"),
    [
        ("DEMAND", "PAPER", "QUEUED", False),
        ("DEMAND", "PAPER", "SENT", True),
        ("REMINDER", "SMS", "QUEUED", False),
        ("REMINDER", "SMS", "SENT", True),
        ("REMINDER", "SMS", "WITHDRAWN", False),
        ("BILL_NOTICE", "PAPER", "WITHDRAWN", False),
        ("PAYMENT_ORDER_APPLICATION", "PAPER", "SENT", False),
    ],
)
def test_what_never_reached_the_owner_is_not_shown(cast: Cast, phone, kind, channel, state, is_seen):
    company = cast.jinxiu
    with company.open():
        notice = Notice.objects.create(
            community=company.community, unit=company.units["3-1-1602"], party=company.parties["张三"], kind=kind,
            channel=channel, state=state, unique_key="one", issued_on=clock.today(),
        )  # fmt: skip
    zhang = phone(ZHANG).log_in()
    assert [row["id"] for row in zhang.get("notices/").json()] == ([notice.pk] if is_seen else [])
    if not is_seen:
        assert zhang.get(f"notices/{notice.pk}/notice.pdf").status_code == 404


def test_what_belongs_to_another_owner_looks_as_if_it_were_not_there(billed: Cast, zhang, li):
    company = billed.jinxiu
    taken = _pay(company, company.accounts["3-1-1602"], 30_000)
    home = company.units["3-1-1602"].pk
    bill = zhang.get(f"units/{home}/bills/").json()[0]["id"]
    notice = zhang.get("notices/").json()[0]["id"]
    for path, pk in (
        ("units/{}/", home),
        ("units/{}/bills/", home),
        ("bills/{}/", bill),
        ("payments/{}/", taken.payment_id),
        ("payments/{}/receipt.pdf", taken.payment_id),
        ("notices/{}/notice.pdf", notice),
    ):
        assert zhang.get(path.format(pk)).status_code == 200
        theirs, missing = li.get(path.format(pk)), li.get(path.format(10**15))
        assert theirs.status_code == missing.status_code == 404
        assert theirs["Content-Type"] == "application/problem+json"


def test_an_owner_of_one_company_finds_nothing_of_the_other(billed: Cast, phone):
    with billed.yunding.open():
        Contact.objects.filter(value_hash=fingerprint(LI)).delete()
    li = phone(LI).log_in()
    assert {unit["company"] for unit in li.get("units/").json()} == {billed.jinxiu.tenant.name}
    assert li.get(f"units/{billed.yunding.units['3-1-1702'].pk}/").status_code == 404
    assert li.get("payments/").json() == []


def test_a_joint_owner_sees_the_unit_and_who_is_billed_but_not_his_account(billed: Cast, phone):
    company = billed.jinxiu
    _give_phone(company, company.parties["王五"], BUYER)
    (unit,) = phone(BUYER).log_in().get("units/").json()
    assert (unit["code"], unit["role"], unit["billed_to"]) == ("3-1-1702", "JOINT_OWNER", "李*")
    assert unit["owed"]["total"] == "0.00"


def test_a_buyer_never_sees_the_sellers_debts_and_the_seller_keeps_his_own(billed: Cast, phone, zhang):
    company, home = billed.jinxiu, billed.jinxiu.units["3-1-1602"]
    before = zhang.get(f"units/{home.pk}/").json()["owed"]
    buyer_account = _sell(company, "3-1-1602", sold_on=clock.today())
    old_bill = zhang.get(f"units/{home.pk}/bills/").json()[0]["id"]
    buyer = phone(BUYER).log_in()

    (bought,) = buyer.get("units/").json()
    assert (bought["code"], bought["role"], bought["owed"]["total"]) == ("3-1-1602", "OWNER", "0.00")
    assert buyer.get(f"units/{home.pk}/bills/").json() == []
    assert buyer.get(f"units/{home.pk}/").json()["charges"] == []
    assert buyer.get(f"bills/{old_bill}/").status_code == 404

    sold = zhang.get(f"units/{home.pk}/").json()
    assert (sold["role"], sold["owed"]) == ("FORMER", before)

    month = Period.of_months(add_months(month_start(clock.today()), 1), 1)
    with company.open():
        charging.issue_bills(community_id=company.community.pk, period=month, issued_on=month.start)
    assert [bill["amount"] for bill in buyer.get(f"units/{home.pk}/bills/").json()] == ["210.02"]
    assert len(zhang.get(f"units/{home.pk}/bills/").json()) == 3
    assert buyer_account.unit_id == home.pk


def test_a_payment_of_the_seller_is_not_the_buyers(billed: Cast, phone, zhang):
    company = billed.jinxiu
    taken = _pay(company, company.accounts["3-1-1602"], 30_000)
    _sell(company, "3-1-1602", sold_on=clock.today())
    buyer = phone(BUYER).log_in()
    assert buyer.get("payments/").json() == []
    assert buyer.get(f"payments/{taken.payment_id}/").status_code == 404
    assert buyer.get("notices/").json() == []


def test_accounts_of_a_merged_twin_are_the_owners_own(billed: Cast, phone):
    company = billed.jinxiu
    with company.open():
        Party.objects.filter(pk=company.parties["锦绣置业"].pk).update(merged_into=company.parties["张三"])
    units = phone(ZHANG).log_in().get("units/").json()
    assert [unit["code"] for unit in units if unit["company"] == company.tenant.name] == [
        "3-1-1602", "3-2-201", "B1-001",
    ]  # fmt: skip


def test_my_data_shows_who_i_am_in_each_company_with_masked_numbers(billed: Cast, zhang):
    me = zhang.get("me/").json()
    assert me["phone"] == "138****8000"
    assert [(party["company"], party["name"]) for party in me["parties"]] == [
        (billed.jinxiu.tenant.name, "张三"),
        (billed.yunding.tenant.name, "张三"),
    ]
    assert [contact["kind"] for contact in me["parties"][0]["contacts"]] == ["LANDLINE", "MOBILE"]


def _give_phone(company: Company, party: Party, number: str) -> None:
    with company.open():
        Contact.objects.create(
            party=party, kind="MOBILE", value=encrypt(number), value_hash=fingerprint(number), masked=number,
            last4_hash=fingerprint(number[-4:]), state="GOOD",
        )  # fmt: skip


def _sell(company: Company, code: str, *, sold_on: date) -> Account:
    """Hand a unit over to a new owner with a phone and an account of his own."""
    unit = company.units[code]
    with company.open():
        Ownership.objects.filter(unit=unit).update(held=DateRange(FROM, sold_on))
        buyer = Party.objects.create(name="赵六", name_key="赵六")
        Ownership.objects.create(unit=unit, party=buyer, rank=1, held=DateRange(sold_on, None))
        account = Account.objects.create(
            community=company.community, unit=unit, party=buyer, opened_on=sold_on
        )
    _give_phone(company, buyer, BUYER)
    return account
