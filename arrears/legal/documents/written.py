"""A draft as it reads today: its paper, its fields, and what it asks for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final, NamedTuple

from django.utils.translation import gettext as _

from arrears.cases.queries.calling import local_time
from arrears.cases.queries.ladders import current_ladders
from arrears.cases.queries.subjects import late_charges
from arrears.cases.services.papers import Order, Signed
from arrears.legal.documents.claims import Claimed
from arrears.legal.documents.complaint import complaint
from arrears.legal.documents.evidence_list import evidence_list
from arrears.legal.documents.letter import lawyer_letter
from arrears.legal.documents.material import Material, gather
from arrears.legal.documents.order import payment_order
from arrears.legal.documents.withdrawal import withdrawal
from arrears.legal.models import Draft
from arrears.legal.rules.pen import Pen
from notices.documents.frozen import Frozen
from tenancy.kernel.errors import Conflict
from tenancy.people.models import Approval

_K = Draft.Kind
_Writer = Callable[[Material, Pen], tuple[Frozen, Claimed]]
_WRITERS: Final[Mapping[str, _Writer]] = {
    _K.LAWYER_LETTER: lawyer_letter,
    _K.PAYMENT_ORDER_APPLICATION: payment_order,
    _K.COMPLAINT: complaint,
    _K.EVIDENCE_LIST: evidence_list,
    _K.PAYMENT_ORDER_WITHDRAWAL: withdrawal,
}
# The rung whose approval asks for the paper.
RUNGS: Final[Mapping[str, str]] = {
    _K.LAWYER_LETTER: "LAWYER_LETTER",
    _K.PAYMENT_ORDER_APPLICATION: "COURT",
    _K.COMPLAINT: "COURT",
}


class NoContract(Conflict):
    """Without a contract in force on the day nothing can be claimed under it."""

    code = "legal.no_contract"


class Written(NamedTuple):
    """What a pen wrote."""

    paper: Frozen
    pen: Pen
    claimed: Claimed
    material: Material


def write(kind: str, material: Material, edits: Mapping[str, Any]) -> Written:
    """A document of a kind, from its material and what persons wrote over it."""
    pen = Pen(edits)
    paper, claimed = _WRITERS[kind](material, pen)
    return Written(paper, pen, claimed, material)


def material_for(draft: Draft, *, as_of: date) -> Material:
    """What a draft is written from: the charges it is about, as far as they are still owed. NoContract."""
    found = gather(order_of(draft, as_of=as_of), as_of=as_of, filing=draft.filing)
    if found is None:
        raise NoContract(_("No service contract is in force: nothing can be claimed under it."))
    return found


def order_of(draft: Draft, *, as_of: date) -> Order:
    """The document that a draft is to become."""
    case, wanted = draft.case, set(draft.charge_ids)
    late = late_charges([case.account_id], as_of=as_of).get(case.account_id, [])
    charges = tuple(charge for charge in late if charge.charge_id in wanted)
    code = RUNGS.get(draft.kind, draft.kind)
    rungs = {rung.code.value: rung for rung in current_ladders(as_of=as_of).of(case.community_id)}
    days = rungs[code].period_days if code in rungs else 0
    return Order(case.pk, case.account_id, case.community_id, code, charges, days, _signed(draft.approval))


def _signed(approval: Approval | None) -> Signed | None:
    if approval is None or approval.decided_by is None or approval.decided_at is None:
        return None
    return Signed(approval.pk, approval.decided_by.name, local_time(approval.decided_at).date())
