"""Asking for many decisions at once: one statement, ids in the order given."""

from __future__ import annotations

from django.db import connection
from django.test.utils import CaptureQueriesContext

from tenancy.people.models import Approval
from tenancy.people.services import approvals
from tests.ladder import at, on


def test_many_requests_are_one_statement_in_order(jinxiu):
    wanted = [
        approvals.Request(
            kind="ladder.COURT", subject=f"{n}", role="branch_gm", facts={"n": n}, community_id=None
        )
        for n in range(40)
    ]
    with CaptureQueriesContext(
        connection,
    ) as seen:
        made = approvals.ask_all(wanted, asked_at=at(on(1)))
    assert len([one for one in seen.captured_queries if one["sql"].startswith("INSERT")]) == 1
    found = Approval.objects.in_bulk(made)
    assert [found[pk].facts["n"] for pk in made] == list(range(40))
    assert {row.decision for row in found.values()} == {"PENDING"}


def test_nothing_asked_is_nothing_written(jinxiu):
    assert approvals.ask_all([], asked_at=at(on(1))) == []
