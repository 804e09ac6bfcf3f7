"""证据清单: each of the fourteen items, what of it the system holds, and what is missing (domain 4.14)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from arrears.cases.services.letters import area_text, rate_text
from arrears.legal.documents.claims import Claimed
from arrears.legal.documents.material import Material
from arrears.legal.rules.evidence import COPIES, EVIDENCE, KINDS_IN_LAW, EvidenceCode, Held, there
from arrears.legal.rules.pen import Pen, Source
from arrears.relief.queries import applications_of, plan_rows
from billing.payments.queries.history import paid_on_charges
from notices.documents.evidence_list import EvidenceItem, EvidenceListData
from notices.queries import deliveries_of, get
from tenancy.people.models import StoredFile

_E = EvidenceCode
_SYSTEM = "物业管理系统"
PROOFS: Final = {
    "HAND": "签收凭证",
    "EMS": "邮寄凭证",
    "REGISTERED_MAIL": "邮寄凭证",
    "MAILBOX": "投递记录",
    "DOOR_POST": "张贴记录",
    "SMS": "短信发送记录",
    "WECHAT": "微信发送记录",
    "EMAIL": "电子邮件发送记录",
}
_ASKED = {"INSTALMENT": "分期申请", "DEFERRAL": "缓交申请"}


class Found(NamedTuple):
    """What of an item is there: `detail` is added to its name, `lacks` says what is still to be fetched.

    `name` "": as the standing list names it; else in words that are true to the record. What lies in a folder
    and not here (`is_there` False) a person ticks.
    """

    detail: str = ""
    lacks: str = ""
    hash: str = ""
    place: str = ""
    is_there: bool = True
    name: str = ""


def found(material: Material) -> Mapping[EvidenceCode, Found]:
    """Every item, as the data know it. `lacks` names a thing that a person must add, in words' codes."""
    sheet, company = material.sheet, material.applicant
    contract = material.contract
    bills = [charge.bill_number for charge in sheet.order.charges if charge.bill_number]
    rate = rate_text(sheet.order.charges)
    details = {
        _E.E1: Found(
            company.credit_code, "" if company.legal_representative else "legal_representative",
            name="" if company.legal_representative else "营业执照",
        ),
        _E.E2: Found(contract.number if contract else "", "contract_copy"),
        _E.E3: Found(
            f"{sheet.subject.handover_on} 接收" if sheet.subject.handover_on else "",
            "" if sheet.subject.handover_on else "handover",
        ),
        _E.E4: Found(rate, "display_photo"),
        _E.E5: Found(area_text(sheet), "area_proof"),
        _E.E6: Found(
            f"{len(bills)} 份" if bills else "", "" if bills else "bills", place=_SYSTEM
        ),
        _E.E7: _payments(material),
        _E.E8: Found(place=_SYSTEM),
        _E.E9: _delivered(material, "催款通知书", "DEMAND", "SECOND_DEMAND"),
        _E.E10: _talks(material),
        _E.E11: Found(lacks="service_records"),
        _E.E12: _acknowledged(material),
        _E.E13: _delivered(material, "律师函", "LAWYER_LETTER"),
        _E.E14: Found("、".join(row.reference for row in material.costs)),
    }  # fmt: skip
    held = Held(
        credit_code=bool(company.credit_code),
        handover=sheet.subject.handover_on is not None,
        bills=bool(bills),
        charges=bool(sheet.order.charges),
        demands=bool(details[_E.E9].detail),
        talks=bool(details[_E.E10].detail),
        acknowledged=bool(details[_E.E12].detail),
        letter=bool(details[_E.E13].detail),
        costs=bool(material.costs),
    )
    here = there(held, {})
    return {code: known._replace(is_there=code in here) for code, known in details.items()}


def evidence_list(material: Material, pen: Pen) -> tuple[EvidenceListData, Claimed]:
    """The list; an item that is not there stands in it only when a person ticks it."""
    sheet, known = material.sheet, found(material)
    pen.section("head")
    against = "、".join(one.name for one in material.respondents)
    head = {
        "submitter": pen.line("submitter", material.applicant.name, Source.COMPANY, required=True),
        "against": pen.line("against", against, Source.OWNERS, required=True),
        "court": pen.line("court", "", Source.COURT),
        "reference": pen.line("reference", "", Source.COURT),
    }
    items = [_item(code, known[code], pen) for code in EvidenceCode]
    pen.section("closing")
    paper = EvidenceListData(
        number=sheet.number,
        issued_on=sheet.issued_on,
        **head,
        unit=sheet.subject.unit_code,
        community=sheet.subject.community_name,
        items=tuple(item for item in items if item is not None),
        remark=pen.text("remark", "", Source.PERSON),
    )
    return paper, Claimed((), 0, 0, (), 0, (), ())


