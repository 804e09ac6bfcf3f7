"""Log a call: refused when it should not have been made, then classified, and the next thing to do noted."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final

from django.utils.translation import gettext as _

from arrears.cases.models import Call, Case, Promise, Task
from arrears.cases.queries.calling import (
    PHONES,
    after_holds,
    local_time,
    refuse_now,
    ring,
    speaks_alternately,
    try_again,
    usable_phones,
)
from arrears.cases.queries.reviewed import lacks_review
from arrears.cases.queries.subjects import Subject, late_charges, subjects
from arrears.cases.rules import promises
from arrears.cases.rules.classes import (
    CallOutcome,
    CaseClass,
    Classified,
    NextStep,
    Try,
    after_doubted_promise,
    classify,
    is_effective,
    is_unanswered,
    takes_the_call,
)
from arrears.cases.rules.contact import Attempt
from arrears.cases.rules.ladder import TOLERANCE_FEN, RungCode
from arrears.cases.rules.sanity import refuse_call_again, refuse_word
from arrears.cases.services.holds import hold_for_check
from arrears.cases.services.recording import Ended, TaskRow, add_tasks, end_tasks
from arrears.cases.services.rungs import find_case, lock_account, take
from billing.charges.queries import owed
from owners.queries import ContactRow
from owners.services import mark_contact
from tenancy.kernel.errors import Conflict, NotFound, Refused
from tenancy.kernel.scope import current_user_id
from tenancy.people.words import sentence
from values.because import Because, because

_K = Task.Kind
_O = CallOutcome
_CALLS_AGAIN: Final = frozenset(
    {NextStep.CALL_BEFORE_PROMISE, NextStep.CALL_DAILY, NextStep.CALL_GUIDE_REMOTE_PAYMENT}
)
_DEAD: Final = {_O.VOID: "VOID", _O.WRONG_NUMBER: "WRONG"}


class JustPaid(Conflict):
    """The account owes nothing past due any more: nobody is called about a paid debt."""

    code = "cases.just_paid"


class CallRefused(Refused):
    """Not to be called at that moment, or not again on that day.

    `params["why"]` is the reason as JSON, `params["next_at"]` the next moment at which it would be allowed.
    """

    code = "cases.call_refused"


class NotReviewed(CallRefused):
    """Nobody has looked at the case and what is left over from earlier: that comes before the first call."""

    code = "cases.not_reviewed"


class ReasonMissing(Refused):
    """Class E goes to the team lead with the reason (R000-I10): a refusal says why."""

    code = "cases.call_needs_reason"


class PromiseRefused(Refused):
    """A promise without a day, with one in the past, or of an amount that is not owed."""

    code = "cases.promise_refused"


@dataclass(frozen=True, slots=True)
class Said:
    """What a collector enters after a call."""

    outcome: CallOutcome
    at: datetime
    contact_id: int | None
    promised_on: date | None
    next_on: date | None
    reason_code: str
    feedback: str
    promised_fen: int | None = None

    @property
    def on(self) -> date:
        """The day of the call in Shanghai."""
        return local_time(self.at).date()


@dataclass(frozen=True, slots=True)
class Logged:
    """What a call led to. `next_kind`, `next_on`: the first thing that it asks for, whatever was asked for
    before.

    `promise_refused`: why the promised day does not hold the ladder, if so. `again_at`: when on the same day
    the owner who did not answer may be rung again.
    """

    call_id: int
    klass: str
    next_step: str
    next_kind: str
    next_on: date
    rung_taken: bool
    promise_refused: Because | None
    again_at: datetime | None = None


def log_call(
    *,
    case_id: int,
    outcome: CallOutcome | str,
    at: datetime,
    contact_id: int | None = None,
    promised_on: date | None = None,
    promised_fen: int | None = None,
    next_on: date | None = None,
    reason_code: str = "",
    feedback: str = "",
) -> Logged:
    """Record a call made `at` (aware). The account is locked and its balance read again first.

    `contact_id` None: the number whose turn it is. `promised_fen` None: all that may be asked for.
    `next_on` overrides the proposed day of the next call.
    Raises NotFound, JustPaid, CallRefused (window, cap, gap, hold, written only; also
    NotReviewed), PromiseRefused.
    """
    said = Said(
        CallOutcome(outcome), at, contact_id, promised_on, next_on, reason_code, feedback, promised_fen
    )
    case = find_case(case_id)
    overdue_fen = still_overdue(case, on=said.on)
    subject = subjects([case.account_id])[case.account_id]
    contact = _contact(case, subject, said)
    _refuse(case, subject, contact, said)
    _require_reason(case, said)
    doubt = _check_promise(case, said, overdue_fen)
    result = _classify(case, subject, said) if doubt is None else after_doubted_promise(said.on)
    again_at = _again_at(case, subject, contact, said)
    if again_at is not None:
        result = replace(result, next_on=said.on)
    call = _write(case, contact, said, result, overdue_fen)
    if said.outcome is _O.CONNECTED_PROMISED:
        part = part_of(
            case.account_id,
            said.promised_fen,
            on=said.on,
            promised_on=said.promised_on,
            overdue_fen=overdue_fen,
        )
        note_promise(case, said.promised_on, made_on=said.on, part=part, doubt=doubt)
    klass = _note_class(case, result, said)
    _mark_number(contact, said)
    follow = _next_tasks(case, subject, result, said, again_at)
    taken = takes_the_call(said.outcome) and take(
        case_id, RungCode.CALL, on=said.on, why=because("called", outcome=said.outcome.value)
    )
    return Logged(call.pk, klass, result.next_step.value, follow.kind, follow.due_on, taken, doubt, again_at)


def still_overdue(case: Case, *, on: date) -> int:
    """What is past due now, in fen, with the account locked; JustPaid when that is nothing."""
    lock_account(case.account_id)
    overdue_fen = owed(account_ids=[case.account_id], as_of=on)[case.account_id].overdue_fen
    if case.closed_on is not None or overdue_fen <= TOLERANCE_FEN:
        raise JustPaid(_("Paid in the meantime: nothing is past due any more. Please do not call."))
    return overdue_fen


def require_review(case_id: int) -> None:
    """NotReviewed before the first call of a case at which nobody has looked yet (R000-F17)."""
    if lacks_review(case_id):
        why = because("not_reviewed")
        raise NotReviewed(sentence(why), why=why.as_json())


def note_promise(
    case: Case, promised_on: date | None, *, made_on: date, part: promises.Part, doubt: Because | None
) -> None:
    """A promised day with what is promised and what it leaves; without a doubt it holds the ladder."""
    if promised_on is not None:
        Promise.objects.create(
            case=case,
            account_id=case.account_id,
            made_on=made_on,
            promised_on=promised_on,
            amount_fen=part.amount_fen,
            left_fen=part.left_fen,
            doubt=doubt.code if doubt else "",
            by_id=current_user_id(),
        )


def part_of(
    account_id: int, said_fen: int | None, *, on: date, promised_on: date | None, overdue_fen: int
) -> promises.Part:
    """What is promised on a day, and what it leaves of what is past due: what is disputed nobody asks for."""
    asked = late_charges([account_id], as_of=on)[account_id]
    disputed_fen = overdue_fen - sum(charge.unpaid_fen for charge in asked)
    then = owed(account_ids=[account_id], as_of=promised_on or on)[account_id]
    return promises.promised_part(
        said_fen, overdue_fen=overdue_fen, disputed_fen=disputed_fen, late_fee_fen=then.late_fee_fen
    )


def doubt_promise(case: Case, promised_on: date | None, *, made_on: date) -> Because | None:
    """Why a promised day does not hold the ladder (too far, too many); PromiseRefused when it is none."""
    earlier = Promise.objects.filter(case=case, doubt="").count()
    found = promises.refuse_promise(promised_on, made_on=made_on, earlier=earlier)
    if found is not None and found.code in ("promise_needs_date", "promise_in_past"):
        raise PromiseRefused(sentence(found), field="promised_on", why=found.code)
    wrong = refuse_word(promised_on, made_on=made_on)
    if wrong is not None:
        raise PromiseRefused(sentence(wrong.because), field=wrong.field, why=wrong.because.code)
    return found


def _contact(case: Case, subject: Subject, said: Said) -> ContactRow:
    """The number that was rung; without one it is the number whose turn the gate says it is."""
    phones = usable_phones(subject.party_id)
    if not phones:
        why = because("no_number")
        raise CallRefused(sentence(why), field="contact", why=why.as_json())
    if said.contact_id is None:
        turn = ring(subject, at=said.at, alternate=speaks_alternately(case.pk)).contact
        return turn or phones[0]
    found = next((one for one in phones if one.contact_id == said.contact_id), None)
    if found is None:
        raise NotFound(_("This number does not belong to the owner, or is no longer used."))
    return found


def _refuse(case: Case, subject: Subject, contact: ContactRow, said: Said) -> None:
    kind = PHONES[contact.kind]
    alternate = speaks_alternately(case.pk)
    found = refuse_now(subject, at=said.at, number_kind=kind, alternate=alternate)
    if found is not None:
        later = ring(subject, at=said.at, alternate=alternate).next_at
        raise CallRefused(sentence(found), why=found.as_json(), next_at=later.isoformat() if later else None)
    require_review(case.pk)
    wrong = refuse_call_again(said.next_on, called_on=said.on)
    if wrong is not None:
        raise CallRefused(sentence(wrong.because), field=wrong.field, why=wrong.because.as_json())


def _require_reason(case: Case, said: Said) -> None:
    if said.outcome is _O.CONNECTED_REFUSED and not (said.reason_code or case.reason_code):
        raise ReasonMissing(_("Why does he refuse? The team lead needs the reason."), field="reason_code")


def _check_promise(case: Case, said: Said, overdue_fen: int) -> Because | None:
    if said.outcome is not _O.CONNECTED_PROMISED:
        return None
    wrong = promises.refuse_amount(said.promised_fen, overdue_fen=overdue_fen)
    if wrong is not None:
        raise PromiseRefused(sentence(wrong), field="promised_fen", why=wrong.code)
    return doubt_promise(case, said.promised_on, made_on=said.on)


def _classify(case: Case, subject: Subject, said: Said) -> Classified:
    calls = Call.objects.filter(case=case, at__lt=said.at).order_by("at", "pk")
    earlier = [Try(local_time(at).date(), _O(outcome)) for at, outcome in calls.values_list("at", "outcome")]
    return classify(
        said.outcome,
        called_on=said.on,
        promised_on=said.promised_on,
        earlier=earlier,
        klass=case.klass,
        promise_stands=_promise_stands(case, said.on),
        not_taken_over=subject.handover == "NOT_TAKEN_OVER",
    )


def _promise_stands(case: Case, on: date) -> bool:
    if case.klass != CaseClass.A.value:
        return False
    return Promise.objects.filter(case=case, doubt="", promised_on__gte=on).exists()


def _write(case: Case, contact: ContactRow, said: Said, result: Classified, overdue_fen: int) -> Call:
    call: Call = Call.objects.create(
        case=case,
        account_id=case.account_id,
        contact_id=contact.contact_id,
        at=said.at,
        outcome=said.outcome.value,
        reason_code=said.reason_code,
        feedback=said.feedback.strip(),
        promised_on=said.promised_on if said.outcome is _O.CONNECTED_PROMISED else None,
        next_on=said.next_on or result.next_on,
        overdue_fen=overdue_fen,
        by_id=current_user_id(),
    )
    return call


def _note_class(case: Case, result: Classified, said: Said) -> str:
    klass = result.case_class.value if result.case_class else case.klass
    reason_code = said.reason_code or case.reason_code
    Case.objects.filter(pk=case.pk).update(klass=klass, reason_code=reason_code)
    return klass


def _mark_number(contact: ContactRow, said: Said) -> None:
    if said.outcome in _DEAD:
        mark_contact(contact_id=contact.contact_id, state=_DEAD[said.outcome])


def _again_at(case: Case, subject: Subject, contact: ContactRow, said: Said) -> datetime | None:
    """When on the same day nobody's answer is asked for again, unless the collector named a day."""
    if said.next_on is not None or not is_unanswered(said.outcome):
        return None
    made = Attempt(local_time(said.at), PHONES[contact.kind], said.outcome)
    return try_again(subject, made=made, alternate=speaks_alternately(case.pk))


