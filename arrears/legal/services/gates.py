"""The gates as the server holds them: a shut one refuses its act by name; what only people know is noted."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from functools import partial
from typing import Final

from django.utils.translation import gettext as _

from arrears.cases.queries.standing import case_core
from arrears.cases.rules.ladder import RungCode
from arrears.cases.services import gates as rungs
from arrears.cases.services.rungs import open_step
from arrears.legal.models import GateNote, Review
from arrears.legal.queries.gates import barred_acts
from arrears.legal.rules.gates import BY_HAND, Act, Finding
from notices.services import Photo
from tenancy.kernel.errors import Conflict, Forbidden, Refused
from tenancy.kernel.permissions import Role, StaffMember
from tenancy.people.services import audit, files
from tenancy.people.words import WORDS, sentence

PAPERS: Final = (files.PDF, *files.IMAGES)


class SheetMissing(Conflict):
    """Nobody has written the review sheet."""

    code = "legal.sheet_missing"


class GateShut(Conflict):
    """A legal precondition is not met; `gate` and `check` say which."""

    code = "legal.gate_shut"


class NoteRefused(Refused):
    """A note about a check that data answers, or without a reason."""

    code = "legal.note_refused"


class NotALawyer(Forbidden):
    """Only legal says what the law is."""

    code = "legal.not_a_lawyer"


def require(act: Act, *, case_id: int, on: date, charge_ids: Collection[int] | None = None) -> None:
    """Refuse an act while one of its gates is shut. Raises NotFound, GateShut."""
    shut = barred_acts(case_id, as_of=on, charge_ids=charge_ids).get(act)
    if shut is not None:
        raise _shut(act, shut)


def require_court(*, case_id: int, charge_ids: Collection[int], on: date) -> None:
    """Refuse the court rung when neither a payment order nor a complaint may be filed."""
    barred = barred_acts(case_id, as_of=on, charge_ids=charge_ids)
    shut = barred.get(Act.PAYMENT_ORDER)
    if shut is not None and Act.COMPLAINT in barred:
        raise _shut(Act.PAYMENT_ORDER, shut)


def _shut(act: Act, shut: Finding) -> GateShut:
    text = _("%(gate)s is not met: %(check)s. %(why)s") % {
        "gate": shut.gate.value,
        "check": WORDS.get(shut.word, shut.code),
        "why": sentence(shut.because),
    }
    return GateShut(text, gate=shut.gate.value, check=shut.code, act=act.value)


def note_gate(
    *,
    case_id: int,
    code: str,
    holds: bool,
    reason: str,
    by: StaffMember,
    on: date,
    file: Photo | None = None,
) -> int:
    """Legal notes what data cannot tell; returns its id. Raises NotFound, NotALawyer, NoteRefused."""
    case = case_core(case_id)
    if not by.plays(Role.LEGAL):
        raise NotALawyer(_("Only legal notes this."))
    if code not in BY_HAND:
        raise NoteRefused(_("Data answers this check; nobody notes it by hand."), field="code")
    if not reason.strip():
        raise NoteRefused(_("Write the reason."), field="reason")
    note = GateNote.objects.create(
        case_id=case_id,
        code=code,
        holds=holds,
        reason=reason.strip()[:300],
        file_id=keep(file, community_id=case.community_id),
        on=on,
        by_id=by.user_id,
    )
    audit.record("gate.noted", kind="case", pk=case_id, check=f"gate.{code}", holds=holds, reason=note.reason)
    return int(note.pk)


def keep(file: Photo | None, *, community_id: int | None) -> int | None:
    """The stored paper or photo; None without one."""
    if file is None:
        return None
    return int(
        files.store(
            file.content, name=file.name, purpose="court", accept=PAPERS, community_id=community_id
        ).pk
    )


def require_sheet(*, case_id: int, charge_ids: Collection[int], on: date) -> None:
    """A review is decided on its sheet: need, cost and chance are written first. Raises SheetMissing."""
    step = open_step(case_id)
    if step is None or step.code != RungCode.LEGAL_REVIEW or step.approval_id is None:
        return
    if not Review.objects.filter(case_id=case_id, approval_id=step.approval_id).exists():
        raise SheetMissing(_("The review sheet is not written yet: the project manager or legal writes it."))


def register() -> None:
    """Ask these gates before the ladder's letters and court papers are approved."""
    rungs.register(RungCode.LEGAL_REVIEW.value, require_sheet)
    rungs.register(RungCode.LAWYER_LETTER.value, partial(require, Act.LAWYER_LETTER))
    rungs.register(RungCode.COURT.value, require_court)
