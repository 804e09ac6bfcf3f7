"""The one large read of a run, held against plain queries; and the small statements around it."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange

from billing.charges.models import Bill, Charge, Subscription
from billing.charges.queries import BillFilter, bill_rows, bills
from billing.charges.queries.before import billed_in
from billing.charges.queries.billable import billable, priced_items
from billing.charges.queries.runs import count_units
from billing.charges.services import Settlement, issue_bills
from billing.charges.services.writing import next_ids
from owners.models import Ownership, Party, Unit
from owners.services import take_numbers
from tenancy.kernel import sql
from tests.money import settle_charges
from values.period import Period

JANUARY = Period.month(2026, 1)


def read(company, window=JANUARY):
    return [row for block in billable(company.community.pk, window) for row in block]


def issue(company, period=JANUARY):
    return issue_bills(community_id=company.community.pk, period=period, issued_on=date(2026, 1, 5))


def test_units_come_in_walking_order_with_owner_account_and_tariff(jinxiu):
    rows = read(jinxiu)
    assert [row.unit_code for row in rows] == ["3-1-1602", "3-1-1702", "3-2-201", "B1-001"]
    first = rows[0]
    assert (first.subject.area_cm2, first.tariff_id) == (893_700, jinxiu.tariffs["property"].pk)
    assert [(p.name, p.account_id) for p in first.payers.values()] == [
        ("张三", jinxiu.accounts["3-1-1602"].pk)
    ]
    assert rows[2].subject.owners[0].developer
    assert len(rows[1].subject.owners) == 1, "a joint owner is not a second debtor"


def test_everyone_who_owned_in_the_window_is_read(jinxiu):
    unit = jinxiu.units["3-1-1602"]
    Ownership.objects.filter(unit=unit).update(held=DateRange(date(2022, 1, 1), date(2026, 1, 10)))
    party = Party.objects.create(name="孙七", name_key="孙七")
    Ownership.objects.create(unit=unit, party=party, held=DateRange(date(2026, 1, 10), None))
    row = read(jinxiu)[0]
    assert [(o.party, o.start_on, o.end_on) for o in row.subject.owners] == [
        (jinxiu.parties["张三"].pk, date(2022, 1, 1), date(2026, 1, 10)),
        (party.pk, date(2026, 1, 10), None),
    ]
    assert row.payers[party.pk].account_id is None
    assert [o.party for o in read(jinxiu, Period.month(2026, 3))[0].subject.owners] == [party.pk]


def test_billed_days_and_older_debts_are_read_with_the_unit(jinxiu):
    issue(jinxiu)
    again = read(jinxiu)[0]
    assert list(again.subject.taken) == [JANUARY]
    assert [payer.debt_fen for payer in again.payers.values()] == [21002]
    assert list(read(jinxiu, Period.month(2026, 2))[0].subject.taken) == []
    Charge.objects.update(reversed_on=date(2026, 1, 6))
    fresh = read(jinxiu)[0]
    assert list(fresh.subject.taken) == []
    assert [payer.debt_fen for payer in fresh.payers.values()] == [0]


def test_a_unit_without_owner_or_tariff_is_still_there_and_a_retired_one_is_not(jinxiu):
    Ownership.objects.filter(unit=jinxiu.units["3-1-1602"]).delete()
    Subscription.objects.filter(unit=jinxiu.units["3-1-1702"]).delete()
    Unit.objects.filter(pk=jinxiu.units["B1-001"].pk).update(retired_on=date(2025, 12, 31))
    rows = {row.unit_code: row for row in read(jinxiu)}
    assert rows["3-1-1602"].subject.owners == ()
    assert rows["3-1-1702"].tariff_id is None
    assert "B1-001" not in rows
    assert count_units(jinxiu.community.pk) == len(rows)


def test_the_planner_is_left_as_it_was(jinxiu):
    read(jinxiu)
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('enable_nestloop'), current_setting('cursor_tuple_fraction')")
        assert cursor.fetchone() == ("on", "0.1")


def test_tariffs_are_read_with_their_versions_one_after_the_other(jinxiu):
    item = priced_items(jinxiu.community.pk)[jinxiu.tariffs["property"].pk]
    (version,) = item.versions
    assert (version.rate_micro, version.from_on, version.end_on) == (2_350_000, date(2022, 1, 1), date.max)
    assert priced_items(0) == {}


def test_what_was_billed_before_agrees_with_the_charges(jinxiu):
    issue(jinxiu)
    before = billed_in(jinxiu.community.pk, JANUARY)
    assert before.by_unit == dict(Charge.objects.values_list("unit__code", "amount_fen"))
    assert before.by_item == {"物业费": (3, 71998), "停车费": (1, 30000)}
    assert billed_in(jinxiu.community.pk, Period.month(2026, 2)).by_unit == {}


def test_a_bills_figures_agree_with_its_charges(jinxiu):
    issue(jinxiu)
    charge = Charge.objects.get(unit=jinxiu.units["3-1-1602"])
    settle_charges(changes=[Settlement(charge.pk, 10000)], paid_on=date(2026, 1, 20))
    row = bill_rows([Bill.objects.get(pk=charge.bill_id)], as_of=date(2026, 1, 20))[0]
    assert (row.paid_fen, row.unpaid_fen, row.state, row.notice_state) == (10000, 11002, "UNPAID", "QUEUED")
    assert bill_rows([], as_of=date(2026, 1, 20)) == []


@pytest.mark.parametrize(
    ("state", "units"), [("PAID", ["B1-001"]), ("UNPAID", 3), ("OVERDUE", 3), ("VOID", 0)]
)
def test_bills_are_found_by_their_state(jinxiu, state, units):
    issue(jinxiu)
    charge = Charge.objects.get(unit=jinxiu.units["B1-001"])
    settle_charges(changes=[Settlement(charge.pk, 30000)], paid_on=date(2026, 1, 20))
    found = [bill.account.unit.code for bill in bills(BillFilter(state=state), as_of=date(2026, 2, 1))]
    assert found == units if isinstance(units, list) else len(found) == units


def test_numbers_are_taken_in_blocks_per_community_series_and_year(jinxiu):
    def take(series, year, count):
        return take_numbers(community_id=jinxiu.community.pk, series=series, year=year, count=count)

    assert [take("BILL", 2026, 3), take("BILL", 2026, 1), take("BILL", 2027, 1), take("DEMAND", 2026, 2)] == [
        1,
        4,
        1,
        1,
    ]
    assert take("BILL", 2026, 1) == 5
    with pytest.raises(ValueError):
        take("BILL", 2026, 0)


def test_ids_are_new_and_in_order(jinxiu):
    first, second = next_ids("charges_bill_id_seq", 3), next_ids("charges_bill_id_seq", 2)
    assert first == sorted(first)
    assert min(second) > max(first)


def test_the_lock_of_an_issue_is_held_to_the_end_of_the_transaction(jinxiu):
    sql.rows("billing.charges", "lock_issue", {"community_id": jinxiu.community.pk})
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()")
        assert cursor.fetchone() == (1,)
