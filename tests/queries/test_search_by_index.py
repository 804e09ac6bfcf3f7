"""The search box reads by index: a hundred thousand units must not be walked for one number."""

from __future__ import annotations

from datetime import date

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange

from billing.charges.models import Bill
from config.bench.owner import Owner
from owners.queries import find_units

NUMBERS = ["BILL-JX-2026-000017", "x"]


def _write(jinxiu):
    Bill.objects.bulk_create(
        Bill(
            community=jinxiu.community, account=jinxiu.accounts["3-1-1602"], number=f"BILL-JX-2026-{n:06}",
            period=DateRange(date(2026, 1, 1), date(2026, 2, 1)), issued_on=date(2026, 1, 5),
            due_on=date(2026, 1, 31), amount_fen=100,
        )
        for n in range(3000)
    )  # fmt: skip


def test_a_bill_is_found_by_its_number_behind_row_security(committed):
    """Among three thousand, counted, as after a night: walking them costs more than an index."""
    with committed.jinxiu.open():
        _write(committed.jinxiu)
    owner = Owner()
    owner.settle_down("charges_bill")
    owner.close()
    with committed.jinxiu.open():
        plan = Bill.objects.filter(number__in=NUMBERS).order_by().explain()
    assert "bill_number_once" in plan
    assert "number" in plan.partition("Index Cond:")[2].partition("\n")[0], "the policy must not hide it"


@pytest.mark.parametrize(
    ("words", "codes"),
    [("31602", ["3-1-1602"]), ("3-1-1602", ["3-1-1602"]), ("３栋１单元１６０２室", ["3-1-1602"]), ("31", [])],
)
def test_a_room_is_found_as_people_write_it(jinxiu, words, codes):
    assert [hit.code for hit in find_units(words, 50)] == codes
