"""An uploaded file on its way in: checked by the worker, shown to a person, imported when he confirms."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from billing.charges.models import ImportBatch, ImportLine
from billing.charges.queries.import_batches import batch_card
from billing.charges.services.import_arrears import import_arrears
from billing.charges.services.import_register import import_register
from billing.charges.services.import_report import Finding, ImportReport, NotReadable, Watcher
from billing.charges.services.import_tariffs import PACKAGE
from owners.queries import community_card
from owners.rules.workbook import Sheet
from tenancy.kernel import clock, sql
from tenancy.kernel.errors import Conflict, NotFound, Refused
from tenancy.kernel.scope import current_tenant_id, current_user_id
from tenancy.people.services import files, jobs

JOB_KIND: Final = "import"
PURPOSE: Final = "import"
_BLOCK: Final = 5000
Opener = Callable[[Path], Sequence[Sheet]]


class NotNow(Conflict):
    code = "import.not_now"


def start_batch(*, community_id: int, kind: str, content: bytes, name: str, as_of: date) -> int:
    """Keep an uploaded workbook and make its batch with a waiting job; the door starts the check."""
    community = community_card(community_id)
    if kind not in ImportBatch.Kind.values:
        raise NotFound(_("There is no such kind of import."), field="kind")
    file = files.store(content, name=name, purpose=PURPOSE, accept=(files.XLSX,), community_id=community.id)
    batch = ImportBatch.objects.create(
        community_id=community.id, kind=kind, file=file, as_of=as_of, created_by_id=current_user_id()
    )
    _give_job(batch, _("Check %(file)s") % {"file": file.name})
    return int(batch.pk)


def confirm_batch(*, batch_id: int) -> int:
    """A person has seen the preview and wants it: a new waiting job. Refused while one runs, or when done."""
    batch = ImportBatch.objects.select_for_update().filter(pk=batch_id).first()
    if batch is None:
        raise NotFound(_("There is no such import."))
    card = batch_card(batch_id)
    if card.is_done:
        raise NotNow(_("This file was imported already."))
    if card.is_running or batch.checked_at is None:
        raise NotNow(_("Wait until the check is over."))
    return _give_job(batch, _("Import %(file)s") % {"file": batch.file.name})


def run_batch(*, batch_id: int, commit: bool, opener: Opener) -> None:
    """The worker's part: check or import, watched. A refusal undoes everything and stands in the job."""
    batch = ImportBatch.objects.select_for_update(of=("self",)).select_related("file").get(pk=batch_id)
    if batch.committed_at is not None:
        return  # the message came twice; the first one did it all
    progress = jobs.Progress(batch.job_id, current_tenant_id())
    over = False
    try:
        with transaction.atomic():
            counts = _run(batch, progress, commit, opener)
        over = True
        transaction.on_commit(partial(progress.finish, counts))
    except Refused as refusal:
        over = True
        progress.fail(refusal)
    finally:
        if not over:
            progress.crash()


def _run(batch: ImportBatch, progress: jobs.Progress, commit: bool, opener: Opener) -> dict[str, object]:
    report = run_file(
        kind=batch.kind,
        community_id=batch.community_id,
        path=files.location(batch.file),
        as_of=batch.as_of,
        commit=commit,
        opener=opener,
        progress=progress,
    )
    counts = report.counts()
    batch.counts = counts
    batch.checked_at = batch.checked_at or clock.now()
    batch.committed_at = clock.now() if commit else None
    batch.save(update_fields=["counts", "checked_at", "committed_at"])
    ImportLine.objects.filter(batch_id=batch.pk).delete()
    _keep_lines(batch.pk, report.findings)
    return counts


def run_file(
    *,
    kind: str,
    community_id: int,
    path: Path,
    as_of: date,
    commit: bool,
    opener: Opener,
    strict: bool = False,
    progress: Watcher | None = None,
) -> ImportReport:
    """Open a workbook and import it as its kind says. Raises NotReadable when it cannot be read."""
    try:
        sheets = opener(path)
    except ValueError as error:
        text = _("This file cannot be read as an Excel workbook. Save it as .xlsx and try again.")
        raise NotReadable(text, field="file") from error
    work = import_register if kind == ImportBatch.Kind.REGISTER else import_arrears
    return work(
        community_id=community_id, sheets=sheets, as_of=as_of, commit=commit, strict=strict, watcher=progress
    )


def _give_job(batch: ImportBatch, title: str) -> int:
    job_id = jobs.create(
        kind=JOB_KIND, title=title, arguments={"batch": batch.pk, "kind": batch.kind}, file_id=batch.file_id
    )
    ImportBatch.objects.filter(pk=batch.pk).update(job_id=job_id)
    return job_id


def _keep_lines(batch_id: int, findings: Sequence[Finding]) -> None:
    for at in range(0, len(findings), _BLOCK):
        block = findings[at : at + _BLOCK]
        names = Finding._fields
        columns = {f"{name}s": [getattr(finding, name) for finding in block] for name in names}
        sql.run(PACKAGE, "import_lines", {"batch_id": batch_id, **columns})
