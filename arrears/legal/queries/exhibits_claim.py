"""Exhibits that calculate to the cent: the claim as its paper has it, and what is owed today."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Final

from arrears.legal.queries.claimed import AskedLine, Claim
from arrears.legal.queries.exhibits import Matter
from arrears.legal.queries.exhibits_papers import TITLES
from arrears.legal.rules.exhibits import Exhibit, Group, Sheet, Table
from billing.charges.queries import Why, explain_charges
from billing.charges.queries.open import pauses_of
from tenancy.people.words import WORDS
from values.fen import yuan

_OPENING: Final = "期初欠费"
_RULE: Final = "违约金=每一时段未缴本金×日率×计算天数之和，按每笔费用四舍五入到分，不超过约定上限。"
_OWED: Final = "汇总（单位：元）"
_ASIDE: Final = "另有欠费，不在本次主张之内（单位：元）"


def calculation_part(about: Matter) -> Iterable[Exhibit]:
    """The claim as its paper has it, charge by charge, and beside it how things stand; unwritten, only that.

    A court reads the sum that it is asked for; what came since is another matter, and says its own day.
    """
    if about.claim is not None:
        yield _as_asked(about.claim)
    moved_on = about.claim is None or about.claim.filing is not None or about.claim.until != about.as_of
    if moved_on or any(charge.charge_id not in about.claimed for charge in about.charges):
        yield _standing(about)


def _as_asked(claim: Claim) -> Exhibit:
    whys = explain_charges(claim.charge_ids, as_of=claim.until)
    tables = [_asked(claim.lines or tuple(_line_then(one, claim.until) for one in whys))]
    tables += [_segments(whys, _came_to(whys, claim)), _pauses(whys)]
    if claim.costs:
        costs = tuple((name, yuan(fen)) for name, fen in claim.costs)
        total = ("合计", yuan(sum(fen for _name, fen in claim.costs)))
        tables.insert(1, Table("一并主张的费用（单位：元）", ("费用", "金额"), costs, frozenset({1}), total))
    return Exhibit(
        group=Group.CALCULATION,
        title=f"诉讼请求金额计算表（{_day(claim)}）",
        proves="诉讼请求金额的计算过程",
        source="立案文书、收费系统按合同约定计算" if claim.filing else "诉讼文书、收费系统按合同约定计算",
        content=Sheet(
            tuple(tables),
            (
                f"{_where(claim)}，请求金额合计 {yuan(claim.total_fen)} 元；"
                f"违约金计算截至 {claim.until}（含当日）。",
                f"{_RULE}汇总表为文书主张的金额，逐段计算表为按合同约定产生的金额。",
            ),
        ),
    )


def _day(claim: Claim) -> str:
    if claim.filing is not None:
        return f"{claim.filing.filed_on} 申请"
    return f"截至 {claim.until}"


def _where(claim: Claim) -> str:
    """Which paper asks for it, and how far it got."""
    filing = claim.filing
    if filing is not None:
        kind = WORDS.get(f"filing.{filing.kind}", filing.kind)
        return f"{filing.filed_on} 向{filing.court}提交{kind}"
    return f"{TITLES[claim.kind]}（{'草稿，尚未提交' if claim.is_draft else '尚未提交'}）"


def _came_to(whys: Iterable[Why], claim: Claim) -> dict[int, str]:
    """What the late fee of each charge came to, and how that becomes what the paper claims."""
    if claim.reckoning is None or len(claim.reckoning.rows) != len(claim.charge_ids):
        return {one.charge_id: f"已产生 {yuan(one.late_fee_total_fen)}{_cap(one)}" for one in whys}
    asked = {(row.fee_item, row.period): row.sums for row in claim.reckoning.rows}
    return {
        one.charge_id: f"已产生 {yuan(sums.accrued_fen)}{_cap(one)}，已缴 {yuan(sums.fee_paid_fen)}，"
        f"减免或不主张 {yuan(sums.fee_dropped_fen)}，主张 {yuan(sums.late_fee_fen)}"
        for one in whys
        if (sums := asked.get((one.fee_item, one.period.label))) is not None
    }


def _line_then(one: Why, on: date) -> AskedLine:
    """What a charge owed on a day gone by."""
    moves = [move for move in one.movements if move.on <= on]
    principal_fen = one.amount_fen - sum(move.principal_fen for move in moves)
    late_fee_fen = one.late_fee_total_fen - sum(move.late_fee_fen for move in moves)
    bill = one.bill_number or _OPENING
    return AskedLine(one.fee_item, one.period.label, bill, str(one.due_on), principal_fen, late_fee_fen)


def _asked(lines: Sequence[AskedLine]) -> Table:
    rows = tuple(
        (
            *one[:4],
            yuan(one.principal_fen),
            yuan(one.late_fee_fen),
            yuan(one.principal_fen + one.late_fee_fen),
        )
        for one in lines
    )
    principal = sum(one.principal_fen for one in lines)
    late = sum(one.late_fee_fen for one in lines)
    columns = ("收费项目", "所属期", "账单编号", "应缴日", "主张本金", "主张违约金", "合计")
    total = ("合计", "", "", "", yuan(principal), yuan(late), yuan(principal + late))
    return Table("诉讼请求汇总（单位：元）", columns, rows, frozenset({4, 5, 6}), total)


def _standing(about: Matter) -> Exhibit:
    """What is owed on the day: what is claimed, and apart what else there is, with its own total."""
    found = explain_charges([charge.charge_id for charge in about.charges], as_of=about.as_of)
    claimed = [one for one in found if one.charge_id in about.claimed]
    aside = [one for one in found if one.charge_id not in about.claimed]
    tables = [_sums(_OWED, claimed), _segments(claimed, _owed(claimed)), _pauses(claimed)]
    if aside:
        tables.append(_sums(_ASIDE, aside))
    written = about.claim is not None
    return Exhibit(
        group=Group.CALCULATION,
        title=f"现时欠费计算表（截至 {about.as_of}）" if written else "本金及违约金计算表",
        proves="申请之后的履行情况及现时欠费金额" if written else "诉讼请求金额的计算过程",
        source="收费系统按合同约定计算",
        content=Sheet(tuple(tables), tuple(_notes(about, claimed))),
    )


def _notes(about: Matter, claimed: Iterable[Why]) -> Iterable[str]:
    yield f"计算截至 {about.as_of}（含当日）。"
    yield _RULE
    if about.claim is not None:
        filing, owed = about.claim.filing, yuan(sum(_fens(one)[-1] for one in claimed))
        paper = f"{filing.filed_on} 申请" if filing is not None else TITLES[about.claim.kind]
        yield f"{paper}所列费用截至本日尚欠 {owed} 元，其余费用不在该申请范围内。"


def _sums(heading: str, whys: list[Why]) -> Table:
    rows = tuple(
        (one.fee_item, one.period.label, one.bill_number or _OPENING, str(one.due_on), *_written(one))
        for one in whys
    )
    figures = [_fens(one) for one in whys]
    total = tuple(yuan(sum(column)) for column in zip(*figures, strict=True)) if figures else ("",) * 5
    columns = (
        "收费项目",
        "所属期",
        "账单编号",
        "应缴日",
        "应缴本金",
        "已缴或减免",
        "欠缴本金",
        "违约金",
        "合计",
    )
    return Table(heading, columns, rows, frozenset(range(4, 9)), ("合计", "", "", "", *total))


def _fens(one: Why) -> tuple[int, ...]:
    owed = one.unpaid_fen + one.late_fee_fen
    return one.amount_fen, one.settled_fen, one.unpaid_fen, one.late_fee_fen, owed


def _written(one: Why) -> tuple[str, ...]:
    return tuple(map(yuan, _fens(one)))


def _cap(one: Why) -> str:
    return f"（上限 {yuan(one.late_fee_cap_fen)}）" if one.is_capped else ""


def _owed(whys: Iterable[Why]) -> dict[int, str]:
    """What a charge's late fee came to, and what is left of it."""
    return {
        one.charge_id: f"已产生 {yuan(one.late_fee_total_fen)}{_cap(one)}，"
        f"已缴或减免 {yuan(one.late_fee_paid_fen + one.late_fee_waived_fen)}，尚欠 {yuan(one.late_fee_fen)}"
        for one in whys
    }


def _segments(whys: list[Why], said: Mapping[int, str]) -> Table:
    rows = []
    for one in whys:
        for part in one.late_fee_lines:
            rows.append(
                (
                    one.fee_item,
                    one.period.label,
                    str(part.first_on),
                    str(part.last_on),
                    yuan(part.unpaid_fen),
                    one.late_fee_rate,
                    str(part.days),
                    part.exact_yuan,
                )
            )
        if one.late_fee_lines:
            rows.append((one.fee_item, one.period.label, "小计", said.get(one.charge_id, ""), "", "", "", ""))
    columns = ("收费项目", "所属期", "自", "至", "未缴本金", "日率", "天数", "违约金（元）")
    return Table("违约金逐段计算", columns, tuple(rows), frozenset({4, 5, 6, 7}))


def _pauses(whys: list[Why]) -> Table:
    pauses = pauses_of([one.charge_id for one in whys])
    rows = tuple(
        (one.fee_item, one.period.label, str(pause.first_on), str(pause.last_on))
        for one in whys
        for pause in pauses.get(one.charge_id, ())
    )
    return Table("违约金的暂停计算", ("收费项目", "所属期", "自", "至"), rows)
