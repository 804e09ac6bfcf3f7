"""证据清单, EVIDENCE_LIST (domain 4.14)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from notices.documents.frozen import Frozen


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceItem(Frozen):
    """One item: `copy` 原件, 复印件 or 打印件; `hash` the SHA-256 of its file; `place` where it lies."""

    code: str
    name: str
    kind: str
    copy: str
    pages: str = ""
    source: str = ""
    proves: str = ""
    hash: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceListData(Frozen):
    """What is handed to a court or a lawyer with the papers of one case."""

    number: str
    issued_on: date
    submitter: str
    against: str
    unit: str
    community: str
    court: str = ""
    reference: str = ""
    items: tuple[EvidenceItem, ...]
    remark: str = ""
