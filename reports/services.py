"""What reports write: the sums of a day, the targets of a year, the close of a business day."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from billing.payments.queries import Figures
from billing.payments.services import close_day
from owners.queries import communities, community_card
from reports.documents import FundsData
from reports.models import Target
from reports.queries import Funds, figures, known_of
from reports.rules import compare
from tenancy.kernel import sql
from tenancy.kernel.errors import Refused
from tenancy.kernel.models import Tenant
from tenancy.kernel.scope import current_tenant_id
from tenancy.people.services import audit

MAX_FEN = 10**13


class BadTarget(Refused):
    """A target is a sum of money above nothing, of a year around now."""

    code = "reports.target_not_valid"


class _Line(NamedTuple):
    community_id: int
    as_of: date
    sums: figures.Sums
    more: figures.More | None


def keep_figures(*, as_of: date, at: datetime) -> int:
    """Keep the sums of a day, and anew those of the days it is compared with. How many rows were kept."""
    ids = [row.id for row in communities()]
    more = figures.reckon_more(as_of, community_ids=ids)
    lines = [
        _Line(community_id, day, sums, more[community_id] if day == as_of else None)
        for day in (as_of, compare.month_before(as_of), compare.year_before(as_of))
        for community_id, sums in figures.reckon_sums(day, community_ids=ids).items()
    ]
    return sql.run("reports", "keep_tallies", _columns(lines, at)) if lines else 0


def set_target(*, community_id: int, year: int, amount_fen: int, from_on: date) -> int:
    """What a community means to collect in a year, from a day on; the same day's is written over. Its id."""
    place = community_card(community_id)
    if amount_fen <= 0:
        raise BadTarget(_("Write an amount above 0."), field="amount")
    if amount_fen > MAX_FEN:
        raise BadTarget(_("This amount is too large to be a target."), field="amount")
    if abs(year - from_on.year) > 1:
        raise BadTarget(_("A target is for this year, the one before or the next."), field="year")
    target, _made = Target.objects.update_or_create(
        community_id=community_id, year=year, from_on=from_on, defaults={"amount_fen": amount_fen}
    )
    audit.record(
        "target.set", kind="target", pk=target.pk, community=place.name, year=year, amount_fen=amount_fen
    )
    return int(target.pk)


def close_funds_day(*, community_id: int, day: date, by: int, on: date, at: datetime) -> str:
    """Close a business day with all that is known of it on this storey; the number of its report."""
    return close_day(
        community_id=community_id, day=day, by=by, on=on, at=at, more=known_of(community_id, day)
    )


def funds_data(funds: Funds, *, at: datetime) -> FundsData:
    """A day's report as its paper and its workbook show it."""
    report, figures, done, beside = funds.report, funds.figures, funds.dunning, funds.beside
    return FundsData(
        company=Tenant.objects.get(pk=current_tenant_id()).name,
        community=funds.community_name,
        day=report.day,
        number=report.number,
        state=report.state,
        methods=figures.taken,
        items=figures.items,
        returned=figures.returned,
        receipts=figures.receipts,
        deposits=figures.deposits,
        tills=figures.tills,
        cash=() if report.open_sessions else _cash_lines(figures),
        month_fen=figures.month_fen,
        year_fen=figures.year_fen,
        rate="—" if funds.rate is None else f"{funds.rate}%",
        dunning=(
            ("电话催缴", done.calls, None),
            ("上门拜访", done.visits, None),
            ("催缴文书与短信", done.papers, None),
            ("承诺交费", done.promises, done.promised_fen),
            ("催缴后到账", done.paid, done.paid_fen),
        ),
        let_off=(
            ("优惠", beside.discounts, beside.discounts_fen),
            ("减免", beside.waivers, beside.waivers_fen),
            ("核销", beside.write_offs, beside.write_offs_fen),
            ("转预存", beside.released, beside.released_fen),
        ),
        unreconciled=(
            ("银行流水未入账", beside.unbooked, beside.unbooked_fen),
            ("渠道对账差异", beside.exceptions, beside.exceptions_fen),
        ),
        printed_at=at,
        closed_by=report.closed_by,
        closed_at=report.closed_at,
        reviewed_by=report.reviewed_by,
        reviewed_at=report.reviewed_at,
        signed_by=report.signed_by,
        signed_at=report.signed_at,
    )


def _cash_lines(figures: Figures) -> tuple[tuple[str, int], ...]:
    cash = figures.cash
    return (
        ("期初现金", cash.opening_fen),
        ("现金收入", cash.in_fen),
        ("现金退款", cash.out_fen),
        ("缴存银行", cash.deposited_fen),
        ("移交财务", cash.handed_fen),
        ("应存现金", cash.expected_fen),
        ("实点现金", cash.counted_fen),
        ("长短款", cash.difference_fen),
        ("未经班次的现金", figures.untilled_fen),
    )


def _columns(lines: Iterable[_Line], at: datetime) -> dict[str, Any]:
    columns: dict[str, Any] = {name: [] for name in ("community_id", "as_of", *figures.Sums._fields, "more")}
    for line in lines:
        columns["community_id"].append(line.community_id)
        columns["as_of"].append(line.as_of)
        for name, value in line.sums._asdict().items():
            columns[name].append(value)
        columns["more"].append(None if line.more is None else json.dumps(line.more.as_json()))
    return {**columns, "computed_at": at}
