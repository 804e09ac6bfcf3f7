"""Papers that wait to be filed, with claim and court fee; and what was filed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final, NamedTuple

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from arrears.cases.models import Case
from arrears.cases.queries import CaseLine, FoundCase, case_line, case_lines
from arrears.legal.models import Filing
from arrears.legal.rules.court import court_fees
from billing.charges.queries import OpenCharge, open_charges
from tenancy.kernel import sql
from tenancy.kernel.errors import Conflict

PACKAGE: Final = "arrears.legal"


class NothingToFile(Conflict):
    """The case does not stand before the court."""

    code = "legal.nothing_to_file"


class CourtPaper(NamedTuple):
    """A paper that waits. Principal and late fee are as of the day asked; `fee_fen` is an estimate."""

    case: CaseLine
    rung: str
    event: str
    since_on: date
    notice_id: int | None
    number: str
    file_by: date | None
    principal_fen: int
    late_fee_fen: int
    claim_fen: int
    fee_fen: int


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
    fee_fen: int
    notice_id: int | None
    by: str | None
    at: datetime

    @property
    def kind_word(self) -> str:
        """The key of the kind among the words."""
        return f"filing.{self.kind}"


def court_papers(*, as_of: date, case_id: int | None = None) -> list[CourtPaper]:
    """What waits at the court's door, the most urgent first."""
    rows = sql.rows(PACKAGE, "papers", {"case_id": case_id})
    account_ids = sorted({row[1] for row in rows})
    charges = {charge.charge_id: charge for charge in open_charges(account_ids=account_ids, as_of=as_of)}
    lines = {line.case_id: line for line in case_lines([FoundCase(row[0], 0) for row in rows], as_of=as_of)}
    return [_paper(lines[row[0]], row, charges) for row in rows if row[0] in lines]


def court_paper(case_id: int, *, as_of: date) -> CourtPaper:
    """The paper of one case; NotFound for a case of others, NothingToFile when none waits."""
    case_line(case_id, as_of=as_of)
    found = court_papers(as_of=as_of, case_id=case_id)
    if not found:
        raise NothingToFile(_("No court paper of this case waits to be filed."))
    return found[0]


def filings() -> QuerySet[Filing, Any]:
    """What was filed, the newest first; to be paged."""
    # Through the case, so that a member of other communities sees nothing of them.
    mine = Case.objects.values("pk")
    return Filing.objects.filter(case_id__in=mine).order_by("-filed_on", "-pk")


def filing_rows(page: Sequence[Filing]) -> list[FilingRow]:
    """One page of filings in full, in the order given."""
    ids = [filing.pk for filing in page]
    fields = (
        "pk", "case_id", "case__unit__code", "case__account__party__name", "kind", "court", "filed_on",
        "court_reference", "claim_fen", "fee_fen", "notice_id", "by__name", "at",
    )  # fmt: skip
    found = {row[0]: FilingRow(*row) for row in Filing.objects.filter(pk__in=ids).values_list(*fields)}
    return [found[filing_id] for filing_id in ids]


def _paper(case: CaseLine, row: tuple[Any, ...], charges: Mapping[int, OpenCharge]) -> CourtPaper:
    _case_id, _account_id, rung, event, since_on, charge_ids, notice_id, number, file_by = row
    claimed = [charges[charge_id] for charge_id in charge_ids if charge_id in charges]
    principal_fen = sum(charge.unpaid_fen for charge in claimed)
    late_fee_fen = sum(charge.late_fee_fen for charge in claimed)
    claim_fen = principal_fen + late_fee_fen
    fee_fen = court_fees(claim_fen).payment_order_fen if claim_fen > 0 else 0
    return CourtPaper(
        case, rung, event, since_on, notice_id, number, file_by, principal_fen, late_fee_fen, claim_fen, fee_fen
    )
