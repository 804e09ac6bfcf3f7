"""What happened to a unit beside its cases: papers and their deliveries, owners who came, issues noted."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from arrears.cases.queries.cases import PACKAGE
from arrears.cases.queries.timeline_row import TimelineRow
from notices.queries import history_of_unit
from owners.queries import holders_of_unit
from owners.queries.unit_page import issues_of
from tenancy.kernel import sql
from values.because import Because, because


def unit_events(
    unit_id: int, *, told: Collection[int], as_of: date | None, limit: int
) -> Iterable[TimelineRow]:
    """Rows of the kinds NOTICE, DELIVERY, OWNER, ISSUE and SETTLED, in no order.

    `told`: the notices that the ladder's own steps tell of already; `as_of`: whoever comes later is left out.
    """
    yield from _notices(unit_id, told, limit)
    yield from deliveries(unit_id, limit=limit)
    yield from _owners(unit_id, as_of)
    yield from _issues(unit_id)


def _notices(unit_id: int, told: Collection[int], limit: int) -> Iterable[TimelineRow]:
    for row in history_of_unit(unit_id, limit=limit):
        if row.id not in told:
            why = Because(row.reason_code, row.reason_params) if row.reason_code else None
            yield TimelineRow(
                "NOTICE", row.issued_on, None, row.id, row.kind, row.state, why,
                said=row.number, notice_id=row.id,
            )  # fmt: skip


def deliveries(
    unit_id: int, *, limit: int, account_id: int | None = None, since: date | None = None
) -> Iterable[TimelineRow]:
    """Rows of the kind DELIVERY of a unit's papers; what does not count as delivered says so.

    Of one account only these, from a day on: the ladder's own steps tell of what counts.
    """
    asked = {"unit_id": unit_id, "account_id": account_id, "since": since, "limit": limit}
    for pk, notice_id, kind, method, result, on, by, receiver, counts in sql.rows(
        PACKAGE, "unit_deliveries", asked
    ):
        yield TimelineRow(
            "DELIVERY",
            on,
            None,
            pk,
            kind,
            result,
            None if counts else because("not_delivered"),
            who=by,
            said=receiver,
            reason_code=method,
            notice_id=notice_id,
        )


def _owners(unit_id: int, as_of: date | None) -> Iterable[TimelineRow]:
    for row in holders_of_unit(unit_id):
        if as_of is None or row.from_on <= as_of:
            yield TimelineRow("OWNER", row.from_on, None, row.party_id, row.role, said=row.name)


def _issues(unit_id: int) -> Iterable[TimelineRow]:
    for row in issues_of(unit_id):
        yield TimelineRow("ISSUE", row.recorded_on, None, row.issue_id, "ISSUE", said=row.text)
        if row.closed_on is not None:
            yield TimelineRow("SETTLED", row.closed_on, None, row.issue_id, "ISSUE", said=row.text)
