"""Log a home visit: who went, when, what came of it; the VISIT rung is taken by any visit that was made."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final, NamedTuple

from django.utils.timezone import make_aware
from django.utils.translation import gettext as _

from arrears.cases.models import Case, Task, Visit
from arrears.cases.queries.calling import active_holds
from arrears.cases.queries.facts import standing_of
from arrears.cases.queries.quiet_days import quiet_of
from arrears.cases.rules.classes import CaseClass
from arrears.cases.rules.holds import SILENT
from arrears.cases.rules.ladder import TOLERANCE_FEN, RungCode
from arrears.cases.rules.promises import reminder_on
from arrears.cases.rules.sanity import refuse_visit_day
from arrears.cases.rules.visits import MET, refuse_alone, refuse_signature
from arrears.cases.services.calls import doubt_promise, note_promise, part_of
from arrears.cases.services.reaching import reachable
from arrears.cases.services.recording import Ended, TaskRow, add_tasks, end_tasks
from arrears.cases.services.rungs import find_case, lock_account, take
from billing.charges.queries import owed
from notices.services import Photo
from owners.services import ContactKnown, NotANumber, add_contact
from tenancy.kernel.errors import Conflict, Refused
from tenancy.kernel.scope import current_user_id
from tenancy.people.services import files
from tenancy.people.words import sentence
from values import windows
from values.because import Because, because

_K = Task.Kind
_R = Visit.Result
_CLASS_OF: Final = {
    _R.MET_PROMISED: CaseClass.A,
    _R.MET_UNDECIDED: CaseClass.B,
    _R.MET_REFUSED: CaseClass.E,
}
# The project manager goes himself when a visit brought nothing, by the sixtieth day (R000-I19).
_BROUGHT_NOTHING: Final = frozenset({_R.MET_REFUSED, _R.NOBODY_HOME, _R.VACANT})
_MANAGER_BY_DAY: Final = 60


class VisitRefused(Refused):
    """A visit in the future, before its case, at night, or with times that do not fit."""

    code = "cases.visit_refused"


class TwoPersonsNeeded(VisitRefused):
    """One person alone does not visit whoever refuses to pay."""

    code = "cases.two_persons_needed"


class VisitHeld(Conflict):
    """A hold stood under which nobody speaks to the owner."""

    code = "cases.visit_held"


class Signature(NamedTuple):
    """Drawn on glass under what was said; `signer`: OWNER, ADULT_CORESIDENT or AGENT."""

    picture: Photo
    signer: str
    name: str
    relation: str = ""


@dataclass(frozen=True, slots=True)
class Seen:
    """What is entered after a visit."""

    on: date
    result: str
    time_in: time | None
    time_out: time | None
    second_person: str
    by_manager: bool
    reason_code: str
    feedback: str
    promised_on: date | None
    photo: Photo | None
    signature: Signature | None = None
    phone: str = ""


def log_visit(
    *,
    case_id: int,
    on: date,
    as_of: date,
    result: str,
    time_in: time | None = None,
    time_out: time | None = None,
    second_person: str = "",
    by_manager: bool = False,
    reason_code: str = "",
    feedback: str = "",
    promised_on: date | None = None,
    photo: Photo | None = None,
    signature: Signature | None = None,
    phone: str = "",
) -> int:
    """Record a visit made by `as_of`; returns its id. `phone`: a number of the owner that was learned there.

    What was paid meanwhile does not matter: the visit was made. Raises NotFound, VisitRefused (also
    TwoPersonsNeeded), VisitHeld, PromiseRefused.
    """
    seen = Seen(
        on, result, time_in, time_out, second_person, by_manager, reason_code, feedback, promised_on, photo,
        signature, phone.strip(),
    )  # fmt: skip
    case = find_case(case_id)
    lock_account(case.account_id)
    _check(case, seen, as_of)
    _refuse_held(case.account_id, seen)
    _add_number(case, seen)
    promises = seen.result == _R.MET_PROMISED
    doubt = doubt_promise(case, seen.promised_on, made_on=seen.on) if promises else None
    visit = _write(case, seen, promises=promises)
    overdue_fen = owed(account_ids=[case.account_id], as_of=seen.on)[case.account_id].overdue_fen
    owes = overdue_fen > TOLERANCE_FEN
    if promises and owes:
        _note_promise(case, seen, doubt, overdue_fen)
    _note_class(case, seen, in_doubt=doubt is not None)
    _follow_up(case, seen, owes=owes, in_doubt=doubt is not None)
    take(case_id, RungCode.VISIT, on=seen.on, why=because("visited", result=seen.result))
    return int(visit.pk)


def _add_number(case: Case, seen: Seen) -> None:
    if not seen.phone:
        return
    try:
        if "@" in seen.phone:
            raise NotANumber(_("This is no telephone number."))
        add_contact(party_id=case.account.party_id, value=seen.phone, reason="VISIT")
    except (NotANumber, ContactKnown) as refusal:
        raise VisitRefused(str(refusal), field="phone", why=refusal.code) from refusal


def _note_promise(case: Case, seen: Seen, doubt: Because | None, overdue_fen: int) -> None:
    part = part_of(case.account_id, None, on=seen.on, promised_on=seen.promised_on, overdue_fen=overdue_fen)
    note_promise(case, seen.promised_on, made_on=seen.on, part=part, doubt=doubt)


def _write(case: Case, seen: Seen, *, promises: bool) -> Visit:
    signed = seen.signature
    visit: Visit = Visit.objects.create(
        case=case,
        account_id=case.account_id,
        on=seen.on,
        time_in=seen.time_in,
        time_out=seen.time_out,
        second_person=seen.second_person.strip(),
        by_manager=seen.by_manager,
        result=seen.result,
        reason_code=seen.reason_code,
        feedback=seen.feedback.strip(),
        promised_on=seen.promised_on if promises else None,
        photo_id=_keep(seen.photo, case.community_id),
        signature_id=_keep(signed.picture, case.community_id) if signed else None,
        signer=signed.signer if signed else "",
        signer_name=signed.name.strip() if signed else "",
        signer_relation=signed.relation.strip() if signed else "",
        by_id=current_user_id(),
    )
    return visit


def _check(case: Case, seen: Seen, as_of: date) -> None:
    wrong = refuse_visit_day(seen.on, opened_on=case.opened_on, as_of=as_of)
    if wrong is not None:
        raise VisitRefused(sentence(wrong.because), field=wrong.field, why=wrong.because.code)
    quiet = quiet_of(case.community_id)(seen.on)
    if quiet is not None:
        raise VisitRefused(sentence(quiet), field="on", why=quiet.code)
    if seen.time_in and seen.time_out and seen.time_out < seen.time_in:
        raise VisitRefused(_("The visit ended before it began."), field="time_out")
    if seen.time_in is not None:
        found = windows.may_visit(datetime.combine(seen.on, seen.time_in))
        if found is not None:
            raise VisitRefused(sentence(found), field="time_in", why=found.code)
    alone = refuse_alone(case.klass, second_person=seen.second_person)
    if alone is not None:
        raise TwoPersonsNeeded(sentence(alone), field="second_person", why=alone.code)
    _check_signature(seen.signature)


def _check_signature(signed: Signature | None) -> None:
    if signed is None:
        return
    wrong = refuse_signature(signed.signer, name=signed.name, relation=signed.relation)
    if wrong is not None:
        raise VisitRefused(sentence(wrong.because), field=wrong.field, why=wrong.because.code)


def _refuse_held(account_id: int, seen: Seen) -> None:
    """A hold that was known when they knocked; whoever went before it was noted did no wrong."""
    knocked_at = make_aware(datetime.combine(seen.on, seen.time_in or time.max))
    for hold in active_holds(account_id, as_of=seen.on):
        if hold.kind in SILENT and hold.created_at <= knocked_at:
            why = because("visit_held", kind=hold.kind)
            raise VisitHeld(sentence(why), why=why.as_json())


def _keep(photo: Photo | None, community_id: int) -> int | None:
    if photo is None:
        return None
    return int(
        files.store(
            photo.content, name=photo.name, purpose="visit", accept=files.IMAGES, community_id=community_id
        ).pk
    )


def _note_class(case: Case, seen: Seen, *, in_doubt: bool) -> None:
    klass = None if in_doubt else _CLASS_OF.get(_R(seen.result))
    values = {"reason_code": seen.reason_code or case.reason_code}
    if klass is not None:
        values["klass"] = klass.value
    Case.objects.filter(pk=case.pk).update(**values)


def _follow_up(case: Case, seen: Seen, *, owes: bool, in_doubt: bool) -> None:
    """What the visit asked for is done; what comes next is asked for only while something is owed."""
    end_tasks(
        [Ended(case.pk, kind) for kind in ((_K.VISIT, _K.PM_VISIT) if seen.by_manager else (_K.VISIT,))]
        + [Ended(case.pk, _K.LETTER, done=False)]  # one of the two is enough (R000-I8)
    )
    if not owes:
        return
    why = because("after_visit", result=seen.result, on=seen.on)
    tomorrow = seen.on + timedelta(days=1)
    if seen.result == _R.MET_PROMISED and seen.promised_on is not None:
        due_on = tomorrow if in_doubt else reminder_on(seen.promised_on, made_on=seen.on)
        add_tasks(reachable([TaskRow(case.pk, _K.CALL, due_on, why)]))
        return
    if seen.phone and seen.result not in MET:  # the number that was looked for
        add_tasks([TaskRow(case.pk, _K.CALL, tomorrow, why)])
    if seen.result in _BROUGHT_NOTHING and not seen.by_manager and case.closed_on is None:
        add_tasks([TaskRow(case.pk, _K.PM_VISIT, _manager_by(case, seen), why)])


def _manager_by(case: Case, seen: Seen) -> date:
    found = standing_of(case.account_id, as_of=seen.on)
    anchor = found[1].facts.anchor_on if found else None
    return seen.on if anchor is None else max(seen.on, date.fromordinal(anchor.toordinal() + _MANAGER_BY_DAY))
