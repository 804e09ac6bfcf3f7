"""Log a home visit: who went, when, what came of it; the VISIT rung is taken by any visit that was made."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Final

from django.utils.translation import gettext as _

from arrears.cases.models import Case, Task, Visit
from arrears.cases.queries.facts import standing_of
from arrears.cases.queries.quiet_days import quiet_of
from arrears.cases.rules.classes import CaseClass
from arrears.cases.rules.ladder import RungCode
from arrears.cases.rules.promises import reminder_on
from arrears.cases.rules.sanity import refuse_visit_day
from arrears.cases.services.calls import doubt_promise, note_promise
from arrears.cases.services.recording import Ended, TaskRow, add_tasks, end_tasks
from arrears.cases.services.rungs import find_case, lock_account, take
from billing.charges.queries import owed
from notices.services import Photo
from tenancy.kernel.errors import Refused
from tenancy.kernel.scope import current_user_id
from tenancy.people.services import files
from tenancy.people.words import sentence
from values import windows
from values.because import because

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
) -> int:
    """Record a visit made by `as_of`; returns its id. Raises NotFound, VisitRefused, PromiseRefused."""
    seen = Seen(
        on, result, time_in, time_out, second_person, by_manager, reason_code, feedback, promised_on, photo
    )
    case = find_case(case_id)
    lock_account(case.account_id)
    _check(case, seen, as_of)
    promises = seen.result == _R.MET_PROMISED
    doubt = doubt_promise(case, seen.promised_on, made_on=seen.on) if promises else None
    visit = Visit.objects.create(
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
        photo_id=_keep(seen.photo),
        by_id=current_user_id(),
    )
    if promises:
        overdue_fen = owed(account_ids=[case.account_id], as_of=seen.on)[case.account_id].overdue_fen
        note_promise(case, seen.promised_on, made_on=seen.on, amount_fen=overdue_fen, doubt=doubt)
    _follow_up(case, seen, in_doubt=doubt is not None)
    take(case_id, RungCode.VISIT, on=seen.on, why=because("visited", result=seen.result))
    return int(visit.pk)


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


def _keep(photo: Photo | None) -> int | None:
    if photo is None:
        return None
    return int(files.store(photo.content, name=photo.name, purpose="visit", accept=files.IMAGES).pk)


def _follow_up(case: Case, seen: Seen, *, in_doubt: bool) -> None:
    klass = None if in_doubt else _CLASS_OF.get(_R(seen.result))
    values = {"reason_code": seen.reason_code or case.reason_code}
    if klass is not None:
        values["klass"] = klass.value
    Case.objects.filter(pk=case.pk).update(**values)
    end_tasks(
        [Ended(case.pk, kind) for kind in ((_K.VISIT, _K.PM_VISIT) if seen.by_manager else (_K.VISIT,))]
        + [Ended(case.pk, _K.LETTER, done=False)]  # one of the two is enough (R000-I8)
    )
    why = because("after_visit", result=seen.result, on=seen.on)
    if seen.result == _R.MET_PROMISED and seen.promised_on is not None:
        add_tasks([TaskRow(case.pk, _K.CALL, reminder_on(seen.promised_on, made_on=seen.on), why)])
    elif seen.result in _BROUGHT_NOTHING and not seen.by_manager and case.closed_on is None:
        add_tasks([TaskRow(case.pk, _K.PM_VISIT, _manager_by(case, seen), why)])


def _manager_by(case: Case, seen: Seen) -> date:
    found = standing_of(case.account_id, as_of=seen.on)
    anchor = found[1].facts.anchor_on if found else None
    return seen.on if anchor is None else max(seen.on, date.fromordinal(anchor.toordinal() + _MANAGER_BY_DAY))