def _next_tasks(
    case: Case, subject: Subject, result: Classified, said: Said, again_at: datetime | None
) -> TaskRow:
    """Asks for what follows from the call; the first of it."""
    end_tasks([Ended(case.pk, _K.CALL)])
    if is_effective(said.outcome):
        end_tasks([Ended(case.pk, _K.LETTER, done=False)])  # he was reached after all
    why = _why(said, again_at)
    step, due_on = result.next_step, said.next_on or result.next_on
    tasks: list[TaskRow] = []
    if step in _CALLS_AGAIN:
        # of what was agreed he is reminded once
        tasks.append(TaskRow(case.pk, _K.CALL, after_holds(case.account_id, due_on), why))
    elif step is NextStep.TRACE_NUMBER_AND_VISIT:
        tasks += _trace(case, subject, said, TaskRow(case.pk, _K.VISIT, due_on, why))
    elif step is NextStep.REPORT_TO_TEAM_LEAD:
        tasks += _report(case, said, TaskRow(case.pk, _K.REVIEW, due_on, why), again_at)
    elif step is NextStep.CHECK_PAYMENT and result.hold_until is not None:
        hold_for_check(account_id=case.account_id, on=said.on, until=result.hold_until)
        tasks.append(TaskRow(case.pk, _K.CHECK_PAYMENT, said.on, why))
        tasks.append(TaskRow(case.pk, _K.CALL, result.hold_until + timedelta(days=1), why))
    add_tasks(tasks)
    return tasks[0]


