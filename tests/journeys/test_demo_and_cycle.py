"""The demo company comes to life through the real engine, and a day's timetable runs once."""

from __future__ import annotations

import json
from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection

from tenancy.kernel.models import Tenant
from tests import databases

END = date(2026, 4, 20)
WORK = ("bills_issued", "reminders_queued", "reminders_sent", "cases_opened", "documents_made")
FIGURES = {
    "bills": "SELECT count(*), sum(amount_fen) FROM charges_bill",
    "payments": "SELECT count(*), sum(amount_fen) FROM payments_payment",
    "steps": "SELECT code, event, count(*) FROM cases_step GROUP BY 1, 2 ORDER BY 1, 2",
    "calls": "SELECT outcome, count(*) FROM cases_call GROUP BY 1 ORDER BY 1",
    "late fee": "SELECT sum(late_fee_paid_fen) FROM charges_charge",
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
    assert figures["bills"][0][0] > 50
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
