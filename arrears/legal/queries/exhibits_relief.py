"""Exhibits from relief: applications with their decisions and signed plans, disputes with their findings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from django.utils import timezone

from arrears.legal.queries.exhibits import Matter
from arrears.legal.rules.exhibits import ELECTRONIC, Exhibit, Group, OfFile, OfForm, Sheet, Table
from arrears.relief.documents.form import TITLES as FORM_TITLES
from arrears.relief.queries import (
    ApplicationCard,
    EventRow,
    PlanRow,
    TicketCard,
    TicketRow,
    application_card,
    applications_of,
    ticket_card,
    tickets_of_account,
    tickets_of_unit,
)
from arrears.relief.queries.applications import LinkOfChain
from owners.queries import holders_of_unit
from tenancy.people.words import WORDS, sentence
from values.fen import yuan

_SERVED: Final = "物业公司已按约履行服务义务：报修、投诉的受理、处理和办结"
_ASKED: Final = {
    "HARDSHIP": "债务人提出困难申请",
    "DEFERRAL": "债务人提出缓缴申请",
    "INSTALMENT": "债务人提出分期还款申请",
}
_FACTS: Final = ("项目", "内容")
_DECISIONS: Final = {"APPROVED": "同意", "REJECTED": "不同意"}
# What was said between the owner and the house; who was given it, and who was asked, stays inside.
_SAID: Final = frozenset({"OPENED", "ANSWERED", "ACCEPTED", "REPLIED", "DECIDED", "CLOSED"})
# What was done and seen in between is written down for the house: a court may read it, a firm does not.
_DONE: Final = _SAID | {"NOTED"}


def applications_part(about: Matter) -> Iterable[Exhibit]:
    """What the owner asked for, what was decided, and the plan that was signed; the oldest first.

    Proof of illness or income goes to nobody: the owner was promised that it serves his application alone.
    """
    rows = [row for row in applications_of([about.account_id]) if row.asked_on <= about.as_of]
    for row in reversed(rows):
        card = application_card(row.application_id, as_of=about.as_of)
        yield _form(card)
        yield _application(card)
        if card.plan is not None and card.plan.signed_on <= about.as_of:
            yield from _plan(card.plan, card.agreement_number)


def tickets_part(about: Matter) -> Iterable[Exhibit]:
    """What the debtor objected to, how it was looked into, and what came of it; the oldest first.

    Tickets of his account, and service done in his room while he held it, such as repairs: a neighbour's or
    an earlier owner's are nobody's business here.
    """
    own = tickets_of_account(about.account_id, as_of=about.as_of)
    for row in sorted([*own, *_of_the_room(about)], key=lambda row: (row.opened_on, row.ticket_id)):
        if row.opened_on <= about.as_of:
            card = ticket_card(row.ticket_id, as_of=about.as_of)
            shown = _DONE if about.for_court else _SAID
            events = [event for event in card.events if event.kind in shown and event.on <= about.as_of]
            yield _ticket(card, events)
            yield from _ticket_files(events)


def _of_the_room(about: Matter) -> list[TicketRow]:
    """Service that is on no account: asked for at the desk or by phone, in the debtor's own time."""
    subject = about.subject
    held = [one for one in holders_of_unit(subject.unit_id) if one.party_id == subject.party_id]
    return [
        row
        for row in tickets_of_unit(subject.unit_id, as_of=about.as_of)
        if row.account_id is None
        and any(
            one.from_on <= row.opened_on and (one.to_on is None or row.opened_on < one.to_on) for one in held
        )
    ]


def _form(card: ApplicationCard) -> Exhibit:
    """What was handed in: by asking for time himself the owner acknowledges what the form lists."""
    row = card.row
    asks = card.is_acknowledged
    return Exhibit(
        group=Group.RELIEF,
        title=f"{FORM_TITLES[row.kind]} {row.asked_on}",
        on=row.asked_on,
        proves="债务人知悉并承认所列欠费，请求延期或分期履行，诉讼时效中断" if asks else _ASKED[row.kind],
        source="业主提交，系统存档" if row.by_owner or asks else "物业服务人员登记，系统存档",
        content=OfForm(row.application_id),
    )


def _application(card: ApplicationCard) -> Exhibit:
    row = card.row
    kind = _word(row.kind_word)
    facts = [
        ("申请事项", kind),
        ("申请日期", str(row.asked_on)),
        ("申请人陈述", row.statement),
        ("申请时欠费", f"本金 {yuan(row.principal_fen)} 元，违约金 {yuan(row.late_fee_fen)} 元"),
        ("申请内容", _wanted(card)),
        *_decided(card.chain),
        ("现状", _word(row.state_word)),
    ]
    if row.ended_on is not None:
        facts.append(("结束", f"{row.ended_on} {_word(row.end_word) if row.ended_because else ''}".strip()))
    charges = tuple(
        (one.fee_item, one.period, str(one.due_on), yuan(one.principal_fen), yuan(one.late_fee_fen))
        for one in card.charges
    )
    columns = ("收费项目", "所属期", "应缴日", "本金（元）", "违约金（元）")
    return Exhibit(
        group=Group.RELIEF,
        title=f"{kind}申请处理记录 {row.asked_on}",
        on=row.asked_on,
        proves="申请的处理结果",
        source="申请及审批记录",
        kind=ELECTRONIC,
        content=Sheet(
            (Table("", _FACTS, tuple(facts)), Table("申请所列费用", columns, charges, frozenset({3, 4})))
        ),
    )