def _trace(case: Case, subject: Subject, said: Said, visit: TaskRow) -> list[TaskRow]:
    """Another number is rung the day after; without one he is visited, or the bill posted (R000-I8)."""
    tomorrow = max(visit.due_on, said.on + timedelta(days=1))
    if usable_phones(subject.party_id):
        return [TaskRow(case.pk, _K.CALL, tomorrow, visit.because)]
    return [visit, TaskRow(case.pk, _K.LETTER, tomorrow, visit.because)]


def _report(case: Case, said: Said, review: TaskRow, again_at: datetime | None) -> list[TaskRow]:
    """The team lead is told; where nobody answered, the call is still to be made."""
    if not is_unanswered(said.outcome):
        # What he was told before is not what was said now.
        end_tasks([Ended(case.pk, _K.REVIEW, done=False)])
        return [review]
    again_on = max(review.due_on, said.on + timedelta(days=0 if again_at else 1))
    call = TaskRow(case.pk, _K.CALL, again_on, review.because)
    return [call, review._replace(due_on=said.on)]


def _why(said: Said, again_at: datetime | None) -> Because:
    if again_at is None:
        return because("after_call", outcome=said.outcome.value, on=said.on)
    return because(
        "try_again", outcome=said.outcome.value, on=said.on, next_at=f"{local_time(again_at):%Y-%m-%d %H:%M}"
    )
