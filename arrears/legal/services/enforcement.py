"""The application for enforcement: the instrument, and what of it is unpaid on the day (rung 9)."""

from __future__ import annotations

from typing import Any, Final

from arrears.cases.queries.instruments import register as register_instruments
from arrears.cases.services import papers
from arrears.legal.documents.parties import applicant, respondents_of
from arrears.legal.queries.instruments import Instrument, instrument_of, payable_until
from notices.documents.enforcement import EnforcementData

CODE: Final = "ENFORCEMENT"
KIND: Final = "ENFORCEMENT_APPLICATION"
TITLES: Final = {"PAYMENT_ORDER": "支付令", "JUDGMENT": "民事判决书", "MEDIATION": "民事调解书"}


def enforcement(sheet: papers.Sheet) -> dict[str, Any]:
    """强制执行申请书 for one case. ValueError without an instrument: the rung does not open then."""
    found = instrument_of(sheet.order.case_id, as_of=sheet.issued_on)
    if found is None:
        raise ValueError("an enforcement without an instrument")
    subject = sheet.subject
    return EnforcementData(
        number=sheet.number,
        court=found.court,
        applicant=applicant(),
        respondents=respondents_of(sheet),
        issued_on=sheet.issued_on,
        community=subject.community_name,
        unit=subject.unit_code,
        instrument=TITLES[found.kind],
        reference=found.case_number,
        effective_on=found.effective_on,
        awarded_fen=found.award.total_fen,
        paid_fen=found.award.total_fen - found.unpaid.total_fen,
        unpaid_fen=found.unpaid.total_fen,
        principal_fen=found.unpaid.principal_fen,
        late_fee_fen=found.unpaid.late_fee_fen,
        costs_fen=found.unpaid.costs_fen,
        attachments=_attachments(found),
    ).as_json()


def _attachments(found: Instrument) -> tuple[str, ...]:
    return (
        f"{TITLES[found.kind]} {found.case_number}",
        "生效及送达证明",
        "申请人营业执照及法定代表人身份证明",
        "被申请人已付款明细",
    )


def register() -> None:
    """Let the ladder know of instruments, and make this paper when the enforcement rung opens."""
    register_instruments(payable_until)
    papers.register(CODE, KIND, enforcement)
