"""The parties of a court paper, field by field."""

from __future__ import annotations

from typing import Final

from arrears.legal.documents.material import Material
from arrears.legal.rules.pen import Pen, Source
from arrears.legal.rules.venue import basic_court
from notices.documents.complaint import Agent, Defendant, Plaintiff
from notices.documents.court import Applicant, Respondent
from notices.documents.frozen import Secret

_KINDS: Final = (
    "有限责任公司",
    "股份有限公司",
    "上市公司",
    "其他企业法人",
    "事业单位",
    "社会团体",
    "个人独资企业",
    "合伙企业",
)
_OWNERSHIP: Final = ("国有", "民营")
_AUTHORITY: Final = ("一般授权", "特别授权")
_IDS: Final = ("居民身份证", "护照", "港澳居民来往内地通行证", "台湾居民来往大陆通行证")
_O = Source.OWNERS


def applicant(material: Material, pen: Pen) -> Applicant:
    """申请人."""
    known = material.applicant
    pen.section("applicant")
    return Applicant(
        name=pen.line("applicant.name", known.name, Source.COMPANY, required=True),
        credit_code=pen.line("applicant.credit_code", known.credit_code, Source.COMPANY),
        address=pen.line("applicant.address", known.address, Source.COMPANY),
        legal_representative=pen.line(
            "applicant.legal_representative", known.legal_representative, Source.COMPANY
        ),
        post=pen.line("applicant.post", known.post, Source.COMPANY),
        phone=pen.line("applicant.phone", known.phone, Source.COMPANY),
        agent=pen.line("applicant.agent", known.agent, Source.PERSON),
    )


def respondents(material: Material, pen: Pen) -> tuple[Respondent, ...]:
    """被申请人, the debtor first."""
    return tuple(_respondent(n, one, pen) for n, one in enumerate(material.respondents))


def _respondent(n: int, known: Respondent, pen: Pen) -> Respondent:
    pen.section("respondent", known.name)
    key = f"respondents.{n}"
    return Respondent(
        name=pen.line(f"{key}.name", known.name, _O, required=True),
        is_person=known.is_person,
        sex=pen.line(f"{key}.sex", known.sex, _O) if known.is_person else "",
        born_on=pen.day(f"{key}.born_on", known.born_on, _O) if known.is_person else None,
        id_number=Secret(pen.secret(f"{key}.id_number", known.id_number, _O, required=n == 0)),
        domicile=pen.line(f"{key}.domicile", known.domicile, _O, required=n == 0),
        residence=pen.line(f"{key}.residence", known.residence, _O),
        phone=Secret(pen.secret(f"{key}.phone", known.phone, _O)),
    )


def court(pen: Pen, *, domicile: str, before: str = "") -> str:
    """Whom the paper is for: the basic court of the debtor's domicile, unless another was named before."""
    pen.section("court")
    return pen.line("court", before or basic_court(domicile), Source.COURT, required=True)


def plaintiff(material: Material, pen: Pen) -> Plaintiff:
    """原告."""
    known, company = material.applicant, Source.COMPANY
    kind = _KINDS[0] if "有限" in known.name else ""
    pen.section("plaintiff")
    return Plaintiff(
        name=pen.line("plaintiff.name", known.name, company, required=True),
        domicile=pen.line("plaintiff.domicile", known.address, company, required=True),
        registered_address=pen.line("plaintiff.registered_address", known.address, company),
        legal_representative=pen.line(
            "plaintiff.legal_representative", known.legal_representative, company, required=True
        ),
        post=pen.line("plaintiff.post", known.post, company),
        phone=pen.line("plaintiff.phone", known.phone, company),
        credit_code=pen.line("plaintiff.credit_code", known.credit_code, company, required=True),
        kind=pen.choose("plaintiff.kind", kind, company, _KINDS),
        ownership=pen.choose("plaintiff.ownership", "", Source.PERSON, _OWNERSHIP),
    )


def agent(material: Material, pen: Pen) -> Agent:
    """委托诉讼代理人: the lawyer, where one appears."""
    firms = {f"{firm.name}（{firm.lawyer}）": firm for firm in material.firms}
    pen.section("agent")
    chosen = firms.get(pen.choose("firm", "", Source.FIRM, tuple(firms)))
    return Agent(
        name=pen.line("agent.name", chosen.lawyer if chosen else "", Source.FIRM),
        unit=pen.line("agent.unit", chosen.name if chosen else "", Source.FIRM),
        post=pen.line("agent.post", "律师" if chosen else "", Source.FIRM),
        phone=pen.line("agent.phone", chosen.phone if chosen else "", Source.FIRM),
        authority=pen.choose("agent.authority", "", Source.PERSON, _AUTHORITY),
    )


def defendants(material: Material, pen: Pen) -> tuple[Defendant, ...]:
    """被告: the debtor, then who is liable with him."""
    return tuple(_defendant(n, one, pen) for n, one in enumerate(material.respondents))


def _defendant(n: int, known: Respondent, pen: Pen) -> Defendant:
    pen.section("defendant", known.name)
    key, person = f"defendants.{n}", known.is_person
    return Defendant(
        name=pen.line(f"{key}.name", known.name, _O, required=True),
        is_person=person,
        sex=pen.line(f"{key}.sex", known.sex, _O) if person else "",
        born_on=pen.day(f"{key}.born_on", known.born_on, _O) if person else None,
        nation=pen.line(f"{key}.nation", "", Source.PERSON) if person else "",
        employer=pen.line(f"{key}.employer", "", Source.PERSON) if person else "",
        post=pen.line(f"{key}.post", "", Source.PERSON),
        phone=Secret(pen.secret(f"{key}.phone", known.phone, _O)),
        domicile=pen.line(f"{key}.domicile", known.domicile, _O, required=True),
        residence=pen.line(f"{key}.residence", known.residence, _O) if person else "",
        id_kind=pen.choose(f"{key}.id_kind", _IDS[0], _O, _IDS) if person else "",
        id_number=Secret(pen.secret(f"{key}.id_number", known.id_number, _O, required=True)),
        legal_representative="" if person else pen.line(f"{key}.legal_representative", "", Source.PERSON),
    )
