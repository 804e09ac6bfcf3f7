"""The worked money scenarios of the specification, to the fen."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from billing.charges.rules import late_fee
from billing.charges.rules.discount import over_months, share_of
from billing.charges.rules.late_fee import (
    Movement,
    Pause,
    Running,
    Terms,
    accrued_fen,
    close_segment,
    outstanding_fen,
)
from billing.charges.rules.metered import Tier, stepped_fen, usage
from billing.charges.rules.pricing import Basis, Rounding, TariffVersion, plan_for, price
from billing.charges.rules.vat import split_gross
from billing.payments.rules.allocation import OpenCharge, Part, allocate
from billing.payments.rules.cash_day import check_count, closing_fen
from values.capitals import capitals
from values.fen import split_by_weight, split_evenly
from values.period import Period

AREA = 893700
RATE = TariffVersion(1, Basis.AREA, 2_350_000)
DUE = date(2026, 1, 31)
YEAR = Period.of_months(date(2026, 1, 1), 12)


def fee_terms(rate_e8, *, fen=252024, due_on=DUE, **rest):
    return Terms(due_on, rate_e8, fen, **rest)


def fee(terms, as_of, pauses=()):
    return accrued_fen(terms, late_fee.start(terms), as_of=as_of, pauses=pauses)


def total(period, *, billed=None, rounding=Rounding.PER_MONTH, tariff=RATE):
    return price(
        plan_for(tariffs=[tariff], period=period, billed=billed, rounding=rounding), area_cm2=AREA
    ).total_fen


def lines_of(found):
    return [(line.charge_id, line.part.value, line.amount_fen) for line in found.lines]


@pytest.mark.parametrize(("months", "fen"), [(1, 21002), (3, 63006), (12, 252024)])
def test_s1_area_times_rate_times_months(months, fen):
    assert total(Period.of_months(date(2026, 1, 1), months)) == fen


def test_s1_rounding_the_bill_once_differs_by_a_fen():
    assert total(YEAR, rounding=Rounding.PER_BILL) == 252023
    assert capitals(252024) == "人民币贰仟伍佰贰拾元零贰角肆分"


def test_s2_shared_electricity():
    assert split_by_weight(123456, (893700, 1205000, 1432800)) == (31242, 42125, 50089)
    assert split_by_weight(123456, (1, 1, 1)) == (41152,) * 3
    assert split_by_weight(10000, (1, 1, 1)) == (3334, 3333, 3333)
    quarter, parking = Period.of_months(date(2026, 1, 1), 3), TariffVersion(2, Basis.FIXED, 300_000_000)
    assert total(quarter) + total(quarter, tariff=parking) + 31242 == 184248


def test_s3_ownership_transfer_in_mid_month():
    april, transfer = Period.month(2026, 4), date(2026, 4, 18)
    assert total(april, billed=Period(april.start, transfer)) == 11901
    assert total(april, billed=Period(transfer, april.end)) == 9101
    seller = total(YEAR, billed=Period(YEAR.start, transfer))
    buyer = total(YEAR, billed=Period(transfer, YEAR.end))
    assert (seller, buyer) == (74907, 177117)
    assert 252024 - seller == 8 * 21002 + 9101


def test_s4_vacancy():
    line = share_of(21002, Decimal("0.70"))
    assert (line, share_of(21002, Decimal("0.60"))) == (14701, 12601)
    assert 4 * 21002 + 8 * line == 201616
    assert (8 * (21002 - line), 5 * (21002 - line)) == (50408, 31505)


def test_s5_early_bird_and_its_split_over_the_year():
    discount = share_of(252024, Decimal("0.05"))
    months = over_months(discount, 12)
    net = [21002 - part for part in months]
    assert (discount, 252024 - discount) == (12601, 239423)
    assert months == (*[1050] * 11, 1051)
    assert (net, sum(net)) == ([19952] * 11 + [19951], 239423)


def test_s10_a_refund_counts_the_days_of_the_last_month():
    september = Period.month(2026, 9)
    net = TariffVersion(1, Basis.FIXED, 199_520_000)
    served = total(september, billed=Period(september.start, date(2026, 9, 16)), tariff=net)
    unserved = total(september, billed=Period(date(2026, 9, 16), september.end), tariff=net)
    assert (served, unserved) == (9976, 9976)
    assert (unserved + 2 * 19952 + 19951, 8 * 19952 + served) == (69831, 169592)


@pytest.mark.parametrize(
    ("rate_e8", "fen"), [(30_000, 15121), (50_000, 25202), (100_000, 50405), (300_000, 151214)]
)
def test_s6_two_hundred_days_at_four_rates(rate_e8, fen):
    assert fee(fee_terms(rate_e8), date(2026, 8, 19)) == fen


def test_s6_caps_and_grace():
    assert fee(fee_terms(300_000, cap_e4=3000), date(2026, 8, 19)) == 75607
    full = fee_terms(300_000)
    assert fee(full, DUE + timedelta(333)) == 251772
    assert fee(full, date(2026, 12, 31)) == fee(full, DUE + timedelta(400)) == 252024
    assert fee(full._replace(cap_e4=None), DUE + timedelta(400)) == 302429
    assert fee(fee_terms(30_000, grace_days=15), date(2026, 8, 19)) == 13987


EMS = OpenCharge(2, date(2026, 4, 10), 2200, is_cost=True)


def test_s7_a_part_payment_pays_cost_then_late_fee_then_principal():
    terms, paid_on, settle_on = fee_terms(50_000), date(2026, 5, 11), date(2026, 6, 30)
    bill = OpenCharge(1, DUE, 252024, late_fee_fen=fee(terms, paid_on), rate_e8=50_000)
    found = allocate([bill, EMS], amount_fen=100000, paid_on=paid_on)
    assert lines_of(found) == [(2, "PRINCIPAL", 2200), (1, "LATE_FEE", 12601), (1, "PRINCIPAL", 85199)]
    after = close_segment(terms, late_fee.start(terms), on=paid_on, unpaid_fen=252024 - 85199)
    assert accrued_fen(terms, after, as_of=settle_on) == 16772
    owed = outstanding_fen(terms, after, as_of=settle_on, paid_fen=12601)
    assert (after.unpaid_fen, owed, after.unpaid_fen + owed) == (166825, 4171, 170996)


def test_s7_principal_first():
    terms, paid_on = fee_terms(50_000), date(2026, 5, 11)
    bill = OpenCharge(1, DUE, 252024, late_fee_fen=12601, rate_e8=50_000)
    found = allocate([bill, EMS], amount_fen=100000, paid_on=paid_on, principal_first=True)
    assert lines_of(found) == [(1, "PRINCIPAL", 100000)]
    after = close_segment(terms, late_fee.start(terms), on=paid_on, unpaid_fen=152024)
    owed = accrued_fen(terms, after, as_of=date(2026, 6, 30))
    assert (owed, owed + 2200 + after.unpaid_fen) == (16402, 170626)


def test_s7_the_calculation_is_shown_segment_by_segment():
    shown = late_fee.explain(fee_terms(50_000), [Movement(date(2026, 5, 11), 85199)], as_of=date(2026, 6, 30))
    assert [(part.unpaid_fen, part.days) for part in shown.segments] == [(252024, 100), (166825, 50)]
    assert late_fee.from_e8(shown.raw_e8) == Decimal("16771.825")
    assert (shown.fee_fen, shown.cap_fen, shown.is_capped) == (16772, 252024, False)


S8_PAID_ON = date(2026, 5, 31)
S8_DUE = {1: date(2025, 10, 31), 2: date(2026, 1, 31), 3: date(2026, 4, 30)}


def s8_bills():
    fees = {n: fee(fee_terms(30_000, fen=63006, due_on=due), S8_PAID_ON) for n, due in S8_DUE.items()}
    assert fees == {1: 4007, 2: 2268, 3: 586}
    return [OpenCharge(n, due, 63006, late_fee_fen=fees[n], rate_e8=30_000) for n, due in S8_DUE.items()]


def test_s8a_without_a_designation_the_oldest_is_paid_first():
    found = allocate(s8_bills(), amount_fen=100000, paid_on=S8_PAID_ON)
    assert lines_of(found) == [
        (1, "LATE_FEE", 4007),
        (1, "PRINCIPAL", 63006),
        (2, "LATE_FEE", 2268),
        (2, "PRINCIPAL", 30719),
    ]
    assert (63006 - 30719, found.credit_fen) == (32287, 0)


def test_s8b_the_bill_the_owner_ticked_is_paid_first():
    found = allocate(s8_bills(), amount_fen=100000, paid_on=S8_PAID_ON, designated=[3])
    assert lines_of(found) == [
        (3, "LATE_FEE", 586),
        (3, "PRINCIPAL", 63006),
        (1, "LATE_FEE", 4007),
        (1, "PRINCIPAL", 32401),
    ]
    assert 63006 - 32401 == 30605


def test_s8c_the_heavier_burden_is_paid_before_the_older():
    parking = OpenCharge(1, date(2025, 12, 31), 90000)
    property_fee = OpenCharge(2, DUE, 63006, late_fee_fen=2268, rate_e8=30_000)
    found = allocate([parking, property_fee], amount_fen=70000, paid_on=S8_PAID_ON)
    assert lines_of(found) == [(2, "LATE_FEE", 2268), (2, "PRINCIPAL", 63006), (1, "PRINCIPAL", 4726)]
    assert 90000 - 4726 == 85274


def test_s9_instalments():
    assert split_evenly(504048 + 20324, 6) == (*[87395] * 5, 87397)
    down = share_of(524372, Decimal("0.20"))
    assert (down, split_evenly(524372 - down, 5)) == (104874, (*[83900] * 4, 83898))


def test_s9_two_instalments_pay_the_frozen_late_fee_first():
    debt = OpenCharge(1, DUE, 504048, late_fee_fen=20324, rate_e8=30_000)
    first = allocate([debt], amount_fen=87395, paid_on=date(2026, 3, 31))
    assert [(line.part, line.amount_fen) for line in first.lines] == [
        (Part.LATE_FEE, 20324),
        (Part.PRINCIPAL, 67071),
    ]
    assert (504048 - 67071, 504048 - 67071 - 87395) == (436977, 349582)


def test_s9_a_broken_plan_resumes_or_charges_from_the_signing():
    signed_on, as_of = date(2026, 3, 15), date(2026, 7, 31)
    terms = fee_terms(30_000, fen=504048, due_on=signed_on)
    paid = [Movement(date(2026, 3, 31), 67071), Movement(date(2026, 4, 30), 87395)]
    pause = [Pause(date(2026, 3, 16), date(2026, 5, 31))]
    resumed = late_fee.replay(terms, paid, pauses=pause)
    assert resumed.unpaid_fen == 349582
    assert accrued_fen(terms, resumed, as_of=as_of, pauses=pause) == 6397
    assert late_fee.explain(terms, paid, as_of=as_of, pauses=pause).segments[-1].days == 61
    retroactive = late_fee.explain(terms, paid, as_of=as_of)
    assert [part.days for part in retroactive.segments] == [16, 30, 92]
    assert late_fee.from_e8(retroactive.raw_e8) == Decimal("16000.6866")
    assert retroactive.fee_fen == 16001


def test_s11_a_deferral_leaves_its_days_out():
    terms, paid_on = fee_terms(30_000), date(2026, 6, 20)
    deferral = [Pause(date(2026, 3, 1), date(2026, 5, 31))]
    assert fee(terms, paid_on, deferral) == 3629
    assert fee(terms, paid_on) == 10585
    assert fee(terms, date(2026, 5, 31), deferral) == fee(terms, date(2026, 2, 28))


def test_s11_a_payment_inside_the_deferral_changes_only_what_comes_after():
    terms, deferral = fee_terms(30_000), [Pause(date(2026, 3, 1), date(2026, 5, 31))]
    running = close_segment(
        terms, late_fee.start(terms), on=date(2026, 4, 15), unpaid_fen=100000, pauses=deferral
    )
    assert running == Running(252024 * 30_000 * 28, date(2026, 4, 15), 100000)
    expected = Decimal("2520.24") * 28 * Decimal("0.03") + Decimal("1000.00") * 20 * Decimal("0.03")
    assert accrued_fen(terms, running, as_of=date(2026, 6, 20), pauses=deferral) == round(expected)


def test_s14_stepped_water_and_a_meter_that_rolls_over():
    tiers = (Tier(Decimal(180), 3_200_000), Tier(Decimal(260), 4_500_000), Tier(None, 7_200_000))
    used = usage(previous=99985, current=10, digits=5)
    assert used == 25
    assert stepped_fen(tiers, already=Decimal(170), used=Decimal(used)) == 9950


@pytest.mark.parametrize(
    ("percent", "net", "tax"), [(6, 237758, 14266), (3, 244683, 7341), (1, 249529, 2495)]
)
def test_s15_the_tax_inside_a_price(percent, net, tax):
    assert split_gross(252024, percent=percent) == (net, tax)


def test_s16_the_till_at_the_end_of_the_day():
    expected = closing_fen(opening_fen=50000, receipts_fen=326050, refunds_fen=12000, deposited_fen=300000)
    assert expected == 64050
    assert check_count(expected_fen=expected, counted_fen=64000).params == {"difference_fen": -50}
    assert check_count(expected_fen=expected, counted_fen=64000, reason="找零差错") is None
    assert check_count(expected_fen=expected, counted_fen=expected) is None
