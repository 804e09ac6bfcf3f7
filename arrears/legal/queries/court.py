"""Papers that wait to be filed, with claim and court fee; and what was filed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Final, NamedTuple

from django.db.models import QuerySet, Sum
from django.utils.translation import gettext as _

from arrears.cases.queries import Asked, CaseLine, Coverage, FoundCase, case_line, case_lines, coverage
from arrears.cases.rules.holds import AGREED
from arrears.legal.models import Filing
from arrears.legal.queries.instruments import Instrument, instruments_of
from arrears.legal.rules.court import court_fees
from arrears.legal.rules.results import Award, asked_for
from billing.charges.queries import account_card
from tenancy.kernel import sql
from tenancy.kernel.errors import Conflict

PACKAGE: Final = "arrears.legal"
GONE: Final = frozenset({"WITHDRAWN", "SKIPPED"})
_ENFORCEMENT: Final = "ENFORCEMENT"
_COMPLAINT: Final = "COMPLAINT"


class NothingToFile(Conflict):
    """The case does not stand before the court."""

    code = "legal.nothing_to_file"


class CourtPaper(NamedTuple):
    """A paper that waits. The sums are the paper's own, frozen when it was drawn up; `fee_fen` follows.

    Where no paper could be made they are as of the day asked. `owed_fen`: what its charges (for an
    enforcement: the instrument) owe on the day asked. `withdrawn`: a payment made the paper untrue; it cannot
    be filed. `court`: whom the paper names. `days_over`: days since `file_by` passed, else 0. `coverage`:
    what it leaves out, and why.
    """

    case: CaseLine
    rung: str
    event: str
    since_on: date
    notice_id: int | None
    number: str
    file_by: date | None
    principal_fen: int
    late_fee_fen: int
    costs_fen: int
    claim_fen: int
    fee_fen: int
    court: str
    days_over: int
    coverage: Coverage
    owed_fen: int
    withdrawn: bool


class AtCounter(NamedTuple):
    """What whoever takes money must know: a claim that waits to be filed, a filing that runs, or both.

    `number` "" and `claim_fen` None: no paper waits. `filed_on` None: nothing lies with a court.
    """

    number: str
    claim_fen: int | None
    withdrawn: bool | None
    filed_on: date | None
    court: str | None
    filed_fen: int | None


class FilingRow(NamedTuple):
    """A paper that was filed."""

    filing_id: int
    case_id: int
    unit_code: str
    party_name: str
    kind: str
    court: str
    filed_on: date
    court_reference: str
    claim_fen: int
    principal_fen: int | None
    late_fee_fen: int | None
    fee_fen: int
    notice_id: int | None
    by: str | None
    at: datetime

    @property
    def kind_word(self) -> str:
        """The key of the kind among the words."""
        return f"filing.{self.kind}"


def court_papers(*, as_of: date, case_id: int | None = None) -> list[CourtPaper]:
    """What waits at the court's door and is still owed, the most urgent first."""
    rows = sql.rows(PACKAGE, "court_papers", {"case_id": case_id, "as_of": as_of, "agreed": list(AGREED)})
    lines = case_lines([FoundCase(row[0], 0) for row in rows], as_of=as_of)
    cases = {line.case_id: line for line in lines}
    asked = [Asked(cases[row[0]].account_id, row[4], row[9]) for row in rows if row[0] in cases]
    covered = coverage(asked, as_of=as_of)
    enforced = instruments_of([row[0] for row in rows if row[1] == _ENFORCEMENT], as_of=as_of)
    found = []
    for (
        case_id,
        rung,
        event,
        since_on,
        _ids,
        notice_id,
        number,
        file_by,
        court,
        _asked_on,
        state,
        kind,
        *sums,
    ) in rows:
        case = cases.get(case_id)
        about = covered[case.account_id] if case else Coverage()
        if case is None or about.covered_fen <= 0:
            continue
        owed = _claim(about, enforced.get(case_id))
        claim = owed if sums[0] is None else _asked(*sums)
        fee_fen = _fee(rung, kind, claim.total_fen)
        days_over = max(0, (as_of - file_by).days) if file_by else 0
        paper = (case, rung, event, since_on, notice_id, number, file_by, *claim, claim.total_fen, fee_fen)
        found.append(CourtPaper(*paper, court, days_over, about, owed.total_fen, state in GONE))
    return found


def court_paper(case_id: int, *, as_of: date) -> CourtPaper:
    """The paper of a case; NotFound without the case, NothingToFile when it has none that waits."""
    case_line(case_id, as_of=as_of)
    found = court_papers(as_of=as_of, case_id=case_id)
    if not found:
        raise NothingToFile(_("Nothing of this case waits to be filed."))
    return found[0]


def at_counter(account_id: int) -> AtCounter | None:
    """What of an account is at a court or on the way there; None without. NotFound without the account."""
    account_card(account_id)
    rows = sql.rows(PACKAGE, "at_counter", {"account_id": account_id})
    return AtCounter(*rows[0]) if rows else None


def filings() -> QuerySet[Filing, Any]:
    """What was filed, the newest first; to be paged."""
    # Joined to the case, so that a member of other communities sees nothing of theirs.
    related = ("case__unit", "case__account__party", "by")
    return Filing.objects.select_related(*related).order_by("-filed_on", "-pk")


def filed_sums(found: QuerySet[Filing, Any]) -> dict[str, int]:
    """What was claimed and what it costs, over all of them: one statement."""
    sums = found.order_by().aggregate(claim=Sum("claim_fen"), fee=Sum("fee_fen"))
    return {"filing.claim_fen": sums["claim"] or 0, "filing.fee_fen": sums["fee"] or 0}


def filing_rows(page: Sequence[Filing]) -> list[FilingRow]:
    """One page of filings."""
    return [
        FilingRow(
            row.pk,
            row.case_id,
            row.case.unit.code,
            row.case.account.party.name,
            row.kind,
            row.court,
            row.filed_on,
            row.court_reference,
            row.claim_fen,
            row.principal_fen,
            row.late_fee_fen,
            row.fee_fen,
            row.notice_id,
            row.by.name if row.by else None,
            row.at,
        )
        for row in page
    ]


def _asked(total_fen: int, principal_fen: int, late_fee_fen: int, costs_fen: int) -> Award:
    return asked_for(total_fen, principal_fen=principal_fen, late_fee_fen=late_fee_fen, costs_fen=costs_fen)


def _claim(about: Coverage, enforced: Instrument | None) -> Award:
    """What could be claimed now: what the charges owe; for an enforcement what of the award is unpaid."""
    late_fee_fen = sum(charge.late_fee_fen for charge in about.covered)
    return Award(about.covered_fen, late_fee_fen) if enforced is None else enforced.unpaid


def _fee(rung: str, kind: str, claim_fen: int) -> int:
    fees = court_fees(claim_fen)
    if kind == _COMPLAINT:
        return fees.acceptance_fen
    return fees.enforcement_fen if rung == _ENFORCEMENT else fees.payment_order_fen
