"""Print: one paper once, kept with its hash; a whole round in one file."""

from __future__ import annotations

import tempfile
from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from django.utils.translation import gettext as _

from notices import queries
from notices.documents.binding import bind
from notices.documents.pdf import to_pdf
from notices.documents.render import PAPER, NoSheet, findings, render_html
from notices.models import Notice
from notices.services.texts import TextRefused
from owners.queries import community_card
from tenancy.kernel.errors import Conflict, Refused
from tenancy.people.services import files, jobs
from tenancy.people.services.files import StoredFile

MOST_AT_ONCE = 3_000
_GONE = (Notice.State.WITHDRAWN, Notice.State.SKIPPED)


class Watcher(Protocol):
    """Who is told how far the work is; `step` may raise to stop it (people's Progress)."""

    def start(self, total: int) -> None: ...

    def step(self, done: int, *, failed: int = 0) -> None: ...


class NotPrintable(Conflict):
    """The notice was withdrawn or skipped, or it is a message."""

    code = "notices.not_printable"


class NothingToPrint(Refused):
    """No paper of this choice waits for print."""

    code = "notices.nothing_to_print"


class TooMuchToPrint(Refused):
    """More papers than one job may draw."""

    code = "notices.too_much_to_print"


class IncompleteData(Refused):
    """The notice's data lacks a field of its document: a fault of whoever queued it."""

    code = "notices.incomplete_data"


class _Paper(NamedTuple):
    notice_id: int
    file: StoredFile
    community_id: int


def print_notice(notice_id: int, *, at: datetime) -> StoredFile:
    """The PDF of a notice: made once, kept with its SHA-256, then always the same file.

    NotPrintable when the notice was withdrawn meanwhile or is a message; no lock is held while it is drawn.
    """
    notice = queries.get(notice_id)
    if notice.state in _GONE:
        raise NotPrintable(_("This notice was withdrawn: it must not be printed any more."))
    if notice.file is not None:
        return notice.file
    paper = _draw(notice)
    if paper.notice_id not in _mark_printed([paper], at=at):
        raise NotPrintable(_("This notice was withdrawn: it must not be printed any more."))
    return paper.file


def check_printable(notice_id: int) -> None:
    """Refuse a paper that could not be printed, before anybody is told of it: what print_notice raises."""
    _markup(queries.get(notice_id))


class RequestedRound(NamedTuple):
    """A print round that was asked for: the door starts its task after the commit."""

    job_id: int
    arguments: dict[str, Any]


def request_round(
    *, community_id: int, building_id: int | None, kind: str, issued_on: date | None
) -> RequestedRound:
    """Make the job of a print round. NothingToPrint when nothing waits there now."""
    community = community_card(community_id)
    chosen = queries.to_print(
        community_id=community_id, building_id=building_id, kind=kind, issued_on=issued_on
    )
    count = chosen.count()
    if not count:
        raise NothingToPrint(_("Nothing of this kind waits to be printed there."))
    arguments = {
        "community_id": community_id,
        "building_id": building_id,
        "kind": kind,
        "issued_on": issued_on.isoformat() if issued_on else None,
    }
    title = _("Print %(count)d papers: %(community)s") % {"count": count, "community": community.name}
    return RequestedRound(jobs.create(kind="notice_round", title=title, arguments=arguments), arguments)


def print_round(
    *,
    community_id: int,
    building_id: int | None,
    kind: str,
    issued_on: date | None,
    at: datetime,
    progress: Watcher | None = None,
) -> StoredFile:
    """All papers of a kind that wait in a building (None: the community, 0: outside any), in walking order.

    Each is drawn and kept by itself, one after another, so memory does not grow with their number; those a
    payment withdrew meanwhile are left out. NothingToPrint when none is left.
    """
    chosen = queries.to_print(
        community_id=community_id, building_id=building_id, kind=kind, issued_on=issued_on
    )
    name = f"{kind}-{community_id}-{building_id or 'all'}-{at:%Y%m%d}.pdf"
    return _print(list(chosen.values_list("pk", flat=True)), name=name, at=at, progress=progress)


