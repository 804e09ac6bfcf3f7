"""Numbered documents of a round: their data is frozen here, the paper is drawn by notices when opened.

Who makes which document registers for its rung; the court's papers are registered by arrears.legal.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import date
from itertools import groupby
from typing import Any, Final, NamedTuple

from arrears.cases.queries.evidence import as_sent, contacts, demands_sent
from arrears.cases.queries.subjects import Subject, subjects
from billing.charges.queries import NoContract, OpenCharge, issuer_of
from notices.documents.parts import Contacted, DemandSent, Issuer
from notices.queries import DocumentFact
from notices.services import Draft, queue
from owners.rules.numbering import document_number
from owners.services import take_numbers

PAPER: Final = "PAPER"


class Signed(NamedTuple):
    """Whose approval the document carries."""

    approval_id: int
    by: str
    on: date


class Order(NamedTuple):
    """A document to issue: for which case, about which charges, with how many days to pay."""

    case_id: int
    account_id: int
    community_id: int
    code: str
    charges: tuple[OpenCharge, ...]
    period_days: int = 0
    signed: Signed | None = None


class Sheet(NamedTuple):
    """All that a maker of documents is told. `before`: delivered documents about the same charges."""

    order: Order
    subject: Subject
    number: str
    issued_on: date
    issuer: Issuer
    contacts: tuple[Contacted, ...]
    before: tuple[DocumentFact, ...]

    def sent(self, *kinds: str) -> tuple[DemandSent, ...]:
        """The documents that went before, of some kinds."""
        return tuple(as_sent(fact) for fact in self.before if fact.kind in kinds)


Maker = Callable[[Sheet], dict[str, Any]]
# Prepares the paper of a rung for somebody to complete; gives its notice where nothing is missing.
Drafter = Callable[[Sheet], int | None]
_MAKERS: dict[str, tuple[str, Maker, str]] = {}
_DRAFTERS: dict[str, Drafter] = {}


def register(code: str, kind: str, make: Maker, *, series: str = "") -> None:
    """Let `make` draw the documents of a rung; `kind` is the notice's kind and, unless told, its series."""
    _MAKERS[code] = (kind, make, series or kind)


def draft_first(code: str, drafter: Drafter) -> None:
    """Let the papers of a rung be drafted: they are finished at once only where nothing is missing."""
    _DRAFTERS[code] = drafter


def makes_paper(code: str) -> bool:
    """Whether the rung has a document."""
    return code in _MAKERS or code in _DRAFTERS


def may_issue(community_id: int, *, as_of: date) -> bool:
    """Whether documents can be made for a community on a day: a contract is in force (G1)."""
    try:
        issuer_of(community_id, as_of)
    except NoContract:
        return False
    return True


def issue(orders: Sequence[Order], *, as_of: date) -> dict[int, int | None]:
    """Queue the documents of one rung; case id -> notice id, None while somebody must complete it.

    Left out: where no contract is (G1).
    """
    if not orders:
        return {}
    code, told = orders[0].code, sheets(orders, as_of=as_of)
    if code in _DRAFTERS:
        return {sheet.order.case_id: _DRAFTERS[code](sheet) for sheet in told}
    kind, make, series = _MAKERS[code]
    return dict(queue_papers(told, kind=kind, make=make, series=series))


def sheets(orders: Sequence[Order], *, as_of: date) -> list[Sheet]:
    """What the makers of these documents are told, in the order of the units; they have no number yet."""
    if not orders:
        return []
    who = subjects([order.account_id for order in orders])
    place = {account_id: n for n, account_id in enumerate(who)}
    spoken = contacts([order.case_id for order in orders])
    before = demands_sent([order.account_id for order in orders])
    told: list[Sheet] = []
    in_order = sorted(orders, key=lambda order: place[order.account_id])
    for community_id, found in groupby(in_order, key=lambda order: order.community_id):
        try:
            issuer = issuer_of(community_id, as_of)
        except NoContract:
            continue
        for order in found:
            about = _about(before.get(order.account_id, ()), order.charges)
            talks = spoken.get(order.case_id, ())
            told.append(Sheet(order, who[order.account_id], "", as_of, issuer, talks, about))
    return told


def queue_papers(told: Sequence[Sheet], *, kind: str, make: Maker, series: str = "") -> dict[int, int]:
    """Give these papers their numbers, without a gap, and queue them; case id -> notice id."""
    drafts: dict[int, Draft] = {}
    for _community_id, found in groupby(told, key=lambda sheet: sheet.order.community_id):
        batch = list(found)
        for sheet, number in zip(batch, _numbers(batch, series or kind), strict=True):
            drafts[sheet.order.case_id] = _draft(sheet._replace(number=number), kind, make)
    made = queue(drafts.values())
    return {case_id: made[draft.unique_key] for case_id, draft in drafts.items() if draft.unique_key in made}


def queue_paper(sheet: Sheet, *, kind: str, make: Maker, charge_ids: Collection[int]) -> int:
    """The same for one paper that is about some charges only: money that goes to another leaves it true."""
    numbered = sheet._replace(number=_numbers([sheet], kind)[0])
    draft = _draft(numbered, kind, make)._replace(charge_ids=tuple(charge_ids))
    return queue([draft])[draft.unique_key]


def _numbers(batch: Sequence[Sheet], series: str) -> list[str]:
    first, year = batch[0], batch[0].issued_on.year
    start = take_numbers(community_id=first.order.community_id, series=series, year=year, count=len(batch))
    code = first.subject.community_code
    return [document_number(series, code, year, start + n) for n in range(len(batch))]


def _about(facts: Sequence[DocumentFact], charges: Sequence[OpenCharge]) -> tuple[DocumentFact, ...]:
    ids = {charge.charge_id for charge in charges}
    return tuple(fact for fact in facts if not ids.isdisjoint(fact.charge_ids))


def _draft(sheet: Sheet, kind: str, make: Maker) -> Draft:
    order = sheet.order
    return Draft(
        community_id=order.community_id,
        unit_id=sheet.subject.unit_id,
        party_id=sheet.subject.party_id,
        account_id=order.account_id,
        kind=kind,
        channel=PAPER,
        unique_key=f"{kind}:{sheet.number}",
        number=sheet.number,
        issued_on=sheet.issued_on,
        data=make(sheet),
        charge_ids=tuple(charge.charge_id for charge in order.charges),
    )
