"""The demo company comes to life through the real engine, and a day's timetable runs once."""

from __future__ import annotations

import json
from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection

from config.demo.company import STAFF
from owners.queries.portal import admitted
from tenancy.kernel import clock
from tenancy.kernel.models import Tenant
from tenancy.kernel.scope import acting_for
from tests import databases

END = date(2026, 4, 20)
QUARTER_IS_LATE = date(2026, 2, 20)  # the first letters about what was due in January are on their way
WORK = ("bills_issued", "reminders_queued", "reminders_sent", "cases_opened", "documents_made")
FIGURES = {
    "bills": "SELECT count(*), sum(amount_fen) FROM charges_bill",
    "payments": "SELECT count(*), sum(amount_fen) FROM payments_payment",
    "steps": "SELECT code, event, count(*) FROM cases_step GROUP BY 1, 2 ORDER BY 1, 2",
    "calls": "SELECT outcome, count(*) FROM cases_call GROUP BY 1 ORDER BY 1",
    "late fee": "SELECT sum(late_fee_paid_fen) FROM charges_charge",
    "notices": "SELECT kind, state, count(*) FROM notices_notice GROUP BY 1, 2 ORDER BY 1, 2",
    "sales": "SELECT count(*) FROM owners_ownership WHERE NOT upper_inf(held)",
}


@pytest.fixture
def empty(django_db_setup, django_db_blocker, tmp_path, settings):
    """A database of its own without any company."""
    from tests.conftest import _point_at

    settings.OUTBOX_DIR, settings.MEDIA_ROOT = tmp_path / "outbox", str(tmp_path / "files")
    home = connection.settings_dict["NAME"]
    with databases.clone("demo") as name, django_db_blocker.unblock():
        _point_at(name)
        try:
            yield name
        finally:
            _point_at(home)


def _demo() -> None:
    call_command("demo", units=24, months=2, seed=5, end=END, stdout=StringIO())


def _figures(name: str) -> dict[str, list]:
    owner = databases.owner_connection(name)
    with owner.cursor() as cursor:
        found = {}
        for key, sql in FIGURES.items():
            cursor.execute(sql)
            found[key] = cursor.fetchall()
    owner.close()
    return found


def _cycle(day: str) -> dict:
    out = StringIO()
    call_command("cycle", as_of=day, stdout=out)
    return json.loads(out.getvalue().strip().splitlines()[-1])


def test_the_demo_lives_and_a_day_runs_once(empty):
    _demo()
    figures = _figures(empty)
    assert figures["bills"][0][0] > 40
    assert {"REMINDER", "CALL"} <= {code for code, _event, _count in figures["steps"]}
    assert Tenant.objects.count() == 2

    first = _cycle("2026-05-05")
    assert first["bills_issued"] > 20
    assert set(first) >= {*WORK, "steps", "tasks_due", "seconds"}

    second = _cycle("2026-05-05")
    assert {name: second[name] for name in WORK} == dict.fromkeys(WORK, 0)
    assert second["steps"] == {}
    assert second["tasks_due"] == first["tasks_due"]

    # On a database that is not empty it does nothing.
    before = _figures(empty)
    _demo()
    assert _figures(empty) == before


def test_the_demo_is_the_same_for_the_same_seed_and_end_day(empty, django_db_blocker):
    from tests.conftest import _point_at

    _demo()
    once = _figures(empty)
    with databases.clone("again") as name:
        _point_at(name)
        _demo()
        again = _figures(name)
        _point_at(empty)
    assert again == once


# What a screen shows on the morning after the last day, and the least that must be there.
WORTH_SHOWING = {
    "communities": ("SELECT count(*) FROM owners_community", 4),
    "open calls": ("SELECT count(*) FROM cases_task WHERE kind = 'CALL' AND done_at IS NULL", 2),
    "letters to deliver": ("SELECT count(*) FROM cases_task WHERE kind = 'DELIVER' AND done_at IS NULL", 1),
    "bills to deliver": (
        "SELECT count(*) FROM notices_notice WHERE kind = 'BILL_NOTICE' AND state = 'QUEUED'", 1,
    ),
    "promises": ("SELECT count(*) FROM cases_promise", 1),
    "change given": ("SELECT count(*) FROM payments_payment WHERE tendered_fen > amount_fen", 10),
    "checked numbers": ("SELECT count(*) FROM owners_contact WHERE verified_on IS NOT NULL", 20),
    "both companies": (
        "SELECT count(*) FROM owners_contact a JOIN owners_contact b USING (value_hash)"
        " WHERE a.tenant_id < b.tenant_id AND a.verified_on IS NOT NULL", 1,
    ),
}  # fmt: skip


def test_three_communities_are_worth_showing(empty):
    call_command("demo", units=260, months=3, seed=20, end=QUARTER_IS_LATE, stdout=StringIO())
    owner = databases.owner_connection(empty)
    with owner.cursor() as cursor:
        found = {}
        for what, (sql, _least) in WORTH_SHOWING.items():
            cursor.execute(sql)
            found[what] = cursor.fetchone()[0]
    owner.close()
    assert {what: n for what, n in found.items() if n < WORTH_SHOWING[what][1]} == {}


# What came overnight, and what the offices ask for in the morning.
MORNING = {
    "channel days": ("SELECT count(*) FROM banking_channelfile", 1),
    "differences": ("SELECT count(*) FROM banking_channelexception WHERE state = 'OPEN'", 1),
    "answered debits": ("SELECT count(*) FROM banking_debitbatch WHERE state = 'RETURNED'", 1),
    "debits that wait": ("SELECT count(*) FROM banking_debitbatch WHERE state = 'SENT'", 1),
    "offers": ("SELECT count(*) FROM charges_discountoffer", 1),
    "bills of coming months": ("SELECT count(*) FROM charges_bill WHERE kind = 'PREPAYMENT'", 1),
    "postage of a demand": ("SELECT count(*) FROM charges_charge WHERE kind = 'COST' AND amount_fen = 2200", 1),
    "a transfer for two": ("SELECT count(*) FROM banking_bankline WHERE state = 'SPLIT'", 1),
    "receipts to be voided": (
        "SELECT count(*) FROM people_approval WHERE kind = 'receipt.void' AND decision = 'PENDING'", 1,
    ),
    "empty homes": ("SELECT count(*) FROM charges_vacancy", 2),
}  # fmt: skip


def test_the_morning_after_brings_something_to_every_screen_of_money(empty):
    end = clock.today() - timedelta(days=1)
    call_command("demo", units=260, months=2, seed=20, end=end, stdout=StringIO())
    owner = databases.owner_connection(empty)
    with owner.cursor() as cursor:
        found = {}
        for what, (sql, _least) in MORNING.items():
            cursor.execute(sql)
            found[what] = cursor.fetchone()[0]
    owner.close()
    assert {what: n for what, n in found.items() if n < MORNING[what][1]} == {}


def test_the_log_ins_name_owners_who_can_come_in(empty):
    _demo()
    out = StringIO()
    call_command("demo", logins=True, stdout=out)
    phones = [line.split()[0] for line in out.getvalue().splitlines() if "业主" in line]
    assert len(phones) >= 2
    assert all(person.username in out.getvalue() for person in STAFF)
    tenant = Tenant.objects.get(code="jinxiu")
    with acting_for(tenant.pk):
        assert all(len(admitted(phone)) == 1 for phone in phones)