def request_chosen(*, notice_ids: Collection[int]) -> RequestedRound:
    """Make the job that prints these notices in one file. NothingToPrint when none of them is a paper."""
    if len(notice_ids) > MOST_AT_ONCE:
        raise TooMuchToPrint(
            _("At most %(most)d papers fit into one file. Narrow the list first.") % {"most": MOST_AT_ONCE}
        )
    papers = _papers_among(notice_ids)
    if not papers:
        raise NothingToPrint(_("None of these is a paper that can be printed."))
    arguments = {"notice_ids": papers}
    title = _("Print %(count)d chosen papers") % {"count": len(papers)}
    return RequestedRound(jobs.create(kind="notice_round", title=title, arguments=arguments), arguments)


def print_chosen(*, notice_ids: Collection[int], at: datetime, progress: Watcher | None = None) -> StoredFile:
    """These papers in one file, in walking order; those that were withdrawn meanwhile are left out."""
    papers = _papers_among(notice_ids)
    return _print(papers, name=f"papers-{at:%Y%m%d-%H%M}.pdf", at=at, progress=progress)


def _papers_among(notice_ids: Collection[int]) -> list[int]:
    """Of these notices the papers that still stand, in walking order; messages are none."""
    papers = Notice.objects.filter(pk__in=notice_ids, channel=Notice.Channel.PAPER).exclude(state__in=_GONE)
    return list(papers.order_by("unit__sort_key", "pk").values_list("pk", flat=True))


def _print(ids: Sequence[int], *, name: str, at: datetime, progress: Watcher | None) -> StoredFile:
    if progress is not None:
        progress.start(len(ids))
    papers = []
    for done, notice_id in enumerate(ids, start=1):
        notice = queries.get(notice_id)
        papers.append(_Paper(notice.pk, notice.file, notice.community_id) if notice.file else _draw(notice))
        if progress is not None:
            progress.step(done)
    # The rows are locked only now, for the moments of binding: a counter must not wait for a printer.
    still = _mark_printed(papers, at=at)
    papers = [paper for paper in papers if paper.notice_id in still]
    if not papers:
        raise NothingToPrint(_("Nothing of this kind waits to be printed there."))
    return _bind(papers, name=name)


def _draw(notice: Notice) -> _Paper:
    name = f"{notice.number or f'{notice.kind}-{notice.pk}'}.pdf"
    stored = files.store(
        to_pdf(_markup(notice), stylesheet=PAPER),
        name=name,
        purpose="notice",
        accept=(files.PDF,),
        community_id=notice.community_id,
    )
    return _Paper(notice.pk, stored, notice.community_id)


def _markup(notice: Notice) -> str:
    """What the paper says. Raises NotPrintable, IncompleteData, TextRefused."""
    try:
        markup = render_html(notice)
    except NoSheet as error:
        raise NotPrintable(_("This notice is a message, it has no paper.")) from error
    except (KeyError, TypeError) as error:
        raise IncompleteData(_("The data of this notice is incomplete."), notice_id=notice.pk) from error
    found = findings(notice, markup)
    if found:
        raise TextRefused(
            _("The text must not go out: “%(phrase)s”.") % {"phrase": found[0].phrase},
            finding=found[0].code.value,
            notice_id=notice.pk,
        )
    return markup


def _mark_printed(papers: Sequence[_Paper], *, at: datetime) -> set[int]:
    """Put the files on their notices, unless withdrawn meanwhile; the ids that still stand."""
    wanted = [paper.notice_id for paper in papers]
    rows = Notice.objects.select_for_update().filter(pk__in=wanted).exclude(state__in=_GONE)
    standing = {row.pk: row for row in rows.only("pk", "file_id", "printed_at")}
    fresh = []
    for paper in papers:
        row = standing.get(paper.notice_id)
        if row is not None and row.file_id is None:
            row.file_id, row.printed_at = paper.file.pk, at
            fresh.append(row)
    Notice.objects.bulk_update(fresh, ["file", "printed_at"], batch_size=500)
    return set(standing)


def _bind(papers: Sequence[_Paper], *, name: str) -> StoredFile:
    def contents() -> Iterator[bytes]:
        for paper in papers:
            yield files.read(paper.file)

    # Of several communities: for its maker alone (see the door of files).
    homes = {paper.community_id for paper in papers}
    home = homes.pop() if len(homes) == 1 else None
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / name
        with target.open("wb") as bound:
            bind(contents(), bound)
        return files.keep(target, name=name, purpose=files.ROUND, content_type=files.PDF, community_id=home)
