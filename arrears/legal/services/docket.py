"""Enter what a court or a party did; an instrument or an end follows into the results by itself."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from django.utils.translation import gettext as _

from arrears.cases.rules.ladder import RungCode
from arrears.cases.services.rungs import lock_account, undo
from arrears.legal.models import DocketEntry, Filing, Result
from arrears.legal.queries.awards import most_awarded
from arrears.legal.queries.dockets import docket_card
from arrears.legal.rules.docket import (
    AWARDS,
    ENFORCEMENT,
    PERFORM_DAYS,
    RESULT_OF,
    Docket,
    Entry,
    EntryKind,
    Ground,
    Verdict,
    contests,
    is_final,
    judge_objection,
    refuse_entry,
)
from arrears.legal.rules.results import INSTRUMENTS, Award, Days, ResultKind, refuse_award
from arrears.legal.services.gates import keep
from arrears.legal.services.results import contest, record_result
from notices.services import Photo
from tenancy.kernel.errors import NotFound, Refused
from tenancy.kernel.scope import current_user_id
from tenancy.people.services import audit
from tenancy.people.words import sentence
from values.because import because

_K = EntryKind
_NOTHING: Final = Award()
_GIVEN_BACK: Final = frozenset({_K.REFUSED, _K.WITHDRAWN})


class EntryRefused(Refused):
    """What cannot follow, a day that cannot be, or a sum or number that is missing."""

    code = "legal.entry_refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewEntry:
    """What happened. `next_on`: the hearing or the last day to pay; `award`: of a judgment, mediation or
    settlement, or what a correction puts in its place.

    `written`, `ground`: of an objection; `small_claim`: the judgment is final at once.
    """

    kind: EntryKind
    on: date
    next_on: date | None = None
    place: str = ""
    written: bool = True
    ground: Ground | None = None
    small_claim: bool = False
    case_number: str = ""
    award: Award = _NOTHING
    note: str = ""
    file: Photo | None = None


def enter(*, filing_id: int, new: NewEntry, as_of: date) -> int:
    """Enter the next line of a filing's docket; returns its id. Raises NotFound, EntryRefused, ResultRefused.

    In force, mediated or ended it becomes a result in the same transaction: the ladder and the limitation
    clock follow from there.
    """
    filing = _filing(filing_id)
    lock_account(filing.case.account_id)
    docket = docket_card(filing, as_of=as_of).docket
    entry = _judged(docket, new)
    wrong = refuse_entry(docket, entry, as_of=as_of)
    if wrong is not None:
        field, why = wrong
        raise EntryRefused(sentence(why), field=field, why=why.code)
    _check(filing, new)
    file_id = keep(new.file, community_id=filing.case.community_id)
    result_id = _result(filing, docket, new, as_of)
    if contests(entry):
        result_id = contest(filing, on=new.on, as_of=as_of)
    made = DocketEntry.objects.create(
        filing=filing,
        case_id=filing.case_id,
        kind=new.kind.value,
        on=entry.on,
        next_on=entry.next_on,
        place=new.place.strip(),
        ground=new.ground.value if new.ground and new.kind is _K.OBJECTED else "",
        verdict=entry.verdict.value if entry.verdict else "",
        final=entry.final,
        case_number=new.case_number.strip(),
        **_sums(new),
        note=new.note.strip()[:300],
        file_id=file_id,
        result_id=result_id,
        by_id=current_user_id(),
    )
    if filing.kind == ENFORCEMENT and new.kind in _GIVEN_BACK:
        why = because("court_ended", result=f"entry.{new.kind}", on=new.on)
        undo(filing.case_id, RungCode.ENFORCEMENT, on=as_of, why=why)
    word = f"entry.{new.kind}"
    audit.record("docket.entered", kind="filing", pk=filing.pk, case=filing.case_id, entry=word)
    return int(made.pk)


def _filing(filing_id: int) -> Filing:
    # Joined to the case, so that a member of other communities finds nothing.
    filing: Filing | None = Filing.objects.select_related("case").filter(pk=filing_id).first()
    if filing is None:
        raise NotFound(_("There is no such filing."))
    return filing


def _judged(docket: Docket, new: NewEntry) -> Entry:
    """The entry with what the law says of it: whether an objection counts, whether a judgment is final."""
    verdict: Verdict | None = None
    served = docket.last(_K.SERVED)
    if new.kind is _K.OBJECTED and new.ground is not None and served is not None:
        verdict = judge_objection(written=new.written, ground=new.ground, on=new.on, served_on=served.on)
    final = new.kind is _K.JUDGMENT and is_final(docket, small_claim=new.small_claim)
    next_on = new.next_on
    if new.kind is _K.EFFECTIVE and docket.is_suit and next_on is None:
        next_on = new.on + timedelta(days=PERFORM_DAYS)
    return Entry(new.kind, new.on, next_on, final, verdict)


def _check(filing: Filing, new: NewEntry) -> None:
    if new.kind is _K.OBJECTED and new.ground is None:
        raise EntryRefused(_("Say what the objection is about."), field="ground")
    if new.kind in AWARDS:
        wrong = refuse_award(new.award, most_awarded(filing, on=new.on))
        if wrong is not None:
            raise EntryRefused(sentence(wrong[1]), field=wrong[0], why=wrong[1].code)
    if new.kind is _K.CORRECTED and not new.note.strip():
        raise EntryRefused(_("Write what was mistyped."), field="note")
    if new.kind in (_K.JUDGMENT, _K.MEDIATION) and not new.case_number.strip():
        raise EntryRefused(_("Write the case number."), field="case_number")


def _sums(new: NewEntry) -> dict[str, int]:
    award = new.award if new.kind in AWARDS else _NOTHING
    return {
        "principal_fen": award.principal_fen,
        "late_fee_fen": award.late_fee_fen,
        "costs_fen": award.costs_fen,
    }


def _result(filing: Filing, docket: Docket, new: NewEntry, as_of: date) -> int | None:
    """The result that follows from an entry; None where it is only course, or about an enforcement."""
    if filing.kind == ENFORCEMENT:
        return None
    if new.kind is _K.EFFECTIVE:
        return _in_force(filing, docket, new, as_of)
    if new.kind is _K.CORRECTED:
        return _corrected(filing, new, as_of)
    kind = RESULT_OF.get(new.kind)
    if kind is None:
        return None
    days = Days(new.on, new.on, new.next_on) if kind is ResultKind.MEDIATION else Days(new.on)
    return _record(filing, kind, days, new, as_of, new.award)


def _in_force(filing: Filing, docket: Docket, new: NewEntry, as_of: date) -> int:
    if not docket.is_suit:
        served = docket.last(_K.SERVED)
        served_on = served.on if served else new.on
        return _record(filing, ResultKind.PAYMENT_ORDER, Days(served_on), new, as_of, _asked(filing))
    found = DocketEntry.objects.filter(filing=filing).order_by("-pk")
    judged = found.filter(kind=_K.JUDGMENT.value).first()
    if judged is None:
        raise EntryRefused(_("There is no judgment that could come into force."), field="kind")
    said = found.filter(kind__in=(_K.JUDGMENT.value, _K.CORRECTED.value)).first() or judged
    award = Award(said.principal_fen, said.late_fee_fen, said.costs_fen)
    perform_by = new.next_on or new.on + timedelta(days=PERFORM_DAYS)
    whole = replace(new, case_number=new.case_number or said.case_number or judged.case_number)
    return _record(filing, ResultKind.JUDGMENT, Days(judged.on, new.on, perform_by), whole, as_of, award)


def _asked(filing: Filing) -> Award:
    """What an order awards is what was applied for, and its fee."""
    principal_fen = filing.principal_fen if filing.principal_fen is not None else filing.claim_fen
    late_fee_fen = filing.late_fee_fen or 0
    beside_fen = max(0, filing.claim_fen - principal_fen - late_fee_fen)
    return Award(principal_fen, late_fee_fen, beside_fen + filing.fee_fen)


def _corrected(filing: Filing, new: NewEntry, as_of: date) -> int | None:
    """An award that is a result already is recorded anew, with the days it had."""
    newest = Result.objects.filter(filing=filing).order_by("-pk").first()
    if newest is None or newest.kind not in INSTRUMENTS:
        return None
    days = Days(newest.served_on, newest.effective_on, newest.perform_by)
    whole = replace(new, case_number=new.case_number or newest.case_number)
    return _record(filing, ResultKind(newest.kind), days, whole, as_of, new.award)


def _record(filing: Filing, kind: ResultKind, days: Days, new: NewEntry, as_of: date, award: Award) -> int:
    return record_result(
        filing_id=filing.pk,
        kind=kind.value,
        court=filing.court,
        days=days,
        as_of=as_of,
        award=award,
        case_number=new.case_number.strip() or filing.court_reference,
        note=new.note,
    )
