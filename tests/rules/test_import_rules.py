"""What an import decides: compare a unit, switch a price, judge a row of arrears."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billing.charges.rules.opening import Fate, Standing, judge
from billing.charges.rules.resubscribe import Held, Move, Price, resubscribe
from owners.rules.compare import Holder, Known, Named, Reach, Wanted, compare
from owners.rules.party_kind import is_organisation
from owners.rules.phone_key import last_four, phone_key
from values.fen import split_floor_last
from values.period import Period

NEW_YEAR = date(2026, 1, 1)
CHEAP, DEAR = Price("AREA", 2_350_000, 0), Price("AREA", 2_800_000, 0)
KNOWN = Known(
    unit_id=1, code="3-1-1602", kind="ROOM", floor=16, area_cm2=893_700, handover_on=date(2022, 1, 1),
    handover="TAKEN_OVER", occupancy="OCCUPIED", location="", plate="", linked="", remark="旧",
    holders=(Holder(7, "张三", "", False),), phones=(("h1", "138****0001"),),
)  # fmt: skip
TOLD = Wanted(
    code="3-1-1602", building="3", entrance="1", room="1602", sort_key="", kind="ROOM", floor=16, area_cm2=893_700,
    handover_on=date(2022, 1, 1), handover="TAKEN_OVER", occupancy="OCCUPIED", location="", plate="", linked="",
    remark="旧", owners=(Named("张三", "张三", "", ""),), developer=False,
    phones=(Reach("MOBILE", "13800000001", "h1", "138****0001"),), since=date(2022, 1, 1),
)  # fmt: skip

days = st.dates(date(2020, 1, 1), date(2030, 12, 31))


def test_the_same_told_again_differs_in_nothing():
    assert compare(KNOWN, TOLD) == ((), False, (), ())


@pytest.mark.parametrize(
    "field", ["floor", "handover_on", "occupancy", "location", "plate", "linked", "remark"]
)
def test_a_blank_cell_says_nothing(field):
    blank = None if field in ("floor", "handover_on") else ""
    assert compare(KNOWN, TOLD._replace(**{field: blank})).changes == ()


def test_a_unit_whose_owner_differs_gets_neither_phones_nor_numbers():
    other = TOLD._replace(
        owners=(Named("李四", "李四", "1", "x"),),
        phones=(Reach("MOBILE", "13900000002", "h2", "139"),),
        area_cm2=1,
    )
    found = compare(KNOWN, other)
    assert found.owner_differs
    assert [change.field for change in found.changes] == ["area"]
    assert (found.new_phones, found.new_identities) == ((), ())


def test_a_co_owner_more_or_in_another_order_is_another_ownership():
    pair = (Named("张三", "张三", "", ""), Named("李四", "李四", "", ""))
    assert compare(KNOWN, TOLD._replace(owners=pair)).owner_differs
    both = KNOWN._replace(holders=(Holder(8, "李四", "", False), Holder(7, "张三", "", False)))
    assert compare(both, TOLD._replace(owners=pair)).owner_differs
    assert not compare(both, TOLD._replace(owners=pair[::-1])).owner_differs


@given(from_on=days, to_on=st.none() | days, start_on=days, price=st.sampled_from([CHEAP, DEAR]))
def test_a_price_never_changes_a_day_before_the_switch(from_on, to_on, start_on, price):
    if to_on is not None and to_on <= from_on:
        return
    held = Held(1, CHEAP, from_on, to_on)
    move, counts_from = resubscribe(held, price, start_on=start_on, switch_on=NEW_YEAR)
    if move in (Move.BEGIN, Move.SWITCH):
        assert counts_from == NEW_YEAR
    if move is Move.SWITCH:
        assert from_on < NEW_YEAR
        assert price != CHEAP
    if move is Move.RETARGET:
        assert from_on >= NEW_YEAR


@given(start_on=days)
def test_what_pays_nothing_yet_begins_where_it_is_told(start_on):
    assert resubscribe(None, DEAR, start_on=start_on, switch_on=NEW_YEAR) == (Move.BEGIN, start_on)


@given(fen=st.integers(1, 10**7), n=st.integers(1, 36))
def test_a_row_judged_against_its_own_charges_is_known(fen, n):
    period = Period.of_months(date(2023, 1, 1), n)
    parts = zip(period.months(), split_floor_last(fen, n), strict=True)
    own = [Standing(month, True, part) for month, part in parts if part]
    assert judge(period, fen, []).new_months == len(own)
    assert judge(period, fen, own) == (Fate.KNOWN, 0, 0)
    if fen >= n:
        assert judge(period, fen + n, own).fate is Fate.DIFFERS


@given(billed=st.sets(st.integers(0, 11)))
def test_billed_months_are_left_out_one_by_one(billed):
    period = Period.of_months(date(2025, 1, 1), 12)
    months = period.months()
    verdict = judge(period, 1200, [Standing(months[at], False, 999) for at in billed])
    assert (verdict.new_months, verdict.billed_months) == (12 - len(billed), len(billed))


def test_a_quarterly_bill_covers_each_of_its_months():
    quarter = Standing(Period.of_months(date(2025, 1, 1), 3), False, 300)
    assert judge(Period.of_months(date(2025, 2, 1), 4), 400, [quarter]) == (Fate.NEW, 2, 2)


@pytest.mark.parametrize(
    "name", ["锦绣物业有限公司", "中国银行杭州分行营业中心", "王记超市", "某某厂（普通合伙）", "第一小学校"]
)
def test_organisations_are_known_by_their_names(name):
    assert is_organisation(name)


@pytest.mark.parametrize("name", ["张三", "司马中", "王厂", "李店"])
def test_people_are_not_taken_for_organisations(name):
    assert not is_organisation(name)


@given(st.text("0123456789- ()", max_size=20))
def test_a_phone_key_holds_the_digits_only_and_its_last_four_end_it(number):
    key = phone_key(number)
    assert key == "".join(c for c in number if c.isdigit())
    assert key.endswith(last_four(number))
