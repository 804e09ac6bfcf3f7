"""The worked money scenarios of late fee, allocation, refund and deferral, through the services, to the fen."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from arrears.cases import services as cases
from billing.charges import services as charges
from billing.charges.models import Charge, Contract
from billing.charges.queries import charge_why, open_charges
from billing.payments import services
from billing.payments.queries import credit_of, refund_card
from tests.money import AT, PAID_ON, lines, owe, pay, still_open

DUE = date(2026, 1, 31)
YEAR = 252024
ROOM = "3-1-1602"


def at(day):
    return AT.replace(year=day.year, month=day.month, day=day.day)


def fee(company, as_of):
    rows = open_charges(account_ids=[company.accounts[ROOM].pk], as_of=as_of)
    return sum(row.late_fee_fen for row in rows)


def take(company, fen, day, **given):
    return pay(company, fen, paid_on=day, posted_on=day, at=at(day), **given)


@pytest.mark.parametrize(
    ("rate", "fen"), [("0.0003", 15121), ("0.0005", 25202), ("0.001", 50405), ("0.003", 151214)]
)
def test_s6_late_fee_of_200_days(jinxiu, rate, fen):
    owe(jinxiu, YEAR, DUE, rate=rate)
    taken = take(jinxiu, YEAR + fen, date(2026, 8, 19))
    assert [line.amount_fen for line in taken.lines] == [fen, YEAR]
    assert (taken.credit_fen, still_open(jinxiu, date(2027, 1, 1))) == (0, {})


def test_s6_the_cap_of_30_percent_and_the_day_the_full_cap_is_reached(jinxiu):
    capped = owe(jinxiu, YEAR, DUE, rate="0.003", cap="0.3")
    assert still_open(jinxiu, date(2026, 8, 19))[capped.pk] == (YEAR, 75607)
    whole = owe(jinxiu, YEAR, DUE, rate="0.003")
    assert still_open(jinxiu, DUE + timedelta(333))[whole.pk] == (YEAR, 251772)
    assert still_open(jinxiu, date(2026, 12, 31))[whole.pk] == (YEAR, YEAR)
    assert still_open(jinxiu, DUE + timedelta(400))[whole.pk] == (YEAR, YEAR)


def test_s7_a_part_payment_of_one_bill(jinxiu):
    """Without the 22.00 of recoverable cost, which no charge carries yet: late fee before principal (561)."""
    charge = owe(jinxiu, YEAR, DUE, rate="0.0005")
    taken = take(jinxiu, 97800, date(2026, 5, 11))
    assert lines(taken) == [(charge.pk, "LATE_FEE", 12601), (charge.pk, "PRINCIPAL", 85199)]
    assert still_open(jinxiu, date(2026, 6, 30)) == {charge.pk: (166825, 4171)}
    paid_off = take(jinxiu, 166825 + 4171, date(2026, 6, 30), key="k2")
    assert (paid_off.credit_fen, still_open(jinxiu, date(2026, 6, 30))) == (0, {})


def test_s7_principal_first_where_the_contract_says_so(jinxiu):
    Contract.objects.update(principal_first=True)
    charge = owe(jinxiu, YEAR, DUE, rate="0.0005")
    assert lines(take(jinxiu, 100000, date(2026, 5, 11))) == [(charge.pk, "PRINCIPAL", 100000)]
    assert still_open(jinxiu, date(2026, 6, 30)) == {charge.pk: (152024, 16402)}


def _three_bills(jinxiu):
    days = (date(2025, 10, 31), date(2026, 1, 31), date(2026, 4, 30))
    return [owe(jinxiu, 63006, day) for day in days]


def test_s8_several_bills_without_a_designation(jinxiu):
    first, second, third = _three_bills(jinxiu)
    pay(jinxiu, 100000)
    assert still_open(jinxiu) == {second.pk: (32287, 0), third.pk: (63006, 586)}
    assert charge_why(first.pk, as_of=PAID_ON).late_fee_paid_fen == 4007


def test_s8_the_owner_ticks_the_newest(jinxiu):
    first, second, third = _three_bills(jinxiu)
    pay(jinxiu, 100000, designated=[third.pk])
    assert still_open(jinxiu) == {first.pk: (30605, 0), second.pk: (63006, 2268)}


def test_s8_the_heavier_burden_comes_first(jinxiu):
    parking = owe(jinxiu, 90000, date(2025, 12, 31), item="parking", rate="0")
    owe(jinxiu, 63006, DUE)
    pay(jinxiu, 70000)
    assert still_open(jinxiu) == {parking.pk: (85274, 0)}


def test_s8_what_no_debt_can_take_is_credit(jinxiu):
    owe(jinxiu, 63006, DUE, rate="0")
    taken = pay(jinxiu, 70000)
    account = jinxiu.accounts[ROOM].pk
    assert (taken.credit_fen, credit_of([account])) == (6994, {account: 6994})


def test_s11_a_deferral_takes_its_days_out(jinxiu):
    charge = owe(jinxiu, YEAR, DUE)
    assert fee(jinxiu, date(2026, 6, 20)) == 10585
    charges.pause_late_fee(
        charge_ids=[charge.pk], first_on=date(2026, 3, 1), last_on=date(2026, 5, 31), reason="缓缴",
        on=date(2026, 3, 1),
    )  # fmt: skip
    assert fee(jinxiu, date(2026, 5, 31)) == fee(jinxiu, date(2026, 4, 1)) == 2117
    assert fee(jinxiu, date(2026, 6, 20)) == 3629
    assert charge_why(charge.pk, as_of=date(2026, 6, 20)).late_fee_total_fen == 3629
    taken = take(jinxiu, YEAR + 3629, date(2026, 6, 20))
    assert [line.amount_fen for line in taken.lines] == [3629, YEAR]


def test_a_payment_in_the_middle_of_a_deferral_keeps_its_days_out(jinxiu):
    charge = owe(jinxiu, YEAR, DUE)
    charges.pause_late_fee(
        charge_ids=[charge.pk], first_on=date(2026, 3, 1), last_on=date(2026, 5, 31), reason="缓缴",
        on=date(2026, 3, 1),
    )  # fmt: skip
    take(jinxiu, 100000, date(2026, 4, 10))
    why = charge_why(charge.pk, as_of=date(2026, 6, 20))
    # 28 days on the whole, then 20 days from 1 June on the rest.
    rest = YEAR - (100000 - 2117)
    expected = (Decimal(YEAR) * 28 + Decimal(rest) * 20) * Decimal("0.0003")
    assert why.late_fee_total_fen == round(expected)
    assert still_open(jinxiu, date(2026, 6, 20)) == {charge.pk: (rest, why.late_fee_total_fen - 2117)}


def test_a_deferral_that_ends_early_lets_the_fee_run_again(jinxiu):
    charge = owe(jinxiu, YEAR, DUE)
    (pause_id,) = charges.pause_late_fee(
        charge_ids=[charge.pk], first_on=date(2026, 3, 1), last_on=date(2026, 5, 31), reason="缓缴",
        on=date(2026, 3, 1),
    )  # fmt: skip
    charges.end_pause(pause_id=pause_id, last_on=date(2026, 3, 31))
    assert fee(jinxiu, date(2026, 6, 20)) == round(Decimal(YEAR) * (140 - 31) * Decimal("0.0003"))


def test_a_pause_does_not_use_up_days_of_grace(jinxiu):
    charge = owe(jinxiu, YEAR, DUE)
    charge.snapshot["late_fee"]["grace_days"] = 15
    charge.late_fee_from = DUE + timedelta(15)
    charge.save()
    charges.pause_late_fee(
        charge_ids=[charge.pk], first_on=date(2026, 2, 6), last_on=date(2026, 2, 15), reason="缓缴",
        on=date(2026, 2, 6),
    )  # fmt: skip
    assert fee(jinxiu, date(2026, 2, 25)) == 0
    assert fee(jinxiu, date(2026, 2, 26)) == round(Decimal(YEAR) * Decimal("0.0003"))
    assert charge_why(charge.pk, as_of=date(2026, 2, 26)).late_fee_total_fen == fee(jinxiu, date(2026, 2, 26))


@pytest.mark.parametrize(
    ("first_on", "last_on", "reason"),
    [
        (date(2026, 3, 3), date(2026, 5, 31), "缓缴"),
        (date(2026, 3, 1), date(2026, 2, 28), "缓缴"),
        (date(2026, 3, 1), date(2026, 5, 31), " "),
    ],
)
def test_a_pause_begins_tomorrow_at_the_latest_has_days_and_a_reason(jinxiu, first_on, last_on, reason):
    charge = owe(jinxiu, YEAR, DUE)
    with pytest.raises(charges.BadPause):
        charges.pause_late_fee(
            charge_ids=[charge.pk], first_on=first_on, last_on=last_on, reason=reason, on=date(2026, 3, 1)
        )
    assert not Charge.objects.get(pk=charge.pk).pauses.exists()


def test_s10_money_that_is_not_owed_any_more_goes_back(jinxiu):
    """The refund of S10, 698.31 of credit: asked for, agreed to, paid by three people to the original way."""
    taken = pay(jinxiu, 69831)
    account = jinxiu.accounts[ROOM].pk
    with jinxiu.open("cashier"):
        refund = services.ask_refund(
            account_id=account, payment_id=taken.payment_id, amount_fen=69831, reason="合同终止退预收",
            by=jinxiu.staff("cashier"), on=PAID_ON, at=AT,
        )  # fmt: skip
    decide(jinxiu, "project_manager", refund)
    services.pay_refund(
        refund_id=refund,
        by=jinxiu.staff("finance"),
        posted_on=PAID_ON,
        at=AT,
        cash_point_id=jinxiu.cash_point.pk,
    )
    assert credit_of([account]) == {account: 0}


def decide(company, role, refund_id):
    with company.open(role):
        cases.decide(
            approval_id=refund_card(refund_id).approval_id, by=company.staff(role), approve=True, at=AT
        )
