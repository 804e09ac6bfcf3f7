"""A list as a workbook: the rows, columns and masks of its page, everything that matches, written down."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from django.utils import translation

from tenancy.kernel import clock
from tenancy.kernel.scope import acting_for
from tenancy.people.lists.columns import sheet_cells, sheet_labels, sheet_value
from tenancy.people.lists.page import ListPage, background_request, open_list
from tenancy.people.models import User
from tenancy.people.queries.members import staff_of
from tenancy.people.services import audit, files, jobs
from tenancy.people.services.sheets import Marked, Watcher, write_sheet

AT_ONCE: Final = 2_000  # more rows than this are a job


def write_list(page: ListPage, target: Path, *, progress: Watcher | None = None) -> int:
    """Write all that the list finds into a workbook, and into the audit trail that this was done."""
    found = page.found()
    columns = page.shown_columns()
    totals = page.totals(found)

    def blocks() -> Iterator[list[list[Any]]]:
        for block in page.blocks(found):
            yield [
                (Marked if page.marked(row) else list)(
                    value for column in columns for value in sheet_cells(column, row)
                )
                for row in block
            ]

    sums: list[Any] = []
    for column in columns if totals else ():
        sums.append(sheet_value(column, totals.get(column.name)))
        sums += [None] if column.beside else []
    rows = write_sheet(
        target,
        title=str(page.heading()),
        labels=[label for column in columns for label in sheet_labels(column)],
        blocks=blocks(),
        totals=sums,
        progress=progress,
        head=page.head(),
    )
    filters = [str(chip.text) for chip in page.chips_on()]
    audit.record("list.exported", kind="list", list=str(page.heading()), rows=rows, filters=filters)
    return rows


def file_name(page: ListPage) -> str:
    """The workbook's name: what it lists and the day."""
    return f"{page.heading()}-{clock.today():%Y%m%d}.xlsx"


def keep_list(*, tenant_id: int, user_id: int, job_id: int, name: str, query: str) -> None:
    """A worker's part: the list as this member may see it now, in the member's language, kept as a file.

    Opens the company itself. Forbidden when the member lost the list's role meanwhile.
    """
    with jobs.watched(jobs.Progress(job_id, tenant_id)) as (progress, result):
        staff = staff_of(user_id=user_id, tenant_id=tenant_id)
        if staff is None:
            raise jobs.Cancelled()
        language = User.objects.values_list("language", flat=True).get(pk=user_id)
        with (
            translation.override(language),
            tempfile.TemporaryDirectory() as folder,
            acting_for(tenant_id, user_id=user_id, communities=staff.communities),
        ):
            page = open_list(background_request(staff), name=name, query=query, staff=staff)
            progress.start(page.count(page.found()))
            target = Path(folder) / "list.xlsx"
            rows = write_list(page, target, progress=progress)
            file = files.keep(
                target, name=file_name(page), purpose=files.EXPORT, content_type=files.XLSX, community_id=None
            )
            result |= {"file_id": file.pk, "rows": rows}
