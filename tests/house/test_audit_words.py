"""The audit trail is read by people: everything that is written into it has a word."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from datetime import date

import pytest

from billing.charges.services.import_report import ImportReport, Kind
from tenancy.people.templatetags.house import figure
from tenancy.people.words import WORDS
from tests.house.test_sizes import ROOT

APPS = ("arrears", "billing", "config", "notices", "owners", "reports", "tenancy")


def _records() -> Iterator[ast.Call]:
    for app in APPS:
        for path in sorted((ROOT / app).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and ast.unparse(node.func) == "audit.record":
                    yield node


def _said(call: ast.Call) -> Iterator[str]:
    """The codes a reader will meet: what was done, to what, and the names of the details."""
    constants = [*call.args, *(k.value for k in call.keywords if k.arg == "kind")]
    yield from (node.value for node in constants if isinstance(node, ast.Constant))
    yield from (k.arg for k in call.keywords if k.arg not in (None, "kind", "pk"))


def test_every_entry_of_the_audit_trail_is_in_words():
    calls = list(_records())
    assert len(calls) > 20
    assert sorted({code for call in calls for code in _said(call)} - WORDS.keys()) == []


def test_details_are_written_for_people():
    assert figure(value=["collector"], name="roles") != "collector"
    assert "{" not in figure(value={"CALL": 2, "VISIT": 1}, name="reasons")
    assert figure(value=True, name="is_active") != "True"
    assert figure(value=252024, name="amount_fen") == "¥2,520.24"
    assert figure(value=["", "锦绣生活"], name="set.short_name") == "— → 锦绣生活"
    assert figure(value=None, name="community") == "—"


@pytest.mark.parametrize("kind", list(Kind))
def test_what_an_import_counted_is_in_words(kind):
    counts = ImportReport(kind=kind, as_of=date(2026, 1, 1)).counts()
    assert sorted(counts.keys() - WORDS.keys()) == []
    assert counts["kind"] in WORDS
