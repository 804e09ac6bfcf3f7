"""A charge's calculation as a sentence: every number in it is one that the charge was made of."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from billing.charges.api import in_words
from billing.charges.models import Charge, FeeItem, Movement
from billing.charges.queries.why import Why, WhyPool, charge_why, explain_charge
from billing.charges.rules import late_fee
from billing.charges.rules.pricing import Basis, Priced, Rounding, TariffVersion, plan_for, price
from owners.models import Unit
from tests.meters import read, run, water_meter, water_tariff
from values.fen import parse_yuan, yuan
from values.period import Period

YEAR = Period(date(2026, 1, 1), date(2027, 1, 1))


def _why(
    period: Period,
    *tariffs: TariffVersion,
    billed: Period | None = None,
    rounding: Rounding = Rounding.PER_MONTH,
    area_cm2: int = 893_700,
    rate: str = "0.0003",
    paid: tuple[tuple[date, int, int], ...] = (),
    as_of: date = date(2026, 1, 31),
    cap_fen: int | None = None,
) -> Why:
    """The explanation of a charge that was never stored."""
    plan = plan_for(tariffs=tariffs, period=period, billed=billed, rounding=rounding)
    priced = price(plan, area_cm2=area_cm2)
    assert isinstance(priced, Priced)
    mine = billed or period
    charge = Charge(
        pk=1, tenant_id=1, unit=Unit(tenant_id=1, code="3-1-1602"), fee_item=FeeItem(tenant_id=1, name="物业费"), kind="PERIODIC",
        period=DateRange(mine.start, mine.end), issued_on=mine.start, due_on=date(2026, 1, 31),
        amount_fen=priced.total_fen, late_fee_rate=Decimal(rate), late_fee_cap_fen=cap_fen or priced.total_fen,
        snapshot=priced.snapshot(),
    )  # fmt: skip
    return _with_payments(charge, paid, as_of)


def _with_payments(charge: Charge, paid: tuple[tuple[date, int, int], ...], as_of: date) -> Why:
    terms = late_fee.Terms(charge.due_on, late_fee.rate_to_e8(charge.late_fee_rate), charge.amount_fen)
    running = late_fee.replay(terms, [late_fee.Movement(on, fen) for on, fen, _fee in paid])
    charge.settled_fen = sum(fen for _on, fen, _fee in paid)
    charge.late_fee_paid_fen = sum(fee for _on, _fen, fee in paid)
    charge.late_fee_settled, charge.late_fee_from = late_fee.from_e8(running.settled_e8), running.from_on
    moves = [Movement(tenant_id=1, on=on, principal_fen=fen, late_fee_fen=fee) for on, fen, fee in paid]
    charge._prefetched_objects_cache = {"movements": moves, "pauses": []}
    return explain_charge(charge, as_of=as_of)


def _tariff(rate: str, *, surcharge: str = "0", basis: Basis = Basis.AREA, **days: date) -> TariffVersion:
    micro = [int(Decimal(text) * 1_000_000) for text in (rate, surcharge)]
    return TariffVersion(1, basis, micro[0], micro[1], **days)


def test_a_year_names_the_month_and_multiplies_it():
    assert in_words.calculation(_why(YEAR, _tariff("2.35"))) == [
        "89.37㎡ × 2.35元/㎡·月 = 每月210.02元，× 12个月 = 2520.24元"
    ]


def test_a_bill_rounded_once_says_so():
    assert in_words.calculation(_why(YEAR, _tariff("2.35"), rounding=Rounding.PER_BILL)) == [
        "89.37㎡ × 2.35元/㎡·月 × 12个月 = 2520.23元（整单四舍五入）"
    ]


def test_a_fixed_price_has_no_area():
    assert in_words.calculation(_why(Period.month(2026, 1), _tariff("300", basis=Basis.FIXED))) == [
        "300.00元/月 × 1个月 = 300.00元"
    ]


def test_a_surcharge_stands_in_the_brackets():
    assert in_words.calculation(_why(Period.month(2026, 1), _tariff("2.35", surcharge="5"))) == [
        "（89.37㎡ × 2.35元/㎡·月 + 附加费5.00元/月） × 1个月 = 215.02元"
    ]


def test_a_part_of_a_month_is_counted_in_days():
    part = Period(date(2026, 4, 14), date(2026, 5, 1))
    assert in_words.calculation(_why(Period.month(2026, 4), _tariff("2.35"), billed=part)) == [
        "2026年4月14日至4月30日共17天：89.37㎡ × 2.35元/㎡·月 = 全月210.02元，× 17天 ÷ 30天 = 119.01元"
    ]


def test_a_new_price_in_the_period_makes_a_second_sentence_and_a_sum():
    sentences = in_words.calculation(
        _why(
            Period(date(2026, 1, 1), date(2026, 4, 1)),
            _tariff("2.35", end_on=date(2026, 3, 1)),
            _tariff("2.55", from_on=date(2026, 3, 1)),
        )
    )
    assert sentences == [
        "89.37㎡ × 2.35元/㎡·月 = 每月210.02元，× 2个月 = 420.04元",
        "89.37㎡ × 2.55元/㎡·月 × 1个月 = 227.89元",
        "合计647.93元",
    ]


@given(
    area_cm2=st.integers(100_000, 5_000_000),
    rate=st.integers(1_000_000, 20_000_000),
    first=st.dates(date(2026, 1, 1), date(2026, 11, 28)),
    days=st.integers(1, 300),
    rounding=st.sampled_from(Rounding),
)
def test_the_amounts_of_the_sentences_add_up_to_the_charge(area_cm2, rate, first, days, rounding):
    end = min(date.fromordinal(first.toordinal() + days), YEAR.end)
    tariff = TariffVersion(1, Basis.AREA, rate)
    why = _why(YEAR, tariff, billed=Period(first, end), rounding=rounding, area_cm2=area_cm2)
    sentences = in_words.calculation(why)
    lines = [line for line in sentences if not line.startswith("合计")]
    totals = [parse_yuan(re.findall(r"= ([0-9.]+)元(?:（[^）]*）)?$", line)[-1]) for line in lines]
    assert sum(totals) == why.amount_fen
    assert (len(lines) > 1) == sentences[-1].startswith(f"合计{yuan(why.amount_fen)}元")


def test_no_late_fee_runs_before_the_day_after_the_due_day():
    assert in_words.late_fee(_why(Period.month(2026, 1), _tariff("2.35"), as_of=date(2026, 1, 31))) == []


def test_the_late_fee_is_unpaid_times_rate_times_days():
    assert in_words.late_fee(_why(YEAR, _tariff("2.35"), as_of=date(2026, 8, 19))) == [
        "2026-02-01至2026-08-19：未缴2520.24元 × 0.03% × 200天 = 151.2144元",
        "合计四舍五入为151.21元",
    ]


def test_a_late_fee_that_comes_out_even_needs_no_rounding():
    why = _why(Period.month(2026, 1), _tariff("300", basis=Basis.FIXED), as_of=date(2026, 3, 2))
    assert in_words.late_fee(why) == ["2026-02-01至2026-03-02：未缴300.00元 × 0.03% × 30天 = 2.70元"]


def test_each_payment_begins_a_new_stretch_and_paid_late_fee_is_taken_off():
    why = _why(
        YEAR,
        _tariff("2.35"),
        rate="0.0005",
        paid=((date(2026, 5, 11), 85_199, 12_601),),
        as_of=date(2026, 6, 30),
    )
    assert in_words.late_fee(why) == [
        "2026-02-01至2026-05-11：未缴2520.24元 × 0.05% × 100天 = 126.012元",
        "2026-05-12至2026-06-30：未缴1668.25元 × 0.05% × 50天 = 41.70625元",
        "合计四舍五入为167.72元",
        "已缴违约金126.01元，尚余41.71元",
    ]
    assert why.late_fee_fen == 4171


def test_a_late_fee_at_its_cap_says_what_the_cap_is():
    why = _why(Period.month(2026, 1), _tariff("2.35"), rate="0.01", as_of=date(2026, 12, 31))
    assert in_words.late_fee(why)[-1] == "违约金不超过210.02元，按210.02元计"


@pytest.mark.parametrize(
    ("rate", "says"),
    [
        ("0.0003", "请在2026-01-31（含当日）前缴纳，逾期部分按合同约定每日0.03%（万分之三）计算违约金。"),
        ("0", "请在2026-01-31（含当日）前缴纳，本项不计违约金。"),
    ],
)
def test_the_owner_is_told_until_when_and_never_threatened(rate: str, says: str):
    assert in_words.pay_by(_why(Period.month(2026, 1), _tariff("2.35"), rate=rate)) == says


def test_a_meter_and_a_shared_cost_are_told_in_both_languages(jinxiu):
    meter = water_meter(jinxiu, water_tariff(jinxiu), start=100, on=date(2026, 1, 1))
    read(meter, date(2026, 2, 1), 290)
    run(jinxiu, 2026, 2)
    why = charge_why(Charge.objects.get(fee_item__code="water").pk, as_of=date(2026, 2, 6))
    with override("zh-hans"):
        assert in_words.calculation(why) == [
            "表W-3-1-1602：2026-01-01示数100，2026-02-01示数290，用量190m³",
            "180m³ × 3.20元 = 576.00元",
            "10m³ × 4.50元 = 45.00元",
        ]
    with override("en"):
        assert in_words.calculation(why)[1:] == ["180m³ × ¥3.20 = ¥576.00", "10m³ × ¥4.50 = ¥45.00"]
    pool = WhyPool(1, 123_456, "AREA", "89.37", "353.15", "", "", "", 31_242, 17, 31)
    part = replace(why, readings=(), pool=pool, amount_fen=17_133)
    with override("zh-hans"):
        assert in_words.calculation(part) == [
            "公摊总额1234.56元 × 89.37 ÷ 353.15 = 312.42元",
            "共31天中的17天 = 171.33元",
        ]
