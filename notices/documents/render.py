"""Plain data -> HTML -> PDF. One sheet of paper per kind; fonts are read once per process."""

from __future__ import annotations

import hashlib
import html
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import segno
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from notices.documents.bill_notice import BillNoticeData
from notices.documents.complaint import ComplaintData
from notices.documents.demand import DemandData
from notices.documents.enforcement import EnforcementData
from notices.documents.evidence_list import EvidenceListData
from notices.documents.examples import example
from notices.documents.frozen import Frozen
from notices.documents.instalment_plan import InstalmentPlanData
from notices.documents.lawyer_letter import LawyerLetterData
from notices.documents.payment_order import PaymentOrderData
from notices.documents.pdf import to_pdf
from notices.documents.second_demand import SecondDemandData
from notices.documents.withdrawal import WithdrawalData
from notices.models import Notice
from notices.rules.lint import Finding, lint


class Sheet(NamedTuple):
    """How one kind is printed. `edition` goes on the paper: a changed wording is a new edition."""

    title: str
    template: str
    data: type[Frozen]
    edition: str


SHEETS: dict[str, Sheet] = {
    "BILL_NOTICE": Sheet("物业费缴款通知书", "bill_notice", BillNoticeData, "2026.2"),
    "DEMAND": Sheet("催款通知书", "demand", DemandData, "2026.2"),
    "SECOND_DEMAND": Sheet("二次催款通知书", "second_demand", SecondDemandData, "2026.1"),
    "LAWYER_LETTER": Sheet("律师函", "lawyer_letter", LawyerLetterData, "2026.2"),
    "PAYMENT_ORDER_APPLICATION": Sheet("支付令申请书", "payment_order", PaymentOrderData, "2026.2"),
    "PAYMENT_ORDER_WITHDRAWAL": Sheet("撤回支付令申请书", "withdrawal", WithdrawalData, "2026.1"),
    "COMPLAINT": Sheet("民事起诉状（物业服务合同纠纷）", "complaint", ComplaintData, "2026.1"),
    "EVIDENCE_LIST": Sheet("证据清单", "evidence_list", EvidenceListData, "2026.1"),
    "ENFORCEMENT_APPLICATION": Sheet("强制执行申请书", "enforcement", EnforcementData, "2026.1"),
    "INSTALMENT_PLAN": Sheet("分期还款协议", "instalment_plan", InstalmentPlanData, "2026.2"),
}
# What papers for a court may say (lists of defaulters, a request to preserve) is not for letters to owners.
_FOR_COURT_ONLY = frozenset({"ENFORCEMENT_APPLICATION", "COMPLAINT"})
# The courts' form asks for a late fee in its own words, whether one was agreed or not.
_NAMES_LATE_FEE = frozenset({"COMPLAINT", "EVIDENCE_LIST"})
PAPER = "print.css"
_TAGS = re.compile(r"<[^>]+>")
_BLOCKS = re.compile(r"</(?:p|h1|h2|tr|div|li)>|<br>")


class NoSheet(ValueError):
    """This kind of notice is a message, not a paper."""


@dataclass(frozen=True, slots=True)
class Printed:
    """What the foot of every page says: which edition, and the check value of its data."""

    edition: str
    check: str


def render_pdf(notice: Notice) -> bytes:
    """The paper of a notice. NoSheet for a message; KeyError or TypeError when its data is incomplete."""
    return to_pdf(render_html(notice), stylesheet=PAPER)


def render_html(notice: Notice) -> str:
    """The same as HTML, without fonts and style."""
    sheet = _sheet(notice.kind)
    data: Any = sheet.data.from_json(notice.data)
    printed = Printed(sheet.edition, check_value(notice.data))
    context = {"d": data, "title": sheet.title, "printed": printed, "qr": _qr(getattr(data, "pay_url", ""))}
    return render_to_string(f"notices/documents/{sheet.template}.html", context)


def example_html(kind: str, *, company: str) -> str:
    """A paper of the kind filled with made-up data. NoSheet for a message."""
    _sheet(kind)
    return render_html(Notice(pk=0, kind=kind, data=example(kind, company=company).as_json()))


def example_pdf(kind: str, *, company: str) -> bytes:
    """The same as it is printed."""
    return to_pdf(example_html(kind, company=company), stylesheet=PAPER)


def lines_of(markup: str) -> list[str]:
    """What a paper says, line by line, without its dress."""
    body = markup[markup.index("<body>") :]
    lines = (" ".join(html.unescape(_TAGS.sub(" ", part)).split()) for part in _BLOCKS.split(body))
    return [line for line in lines if line]


def check_value(data: Mapping[str, Any]) -> str:
    """Sixteen hex characters of the SHA-256 of the data, the same for the same data."""
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def findings(notice: Notice, markup: str) -> tuple[Finding, ...]:
    """What the finished text says that it must not."""
    text = html.unescape(_TAGS.sub("，", markup))
    clause = notice.kind in _NAMES_LATE_FEE or _has_clause(notice.data)
    return lint(text, late_fee_clause=clause, effective_instrument=notice.kind in _FOR_COURT_ONLY)


def _sheet(kind: str) -> Sheet:
    if kind not in SHEETS:
        raise NoSheet(kind)
    return SHEETS[kind]


def _has_clause(data: Mapping[str, Any]) -> bool:
    issuer = data.get("issuer", data)
    return bool(issuer.get("late_fee_clause") or data.get("late_fee_rule"))


def _qr(address: str) -> SafeString:
    if not address:
        return SafeString("")
    return mark_safe(segno.make(address, error="m").svg_inline(border=1))  # noqa: S308 - drawn by segno
