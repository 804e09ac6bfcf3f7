"""Numbered documents of a round: their data is frozen here, the paper is drawn by notices when opened.

Who makes which document registers for its rung; the court's papers are registered by arrears.legal.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
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
_MAKERS: dict[str, tuple[str, Maker, str]] = {}


def register(code: str, kind: str, make: Maker, *, series: str = "") -> None:
    """Let `make` draw the documents of a rung; `kind` is the notice's kind and, unless told, its series."""
    _MAKERS[code] = (kind, make, series or kind)


def makes_paper(code: str) -> bool:
    """Whether the rung has a document."""
    return code in _MAKERS


def may_issue(community_id: int, *, as_of: date) -> bool:
    """Whether documents can be made for a community on a day: a contract is in force (G1)."""
    try:
        issuer_of(community_id, as_of)
    except NoContract:
        return False
    return True


def issue(orders: Sequence[Order], *, as_of: date) -> dict[int, int]:
    """Queue the documents of one rung; case id -> notice id. Left out: where no contract is (G1)."""
    if not orders:
        return {}
    who = subjects([order.account_id for order in orders])
    place = {account_id: n for n, account_id in enumerate(who)}
    spoken = contacts([order.case_id for order in orders])
    before = demands_sent([order.account_id for order in orders])
    drafts: dict[str, tuple[int, Draft]] = {}
    in_order = sorted(orders, key=lambda order: place[order.account_id])
    for community_id, found in groupby(in_order, key=lambda order: order.community_id):
        try:
            issuer = issuer_of(community_id, as_of)
        except NoContract:
            continue
        batch = list(found)
        for order, number in zip(batch, _numbers(batch, who, as_of), strict=True):
            sheet = Sheet(
                order,
                who[order.account_id],
                number,
                as_of,
                issuer,
                spoken.get(order.case_id, ()),
                _about(before.get(order.account_id, ()), order.charges),
            )
            drafts[number] = (order.case_id, _draft(sheet))
    made = queue(draft for _case_id, draft in drafts.values())
    return {case_id: made[draft.unique_key] for case_id, draft in drafts.values() if draft.unique_key in made}


def _numbers(batch: Sequence[Order], who: dict[int, Subject], as_of: date) -> list[str]:
    _kind, _make, series = _MAKERS[batch[0].code]
    first = take_numbers(community_id=batch[0].community_id, series=series, year=as_of.year, count=len(batch))
    code = who[batch[0].account_id].community_code
    return [document_number(series, code, as_of.year, first + n) for n in range(len(batch))]


def _about(facts: Sequence[DocumentFact], charges: Sequence[OpenCharge]) -> tuple[DocumentFact, ...]:
    ids = {charge.charge_id for charge in charges}
    return tuple(fact for fact in facts if not ids.isdisjoint(fact.charge_ids))


def _draft(sheet: Sheet) -> Draft:
    order = sheet.order
    kind, make, _series = _MAKERS[order.code]
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
