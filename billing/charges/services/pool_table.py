"""公摊公示表: the table of shares that owners may see, for paper and as a workbook. Rooms only, no names."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from billing.charges.queries.pools import PoolRow, pool_row, share_lines, share_totals, shares, weight_text
from notices.documents.pdf import to_pdf
from notices.documents.render import PAPER
from tenancy.kernel.errors import Conflict
from tenancy.people.services.sheets import write_sheet
from values.fen import Fen

_BLOCK = 1000
METHODS = {"AREA": "按专有部分建筑面积", "HOUSEHOLD": "按户均摊", "COEFFICIENT": "按楼层系数"}
WEIGHTS = {"AREA": "建筑面积（㎡）", "HOUSEHOLD": "户数", "COEFFICIENT": "系数"}


class NotPublished(Conflict):
    """Nobody has agreed to it yet."""

    code = "charges.pool_not_published"


def pool_pdf(pool_id: int, *, issuer: str, on: date) -> bytes:
    """The sheet for the notice board. Raises NotFound, NotPublished."""
    pool = _published(pool_id)
    weight_sum, total = share_totals(pool_id)
    context = {
        "pool": pool,
        "lines": share_lines(shares(pool_id), pool.method),
        "method": METHODS[pool.method],
        "weight_title": WEIGHTS[pool.method],
        "weight_sum": weight_text(weight_sum, pool.method),
        "total_fen": total,
        "issuer": issuer,
        "on": on,
    }
    return to_pdf(render_to_string("charges/documents/pool_table.html", context), stylesheet=PAPER)


def pool_workbook(pool_id: int) -> bytes:
    """The same as a workbook. Raises NotFound, NotPublished."""
    pool = _published(pool_id)
    found = share_lines(shares(pool_id).iterator(chunk_size=_BLOCK), pool.method)
    rows = [[line.unit_code, line.weight, _yuan(line.amount_fen)] for line in found]
    weight_sum, total = share_totals(pool_id)
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "table.xlsx"
        write_sheet(
            target,
            title=pool.name,
            labels=["房号", WEIGHTS[pool.method], "分摊金额（元）"],
            blocks=[rows],
            totals=["合计", weight_text(weight_sum, pool.method), _yuan(total)],
        )
        return target.read_bytes()


def _published(pool_id: int) -> PoolRow:
    pool = pool_row(pool_id)
    if not pool.is_published:
        raise NotPublished(_("Somebody else must agree before the table is published."))
    return pool


def _yuan(fen: int) -> float:
    return int(Fen(fen)) / 100