def _wanted(card: ApplicationCard) -> str:
    row = card.row
    if row.parts:
        down = f"，首付 {row.down_percent}%" if row.down_percent else ""
        return f"分 {row.parts} 期，首期 {row.first_on}{down}"
    return f"{row.from_on} 至 {row.to_on or '另行复核'}"


def _decided(chain: Iterable[LinkOfChain]) -> Iterable[tuple[str, str]]:
    """The decision that the owner was told; an opinion on the way to it is the house's own."""
    for link in chain:
        is_last = link.kind != "relief.check" or link.decision == "REJECTED"
        if is_last and link.at is not None and link.decision in _DECISIONS:
            on = timezone.localtime(link.at).date()
            yield "决定", f"{_DECISIONS[link.decision]}（{on}，{link.by}）：{link.reason}"


def _plan(plan: PlanRow, number: str) -> Iterable[Exhibit]:
    yield Exhibit(
        group=Group.RELIEF,
        title=f"分期还款协议 {number or plan.signed_on}",
        on=plan.signed_on,
        proves="债务人签字确认欠费金额并同意分期履行",
        source=f"{plan.signer_name} 签署",
        content=OfFile(plan.scan_id),
    )
    rows = tuple(
        (
            "首付" if one.part.number == 0 else f"第 {one.part.number} 期",
            str(one.part.due_on),
            yuan(one.part.amount_fen),
            yuan(one.paid_fen),
            _word(f"relief.part.{one.state}"),
        )
        for one in plan.parts
    )
    total = ("合计", "", yuan(plan.total_fen), yuan(plan.paid_fen), "")
    columns = ("期次", "应缴日", "应缴（元）", "已缴（元）", "履行情况")
    yield Exhibit(
        group=Group.RELIEF,
        title=f"分期履行情况 {number or plan.signed_on}",
        on=plan.signed_on,
        proves="分期协议的履行情况",
        source="收费系统台账",
        kind=ELECTRONIC,
        content=Sheet((Table("", columns, rows, frozenset({2, 3}), total),)),
    )


def _ticket(card: TicketCard, events: Sequence[EventRow]) -> Exhibit:
    row = card.row
    facts = [
        ("事项", row.subject),
        ("业主陈述", card.description),
        ("责任部门", _word(row.department_word)),
        ("提出日期", str(row.opened_on)),
        ("现状", _word(row.state_word)),
    ]
    if row.answered_on is not None:
        facts.append(("答复", f"{row.answered_on} {_word(row.finding_word)}：{card.finding_text}"))
    if row.closed_on is not None:
        facts.append(("办结", str(row.closed_on)))
    lines = tuple(
        (one.fee_item, one.period, yuan(one.amount_fen), yuan(one.disputed_fen)) for one in card.lines
    )
    said = tuple(
        (
            str(event.on),
            _word(f"ticket.event.{event.kind}"),
            "业主" if event.by_owner else event.who,
            _said(event),
        )
        for event in events
    )
    tables = [Table("", _FACTS, tuple(facts)), Table("处理经过", ("日期", "事项", "经办", "内容"), said)]
    if lines:
        columns = ("收费项目", "所属期", "应收（元）", "异议金额（元）")
        tables.insert(1, Table("异议所涉费用", columns, lines, frozenset({2, 3})))
    return Exhibit(
        group=Group.SERVICE,
        title=f"{'服务' if row.account_id is None else '业主异议'}及处理记录 {row.subject}",
        on=row.opened_on,
        proves=_SERVED if row.account_id is None else "对业主提出的异议已核查、答复和处理",
        source="工单系统记录",
        kind=ELECTRONIC,
        content=Sheet(tuple(tables)),
    )


def _said(event: EventRow) -> str:
    """The reason of a decision is the house's own; what follows from it was told."""
    told = sentence(event.because) if event.because else ""
    return told if event.kind == "DECIDED" else event.text or told


def _ticket_files(events: Sequence[EventRow]) -> Iterable[Exhibit]:
    for event in events:
        for file_id, name in event.files:
            yield Exhibit(
                group=Group.SERVICE,
                title=f"异议处理附件 {name}",
                on=event.on,
                proves="异议的内容或处理结果",
                source="业主提交" if event.by_owner else "经办人提交",
                content=OfFile(file_id),
            )


def _word(code: str) -> str:
    return str(WORDS.get(code, code))
