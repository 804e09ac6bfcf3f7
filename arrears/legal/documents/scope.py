"""What a document may be about: legal claims take only charges that the rung before proved."""

from __future__ import annotations

from datetime import date
from typing import Final, NamedTuple

from django.utils.translation import gettext as _

from arrears.cases.queries import case_line, standing_coverage
from arrears.cases.rules.steps import StepState
from arrears.cases.services.rungs import open_step
from arrears.legal.documents.written import RUNGS
from arrears.legal.models import Draft, Filing, Result
from tenancy.kernel.errors import Conflict

_K = Draft.Kind
_MAY_BE_WRITTEN: Final = frozenset({StepState.APPROVED, StepState.DUE, StepState.SENT})
_GOES_ON: Final = frozenset({Result.Kind.CONVERTED, Result.Kind.REJECTED})


class NotAskedFor(Conflict):
    """The case does not stand where this document is written: nobody approved it, or nothing is pending."""

    code = "legal.draft_not_asked_for"


class Scope(NamedTuple):
    """The charges of a document, and on whose word it is written."""

    charge_ids: tuple[int, ...]
    approval_id: int | None = None
    filing_id: int | None = None


def scope_of(case_id: int, kind: str, *, as_of: date) -> Scope:
    """What a document of a case may be about on a day. NotAskedFor when it is not its time."""
    found = _pending(case_id) if kind == _K.PAYMENT_ORDER_WITHDRAWAL else _claimed(case_id, kind, as_of)
    if found is None:
        raise NotAskedFor(_("The case does not stand where this document is written."))
    return found


def kinds_for(case_id: int, *, as_of: date) -> tuple[str, ...]:
    """The documents that may be begun on a day, in the order of the ladder."""
    return tuple(
        kind
        for kind in Draft.Kind.values
        if (_pending(case_id) if kind == _K.PAYMENT_ORDER_WITHDRAWAL else _claimed(case_id, kind, as_of))
    )


def _claimed(case_id: int, kind: str, as_of: date) -> Scope | None:
    step = open_step(case_id)
    at_rung = step is not None and step.event in _MAY_BE_WRITTEN
    if step is not None and at_rung and step.code == RUNGS.get(kind, step.code) and step.code in _LEGAL:
        return Scope(tuple(step.charge_ids), step.approval_id)
    filing = (
        Filing.objects.filter(case_id=case_id).exclude(kind=Filing.Kind.ENFORCEMENT).order_by("-pk").first()
    )
    if kind == _K.COMPLAINT and filing is not None and _newest_kind(filing) in _GOES_ON:
        return Scope(tuple(filing.charge_ids), None, filing.pk)
    if kind != _K.EVIDENCE_LIST:
        return None
    if filing is not None:
        return Scope(tuple(filing.charge_ids), None, filing.pk)
    about = standing_coverage(case_line(case_id, as_of=as_of), as_of=as_of)
    return Scope(tuple(one.charge_id for one in about.covered)) if about and about.covered else None


def _pending(case_id: int) -> Scope | None:
    """An application that the court has not answered: nothing was served on the debtor."""
    filing = Filing.objects.filter(case_id=case_id).order_by("-pk").first()
    if filing is None or filing.kind != Filing.Kind.PAYMENT_ORDER or _newest_kind(filing) is not None:
        return None
    return Scope(tuple(filing.charge_ids), None, filing.pk)


def _newest_kind(filing: Filing) -> str | None:
    return Result.objects.filter(filing=filing).order_by("-pk").values_list("kind", flat=True).first()


_LEGAL: Final = frozenset(RUNGS.values())
