"""律师函, written for one case (domain 4.4)."""

from __future__ import annotations

from typing import Final

from arrears.cases.services.letters import area_text, rate_text
from arrears.legal.documents.claims import Claimed, claims
from arrears.legal.documents.material import Material
from arrears.legal.documents.reckoning import formula_in_parts, reckoning
from arrears.legal.rules.pen import Pen, Source
from notices.documents.lawyer_letter import LawFirm, LawyerLetterData
from notices.documents.parts import DemandSent

DEMANDS: Final = ("DEMAND", "SECOND_DEMAND")
_DAYS: Final = ("7", "10", "15", "20", "30")
_RESERVED: Final = "本函不影响委托人依法享有的其他权利。"


def lawyer_letter(material: Material, pen: Pen) -> tuple[LawyerLetterData, Claimed]:
    """The letter and what it claims. Of an identity number it shows the last four, no field shows more."""
    sheet, firm = material.sheet, _firm(material, pen)
    letter_number = pen.line("letter_number", "", Source.PERSON)
    pen.section("addressee")
    addressee = pen.line("addressee", sheet.subject.party_name, Source.OWNERS, required=True)
    home = sheet.subject.domicile or sheet.subject.address
    address = pen.line("service_address", home, Source.OWNERS, required=True)
    claimed = claims(material, pen, costs_claimed=False)
    signed, sent = sheet.order.signed, sheet.sent(*DEMANDS)
    letter = LawyerLetterData(
        issuer=sheet.issuer,
        firm=firm,
        letter_number=letter_number,
        number=sheet.number,
        unit=sheet.subject.unit_code,
        addressee=addressee,
        issued_on=sheet.issued_on,
        as_of=material.as_of,
        lines=claimed.lines,
        principal_fen=claimed.principal_fen,
        late_fee_fen=claimed.late_fee_fen,
        total_fen=claimed.total_fen,
        costs=claimed.costs,
        costs_fen=claimed.costs_fen,
        demands=sent,
        id_last4=sheet.subject.last_four_of_id,
        service_address=address,
        area=area_text(sheet),
        rate=rate_text(sheet.order.charges),
        late_fee_formula=_formula(material, pen, claimed),
        other_facts=pen.text("other_facts", "", Source.PERSON),
        period_days=_days(material, pen),
        reservation=pen.text("reservation", _RESERVED, Source.LAW),
        approval_id=signed.approval_id if signed else None,
        approved_by=signed.by if signed else "",
        approved_on=signed.on if signed else None,
        attachments=_attachments(sent, pen),
        reckoning=reckoning(material, claimed),
    )
    return letter, claimed


def _firm(material: Material, pen: Pen) -> LawFirm:
    """The law firm whose letter it is (4.4): without its name, its lawyer and his licence it is none."""
    ready = [one for one in material.firms if one.name in material.agreed]
    firms = {f"{one.name}（{one.lawyer}）": one for one in material.firms}
    computed = next((text for text, one in firms.items() if [one] == ready), "")
    pen.section("firm")
    chosen = firms.get(pen.choose("firm", computed, Source.FIRM, tuple(firms)))
    return LawFirm(
        name=pen.line("firm.name", chosen.name if chosen else "", Source.FIRM, required=True),
        address=pen.line("firm.address", chosen.address if chosen else "", Source.FIRM),
        phone=pen.line("firm.phone", chosen.phone if chosen else "", Source.FIRM),
        lawyer=pen.line("firm.lawyer", chosen.lawyer if chosen else "", Source.FIRM, required=True),
        licence=pen.line("firm.licence", chosen.licence if chosen else "", Source.FIRM, required=True),
    )


def _formula(material: Material, pen: Pen, claimed: Claimed) -> str:
    pen.section("facts")
    if not claimed.late_fee_fen:
        return ""
    return pen.line("late_fee_formula", formula_in_parts(material), Source.CONTRACT)


def _days(material: Material, pen: Pen) -> int:
    pen.section("demand")
    days = str(material.sheet.order.period_days or 15)
    return int(pen.choose("period_days", days if days in _DAYS else "15", Source.LAW, _DAYS))


def _attachments(sent: tuple[DemandSent, ...], pen: Pen) -> tuple[str, ...]:
    pen.section("attachments")
    computed = "\n".join(f"{one.title}（{one.number}）" for one in sent)
    text = pen.text("attachments", computed, Source.PROOF)
    return tuple(line.strip() for line in text.splitlines() if line.strip())
