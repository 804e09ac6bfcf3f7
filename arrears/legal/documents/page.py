"""A draft as its page and the API show it: fields in sections, what is missing, who changed what, its PDF."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import groupby
from typing import Any, Final, NamedTuple

from django.utils.translation import gettext as _

from arrears.cases.queries import CaseLine, case_line
from arrears.legal.documents.evidence_list import found
from arrears.legal.documents.kept import edits_of, may_reopen, newest_version
from arrears.legal.documents.standing import obstacles
from arrears.legal.documents.written import Written, material_for, write
from arrears.legal.models import Draft, DraftVersion
from arrears.legal.rules.evidence import EvidenceCode, needed
from arrears.legal.rules.pen import Field, Kind
from arrears.legal.rules.ready import Unready
from billing.charges.queries.court_safe import court_safe_sum
from notices.documents.pdf import to_pdf
from notices.documents.render import PAPER, render_html
from notices.queries import preview_of
from tenancy.kernel.errors import NotFound
from tenancy.people.services import audit

_REPEATED: Final = frozenset({"respondent", "defendant", "item"})
_SEEN: Final = 4


class Change(NamedTuple):
    """Who changed a field last."""

    by: str
    at: datetime


class Row(NamedTuple):
    """A field with who changed it; `shown` is masked where it is personal."""

    field: Field
    shown: Any
    data_say: Any
    change: Change | None

    @property
    def word(self) -> str:
        """The key of its name among the words."""
        return f"draft_field.{self.field.name}"

    @property
    def source_word(self) -> str:
        """The key of where it came from among the words."""
        return f"source.{self.field.source.value}"


class Section(NamedTuple):
    """A part of the paper. `lacks`: what of an item of evidence is not there, as a word's key."""

    code: str
    about: str
    rows: tuple[Row, ...]
    lacks: str = ""

    @property
    def word(self) -> str:
        """The key of its name among the words."""
        return f"section.{self.code}"


class VersionRow(NamedTuple):
    """One save."""

    number: int
    at: datetime
    by: str | None
    note: str
    changed: tuple[str, ...]
    notice_id: int | None

    @property
    def words(self) -> list[str]:
        """The keys of what was changed among the words, each once."""
        return list(dict.fromkeys(f"draft_field.{key.rpartition('.')[2]}" for key in self.changed))


@dataclass(frozen=True, slots=True)
class DraftPage:
    """All that is shown of one draft. `unready` is empty when it may be finished."""

    draft_id: int
    kind: str
    state: str
    case: CaseLine
    as_of: date
    version: int
    versions: tuple[VersionRow, ...]
    principal_fen: int
    late_fee_fen: int
    costs_fen: int
    notice_id: int | None
    number: str
    may_reopen: bool
    sections: tuple[Section, ...] = ()
    unready: tuple[Unready, ...] = ()
    agreed_late_fee_fen: int = 0
    safe_late_fee_fen: int = 0
    fields: tuple[Field, ...] = ()
    charge_ids: tuple[int, ...] = ()

    @property
    def total_fen(self) -> int:
        """What it asks for in all."""
        return self.principal_fen + self.late_fee_fen + self.costs_fen

    @property
    def is_open(self) -> bool:
        """Whether it may be written on."""
        return self.state == Draft.State.OPEN

    @property
    def state_word(self) -> str:
        """The key of the state among the words."""
        return f"draft.{self.state}"


def draft_page(draft_id: int, *, as_of: date) -> DraftPage:
    """One draft as it reads today; one that is finished or dropped as it read last. NotFound, NoContract."""
    draft = find_draft(draft_id)
    versions = list(DraftVersion.objects.filter(draft=draft).select_related("by").order_by("number"))
    data: Mapping[str, Any] = versions[-1].data if versions else {}
    page = DraftPage(
        draft_id=draft.pk,
        kind=draft.kind,
        state=draft.state,
        case=case_line(draft.case_id, as_of=as_of),
        as_of=draft.notice.issued_on if draft.notice else as_of,
        version=versions[-1].number if versions else 0,
        versions=tuple(_version(row) for row in reversed(versions)),
        principal_fen=data.get("principal_fen", 0),
        late_fee_fen=data.get("late_fee_fen", 0),
        costs_fen=data.get("costs_fen", 0),
        notice_id=draft.notice_id,
        number=draft.notice.number if draft.notice else "",
        may_reopen=draft.state == Draft.State.FINISHED and may_reopen(draft),
    )
    return _being_written(page, draft, _changes(versions), as_of) if page.is_open else page


