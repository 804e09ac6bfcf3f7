"""民事起诉状（物业服务合同纠纷）, element by element, written for one case (domain 4.7)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from arrears.cases.services.letters import area_text, late_fee_formula, rate_text
from arrears.legal.documents import people
from arrears.legal.documents.claims import Claimed, claims
from arrears.legal.documents.evidence_list import Found, found, listed
from arrears.legal.documents.kept import list_edits
from arrears.legal.documents.material import Material
from arrears.legal.documents.order import DEMANDS, contract_text
from arrears.legal.documents.reckoning import formula_in_parts, reckoning
from arrears.legal.documents.signed import broken_plans, told
from arrears.legal.models import GateNote
from arrears.legal.rules.evidence import EVIDENCE, EvidenceCode
from arrears.legal.rules.pen import Pen, Source
from notices.documents.complaint import Agreed, ComplaintData, Demanded, Facts
from values.fen import yuan

_ARTICLES: Final = "第五百零九条、第五百七十七条、{penalty}第九百三十九条、第九百四十四条"


def complaint(material: Material, pen: Pen) -> tuple[ComplaintData, Claimed]:
    """The complaint and what it claims: each joint debtor and co-owner is a defendant with his own copy."""
    sheet = material.sheet
    plaintiff, agent = people.plaintiff(material, pen), people.agent(material, pen)
    defendants = people.defendants(material, pen)
    pen.section("third_party")
    third_party = pen.line("third_party", "", Source.PERSON)
    claimed, demanded = _claims(material, pen)
    calculated = reckoning(material, claimed)
    agreed, facts = _agreed(material, pen), _facts(material, pen, claimed, calculated.total.received_fen)
    pen.section("closing")
    mediation = pen.yes("mediation", None, Source.PERSON, required=True)
    paper = ComplaintData(
        number=sheet.number,
        court=people.court(pen, domicile=defendants[0].domicile),
        issued_on=sheet.issued_on,
        plaintiff=plaintiff,
        agent=agent,
        defendants=defendants,
        third_party=third_party,
        claims=demanded,
        lines=claimed.lines,
        agreed=agreed,
        facts=facts,
        mediation=mediation,
        copies=len(defendants) + 1,
        late_fee_clause=sheet.issuer.late_fee_clause,
        total_fen=claimed.total_fen,
        principal_fen=claimed.principal_fen,
        late_fee_fen=claimed.late_fee_fen,
        costs_fen=claimed.costs_fen,
        reckoning=calculated,
    )
    return paper, claimed


def _claims(material: Material, pen: Pen) -> tuple[Claimed, Demanded]:
    claimed = claims(material, pen, costs_claimed=True)
    clause = bool(claimed.late_fee_fen)
    until_paid = pen.yes("until_paid", clause, Source.CONTRACT) if material.has_clause else False
    standard = late_fee_formula(material.sheet.order.charges) if clause else ""
    return claimed, Demanded(
        as_of=material.as_of,
        principal_fen=claimed.principal_fen,
        late_fee_fen=claimed.late_fee_fen,
        until_paid=until_paid,
        until_paid_standard=pen.line("until_paid_standard", standard, Source.CONTRACT) if clause else "",
        court_costs=pen.yes("court_costs", True, Source.LAW),
        costs=claimed.costs,
        costs_fen=claimed.costs_fen,
        other=pen.text("other_claims", "", Source.PERSON),
        total_fen=claimed.total_fen,
    )


def _preserved(material: Material) -> bool | None:
    """As legal noted at the gate that there was none; empty while nobody has."""
    noted = GateNote.answer(material.sheet.order.case_id, "no_preservation")
    return None if noted is None else not noted


def _agreed(material: Material, pen: Pen) -> Agreed:
    pen.section("agreed")
    return Agreed(
        jurisdiction=pen.yes("jurisdiction", None, Source.CONTRACT, required=True),
        jurisdiction_text=pen.line("jurisdiction_text", "", Source.PERSON),
        preserved_before=pen.yes("preserved_before", _preserved(material), Source.NOTE, required=True),
        preserved_before_text=pen.line("preserved_before_text", "", Source.PERSON),
        preserve_now=pen.yes("preserve_now", False, Source.PERSON, required=True),
    )


def _facts(material: Material, pen: Pen, claimed: Claimed, paid_fen: int) -> Facts:
    """1 to 13, in the form's order."""
    sheet, contract, ledger = material.sheet, Source.CONTRACT, Source.LEDGER
    subject, terms = sheet.subject, material.contract
    owners = "、".join(one.name for one in material.respondents)
    pen.section("facts")
    return Facts(
        contract=pen.text("fact_contract", _contract(material), contract, required=True),
        parties=pen.text(
            "fact_parties", f"业主：{owners}\n物业服务人：{material.applicant.name}", contract, required=True
        ),
        location=pen.line("fact_location", subject.address, Source.OWNERS, required=True),
        area=pen.line("fact_area", area_text(sheet), Source.OWNERS),
        holder=pen.line("fact_holder", owners, Source.OWNERS, required=True),
        standard=pen.line("fact_standard", rate_text(sheet.order.charges), contract, required=True),
        service_from=pen.day("fact_service_from", terms.start_on if terms else None, contract),
        service_until=pen.day("fact_service_until", _last_day(terms.end_on if terms else None), contract),
        went_on=pen.yes("fact_went_on", None, Source.PERSON),
        payment=pen.line("fact_payment", _payment(material), contract),
        late_fee_standard=pen.text("fact_late_fee_standard", sheet.issuer.late_fee_clause, contract),
        owed=pen.text("fact_owed", _owed(material, claimed, paid_fen), ledger, required=True),
        late_fee=pen.text("fact_late_fee", _late_fee(material, claimed), ledger),
        demands=pen.text("fact_demands", _demands(material), Source.PROOF, required=True),
        other=pen.text("fact_other", _signed(material, claimed), Source.PROOF),
        basis=pen.text("fact_basis", _basis(material), Source.LAW, required=True),
        evidence=pen.text("fact_evidence", _evidence(material), Source.PROOF, required=True),
    )


