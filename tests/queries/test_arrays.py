"""Columns travel to PostgreSQL as one literal each: whatever stands in them arrives as it was."""

from __future__ import annotations

import gc
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tenancy.kernel import sql
from tenancy.kernel.arrays import array
from tenancy.kernel.memory import collector_paused

texts = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]))
KINDS = {
    "bigint": st.integers(-(2**63), 2**63 - 1),
    "text": texts,
    "boolean": st.booleans(),
    "date": st.dates(date(1, 1, 1)),
    "numeric": st.decimals(
        allow_nan=False, allow_infinity=False, places=8, min_value=-(10**15), max_value=10**15
    ),
    "timestamptz": st.datetimes(datetime(1900, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
    "bytea": st.binary(),
}


def there_and_back(values, kind):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT %s::{kind}[]", [array(values)])
        found = cursor.fetchone()[0]
    return [bytes(value) if isinstance(value, memoryview) else value for value in found]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("with_gaps", [False, True])
def test_every_column_arrives_as_it_was(db, kind, with_gaps):
    @settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(st.lists(KINDS[kind] | st.none() if with_gaps else KINDS[kind]))
    def law(values):
        assert there_and_back(values, kind) == values

    law()


def test_a_text_with_a_nul_cannot_shift_the_column():
    for values in (["a\0b", "c"], ["a\0b", None]):
        with pytest.raises(ValueError, match="NUL"):
            array(values)


def test_what_is_not_known_is_left_to_the_driver():
    nested = [[1, 2], [3, 4]]
    assert array(nested) is nested
    assert array([1.5]) == [1.5]


def test_statements_take_lists_as_columns(jinxiu):
    ids = [unit.pk for unit in jinxiu.units.values()]
    parties = [account.party_id for account in jinxiu.accounts.values()]
    rows = sql.rows("billing.charges", "account_ids", {"unit_ids": ids, "party_ids": parties})
    assert sorted(account for _unit, _party, account in rows) == sorted(
        a.pk for a in jinxiu.accounts.values()
    )
    assert array([Decimal("0.00030000"), None]) == "{0.00030000,NULL}"


def test_the_collector_rests_while_a_large_read_is_open_and_works_again_after_it(jinxiu):
    assert gc.isenabled()
    wanted = {"unit_ids": [], "party_ids": []}
    for _block in sql.stream("billing.charges", "account_ids", wanted):
        assert not gc.isenabled()
    assert gc.isenabled()
    blocks = sql.stream("billing.charges", "count_units", {"community_id": jinxiu.community.pk})
    next(blocks)
    assert not gc.isenabled()
    del blocks  # given up in the middle
    assert gc.isenabled()


def test_a_pause_within_a_pause_ends_with_the_outer_one():
    with collector_paused():
        with collector_paused():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()
