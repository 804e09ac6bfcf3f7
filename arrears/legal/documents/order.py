"""支付令申请书, written for one case (domain 4.5)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from arrears.cases.services.letters import area_text, rate_text
from arrears.legal.documents import people
from arrears.legal.documents.claims import Claimed, claims
from arrears.legal.documents.material import Material
from arrears.legal.documents.reckoning import formula_in_parts, reckoning
from arrears.legal.documents.signed import BrokenPlan, broken_plans, told
from arrears.legal.models import GateNote
from arrears.legal.rules.court import court_fees
from arrears.legal.rules.pen import Pen, Source
from notices.documents.court import Evidence
from notices.documents.parts import Issuer
from notices.documents.payment_order import PaymentOrderData

DEMANDS: Final = ("DEMAND", "SECOND_DEMAND", "LAWYER_LETTER")


def payment_order(material: Material, pen: Pen) -> tuple[PaymentOrderData, Claimed]:
    """The application and what it claims."""
    sheet = material.sheet
    applicant, respondents = people.applicant(material, pen), people.respondents(material, pen)
    court = people.court(pen, domicile=respondents[0].domicile)
    claimed = claims(material, pen, costs_claimed=False)
    pen.section("facts")
    contract = pen.line("contract", contract_text(sheet.issuer), Source.CONTRACT, required=True)
    area = pen.line("area", area_text(sheet), Source.OWNERS)
    rate = pen.line("rate", rate_text(sheet.order.charges), Source.CONTRACT)
    handover_on = pen.day("handover_on", sheet.subject.handover_on, Source.OWNERS)
    formula = formula_in_parts(material) if claimed.late_fee_fen else ""
    calculated, plans = reckoning(material, claimed), broken_plans(material, claimed.charge_ids)
    acknowledged = pen.text("acknowledged", told(plans, by="被申请人"), Source.PROOF)
    other_facts = pen.text("other_facts", "", Source.PERSON)
    _statements(material, pen)
    order = PaymentOrderData(
        number=sheet.number,
        court=court,
        applicant=applicant,
        respondents=respondents,
        issued_on=sheet.issued_on,
        community=sheet.subject.community_name,
        unit=sheet.subject.unit_code,
        contract=contract,
        period=claimed.period,
        lines=claimed.lines,
        principal_fen=claimed.principal_fen,
        late_fee_fen=claimed.late_fee_fen,
        late_fee_until=material.as_of,
        total_fen=claimed.total_fen,
        costs=claimed.costs,
        costs_fen=claimed.costs_fen,
        fee_fen=court_fees(claimed.total_fen).payment_order_fen if claimed.total_fen else 0,
        demands=sheet.sent(*DEMANDS),
        area=area,
        rate=rate,
        late_fee_clause=sheet.issuer.late_fee_clause,
        late_fee_formula=formula,
        handover_on=handover_on,
        other_facts=other_facts,
        evidence=_evidence(material, plans, pen),
        reckoning=calculated,
        paid_fen=calculated.total.received_fen,
        acknowledged=acknowledged,
    )
    return order, claimed


def _statements(material: Material, pen: Pen) -> None:
    """The paper says all four (民诉解释 427), so none may be denied.

    What neither data nor legal has answered stays empty until somebody does.
    """
    pen.section("statements")
    pen.yes("statement.no_other_dispute", not material.disputed, Source.PROOF, required=True)
    pen.yes("statement.no_counter_duty", True, Source.LAW, required=True)
    pen.yes("statement.not_missing", _not_missing(material), Source.PROOF, required=True)
    noted = GateNote.answer(material.sheet.order.case_id, "no_preservation")
    pen.yes("statement.no_preservation", noted, Source.NOTE, required=True)


def _not_missing(material: Material) -> bool | None:
    """As noted; else whoever got the lawyer letter can be found. None: nobody knows."""
    noted = GateNote.answer(material.sheet.order.case_id, "debtor_not_missing")
    return noted if noted is not None or not material.sheet.sent("LAWYER_LETTER") else True


def contract_text(issuer: Issuer) -> str:
    """A contract as papers name it."""
    return f"{issuer.contract_name}{f'（{issuer.contract_number}）' if issuer.contract_number else ''}"


def _evidence(material: Material, plans: Sequence[BrokenPlan], pen: Pen) -> tuple[Evidence, ...]:
    """What the facts are proven with; a person may leave a line out."""
    pen.section("evidence")
    return tuple(
        row
        for n, row in enumerate(_known(material, plans))
        if pen.yes(f"evidence.{n}.listed", True, Source.PROOF, about=row.name)
    )


def _known(material: Material, plans: Sequence[BrokenPlan]) -> list[Evidence]:
    sheet, issuer = material.sheet, material.sheet.issuer
    rows = [
        Evidence(name=issuer.contract_name, source="申请人留存", proves="双方物业服务合同关系及收费标准"),
    ]
    if any(charge.bill_number for charge in sheet.order.charges):
        rows.append(Evidence(name="缴费通知单及送达记录", source="申请人留存", proves="费用已按期通知"))
    rows += [
        Evidence(
            name=f"{one.title}（{one.number}）",
            source=one.method or "送达记录",
            proves=f"{one.delivered_on}送达，催告被申请人履行",
        )
        for one in sheet.sent(*DEMANDS)
    ]
    rows += [
        Evidence(name=one.title, source="申请人留存", proves="被申请人确认欠款、承诺分期履行而未按约履行")
        for one in plans
    ]
    if sheet.contacts:
        rows.append(Evidence(name="催缴记录表", source="申请人留存", proves="电话及上门催缴经过"))
    return rows
