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
    yield from _deliveries(unit_id, limit)
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


def vain_deliveries(case_id: int, *, limit: int) -> tuple[int | None, list[TimelineRow]]:
    """The account of a case, and its DELIVERY rows that do not count: the ladder tells of the others."""
    found = sql.rows(PACKAGE, "case_deliveries", {"case_id": case_id, "limit": limit})
    rows = [_delivery(*told) for _account, *told in found if told[0] is not None]
    return (found[0][0] if found else None), rows


def _deliveries(unit_id: int, limit: int) -> Iterable[TimelineRow]:
    asked = {"unit_id": unit_id, "limit": limit}
    return [_delivery(*told) for told in sql.rows(PACKAGE, "unit_deliveries", asked)]


def _delivery(
    pk: int,
    notice_id: int,
    kind: str,
    method: str,
    result: str,
    on: date,
    by: str,
    receiver: str,
    counts: bool,
) -> TimelineRow:
    why = None if counts else because("not_delivered")
    return TimelineRow(
        "DELIVERY", on, None, pk, kind, result, why, who=by, said=receiver, reason_code=method,
        notice_id=notice_id,
    )  # fmt: skip


def _owners(unit_id: int, as_of: date | None) -> Iterable[TimelineRow]:
    for row in holders_of_unit(unit_id):
        if as_of is None or row.from_on <= as_of:
            yield TimelineRow("OWNER", row.from_on, None, row.party_id, row.role, said=row.name)


def _issues(unit_id: int) -> Iterable[TimelineRow]:
    for row in issues_of(unit_id):
        yield TimelineRow("ISSUE", row.recorded_on, None, row.issue_id, "ISSUE", said=row.text)
        if row.closed_on is not None:
            yield TimelineRow("SETTLED", row.closed_on, None, row.issue_id, "ISSUE", said=row.text)
