"""What a case claims, as a bundle proves it: of what was filed, else of the newest paper for a court."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, NamedTuple

from arrears.legal.models import Draft, DraftVersion, Filing
from notices import queries as notices
from notices.documents.reckoning import Reckoning

_CLAIMS: Final = (Filing.Kind.PAYMENT_ORDER, Filing.Kind.COMPLAINT)
_PAPERS: Final = (Draft.Kind.PAYMENT_ORDER_APPLICATION, Draft.Kind.COMPLAINT)
_GONE: Final = frozenset({"WITHDRAWN", "SKIPPED"})


class AskedLine(NamedTuple):
    """What a paper asks for of one charge."""

    fee_item: str
    period: str
    bill_number: str
    due_on: str
    principal_fen: int
    late_fee_fen: int


@dataclass(frozen=True, slots=True)
class Claim:
    """A paper with its figures. `until`: the day its late fee was calculated to.

    `filing` None: not filed yet, `kind` is the paper's; `is_draft`: not finished either. `lines` are empty
    where no paper tells.
    """

    charge_ids: tuple[int, ...]
    until: date
    total_fen: int
    lines: tuple[AskedLine, ...] = ()
    costs: tuple[tuple[str, int], ...] = ()
    reckoning: Reckoning | None = None
    filing: Filing | None = None
    kind: str = ""
    is_draft: bool = False


def claim_of(case_id: int, *, as_of: date) -> Claim | None:
    """The newest paper for a court with what it asks for; None before there is one.

    A suit that goes on from a filing takes its place as soon as it is written.
    """
    filing = (
        Filing.objects.filter(case_id=case_id, kind__in=_CLAIMS, filed_on__lte=as_of)
        .order_by("-filed_on", "-pk")
        .first()
    )
    draft = _newest_draft(case_id, as_of)
    if filing is not None and (draft is None or draft.filing_id != filing.pk):
        return _filed(filing)
    return None if draft is None else _written(draft)


def _newest_draft(case_id: int, as_of: date) -> Draft | None:
    rows = Draft.objects.filter(case_id=case_id, kind__in=_PAPERS, opened_on__lte=as_of)
    newest = rows.exclude(state=Draft.State.DROPPED).select_related("notice").order_by("-pk").first()
    if newest is None or newest.state == Draft.State.OPEN:
        return newest
    return None if newest.notice is None or newest.notice.state in _GONE else newest


def _filed(filing: Filing) -> Claim:
    """From the paper, which is what the court has."""
    data: Mapping[str, Any] = notices.get(filing.notice_id).data if filing.notice_id else {}
    return Claim(
        charge_ids=tuple(filing.charge_ids),
        total_fen=filing.claim_fen,
        filing=filing,
        **_figures(data, otherwise=filing.filed_on),
    )


def _written(draft: Draft) -> Claim | None:
    version = DraftVersion.objects.filter(draft=draft).order_by("-number").first()
    is_open = draft.state == Draft.State.OPEN
    data = version.data if is_open and version is not None else draft.notice.data if draft.notice else {}
    if not data.get("lines"):
        return None
    listed = draft.charge_ids if is_open or draft.notice is None else draft.notice.charge_ids
    return Claim(
        charge_ids=tuple(listed),
        total_fen=data["total_fen"],
        kind=draft.kind,
        is_draft=is_open,
        **_figures(data, otherwise=draft.opened_on),
    )


def _figures(data: Mapping[str, Any], *, otherwise: date) -> dict[str, Any]:
    claims = data.get("claims") or {}
    said = data.get("late_fee_until") or claims.get("as_of")
    reckoning = data.get("reckoning")
    return {
        "until": date.fromisoformat(said) if said else otherwise,
        "lines": tuple(map(_line, data.get("lines", ()))),
        "costs": tuple(
            (f"{row['name']} {row.get('reference', '')}".strip(), row["amount_fen"])
            for row in data.get("costs") or claims.get("costs") or ()
        ),
        "reckoning": Reckoning.from_json(reckoning) if reckoning else None,
    }


def _line(row: Mapping[str, Any]) -> AskedLine:
    return AskedLine(
        fee_item=row["fee_item"],
        period=row["period"],
        bill_number=row.get("bill_number", ""),
        due_on=row["due_on"],
        principal_fen=row["principal_fen"],
        late_fee_fen=row.get("late_fee_fen", 0),
    )
