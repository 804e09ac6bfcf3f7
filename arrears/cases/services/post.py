"""The bill notice by registered letter, for an owner whom no call reaches (R000-I8)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Final

from django.utils.translation import gettext as _

from arrears.cases.models import Task
from arrears.cases.queries.subjects import late_charges
from arrears.cases.services import papers
from arrears.cases.services.calls import JustPaid
from arrears.cases.services.decisions import DELIVER_DAYS
from arrears.cases.services.letters import sums
from arrears.cases.services.papers import Sheet
from arrears.cases.services.recording import Ended, TaskRow, add_tasks, end_tasks
from arrears.cases.services.rungs import find_case, lock_account
from notices.documents.bill_notice import BillLine, BillNoticeData
from tenancy.kernel.errors import Conflict
from tenancy.people.services import audit
from values.because import because
from values.period import Period

CODE: Final = "LETTER"
PAY_DAYS: Final = 15


class NoLetter(Conflict):
    """The letter cannot be made: no contract is in force."""

    code = "cases.no_letter"


def post_notice(*, case_id: int, as_of: date) -> int:
    """Draw up the notice of all that is past due, to go by registered letter; returns the notice's id.

    It takes the place of the visit that looks for the owner, unless the ladder itself asks for one. Raises
    NotFound, JustPaid, NoLetter.
    """
    case = find_case(case_id)
    lock_account(case.account_id)
    charges = tuple(late_charges([case.account_id], as_of=as_of).get(case.account_id, ()))
    if not charges or case.closed_on is not None:
        raise JustPaid(_("Paid in the meantime: nothing is past due any more."))
    order = papers.Order(case.pk, case.account_id, case.community_id, CODE, charges, PAY_DAYS)
    notice_id = papers.issue([order], as_of=as_of).get(case.pk)
    if notice_id is None:
        raise NoLetter(_("The letter cannot be made: no service contract is in force."))
    why = because("letter_made", on=as_of)
    end_tasks([Ended(case.pk, Task.Kind.LETTER)])
    due_on = as_of + timedelta(days=DELIVER_DAYS)
    add_tasks([TaskRow(case.pk, Task.Kind.DELIVER, due_on, why, notice_id)])
    audit.record("case.letter_made", kind="case", pk=case_id, notice=notice_id)
    return notice_id


def arrears_notice(sheet: Sheet) -> dict[str, Any]:
    """物业费缴款通知书 about what is past due: unit, period, amount, last day and place to pay."""
    owed, charges = sums(sheet), sheet.order.charges
    whole = Period(min(one.period.start for one in charges), max(one.period.end for one in charges))
    return BillNoticeData(
        issuer=sheet.issuer,
        number=sheet.number,
        bill_id=0,
        unit=sheet.subject.unit_code,
        owner=sheet.subject.party_name,
        period=whole.label,
        issued_on=sheet.issued_on,
        due_on=sheet.issued_on + timedelta(days=sheet.order.period_days),
        lines=tuple(
            BillLine(
                fee_item=one.fee_item,
                period=one.period,
                basis="",
                rate="",
                duration="",
                gross_fen=one.principal_fen,
                net_fen=one.principal_fen,
            )
            for one in owed.lines
        ),
        payable_fen=owed.principal_fen,
        address=sheet.subject.address,
    ).as_json()


papers.register(CODE, "BILL_NOTICE", arrears_notice, series=CODE)
