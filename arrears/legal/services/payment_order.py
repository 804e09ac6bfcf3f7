"""The application for a payment order: parties, claim, facts and evidence, frozen (domain 4.5)."""

from __future__ import annotations

from typing import Any, Final

from arrears.cases.services import papers
from arrears.cases.services.letters import area_text, late_fee_formula, rate_text, sums
from arrears.legal.rules.court import court_fees
from arrears.legal.rules.venue import basic_court
from arrears.legal.services.parties import applicant, respondents_of
from notices.documents.court import Evidence
from notices.documents.payment_order import PaymentOrderData
from values.period import Period

CODE: Final = "COURT"
KIND: Final = "PAYMENT_ORDER_APPLICATION"


def payment_order(sheet: papers.Sheet) -> dict[str, Any]:
    """支付令申请书 for one case; claims what the lawyer letter listed and is still owed."""
    owed, charges = sums(sheet), sheet.order.charges
    subject, issuer = sheet.subject, sheet.issuer
    respondents = respondents_of(sheet)
    # Without a clause no late fee is claimed, whatever a charge may carry.
    late_fee_fen = owed.late_fee_fen if issuer.late_fee_clause else 0
    total_fen = owed.principal_fen + late_fee_fen
    home = respondents[0].domicile or subject.community_address
    return PaymentOrderData(
        number=sheet.number,
        court=basic_court(home),
        applicant=applicant(),
        respondents=respondents,
        issued_on=sheet.issued_on,
        community=subject.community_name,
        unit=subject.unit_code,
        contract=f"{issuer.contract_name}{f'（{issuer.contract_number}）' if issuer.contract_number else ''}",
        period=_hull(sheet).label,
        lines=owed.lines,
        principal_fen=owed.principal_fen,
        late_fee_fen=late_fee_fen,
        late_fee_until=sheet.issued_on,
        total_fen=total_fen,
        fee_fen=court_fees(total_fen).payment_order_fen,
        demands=sheet.sent("DEMAND", "SECOND_DEMAND", "LAWYER_LETTER"),
        area=area_text(sheet),
        rate=rate_text(charges),
        late_fee_clause=issuer.late_fee_clause,
        late_fee_formula=late_fee_formula(charges),
        handover_on=subject.handover_on,
        evidence=_evidence(sheet),
    ).as_json()


def _hull(sheet: papers.Sheet) -> Period:
    periods = [charge.period for charge in sheet.order.charges]
    return Period(min(one.start for one in periods), max(one.end for one in periods))


def _evidence(sheet: papers.Sheet) -> tuple[Evidence, ...]:
    issuer = sheet.issuer
    rows = [
        Evidence(name=issuer.contract_name, source="申请人留存", proves="双方物业服务合同关系及收费标准"),
        Evidence(name="缴费通知单及送达记录", source="申请人留存", proves="费用已按期通知"),
    ]
    rows += [
        Evidence(
            name=f"{one.title}（{one.number}）",
            source=one.method or "送达记录",
            proves=f"{one.delivered_on}送达，催告被申请人履行",
        )
        for one in sheet.sent("DEMAND", "SECOND_DEMAND", "LAWYER_LETTER")
    ]
    if sheet.contacts:
        rows.append(Evidence(name="催缴记录表", source="申请人留存", proves="电话及上门催缴经过"))
    return tuple(rows)


def register() -> None:
    """Let the ladder make this paper when the court rung is approved."""
    papers.register(CODE, KIND, payment_order)
