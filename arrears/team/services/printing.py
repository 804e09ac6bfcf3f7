"""Print what a round is walked with and what came of it; that it was printed stands in the audit trail."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable
from datetime import date, time

from django.utils.timezone import localtime

from arrears.team.documents import rounds as papers
from arrears.team.documents.rounds import Happened, RoundHead, SheetDoor
from arrears.team.queries.entries import EntryRow, entries_of_round, pictures
from arrears.team.queries.rounds import RoundPage, StopLine, round_page
from arrears.team.queries.visit import VisitCard, visit_card
from arrears.team.rules.rounds import StopState
from tenancy.people.queries.company import company_card
from tenancy.people.services import audit, files
from values.mask import mask_name

VISIT_TITLE, PAPER_TITLE = "上门走访记录", "文书送达记录"
_NOT_WALKED = frozenset({StopState.PAID, StopState.HELD, StopState.GONE, StopState.DROPPED})


def route_sheet(*, round_id: int, as_of: date, private: bool) -> bytes:
    """The A4 sheet to walk with: doors still to be done. `private`: unit numbers and papers only."""
    page = round_page(round_id, as_of=as_of)
    doors = tuple(_door(stop, private) for stop in page.stops if stop.state not in _NOT_WALKED)
    audit.record("round.printed", kind="round", pk=round_id, count=len(doors))
    return papers.sheet_pdf(_head(page, as_of), doors, private=private)


def round_record(*, round_id: int, as_of: date) -> bytes:
    """上门走访记录 of a whole round: a page with all doors, then one for each visit and hand-over."""
    page, entered = round_page(round_id, as_of=as_of), entries_of_round(round_id)
    rows = [
        (stop, entry)
        for stop in page.stops
        for entry in entered.get(stop.stop_id, [])
        if entry.kind != "SKIP"
    ]
    shown = _images(entry for _stop, entry in rows)
    records = tuple(_happened(stop, entry, page, shown) for stop, entry in rows)
    summary = tuple(_summed(stop, entered.get(stop.stop_id, [])) for stop in page.stops)
    audit.record("round.printed", kind="round", pk=round_id, count=len(records))
    return papers.record_pdf(_head(page, as_of), records, summary=summary)


def visit_record(*, visit_id: int, as_of: date) -> bytes:
    """上门走访记录 of one visit, made on a round or recorded at the desk. NotFound."""
    card = visit_card(visit_id)
    head = RoundHead(
        company=company_card().name, community=card.community_name, on=card.on, people="", printed_on=as_of
    )
    shown = _images([card])
    audit.record("visit.printed", kind="case", pk=card.case_id, on=card.on.isoformat())
    return papers.record_pdf(head, (_of_card(card, shown),))


def _head(page: RoundPage, as_of: date) -> RoundHead:
    row = page.row
    return RoundHead(
        company=company_card().name,
        community=row.community_name,
        on=row.on,
        people=row.people,
        printed_on=as_of,
    )


def _door(stop: StopLine, private: bool) -> SheetDoor:
    carried = "；".join(
        f"{papers.PAPERS.get(one.kind, one.kind)} {one.number}" for one in stop.papers if one.open
    )
    done = "已完成" if stop.state is StopState.DONE else ""
    if private or stop.case_id is None:
        return SheetDoor(position=stop.position, unit=stop.unit_code, papers=carried, state=done)
    before = "；".join(
        f"{word.on:%m-%d} {'电话' if word.how == 'CALL' else '走访'} {word.feedback}".rstrip()
        for word in stop.words
    )
    return SheetDoor(
        position=stop.position, unit=stop.unit_code, papers=carried, owner=mask_name(stop.party_name),
        klass=papers.CLASSES.get(stop.klass, ""), overdue_fen=stop.overdue_fen, days_late=stop.days_late,
        before="；".join(filter(None, (stop.legacy_issue, before))), workplace=stop.workplace, state=done,
    )  # fmt: skip


def _summed(stop: StopLine, entered: list[EntryRow]) -> SheetDoor:
    told = [
        papers.SKIPS.get(entry.skip_reason, "") or papers.RESULTS.get(entry.result, entry.result)
        for entry in entered
        if entry.kind != "DELIVERY"
    ]
    over = [
        papers.PAPERS.get(one.kind, one.kind) + ("（已送）" if one.over else "（未送）")
        for one in stop.papers
    ]
    return SheetDoor(
        position=stop.position, unit=stop.unit_code, papers="；".join(over), owner=mask_name(stop.party_name),
        state="；".join(filter(None, told)) or papers.STATES.get(stop.state.value, ""),
    )  # fmt: skip


def _happened(stop: StopLine, entry: EntryRow, page: RoundPage, shown: dict[int, str]) -> Happened:
    is_visit = entry.kind == "VISIT"
    came, left = localtime(entry.came_at), entry.left_at and localtime(entry.left_at)
    place = "" if entry.latitude is None else f"{entry.latitude}, {entry.longitude}"
    return Happened(
        unit=stop.unit_code, owner=stop.party_name, kind=VISIT_TITLE if is_visit else PAPER_TITLE,
        on=came.date(), came=f"{came:%H:%M}", left=f"{left:%H:%M}" if left else "",
        persons=_persons(entry.by, entry.second_person if is_visit else page.row.second, entry.by_manager),
        result=papers.RESULTS.get(entry.result, entry.result), said=entry.feedback,
        promised_on=entry.promised_on,
        paper="" if is_visit else f"{papers.paper_title(entry.paper)} {entry.number}",
        signer=_signer(entry.signer, entry.signer_name, entry.signer_relation),
        signature=shown.get(entry.signature_id or 0, ""), photo=shown.get(entry.photo_id or 0, ""),
        place=place, received_at=localtime(entry.received_at),
    )  # fmt: skip


def _of_card(card: VisitCard, shown: dict[int, str]) -> Happened:
    return Happened(
        unit=card.unit_code, owner=card.party_name, kind=VISIT_TITLE, on=card.on, came=_clock(card.time_in),
        left=_clock(card.time_out), persons=_persons(card.by, card.second_person, card.by_manager),
        result=papers.RESULTS.get(card.result, card.result), said=card.feedback, promised_on=card.promised_on,
        signer=_signer(card.signer, card.signer_name, card.signer_relation),
        signature=shown.get(card.signature_id or 0, ""), photo=shown.get(card.photo_id or 0, ""),
        place=card.place, received_at=card.received_at and localtime(card.received_at),
    )  # fmt: skip


def _persons(by: str, second: str, by_manager: bool) -> str:
    told = "、".join(filter(None, (by, second)))
    return f"{told}（项目经理走访）" if by_manager else told


def _signer(who: str, name: str, relation: str) -> str:
    if not name:
        return ""
    return "，".join(filter(None, (papers.SIGNERS.get(who, who), name, relation)))


def _clock(at: time | None) -> str:
    return f"{at:%H:%M}" if at else ""


def _images(rows: Iterable[EntryRow | VisitCard]) -> dict[int, str]:
    """Pictures as data addresses: a document fetches nothing."""
    wanted = {file_id for row in rows for file_id in (row.signature_id, row.photo_id) if file_id is not None}
    return {
        pk: f"data:{file.content_type};base64,{b64encode(files.read(file)).decode()}"
        for pk, file in pictures(wanted).items()
    }
