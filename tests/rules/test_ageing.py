"""Ageing buckets by due date."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.rules.ageing import Bucket, OpenItem, ageing, bucket

AS_OF = date(2026, 6, 30)


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        (-400, 0, Bucket.NOT_DUE),
        (1, 15, Bucket.DAYS_1_15),
        (16, 30, Bucket.DAYS_16_30),
        (31, 90, Bucket.DAYS_31_90),
        (91, 180, Bucket.DAYS_91_180),
        (181, 365, Bucket.DAYS_181_365),
        (366, 730, Bucket.YEARS_1_2),
        (731, 1095, Bucket.YEARS_2_3),
        (1096, 9999, Bucket.YEARS_3_UP),
    ],
)
def test_a_bucket_holds_its_first_and_last_day(first, last, expected):
    for days in (first, last):
        assert bucket(AS_OF - timedelta(days), as_of=AS_OF) is expected


items = st.lists(
    st.builds(OpenItem, st.integers(-100, 3000).map(lambda n: AS_OF - timedelta(n)), st.integers(0, 10**7))
)


@given(items)
def test_every_fen_stands_in_exactly_one_bucket(open_items):
    totals = ageing(open_items, as_of=AS_OF)
    assert list(totals) == list(Bucket)
    assert sum(totals.values()) == sum(item.unpaid_fen for item in open_items)