def _item(code: EvidenceCode, known: Found, pen: Pen) -> EvidenceItem | None:
    kind, key = EVIDENCE[code], f"items.{code.value}"
    name = known.name or kind.name
    name = f"{name}（{known.detail}）" if known.detail else name
    pen.section("item", code.value)
    listed = pen.yes(f"{key}.listed", known.is_there, Source.PROOF)
    item = EvidenceItem(
        code=code.value,
        name=pen.line(f"{key}.name", name[:200], Source.PROOF),
        kind=pen.choose(f"{key}.kind", kind.kind, Source.LAW, KINDS_IN_LAW),
        copy=pen.choose(f"{key}.copy", kind.copy, Source.LAW, COPIES),
        pages=pen.line(f"{key}.pages", "", Source.PERSON),
        source=pen.line(f"{key}.source", kind.source, Source.PROOF),
        proves=pen.line(f"{key}.proves", kind.proves, Source.LAW),
        hash=pen.line(f"{key}.hash", known.hash, Source.PROOF),
        place=pen.line(f"{key}.place", known.place, Source.PROOF),
    )
    return item if listed else None


def _payments(material: Material) -> Found:
    paid = paid_on_charges([charge.charge_id for charge in material.sheet.order.charges])
    count = len({one.payment_id for one in paid})
    return Found(f"{count} 笔" if count else "无付款", place=_SYSTEM)


def _talks(material: Material) -> Found:
    tried = material.effort
    said = [
        text
        for count, text in (
            (tried.calls, f"电话 {tried.calls} 次"),
            (tried.visits, f"上门 {tried.visits} 次"),
        )
        if count
    ]
    return Found("、".join(said), place=_SYSTEM)


def _acknowledged(material: Material) -> Found:
    """What the debtor asked for, signed or promised: each owns to the debt. The hash is the newest plan's.

    A hardship alone asks for no time to pay and is not counted; what was rejected was asked all the same.
    """
    day = material.as_of
    rows = [
        row
        for row in applications_of([material.sheet.order.account_id])
        if row.asked_on <= day and row.kind in _ASKED
    ]
    plans = [
        plan
        for plan in plan_rows([row.application_id for row in rows], as_of=day).values()
        if plan.signed_on <= day
    ]
    newest = max(plans, key=lambda plan: plan.signed_on, default=None)
    said = [f"{plan.signed_on} 签订的分期还款协议" for plan in plans]
    for kind, name in _ASKED.items():
        days = [str(row.asked_on) for row in reversed(rows) if row.kind == kind]
        said += [f"{name} {len(days)} 份（{'、'.join(days)}）"] if days else []
    if material.effort.promises:
        said.append(f"付款承诺 {material.effort.promises} 次")
    return Found(
        "；".join(said),
        hash=StoredFile.objects.get(pk=newest.scan_id).sha256 if newest else "",
        place=_SYSTEM,
    )


def listed(material: Material, edits: Mapping[str, Any]) -> list[EvidenceCode]:
    """The items that a list names: what is there, and what a person has ticked or taken out in `edits`."""
    known = found(material)
    return [code for code in EvidenceCode if edits.get(f"items.{code.value}.listed", known[code].is_there)]


def _delivered(material: Material, title: str, *kinds: str) -> Found:
    """Papers with the proof that they arrived: numbers, waybills, the hash of the newest as printed.

    The proof is named by the ways they really went.
    """
    sent = [fact for fact in material.sheet.before if fact.kind in kinds]
    if not sent:
        return Found()
    waybills = [row.waybill for fact in sent for row in deliveries_of(fact.notice_id) if row.waybill]
    file = get(sent[-1].notice_id).file
    proofs = "、".join(dict.fromkeys(PROOFS.get(fact.method, "送达记录") for fact in sent))
    return Found(
        "、".join([fact.number for fact in sent] + waybills),
        "" if file is not None else "not_printed",
        file.sha256 if file is not None else "",
        _SYSTEM,
        name=f"{title}及{proofs}",
    )
