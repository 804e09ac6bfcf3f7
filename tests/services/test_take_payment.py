"""Money at the counter: what it pays, what it refuses, what a retry gets."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from billing.charges.models import Charge, Contract
from billing.payments import queries
from billing.payments.models import Allocation, CashPoint, Payment, Receipt
from billing.payments.queries.preview import NotOpen
from billing.payments.services.checks import (
    AccountChanged,
    BadAmount,
    BadDay,
    KeyMissing,
    ReferenceUsed,
    TooLittleTendered,
    UnknownMethod,
    WrongCashPoint,
)
from billing.payments.services.taken import KeyReused
from notices.models import Notice
from tenancy.kernel.errors import NotFound
from tests.money import AT, PAID_ON, lines, owe, pay, still_open


@pytest.fixture
def three_bills(jinxiu):
    """S8: three bills of 630.06, due end of October, January and April."""
    days = (date(2025, 10, 31), date(2026, 1, 31), date(2026, 4, 30))
    return [owe(jinxiu, 63006, due_on).pk for due_on in days]


class TestS7:
    """Part payment of one bill of 2,520.24 at 0.0005, with a cost of 22.00 booked as a charge of its own."""

    DAY = date(2026, 5, 11)

    @pytest.fixture
    def bill(self, jinxiu):
        return owe(jinxiu, 252024, date(2026, 1, 31), rate="0.0005").pk

    @pytest.fixture
    def cost(self, jinxiu):
        return owe(jinxiu, 2200, date(2026, 4, 10), item="parking", rate="0").pk

    def test_cost_then_late_fee_then_principal(self, jinxiu, bill, cost):
        taken = pay(jinxiu, 100000, paid_on=self.DAY, designated=[cost])
        assert lines(taken) == [
            (cost, "PRINCIPAL", 2200),
            (bill, "LATE_FEE", 12601),
            (bill, "PRINCIPAL", 85199),
        ]
        assert still_open(jinxiu, self.DAY) == {bill: (166825, 0)}
        assert still_open(jinxiu, date(2026, 6, 30)) == {bill: (166825, 4171)}

    def test_the_pay_off_on_30_june_leaves_nothing(self, jinxiu, bill, cost):
        pay(jinxiu, 100000, paid_on=self.DAY, designated=[cost])
        june = datetime(2026, 6, 30, 9, tzinfo=ZoneInfo("Asia/Shanghai"))
        taken = pay(jinxiu, 170996, key="k2", paid_on=june.date(), posted_on=june.date(), at=june)
        assert taken.credit_fen == 0
        assert still_open(jinxiu, date(2027, 6, 30)) == {}

    def test_principal_first_where_the_contract_says_so(self, jinxiu, bill, cost):
        Contract.objects.update(principal_first=True)
        pay(jinxiu, 100000, paid_on=self.DAY)
        assert still_open(jinxiu, date(2026, 6, 30)) == {bill: (152024, 16402), cost: (2200, 0)}
        assert 152024 + 16402 + 2200 == 170626


class TestS8:
    """One payment of 1,000.00, three bills."""

    def test_a_without_designation_the_oldest_is_paid_first(self, jinxiu, three_bills):
        first, second, third = three_bills
        taken = pay(jinxiu, 100000)
        assert lines(taken) == [
            (first, "LATE_FEE", 4007),
            (first, "PRINCIPAL", 63006),
            (second, "LATE_FEE", 2268),
            (second, "PRINCIPAL", 30719),
        ]
        assert still_open(jinxiu) == {second: (32287, 0), third: (63006, 586)}

    def test_b_what_the_owner_ticked_is_paid_first(self, jinxiu, three_bills):
        first, second, third = three_bills
        taken = pay(jinxiu, 100000, designated=[third])
        assert lines(taken) == [
            (third, "LATE_FEE", 586),
            (third, "PRINCIPAL", 63006),
            (first, "LATE_FEE", 4007),
            (first, "PRINCIPAL", 32401),
        ]
        assert still_open(jinxiu) == {first: (30605, 0), second: (63006, 2268)}

    def test_c_the_heavier_burden_comes_first(self, jinxiu):
        parking = owe(jinxiu, 90000, date(2025, 12, 31), item="parking", rate="0").pk
        home = owe(jinxiu, 63006, date(2026, 1, 31)).pk
        taken = pay(jinxiu, 70000)
        assert lines(taken) == [
            (home, "LATE_FEE", 2268),
            (home, "PRINCIPAL", 63006),
            (parking, "PRINCIPAL", 4726),
        ]
        assert still_open(jinxiu) == {parking: (85274, 0)}

    def test_ticking_all_three_is_no_designation(self, jinxiu, three_bills):
        first, second, _third = three_bills
        assert {charge for charge, *_ in lines(pay(jinxiu, 100000, designated=three_bills))} == {
            first,
            second,
        }


def test_money_beyond_all_open_charges_becomes_credit(jinxiu, three_bills):
    taken = pay(jinxiu, 63006 * 3 + 4007 + 2268 + 586 + 5000)
    account_id = jinxiu.accounts["3-1-1602"].pk
    assert (taken.credit_fen, still_open(jinxiu)) == (5000, {})
    assert queries.credit_of([account_id]) == {account_id: 5000}
    assert Allocation.objects.get(part="CREDIT").amount_fen == 5000


def test_without_an_amount_what_is_ticked_is_taken(jinxiu, three_bills):
    taken = pay(jinxiu, None, designated=three_bills[2:])
    assert Payment.objects.get(pk=taken.payment_id).amount_fen == 63592
    assert {charge for charge, *_ in lines(taken)} == {three_bills[2]}


def test_without_amount_and_ticks_everything_is_taken(jinxiu, three_bills):
    pay(jinxiu, None)
    assert still_open(jinxiu) == {}


def test_change_is_given_for_cash(jinxiu, three_bills):
    assert pay(jinxiu, 63006, tendered_fen=70000).change_fen == 6994


def test_a_payment_knows_who_took_it_and_what_was_asked(cast):
    with cast.jinxiu.open("cashier"):
        owe(cast.jinxiu, 100, date(2026, 1, 31))
        taken = pay(cast.jinxiu, 100, reference="流水1", payer_name="张小三")
        payment = Payment.objects.get(pk=taken.payment_id)
    assert payment.taken_by_id == cast.jinxiu.people["cashier"].pk
    assert (payment.reference, payment.payer_name, payment.created_at) == ("流水1", "张小三", AT)


@pytest.mark.parametrize(
    ("given", "refusal"),
    [
        ({"amount_fen": 0}, BadAmount),
        ({"amount_fen": -1}, BadAmount),
        ({"amount_fen": 10**13}, BadAmount),
        ({"method": "CREDIT"}, UnknownMethod),
        ({"method": "GOLD"}, UnknownMethod),
        ({"tendered_fen": 99}, TooLittleTendered),
        ({"tendered_fen": 100, "method": "TRANSFER"}, UnknownMethod),
        ({"paid_on": PAID_ON + timedelta(1)}, BadDay),
        ({"paid_on": PAID_ON, "posted_on": PAID_ON - timedelta(1)}, BadDay),
        ({"paid_on": PAID_ON + timedelta(1), "posted_on": PAID_ON + timedelta(1)}, BadDay),
        ({"cash_point_id": None}, WrongCashPoint),
        ({"cash_point_id": 10**9}, NotFound),
        ({"account_id": 10**9}, NotFound),
        ({"designated": [10**9]}, NotOpen),
        ({"idempotency_key": " "}, KeyMissing),
        ({"idempotency_key": "k" * 65}, KeyMissing),
        ({"expected_owed_fen": 99}, AccountChanged),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(jinxiu, given, refusal):
    owe(jinxiu, 100, PAID_ON)
    with pytest.raises(refusal):
        pay(jinxiu, **({"fen": 100} | given) if "amount_fen" not in given else {"fen": 0} | given)
    assert (Payment.objects.count(), Receipt.objects.count()) == (0, 0)


def test_a_desk_takes_no_money_for_another_community(jinxiu):
    other = CashPoint.objects.create(
        community=type(jinxiu.community).objects.create(code="J2", name="二期"), code="01", name="二期前台"
    )
    with pytest.raises(WrongCashPoint):
        pay(jinxiu, 100, cash_point_id=other.pk)


def test_the_other_companys_account_is_not_there(cast):
    with cast.jinxiu.open(), pytest.raises(NotFound):
        pay(cast.jinxiu, 100, account_id=cast.yunding.accounts["3-1-1602"].pk)


def test_what_the_cashier_saw_must_still_be_so(jinxiu, three_bills):
    pay(jinxiu, 63006, expected_owed_fen=63006 * 3 + 4007 + 2268 + 586)
    with pytest.raises(AccountChanged):
        pay(jinxiu, 63006, key="k2", expected_owed_fen=63006 * 3 + 4007 + 2268 + 586)


class TestIdempotency:
    """The same key is the same payment."""

    def test_the_same_request_gets_the_first_answer(self, jinxiu, three_bills):
        first = pay(jinxiu, 100000, tendered_fen=100000)
        again = pay(jinxiu, 100000, tendered_fen=100000)
        assert again == first._replace(replayed=True)
        assert (Payment.objects.count(), Receipt.objects.count()) == (1, 1)

    def test_a_retry_after_midnight_is_still_the_same_request(self, jinxiu, three_bills):
        first = pay(jinxiu, 100000)
        again = pay(jinxiu, 100000, at=AT + timedelta(1), posted_on=PAID_ON + timedelta(1))
        assert again.payment_id == first.payment_id

    @pytest.mark.parametrize(
        "other",
        [{"fen": 100001}, {"method": "TRANSFER"}, {"reference": "x"}, {"paid_on": PAID_ON - timedelta(1)}],
    )
    def test_another_request_under_the_same_key_is_a_conflict(self, jinxiu, three_bills, other):
        pay(jinxiu, 100000)
        with pytest.raises(KeyReused):
            pay(jinxiu, **{"fen": 100000} | other)
        assert Payment.objects.count() == 1

    def test_the_key_of_another_accounts_payment_is_a_conflict(self, jinxiu):
        pay(jinxiu, 100)
        with pytest.raises(KeyReused):
            pay(jinxiu, 100, unit="3-1-1702")

    def test_two_companies_may_use_the_same_key(self, cast):
        for company in (cast.jinxiu, cast.yunding):
            with company.open():
                assert not pay(company, 100).replayed


class TestBackDated:
    """Money that came in before another payment that was booked first."""

    def test_the_late_fee_is_what_it_would_have_been_in_the_right_order(self, jinxiu):
        late, early = date(2026, 5, 31), date(2026, 5, 11)
        bill = owe(jinxiu, 252024, date(2026, 1, 31), rate="0.0005")
        pay(jinxiu, 50000, key="second", paid_on=late)
        pay(jinxiu, 100000, key="first", paid_on=early)
        replayed = Charge.objects.get(pk=bill.pk)
        principal = {
            payment.paid_on: sum(
                line.amount_fen for line in payment.allocations.all() if line.part == "PRINCIPAL"
            )
            for payment in Payment.objects.all()
        }
        exact = (252024 * 100 + (252024 - principal[early]) * 20) * 5
        assert replayed.late_fee_settled * 10_000 == exact
        assert replayed.late_fee_from == late
        assert replayed.settled_fen == sum(principal.values())

    def test_a_late_fee_of_later_days_is_not_asked_for(self, jinxiu):
        Contract.objects.update(principal_first=True)
        bill = owe(jinxiu, 252024, date(2026, 1, 31), rate="0.0005").pk
        pay(jinxiu, 100000, key="second", paid_on=date(2026, 5, 31))
        early = date(2026, 5, 11)
        taken = pay(jinxiu, None, key="first", paid_on=early)
        assert lines(taken) == [(bill, "PRINCIPAL", 152024), (bill, "LATE_FEE", 12601)]

    def test_a_transfer_counts_from_its_value_date(self, jinxiu):
        bill = owe(jinxiu, 100000, date(2026, 5, 20)).pk
        taken = pay(
            jinxiu, 100000, method="TRANSFER", reference="R1", cash_point_id=None, paid_on=date(2026, 5, 20)
        )
        assert lines(taken) == [(bill, "PRINCIPAL", 100000)]
        assert still_open(jinxiu) == {}

    def test_the_banks_number_stands_for_one_transfer_to_an_account(self, jinxiu):
        owe(jinxiu, 100000, date(2026, 5, 20))
        transfer = {"method": "TRANSFER", "reference": "R1", "cash_point_id": None}
        pay(jinxiu, 40000, key="first", **transfer)
        with pytest.raises(ReferenceUsed) as refused:
            pay(jinxiu, 60000, key="second", **transfer)
        assert refused.value.field == "reference"
        assert pay(jinxiu, 40000, key="first", **transfer).replayed
        assert Payment.objects.count() == 1
        # One transfer for a home and its bay is booked on both.
        pay(jinxiu, 1000, unit="B1-001", key="third", **transfer)


class TestNotices:
    """What waits to be sent about money that has just been paid goes back."""

    @pytest.fixture
    def waiting(self, jinxiu, three_bills):
        def notice(kind, charges):
            return Notice.objects.create(
                community=jinxiu.community,
                unit=jinxiu.units["3-1-1602"],
                party=jinxiu.parties["张三"],
                account_id=jinxiu.accounts["3-1-1602"].pk,
                kind=kind,
                channel="PAPER",
                unique_key=f"{kind}{charges}",
                issued_on=PAID_ON,
                charge_ids=charges,
            ).pk

        first, second, third = three_bills
        return {
            "bill of the first": notice("BILL_NOTICE", [first]),
            "bill of the second": notice("BILL_NOTICE", [second]),
            "demand for both": notice("DEMAND", [first, second]),
            "reminder of the third": notice("REMINDER", [third]),
        }

    def test_only_what_is_no_longer_true_goes_back(self, jinxiu, three_bills, waiting):
        pay(jinxiu, 100000)
        back = {name for name, pk in waiting.items() if Notice.objects.get(pk=pk).state == "WITHDRAWN"}
        assert back == {"bill of the first", "demand for both"}
        assert Notice.objects.get(pk=waiting["demand for both"]).reason_code == "paid"

    def test_a_bill_paid_in_two_parts_goes_back_with_the_second(self, jinxiu, three_bills, waiting):
        pay(jinxiu, 100000)
        pay(jinxiu, 32287, key="rest")
        assert Notice.objects.get(pk=waiting["bill of the second"]).state == "WITHDRAWN"