def _last_day(end_on: date | None) -> date | None:
    return end_on - timedelta(days=1) if end_on else None


def _contract(material: Material) -> str:
    terms = material.contract
    since = f"，服务自 {terms.start_on} 起" if terms else ""
    return f"《{contract_text(material.sheet.issuer)}》{since}，签订地点：{material.sheet.issuer.community}"


def _payment(material: Material) -> str:
    days = {charge.due_on.day for charge in material.sheet.order.charges}
    when = "按合同约定的缴费期限" if len(days) != 1 else "按缴款通知单载明的期限"
    return f"{when}，{material.sheet.issuer.pay_methods}"


def _owed(material: Material, claimed: Claimed, paid_fen: int) -> str:
    if not claimed.lines:
        return ""
    sheet, count = material.sheet, len(claimed.lines)
    how = "×".join(part for part in (area_text(sheet), rate_text(sheet.order.charges)) if part)
    by = f"，按 {how} 计算" if how else ""
    paid = f"被告就上列费用及其违约金已付部分 {yuan(paid_fen)} 元，余款" if paid_fen else "被告"
    owed = f"共 {count} 笔，合计 {yuan(claimed.principal_fen)} 元{by}（逐笔见欠费明细）"
    return f"{claimed.period}，{owed}。{paid}至今未付。"


def _signed(material: Material, claimed: Claimed) -> str:
    return told(broken_plans(material, claimed.charge_ids), by="被告")


def _late_fee(material: Material, claimed: Claimed) -> str:
    if not claimed.late_fee_fen:
        return ""
    formula = formula_in_parts(material)
    until = f"截至 {material.as_of}，合计 {yuan(claimed.late_fee_fen)} 元"
    return f"{formula}，{until}。" if formula else f"{until}。"


def _demands(material: Material) -> str:
    rows = [
        f"{one.issued_on} 发出{one.title}（编号 {one.number}），{one.delivered_on} {one.method or '送达'}"
        for one in material.sheet.sent(*DEMANDS)
    ]
    tried = material.effort
    if tried.calls:
        rows.append(f"电话催缴 {tried.calls} 次，最近一次 {tried.last_call_on}")
    if tried.visits:
        rows.append(f"上门催缴 {tried.visits} 次，最近一次 {tried.last_visit_on}")
    return "\n".join(rows)


def _basis(material: Material) -> str:
    clause = material.sheet.issuer.late_fee_clause
    articles = _ARTICLES.format(penalty="第五百八十五条、" if clause else "")
    agreed = f"合同约定：{clause}\n" if clause else ""
    return f"{agreed}《中华人民共和国民法典》{articles}"


def _evidence(material: Material) -> str:
    """What the case's list of evidence names, and nothing else."""
    there = found(material)
    codes = listed(material, list_edits(material.sheet.order.case_id))
    names = [_named(code, there[code]) for code in codes]
    return "\n".join(f"{n}. {name}" for n, name in enumerate(names, start=1))


def _named(code: EvidenceCode, known: Found) -> str:
    """Papers that the debtor signed or asked for are named one by one: they own to the debt."""
    name = known.name or EVIDENCE[code].name
    return f"{name}（{known.detail}）" if code is EvidenceCode.E12 and known.detail else name
