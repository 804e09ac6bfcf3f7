"""Exhibits about limitation and about what lies with a court."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from arrears.cases.queries import ChargeClock, clocks
from arrears.cases.queries.clocks import Said
from arrears.cases.queries.evidence import METHODS
from arrears.legal.models import Filing, Result
from arrears.legal.queries.exhibits import Matter
from arrears.legal.queries.exhibits_papers import TITLES
from arrears.legal.rules.exhibits import Exhibit, Group, OfFile, Sheet, Table
from tenancy.people.words import WORDS, sentence
from values.fen import yuan

_FOR_COURT: Final = ("收费项目", "所属期", "应缴日", "日期", "事实", "证据")
_FOR_A_FIRM: Final = ("收费项目", "所属期", "应缴日", "最后一日", "状态", "律师意见")


def limitation_part(about: Matter) -> Iterable[Exhibit]:
    """What restarted the clock of each charge; a law firm also reads until when it runs and what fails.

    A court is not told what has expired: that is for the debtor to say.
    """
    found = [
        one
        for one in clocks(account_ids=[about.account_id], as_of=about.as_of)
        if one.charge.charge_id in about.claimed or not about.for_court
    ]
    if not found:
        return
    tables = [Table("主张权利及同意履行的事实", _FOR_COURT, tuple(_counting(found, about)))]
    if not about.for_court:
        tables.insert(0, Table("各笔费用的时效", _FOR_A_FIRM, tuple(map(_standing, found))))
        rows = tuple(_failing(found, about))
        tables.append(Table("不产生中断效力的事实", (*_FOR_COURT, "原因"), rows))
    yield Exhibit(
        group=Group.LIMITATION,
        title="诉讼时效中断事实表",
        proves="在诉讼时效期间内持续主张权利或债务人同意履行",
        source="催收系统记录、送达证明、收款记录",
        content=Sheet(tuple(tables)),
    )
    yield from _proof_files(found)


def court_part(about: Matter) -> Iterable[Exhibit]:
    """What was filed and what the court answered, with its papers; the house's remarks are not a firm's."""
    filings = list(Filing.objects.filter(case_id=about.case.case_id).order_by("filed_on", "pk"))
    if not filings:
        return
    results = list(
        Result.objects.filter(filing__in=filings).select_related("file").order_by("served_on", "pk")
    )
    yield Exhibit(
        group=Group.COURT,
        title="诉讼经过",
        proves="已向人民法院主张权利及其结果",
        source="立案材料、法院文书",
        content=Sheet((_filed(filings), _answered(results, with_notes=about.for_court))),
    )
    for one in results:
        if one.file_id is not None:
            yield Exhibit(
                group=Group.COURT,
                title=f"法院文书 {one.case_number or one.court}",
                on=one.served_on,
                proves="法院的处理结果",
                source=one.court,
                content=OfFile(one.file_id),
            )


def _filed(filings: list[Filing]) -> Table:
    rows = tuple(
        (
            str(one.filed_on),
            str(WORDS.get(f"filing.{one.kind}", one.kind)),
            one.court,
            one.court_reference,
            yuan(one.claim_fen),
            yuan(one.fee_fen),
        )
        for one in filings
    )
    columns = ("日期", "文书", "法院", "案号", "标的（元）", "预估费用（元）")
    return Table("申请与起诉", columns, rows, frozenset({4, 5}))


def _answered(results: list[Result], *, with_notes: bool) -> Table:
    rows = tuple(
        (
            str(one.served_on),
            str(WORDS.get(f"result.{one.kind}", one.kind)),
            one.court,
            one.case_number,
            one.note if with_notes else "",
        )
        for one in results
    )
    return Table("法院答复", ("送达日期", "结果", "法院", "案号", "说明"), rows)


def _proof_files(found: list[ChargeClock]) -> Iterable[Exhibit]:
    shown: set[int] = set()
    for clock in found:
        for one in clock.events:
            if one.what == "EVENT" and one.counts and one.file_id is not None and one.file_id not in shown:
                shown.add(one.file_id)
                yield Exhibit(
                    group=Group.LIMITATION,
                    title=f"{_fact(one)} {one.on}",
                    on=one.on,
                    proves="时效中断",
                    source="经办人提交",
                    content=OfFile(one.file_id),
                )


def _counting(found: list[ChargeClock], about: Matter) -> Iterable[tuple[str, ...]]:
    return (_row(clock, one, about) for clock in found for one in clock.events if one.counts)


def _failing(found: list[ChargeClock], about: Matter) -> Iterable[tuple[str, ...]]:
    for clock in found:
        for one in clock.events:
            if one.why is not None:
                yield (*_row(clock, one, about), sentence(one.why))


def _row(clock: ChargeClock, one: Said, about: Matter) -> tuple[str, ...]:
    charge = clock.charge
    said = f"{one.on} 至 {one.until}" if one.until else str(one.on)
    return charge.fee_item, charge.period.label, str(charge.due_on), said, _fact(one), _evidence(one, about)


def _fact(one: Said) -> str:
    if one.what == "PAYMENT":
        return f"部分履行 {yuan(one.amount_fen or 0)} 元"
    if one.what == "NOTICE":
        return f"{TITLES.get(one.code, '')} {one.number}".strip()
    return str(WORDS.get(f"proof.{one.method}") or WORDS.get(one.word, one.code))


def _evidence(one: Said, about: Matter) -> str:
    """Who received a paper, and the remarks, are not a firm's: it finds the proof of delivery, masked."""
    if one.what != "NOTICE":
        return one.evidence
    way = METHODS.get(one.method, "")
    return f"{way} {one.evidence}".strip() if about.for_court else way


def _standing(clock: ChargeClock) -> tuple[str, ...]:
    said = clock.decision
    word = str(WORDS.get(f"decided.{said.decision}", said.decision)) if said else ""
    status = str(WORDS.get(f"clock.{clock.clock.status}", clock.clock.status))
    charge = clock.charge
    return (
        charge.fee_item,
        charge.period.label,
        str(charge.due_on),
        str(clock.clock.last_on or "—"),
        status,
        word,
    )
