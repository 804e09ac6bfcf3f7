"""上门走访路线单 and 上门走访记录: the sheet one walks with, and the record of what happened."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.template.loader import render_to_string

from notices.documents.pdf import to_pdf

SHEET_VERSION: Final = "VISIT_ROUND/1"
RECORD_VERSION: Final = "VISIT_RECORD/1"
RESULTS: Final = {
    "MET_PROMISED": "见到本人，承诺交费",
    "MET_UNDECIDED": "见到本人，未明确",
    "MET_REFUSED": "见到本人，拒绝交费",
    "MET_OTHER": "见到他人",
    "NOBODY_HOME": "无人应门",
    "VACANT": "房屋空置",
    "SIGNED": "签收",
    "REFUSED": "拒收",
    "LEFT_WITH_PHOTO": "留置并拍照",
    "ACCEPTED": "已交寄",
    "RETURNED": "退回",
    "FAILED": "未送达",
}
SIGNERS: Final = {
    "OWNER": "业主本人",
    "ADULT_CORESIDENT": "同住成年人",
    "AGENT": "受托人",
    "OTHER": "他人",
    "NONE": "",
}
CLASSES: Final = {
    "A_PROMISED": "A",
    "B_UNDECIDED": "B",
    "C_UNREACHABLE": "C",
    "D_REMOTE": "D",
    "E_REFUSED": "E",
}
PAPERS: Final = {
    "BILL_NOTICE": "物业费缴款通知书",
    "DEMAND": "催款通知书",
    "SECOND_DEMAND": "二次催款通知书",
    "LAWYER_LETTER": "律师函",
}
SKIPS: Final = {
    "NO_ACCESS": "无法进入",
    "NO_TIME": "时间不够",
    "ASKED_TO_COME_LATER": "约定改期",
    "UNSAFE": "现场不安全",
    "WRONG_ADDRESS": "地址不符",
}
STATES: Final = {"PAID": "已缴", "HELD": "暂停", "GONE": "无需", "DROPPED": "未走访"}


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundHead:
    """Which round: company, community, day, who walks it."""

    company: str
    community: str
    on: date
    people: str
    printed_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetDoor:
    """A door on the route sheet. What stands about the owner is empty on a sheet for patrol."""

    position: int
    unit: str
    papers: str
    owner: str = ""
    klass: str = ""
    overdue_fen: int | None = None
    days_late: int = 0
    before: str = ""
    workplace: str = ""
    state: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """One visit or hand-over as the record tells it. Pictures are data addresses, "" for none."""

    unit: str
    owner: str
    kind: str
    on: date
    came: str
    left: str
    persons: str
    result: str
    said: str = ""
    promised_on: date | None = None
    paper: str = ""
    signer: str = ""
    signature: str = ""
    photo: str = ""
    place: str = ""
    received_at: datetime | None = None


def paper_title(kind: str) -> str:
    """What a paper is called."""
    return PAPERS.get(kind, kind)


def sheet_pdf(head: RoundHead, doors: tuple[SheetDoor, ...], *, private: bool) -> bytes:
    """The A4 route sheet; `private`: unit numbers and papers only."""
    context = {"head": head, "doors": doors, "private": private, "version": SHEET_VERSION}
    return to_pdf(render_to_string("team/documents/route_sheet.html", context))


def record_pdf(
    head: RoundHead, records: tuple[Happened, ...], *, summary: tuple[SheetDoor, ...] = ()
) -> bytes:
    """上门走访记录: one page for each visit; `summary`: the doors of a whole round on a page before."""
    context = {"head": head, "records": records, "summary": summary, "version": RECORD_VERSION}
    return to_pdf(render_to_string("team/documents/visit_record.html", context))
