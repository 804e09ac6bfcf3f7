"""Exhibits about the contract, the owner and the ledger."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final

from arrears.legal.queries.exhibits import Matter
from arrears.legal.rules.exhibits import Exhibit, Group, Sheet, Table
from billing.charges.queries import ContractTerms, OpenCharge, contracts
from billing.payments.queries.ledger import account_ledger
from owners.queries import holders_of_unit, joint_debtors
from tenancy.kernel import sql
from tenancy.kernel.crypto import decrypt
from values.area import square_metres
from values.fen import yuan
from values.mask import mask_id, mask_name

_OURS: Final = "物业公司留存"
_ROLES: Final = {"OWNER": "业主", "OCCUPANT": "使用人"}


def contract_part(about: Matter) -> Iterable[Exhibit]:
    """The service contracts of the claimed periods, and at which price each was billed."""
    first, end = _hull(about.charges, about.as_of)
    held = [
        one
        for one in contracts(about.case.community_id)
        if one.start_on < end and (one.end_on is None or first < one.end_on)
    ]
    yield Exhibit(
        group=Group.CONTRACT,
        title="物业服务合同及收费标准",
        proves="双方存在物业服务合同关系；收费标准、缴费期限及违约金约定",
        source=_OURS,
        content=Sheet((_contracts(held), _prices(about.charges))),
    )


def ownership_part(about: Matter) -> Iterable[Exhibit]:
    """Who held the unit when; only who is liable is named in full, and only a court reads his number."""
    subject = about.subject
    joint = joint_debtors(unit_ids=[subject.unit_id]).get((subject.unit_id, subject.party_id), [])
    liable = {subject.party_id, *(one.party_id for one in joint)}
    rows = tuple(
        (
            one.name if one.party_id in liable else mask_name(one.name),
            _ROLES.get(one.role, one.role),
            str(one.from_on),
            "至今" if one.to_on is None else str(one.to_on - timedelta(days=1)),
            "是" if one.party_id in liable else "",
        )
        for one in sorted(holders_of_unit(subject.unit_id), key=lambda one: one.from_on)
    )
    unit = (
        ("房号", subject.unit_code),
        ("地址", subject.address),
        ("建筑面积", f"{square_metres(subject.area_cm2)}㎡" if subject.area_cm2 else "—"),
        ("交付日期", str(subject.handover_on or "—")),
    )
    yield Exhibit(
        group=Group.OWNERSHIP,
        title="业主登记及产权信息",
        proves="被告系该房屋业主（交费义务人）及其承担责任的期间",
        source="业主登记册",
        content=Sheet(
            (
                Table("房屋", ("项目", "内容"), unit),
                Table("登记的业主与使用人", ("姓名", "身份", "自", "至", "交费义务人"), rows),
                Table("债务人身份", ("姓名", "证件号码", "住所"), tuple(_identities(about, liable))),
            )
        ),
    )


def ledger_part(about: Matter) -> Iterable[Exhibit]:
    """Every bill and payment of the account, with what each left."""
    book = account_ledger(about.account_id, as_of=about.as_of)
    rows = tuple(
        (
            str(line.entry.on),
            WORDS_OF_ENTRIES.get(line.entry.what, line.entry.what),
            str(WORDS_OF_WAYS.get(line.entry.about, line.entry.about)),
            line.entry.number,
            _money(line.entry.debit_fen),
            _money(line.entry.credit_fen),
            _money(line.entry.let_off_fen),
            yuan(line.balance_fen),
        )
        for line in book.lines
    )
    total = (
        "合计",
        "",
        "",
        "",
        yuan(book.debit_fen),
        yuan(book.received_fen),
        yuan(book.let_off_fen),
        yuan(book.balance_fen),
    )
    columns = ("日期", "事项", "说明", "单据号", "应收（元）", "实收（元）", "减免（元）", "余额（元）")
    yield Exhibit(
        group=Group.MONEY,
        title="账单及缴费台账",
        proves="应缴费用的发生、已缴金额及欠费余额",
        source="收费系统台账",
        content=Sheet(
            (Table("", columns, rows, frozenset({4, 5, 6, 7}), total),),
            (
                f"户名：{about.subject.party_name}　房号：{about.subject.unit_code}　截至 {about.as_of}",
                f"欠缴本金 {yuan(book.principal_fen)} 元，违约金 {yuan(book.late_fee_fen)} 元，"
                f"合计 {yuan(book.owed_fen)} 元。",
            ),
        ),
    )


WORDS_OF_ENTRIES: Final = {
    "ledger.charge": "应收费用",
    "LATE_FEE": "违约金",
    "payment.RECEIVED": "收款",
    "payment.REVERSAL": "冲正",
    "payment.REFUND": "退款",
    "payment.RELEASE": "转预存",
    "WAIVER": "减免",
    "DISCOUNT": "优惠",
    "WRITE_OFF": "核销",
}
WORDS_OF_WAYS: Final = {
    "CASH": "现金",
    "POS": "POS刷卡",
    "TRANSFER": "银行转账",
    "WECHAT": "微信支付",
    "ALIPAY": "支付宝",
    "DEBIT": "银行代扣",
    "MIXED": "组合支付",
    "CREDIT": "预存抵扣",
}


def _hull(charges: tuple[OpenCharge, ...], as_of: date) -> tuple[date, date]:
    if not charges:
        return as_of, as_of + timedelta(days=1)
    return min(one.period.start for one in charges), max(one.period.end for one in charges)


def _contracts(held: list[ContractTerms]) -> Table:
    rows = tuple(
        (
            one.name,
            one.number,
            str(one.start_on),
            str(one.last_on or "持续有效"),
            one.late_fee_text or "未约定",
            one.cap_text if one.late_fee_text else "—",
            one.late_fee_clause,
        )
        for one in held
    )
    return Table("物业服务合同", ("合同", "编号", "自", "至", "违约金日率", "上限", "条款"), rows)


def _prices(charges: tuple[OpenCharge, ...]) -> Table:
    """Neighbouring charges of one item at one price are one line."""
    rows: list[list[str]] = []
    for charge in sorted(charges, key=lambda one: (one.fee_item, one.period.start)):
        price = [charge.fee_item, charge.snapshot.get("tariff", {}).get("name", "—"), _price(charge)]
        if rows and rows[-1][:3] == price:
            rows[-1][4] = str(charge.period.end - timedelta(days=1))
        else:
            rows.append(
                [*price, str(charge.period.start), str(charge.period.end - timedelta(days=1)), _area(charge)]
            )
    columns = ("收费项目", "收费标准", "单价", "计费期间自", "至", "计费面积")
    return Table("各计费期间执行的收费标准", columns, tuple(map(tuple, rows)))


def _price(charge: OpenCharge) -> str:
    for line in charge.snapshot.get("lines") or ():
        unit = {"AREA": "元/㎡·月", "METERED": "元/单位"}.get(line.get("basis"), "元/月")
        return f"{line['rate']}{unit}"
    return "期初欠费" if charge.kind == "OPENING" else "—"


def _area(charge: OpenCharge) -> str:
    area = charge.snapshot.get("area_m2")
    return f"{area}㎡" if area else "—"


def _identities(about: Matter, liable: set[int]) -> Iterable[tuple[str, str, str]]:
    ids = [about.subject.party_id, *sorted(liable - {about.subject.party_id})]
    for row in sql.rows("arrears.legal", "respondents", {"party_ids": ids}):
        _party_id, name, _kind, domicile, sealed, _phone = row
        number = decrypt(sealed) if sealed else ""
        yield name, number if about.for_court else mask_id(number), domicile


def _money(fen: int) -> str:
    return yuan(fen) if fen else ""
