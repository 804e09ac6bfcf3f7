"""`manage.py bench` at a small size: every figure is measured and printed as a line of JSON."""

from __future__ import annotations

import io
import json

import pytest
from django.core.management import CommandError, call_command

from config.bench import evidence_bundle, figures, ladder_large, limitation, pages
from config.bench.figures import FIGURES
from config.bench.limit import Limit
from config.bench.owner import Owner
from owners.models import Community
from tenancy.kernel.models import Tenant
from tenancy.kernel.scope import acting_for

UNITS = 40


@pytest.fixture
def owner():
    made = Owner()
    yield made
    made.close()


def bench(**given):
    out = io.StringIO()
    call_command("bench", units=UNITS, stdout=out, stderr=io.StringIO(), **given)
    return {line["bench"]: line for line in map(json.loads, out.getvalue().splitlines())}


WRITING = (
    "bill_run", "ladder_quiet_day", "ladder_worst_day", "import_register", "reconcile", "payments", "growth",
)  # fmt: skip
WAITING = ("pages", "search", "limitation", "evidence_bundle", "bundles")
LARGE = ("statement_1m", "ladder_1m", "worklist_p95")


@pytest.fixture
def once(monkeypatch):
    """What is measured many times for a steady figure is done once: here only its line is read."""
    for module in (pages, ladder_large, limitation):
        monkeypatch.setattr(module, "_TIMES", 2)
    for module in (pages, ladder_large):
        monkeypatch.setattr(module, "_WARM", 0)
    monkeypatch.setattr(figures, "_TIMES", 1)
    monkeypatch.setattr(ladder_large, "QUIET_DAYS", 1)
    monkeypatch.setattr(ladder_large, "_COLLECTORS", 2)
    monkeypatch.setattr(evidence_bundle, "PAPERS", 3)


def test_every_figure_is_tried_here():
    assert {*WRITING, *WAITING, *LARGE} == set(FIGURES)


def test_a_line_of_json_for_each_figure_that_writes(committed, once):
    found = bench(only=",".join(WRITING))
    assert tuple(found) == WRITING
    run = found["bill_run"]
    assert (run["units"], run["rows"]["charges_charge"], run["rows"]["notices_notice"]) == (UNITS,) * 3
    assert run["seconds"] > 0
    assert run["ratio_to_limit"] > 0
    assert run["naive_speedup"] > 0
    assert found["ladder_quiet_day"]["rows"] == {}, "on a quiet day the walk writes nothing"
    assert found["ladder_quiet_day"]["ratio_to_limit"] is None
    assert found["ladder_worst_day"]["rows"]["notices_notice"] == UNITS
    assert found["import_register"]["rows"] >= UNITS * 0.9
    assert found["import_register"]["memory_mb"] >= 0
    assert set(found["growth"]) == {"bench", "units", *WRITING} - {"growth"}


def test_a_line_of_json_for_each_figure_that_somebody_waits_for(committed, once):
    found = bench(only=",".join(WAITING))
    assert tuple(found) == WAITING
    assert found["search"]["seconds"] > 0
    assert found["pages"]["pages"]


def test_a_line_of_json_for_each_figure_of_a_large_company(committed, once):
    found = bench(only=",".join(LARGE))
    assert tuple(found) == LARGE
    night = found["ladder_1m"]
    assert (night["units"], night["in_arrears"]) == (UNITS * 10, UNITS * 2)
    assert night["demands_seconds"] >= 0
    assert night["quiet_memory_mb"] > 0
    assert set(night["growth"]) == {"reminders", "calls", "quiet", "demands"}
    assert found["worklist_p95"]["open_cases"] == UNITS * 2
    assert found["worklist_p95"]["own_queue"]["p95_ms"] > 0
    year = found["statement_1m"]
    assert (year["units"], year["charges"]) == (UNITS * 10, UNITS * 10 * 12)
    assert year["statement"]["database"]["p95_ms"] > 0
    assert year["search"]["http"]["p95_ms"] > 0


def test_only_what_is_asked_for_is_printed(committed):
    assert list(bench(only="bill_run")) == ["bill_run"]


def test_an_unknown_figure_is_refused(committed):
    with pytest.raises(CommandError, match="unknown: speed") as refused:
        bench(only="bill_run,speed")
    assert refused.value.returncode == 2


def test_a_database_in_which_a_company_works_is_refused(committed):
    Tenant.objects.filter(pk=committed.yunding.tenant.pk).update(is_demo=False)
    with pytest.raises(CommandError, match="a company works in this database"):
        bench(only="bill_run")
    assert not Tenant.objects.filter(code__startswith="bench").exists()


def test_the_limit_copies_what_was_written_since_its_mark_and_leaves_nothing(committed, owner):
    before = Limit(owner)
    with acting_for(committed.jinxiu.tenant.pk):
        Community.objects.create(code="NEW", name="新小区")
        Community.objects.filter(pk=committed.jinxiu.community.pk).update(branch="宁波分公司")
    copied = before.copy()
    assert copied.rows == {"owners_community": 2}, "new rows and changed ones; history is written by the copy"
    assert copied.seconds > 0
    assert Limit(owner).copy().rows == {}
    assert owner.rows("SELECT count(*) FROM pg_namespace WHERE nspname = 'bench_limit'") == [(0,)]


def test_a_copy_is_bound_by_the_same_constraints(committed, owner):
    """Or the limit would be the time of another, easier job."""
    found = {}
    for table in ("charges_charge", "notices_notice", "cases_step"):
        limit = Limit(owner)
        with limit._schema():
            limit._clone(table)
            found[table] = (
                _constraints(owner, f"bench_limit.{table}"),
                _constraints(owner, f"public.{table}"),
            )
    for copy, original in found.values():
        assert copy == original


def _constraints(owner, table):
    rows = owner.rows(
        "SELECT contype::text, count(*) FROM pg_constraint WHERE conrelid = %s::regclass GROUP BY 1"
        " UNION SELECT 'indexes', count(*) FROM pg_index WHERE indrelid = %s::regclass",
        [table, table],
    )
    return sorted(rows)