def _being_written(page: DraftPage, draft: Draft, changes: Mapping[str, Change], as_of: date) -> DraftPage:
    written = write(draft.kind, material_for(draft, as_of=as_of), edits_of(draft))
    charges = written.material.sheet.order.charges
    return replace(
        page,
        as_of=as_of,
        sections=tuple(_sections(written, changes)),
        unready=obstacles(draft.kind, written),
        principal_fen=written.claimed.principal_fen,
        late_fee_fen=written.claimed.late_fee_fen,
        costs_fen=written.claimed.costs_fen,
        agreed_late_fee_fen=sum(one.late_fee_fen for one in charges) if written.material.has_clause else 0,
        safe_late_fee_fen=court_safe_sum(charges, written.material.terms),
        fields=tuple(written.pen.fields),
        charge_ids=written.claimed.charge_ids,
    )


def find_draft(draft_id: int) -> Draft:
    """The draft with what it points to; NotFound when it is not there, or not the member's."""
    related = ("case", "notice", "approval__decided_by", "filing__notice")
    # Joined to the case, so that a member of other communities finds nothing.
    draft: Draft | None = Draft.objects.select_related(*related).filter(pk=draft_id).first()
    if draft is None:
        raise NotFound(_("There is no such document."))
    return draft


def draft_pdf(draft_id: int, *, as_of: date, version: int | None = None) -> bytes:
    """How it would be printed: as it reads today, or as one version read. Who looks is written down:
    a court's paper shows identity numbers in full.
    """
    draft = find_draft(draft_id)
    newest = newest_version(draft)
    shown = version or (newest.number if newest else 0)
    if version is None and draft.state == Draft.State.OPEN:
        data = write(draft.kind, material_for(draft, as_of=as_of), edits_of(draft)).paper.as_json()
    else:
        data = _version_of(draft, shown).data
    audit.record("draft.revealed", kind="draft", pk=draft.pk, document=draft.kind, version=shown)
    return to_pdf(render_html(preview_of(draft.kind, data)), stylesheet=PAPER)


def _version_of(draft: Draft, number: int) -> DraftVersion:
    found: DraftVersion | None = DraftVersion.objects.filter(draft=draft, number=number).first()
    if found is None:
        raise NotFound(_("There is no such version."))
    return found


def _changes(versions: Sequence[DraftVersion]) -> dict[str, Change]:
    return {key: Change(row.by.name if row.by else "", row.at) for row in versions for key in row.changed}


def _sections(written: Written, changes: Mapping[str, Change]) -> list[Section]:
    lacks = _lacks(written)
    return [
        Section(code, about, tuple(_row(one, changes) for one in rows), lacks.get(about, ""))
        for (code, about), rows in groupby(written.pen.fields, key=_part)
    ]


def _part(one: Field) -> tuple[str, str]:
    return one.section, one.about if one.section in _REPEATED else ""


def _row(one: Field, changes: Mapping[str, Change]) -> Row:
    change = changes.get(one.key) if one.edited else None
    if one.kind is not Kind.SECRET:
        return Row(one, one.value, one.computed, change)
    return Row(one, _masked(one.value), _masked(one.computed), change)


def _masked(number: str) -> str:
    return f"{'*' * max(0, len(number) - _SEEN)}{number[-_SEEN:]}"


def _lacks(written: Written) -> dict[str, str]:
    """By item of evidence: what a person must still fetch."""
    if not hasattr(written.paper, "items"):
        return {}
    there, costs = found(written.material), bool(written.material.costs)
    said = {code.value: known.lacks for code, known in there.items() if known.lacks}
    said |= {
        code.value: "all"
        for code in EvidenceCode
        if not there[code].is_there and not there[code].lacks and needed(code, claims_costs=costs)
    }
    ticked = {
        one.key.split(".")[1]
        for one in written.pen.fields
        if one.edited and one.name == "listed" and one.value
    }
    return {code: f"lacks.{what}" for code, what in said.items() if code not in ticked}


def _version(row: DraftVersion) -> VersionRow:
    return VersionRow(
        row.number, row.at, row.by.name if row.by else None, row.note, tuple(row.changed), row.notice_id
    )
