"""撤回支付令申请书, written for one filed application (domain 4.6)."""

from __future__ import annotations

from typing import Final

from arrears.legal.documents import people
from arrears.legal.documents.claims import Claimed
from arrears.legal.documents.material import Material
from arrears.legal.rules.pen import Pen, Source
from notices.documents.withdrawal import WithdrawalData

PAID: Final = "申请后，被申请人已付清全部款项。"
SETTLED: Final = "申请后，双方已就付款达成一致。"


def withdrawal(material: Material, pen: Pen) -> tuple[WithdrawalData, Claimed]:
    """The withdrawal: possible only until the debtor has received the order."""
    sheet, filing = material.sheet, material.filing
    if filing is None:
        raise ValueError("a withdrawal without a filing")
    applicant, respondents = people.applicant(material, pen), people.respondents(material, pen)
    court = people.court(pen, domicile="", before=filing.court)
    pen.section("facts")
    reason = SETTLED if sheet.order.charges else PAID
    paper = WithdrawalData(
        number=sheet.number,
        court=court,
        applicant=applicant,
        respondents=respondents,
        issued_on=sheet.issued_on,
        community=sheet.subject.community_name,
        unit=sheet.subject.unit_code,
        reference=pen.line("reference", filing.court_reference, Source.COURT, required=True),
        application=filing.notice.number if filing.notice else "",
        filed_on=filing.filed_on,
        claim_fen=filing.claim_fen,
        reason=pen.text("reason", reason, Source.LEDGER, required=True),
    )
    return paper, Claimed((), 0, 0, (), 0, (), ())
