"""Exhibits about what was said: papers with proof of delivery, messages, calls, visits, promises."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from django.utils import timezone

from arrears.cases.queries import case_timeline, cases_of_unit
from arrears.cases.queries.evidence import METHODS
from arrears.cases.queries.timeline_row import TimelineRow
from arrears.legal.queries.exhibits import Matter
from arrears.legal.rules.exhibits import ELECTRONIC, Exhibit, Group, OfNotice, Sheet, Table
from notices.queries import FOR_OWNERS, DeliveryRow, DocumentFact, deliveries_of, documents_of
from notices.queries.messages import messages_of
from tenancy.kernel import sql
from tenancy.kernel.crypto import decrypt
from tenancy.people.words import WORDS
from values.fen import yuan
from values.mask import mask_name

TITLES: Final = {
    "BILL_NOTICE": "物业费缴款通知书",
    "DEMAND": "催款通知书",
    "SECOND_DEMAND": "二次催款通知书",
    "LAWYER_LETTER": "律师函",
    "REMINDER": "逾期提醒",
    "PRE_DUE": "缴费提醒",
    "PAYMENT_ORDER_APPLICATION": "支付令申请书",
    "PAYMENT_ORDER_WITHDRAWAL": "撤回支付令申请书",
    "COMPLAINT": "民事起诉状",
    "EVIDENCE_LIST": "证据清单",
    "ENFORCEMENT_APPLICATION": "强制执行申请书",
    "INSTALMENT_PLAN": "分期还款协议",
    "RELIEF_NEWS": "申请处理通知",
    "INSTALMENT_DUE": "分期缴款提醒",
    "DEFERRAL_ENDS": "缓交到期提醒",
    "TICKET_ANSWER": "异议答复",
}
RESULTS: Final = {
    "SIGNED": "签收",
    "REFUSED": "拒收",
    "LEFT_WITH_PHOTO": "留置并拍照",
    "ACCEPTED": "已受理",
    "RECEIPT": "平台回执到达",
    "RETURNED": "退回",
    "FAILED": "未成功",
}
RECEIVERS: Final = {
    "OWNER": "业主本人",
    "ADULT_CORESIDENT": "同住成年家属",
    "AGENT": "代收人",
    "OTHER": "其他人",
    "NONE": "—",
}
CHANNELS: Final = {"SMS": "短信", "WECHAT": "微信", "EMAIL": "电子邮件", "PAPER": "纸质"}
_WAYS: Final = {**METHODS, "BULLETIN": "公告栏"}
# A bundle says words: what is new in the tables must get one here (tests ask for all of them).
_UNNAMED: Final = "其他"
STATES: Final = {
    "SENT": "已发送",
    "DELIVERED": "已送达",
    "QUEUED": "待发送",
    "FAILED": "失败",
    "UNKNOWN": "结果未知",
    "SENDING": "发送中",
    "SKIPPED": "未发送",
    "WITHDRAWN": "已撤回",
}
_LEFT: Final = frozenset({"SENT", "DELIVERED"})
_SPOKEN: Final = {"CALL": "电话", "VISIT": "上门走访", "PROMISE": "承诺缴费"}


def papers_part(about: Matter) -> Iterable[Exhibit]:
    """The bills and demands of what is claimed that left the house, each with its proof of delivery.

    Bound as printed for whomever it is: such a paper says to the debtor what concerns him alone (his name,
    room and sums; of an identity number the last four), and a lawyer pleads on just that. Papers that name
    joint debtors with their numbers are the court's; they are no part of a bundle.
    """
    for fact in documents_of([about.account_id], kinds=FOR_OWNERS):
        concerns = not about.claimed.isdisjoint(fact.charge_ids)
        if fact.state in _LEFT and concerns:
            yield _paper(fact)
            yield from _proof(fact, for_court=about.for_court)


def messages_part(about: Matter) -> Iterable[Exhibit]:
    """The messages that were sent, word for word, with what the platform said."""
    found = messages_of(about.account_id)
    numbers = _in_full([one.contact_id for one in found], about)
    rows = tuple(
        (
            f"{timezone.localtime(one.sent_at):%Y-%m-%d %H:%M}",
            TITLES.get(one.kind, _UNNAMED),
            CHANNELS.get(one.channel, _UNNAMED),
            numbers.get(one.contact_id, one.masked),
            one.body,
            STATES.get(one.state, _UNNAMED),
            str(one.delivered_on or ""),
        )
        for one in found
    )
    if rows:
        columns = ("发出时间", "内容类别", "方式", "接收号码", "正文", "状态", "到达日期")
        yield Exhibit(
            group=Group.CONTACTS,
            title="短信及电子消息记录",
            kind=ELECTRONIC,
            proves="以电子方式提醒、催收的时间和内容",
            source="消息发送系统日志",
            content=Sheet((Table("", columns, rows),)),
        )


def contacts_part(about: Matter) -> Iterable[Exhibit]:
    """Calls, visits and promises of every case of the account, oldest first, with the photos of visits."""
    cases = cases_of_unit(about.case.unit_id, as_of=about.as_of)
    found = [
        row
        for case in cases
        if case.account_id == about.account_id
        for row in case_timeline(case.case_id, limit=2000)
        if row.kind in _SPOKEN and row.on <= about.as_of
    ]
    found.sort(key=lambda row: (row.on, row.order))
    if found:
        columns = ("日期", "方式", "结果", "经办人", "号码", "承诺日", "涉及金额（元）", "内容")
        numbers = _in_full([row.contact_id for row in found], about)
        rows = tuple(_contact(row, numbers.get(row.contact_id, row.number)) for row in found)
        photos = tuple(dict.fromkeys(row.file_id for row in found if row.file_id is not None))
        yield Exhibit(
            group=Group.CONTACTS,
            title="电话、上门及承诺记录",
            kind=ELECTRONIC,
            proves="多次以电话、上门方式催收及业主的答复、承诺",
            source="催收系统记录",
            content=Sheet((Table("", columns, rows, frozenset({6})),), picture_ids=photos),
        )


def _paper(fact: DocumentFact) -> Exhibit:
    kind = "账单" if fact.kind == "BILL_NOTICE" else "催告"
    return Exhibit(
        group=Group.PAPERS,
        title=f"{TITLES[fact.kind]} {fact.number}",
        on=fact.issued_on,
        proves=f"已就所列费用出具{kind}文书",
        source="系统生成文书存档",
        content=OfNotice(fact.notice_id),
    )


def _proof(fact: DocumentFact, *, for_court: bool) -> Iterable[Exhibit]:
    """What shows that it arrived, or that it was refused: days, persons, waybill, pictures.

    A law firm reads third persons masked, and not what the staff remarked.
    """
    rows = list(reversed(deliveries_of(fact.notice_id)))
    if not rows:
        return
    arrived = any(row.delivered for row in rows)
    columns = ("日期", "方式", "结果", "接收人", "关系", "运单号", "约定地址", "送达人", "凭证", "备注")
    yield Exhibit(
        group=Group.PAPERS,
        title=f"{fact.number} 送达证明",
        on=fact.issued_on,
        proves="上述文书已送达" if arrived else "上述文书的送达经过",
        source="送达登记、签收单或邮寄回执",
        content=Sheet(
            (Table("", columns, tuple(_delivery(row, for_court=for_court) for row in rows)),),
            picture_ids=tuple(pk for row in rows for pk in _shown(row, for_court=for_court).values()),
        ),
    )


def _shown(row: DeliveryRow, *, for_court: bool) -> dict[str, int]:
    """What shows it: the signature on glass, the photo of the signed receipt or of the door.

    A firm does not read the name of a third person, so neither his signature.
    """
    found = {"签字": row.signature_id, "照片": row.photo_id}
    if not for_court and row.receiver != "OWNER":
        found.pop("签字")
    return {name: pk for name, pk in found.items() if pk is not None}


def _delivery(row: DeliveryRow, *, for_court: bool) -> tuple[str, ...]:
    receiver = RECEIVERS.get(row.receiver, _UNNAMED)
    is_named = for_court or row.receiver == "OWNER"
    name = row.receiver_name if is_named else mask_name(row.receiver_name)
    return (
        str(row.on),
        _WAYS.get(row.method, _UNNAMED),
        RESULTS.get(row.result, _UNNAMED),
        f"{receiver} {name}".strip(),
        row.relation,
        row.waybill,
        "是" if row.agreed_address else "否",
        row.handed_over_by or row.recorded_by or "",
        "、".join(_shown(row, for_court=for_court)) or "—",
        row.note if for_court else "",
    )


def _in_full(contact_ids: Iterable[int | None], about: Matter) -> dict[int | None, str]:
    """Numbers as they were rung, for a court: a masked one proves nothing. A firm reads them masked."""
    ids = {pk for pk in contact_ids if pk is not None} if about.for_court else set()
    rows = sql.rows("arrears.legal", "contact_values", {"contact_ids": sorted(ids)}) if ids else []
    return {pk: decrypt(value) for pk, value in rows}


def _contact(row: TimelineRow, number: str) -> tuple[str, ...]:
    code = f"outcome.{row.code}" if row.kind == "CALL" else row.code
    said = row.said if row.kind != "PROMISE" else ""
    return (
        f"{timezone.localtime(row.at):%Y-%m-%d %H:%M}" if row.at else str(row.on),
        _SPOKEN[row.kind],
        "" if row.kind == "PROMISE" else str(WORDS.get(code, row.code)),
        row.who,
        number,
        str(row.day or ""),
        yuan(row.amount_fen) if row.amount_fen else "",
        said,
    )
