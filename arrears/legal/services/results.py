"""Record what a court made of a filing, and what follows for the ladder."""

from __future__ import annotations

from datetime import date
from typing import Final

from django.utils.translation import gettext as _

from arrears.cases.rules.ladder import RungCode
from arrears.cases.services.clocks import note_clock_event
from arrears.cases.services.holds import end_court_hold
from arrears.cases.services.recording import Ended, end_tasks
from arrears.cases.services.rungs import drop, lock_account, open_step, undo
from arrears.legal.models import Filing, Result
from arrears.legal.queries.awards import most_awarded
from arrears.legal.rules.results import (
    CONTESTABLE,
    ENDS,
    INSTRUMENTS,
    Award,
    Days,
    ResultKind,
    complete,
    kinds_after,
    refuse_award,
    refuse_days,
)
from arrears.legal.services.filing import source_of
from notices.services import Photo
from tenancy.kernel.errors import Conflict, NotFound, Refused
from tenancy.kernel.scope import current_user_id
from tenancy.people.services import audit, files
from tenancy.people.words import sentence
from values.because import Because, because

_PAPERS: Final = (files.PDF, *files.IMAGES)
_NOTHING: Final = Award()


class ResultRefused(Refused):
    """A result that cannot follow, a day or a sum that cannot be, or no court or number."""

    code = "legal.result_refused"


class EnforcementFiled(Conflict):
    """Enforcement of the instrument was filed: what the court decided before is not changed any more."""

    code = "legal.enforcement_filed"


def record_result(
    *,
    filing_id: int,
    kind: str,
    court: str,
    days: Days,
    as_of: date,
    award: Award = _NOTHING,
    case_number: str = "",
    note: str = "",
    file: Photo | None = None,
) -> int:
    """Record a result of a claim; returns its id. The newest counts, so a correction is one more row.

    An instrument opens the enforcement rung once its days are over. An end gives the court rung back: the
    claim is proposed again, and collectors may speak to the owner.
    Raises NotFound, ResultRefused, EnforcementFiled.
    """
    filing = _filing(filing_id)
    lock_account(filing.case.account_id)
    chosen = _follows(filing, kind)
    whole = complete(chosen, days)
    _check(filing, chosen, whole, award, court.strip(), case_number.strip(), as_of)
    _refuse_enforced(filing)
    given = award if chosen in INSTRUMENTS else _NOTHING
    result = Result.objects.create(
        filing=filing,
        case_id=filing.case_id,
        kind=chosen.value,
        court=court.strip(),
        case_number=case_number.strip(),
        served_on=whole.served_on,
        effective_on=whole.effective_on,
        perform_by=whole.perform_by,
        principal_fen=given.principal_fen,
        late_fee_fen=given.late_fee_fen,
        costs_fen=given.costs_fen,
        note=note.strip(),
        file_id=_keep(file, filing.case.community_id),
        by_id=current_user_id(),
    )
    _follow_up(filing, chosen, whole.served_on, as_of)
    word = f"result.{chosen.value}"
    audit.record("court.result", kind="filing", pk=filing.pk, case=filing.case_id, result=word)
    return int(result.pk)


def contest(filing: Filing, *, on: date, as_of: date) -> int | None:
    """An order or judgment that was recorded ahead does not come into force; None where none was."""
    newest = Result.objects.filter(filing=filing).order_by("-pk").first()
    if newest is None or newest.kind not in CONTESTABLE:
        return None
    _refuse_enforced(filing)
    result = Result.objects.create(
        filing=filing,
        case_id=filing.case_id,
        kind=ResultKind.CONTESTED.value,
        court=newest.court,
        case_number=newest.case_number,
        served_on=on,
        by_id=current_user_id(),
    )
    _follow_up(filing, ResultKind.CONTESTED, on, as_of)
    return int(result.pk)


def _filing(filing_id: int) -> Filing:
    # Joined to the case, so that a member of other communities finds nothing.
    filing: Filing | None = Filing.objects.select_related("case").filter(pk=filing_id).first()
    if filing is None:
        raise NotFound(_("There is no such filing."))
    return filing


def _follows(filing: Filing, kind: str) -> ResultKind:
    newest = Result.objects.filter(filing=filing).order_by("-pk").values_list("kind", flat=True).first()
    may = kinds_after(filing.kind, ResultKind(newest) if newest else None)
    if kind not in may:
        raise ResultRefused(_("This result cannot follow what was recorded so far."), field="kind")
    return ResultKind(kind)


def _check(
    filing: Filing, kind: ResultKind, days: Days, award: Award, court: str, number: str, as_of: date
) -> None:
    if not court:
        raise ResultRefused(_("Write the name of the court."), field="court")
    if kind in INSTRUMENTS and not number:
        raise ResultRefused(_("Write the case number."), field="case_number")
    wrong = refuse_days(kind, days, filed_on=filing.filed_on, as_of=as_of)
    if wrong is None and kind in INSTRUMENTS:
        wrong = refuse_award(award, most_awarded(filing, on=days.served_on))
    if wrong is not None:
        field, why = wrong
        raise ResultRefused(sentence(why), field=field, why=why.code)


def _refuse_enforced(filing: Filing) -> None:
    later = Filing.objects.filter(case_id=filing.case_id, pk__gt=filing.pk)
    if later.exists():
        raise EnforcementFiled(_("A later paper of this case was filed already; record it there."))


def _keep(file: Photo | None, community_id: int) -> int | None:
    if file is None:
        return None
    return int(
        files.store(
            file.content, name=file.name, purpose="court", accept=_PAPERS, community_id=community_id
        ).pk
    )


def _follow_up(filing: Filing, kind: ResultKind, on: date, as_of: date) -> None:
    """An application that was drawn up from what counted before is dropped; the night draws up the next."""
    step = open_step(filing.case_id)
    if step is not None and step.code == RungCode.ENFORCEMENT:
        drop(step, on=as_of, why=because("instrument_changed", on=on))
        end_tasks([Ended(filing.case_id, "FILE", done=False)])
    if kind in ENDS:
        undo(filing.case_id, RungCode.COURT, on=as_of, why=_ended(kind, on))
        end_court_hold(account_id=filing.case.account_id, on=as_of)
        _end_clock(filing, kind, on)
    if kind is ResultKind.WITHDRAWN:
        end_tasks([Ended(filing.case_id, "FILE")])


def _end_clock(filing: Filing, kind: ResultKind, on: date) -> None:
    """The three years start again on the day the proceeding ended (S12, step 7)."""
    note_clock_event(
        account_id=filing.case.account_id,
        charge_ids=filing.charge_ids,
        kind="PROCEEDING",
        on=filing.filed_on,
        until=on,
        source=source_of(filing),
        evidence=kind.value,
    )


def _ended(kind: ResultKind, on: date) -> Because:
    return because("court_ended", result=f"result.{kind.value}", on=on)
