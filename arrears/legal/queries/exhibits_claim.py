"""Exhibits that calculate to the cent: the claim as it was filed, and what is owed on the bundle's day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Final, NamedTuple

from arrears.legal.models import Filing
from arrears.legal.queries.exhibits import Matter
from arrears.legal.rules.exhibits import Exhibit, Group, Sheet, Table
from billing.charges.queries import Why, explain_charges
from billing.charges.queries.open import pauses_of
from notices import queries as notices
from tenancy.people.words import WORDS
from values.fen import yuan

_CLAIMS: Final = (Filing.Kind.PAYMENT_ORDER, Filing.Kind.COMPLAINT)
_OPENING: Final = "期初欠费"
_RULE: Final = "违约金=每一时段未缴本金×日率×计算天数之和，按每笔费用四舍五入到分，不超过约定上限。"


class _Line(NamedTuple):
    """What a filed paper asks for of one charge."""

    fee_item: str
    period: str
    bill_number: str
    due_on: str
    principal_fen: int
    late_fee_fen: int


class _Claim(NamedTuple):
    """A filing with the figures of its paper. `until`: the day its late fee was calculated to."""

    filing: Filing
    until: date
    lines: tuple[_Line, ...]
    costs: tuple[tuple[str, int], ...]
    whys: list[Why]


def calculation_part(about: Matter) -> Iterable[Exhibit]:
    """The claim as it was filed, charge by charge, and beside it how things stand; unfiled, only that.

    A court reads the sum that it was asked for; what came since is another matter, and says its own day.
    """
    filing = (
        Filing.objects.filter(case_id=about.case.case_id, kind__in=_CLAIMS, filed_on__lte=about.as_of)
        .order_by("-filed_on", "-pk")
        .first()
    )
    if filing is not None:
        yield _as_filed(_claim_of(filing))
    yield _standing(about, filing)


def _claim_of(filing: Filing) -> _Claim:
    """From the paper, which is what the court has; from the charges of that day where there was none."""
    data: Mapping[str, Any] = notices.get(filing.notice_id).data if filing.notice_id else {}
    said = data.get("late_fee_until") or data.get("claims", {}).get("as_of")
    until = date.fromisoformat(said) if said else filing.filed_on
    whys = explain_charges(filing.charge_ids, as_of=until)
    lines = tuple(
        _Line(
            fee_item=row["fee_item"],
            period=row["period"],
            bill_number=row.get("bill_number", ""),
            due_on=row["due_on"],
            principal_fen=row["principal_fen"],
            late_fee_fen=row.get("late_fee_fen", 0),
        )
        for row in data.get("lines", ())
    )
    costs = data.get("costs") or data.get("claims", {}).get("costs") or ()
    named = tuple((f"{row['name']} {row.get('reference', '')}".strip(), row["amount_fen"]) for row in costs)
    return _Claim(filing, until, lines or tuple(_line_then(one, until) for one in whys), named, whys)


def _line_then(one: Why, on: date) -> _Line:
    """What a charge owed on a day gone by."""
    moves = [move for move in one.movements if move.on <= on]
    principal_fen = one.amount_fen - sum(move.principal_fen for move in moves)
    late_fee_fen = one.late_fee_total_fen - sum(move.late_fee_fen for move in moves)
    bill = one.bill_number or _OPENING
    return _Line(one.fee_item, one.period.label, bill, str(one.due_on), principal_fen, late_fee_fen)


def _as_filed(claim: _Claim) -> Exhibit:
    filing = claim.filing
    kind = WORDS.get(f"filing.{filing.kind}", filing.kind)
    tables = [_asked(claim.lines)]
    if claim.costs:
        costs = tuple((name, yuan(fen)) for name, fen in claim.costs)
        total = ("合计", yuan(sum(fen for _name, fen in claim.costs)))
        tables.append(Table("一并主张的费用（单位：元）", ("费用", "金额"), costs, frozenset({1}), total))
    accrued = {one.charge_id: f"已产生 {yuan(one.late_fee_total_fen)}{_cap(one)}" for one in claim.whys}
    tables += [_segments(claim.whys, accrued), _pauses(claim.whys)]
    return Exhibit(
        group=Group.CALCULATION,
        title=f"诉讼请求金额计算表（{filing.filed_on} 申请）",
        proves="诉讼请求金额的计算过程",
        source="立案文书、收费系统按合同约定计算",
        content=Sheet(
            tuple(tables),
            (
                f"{filing.filed_on} 向{filing.court}提交{kind}，请求金额合计 {yuan(filing.claim_fen)} 元；"
                f"违约金计算截至 {claim.until}（含当日）。",
                f"{_RULE}汇总表为所提交文书主张的金额，逐段计算表为按合同约定产生的金额。",
            ),
        ),
    )


def _asked(lines: Sequence[_Line]) -> Table:
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


def _standing(about: Matter, filing: Filing | None) -> Exhibit:
    """Principal and late fee of each charge past due, days, rate and pauses: the figures of the statement."""
    ids = [charge.charge_id for charge in about.charges]
    found = {one.charge_id: one for one in explain_charges(ids, as_of=about.as_of)}
    whys = [found[charge_id] for charge_id in ids]
    notes = [f"计算截至 {about.as_of}（含当日）。", _RULE]
    if filing is not None:
        claimed = [one for one in whys if one.charge_id in set(filing.charge_ids)]
        owed = yuan(sum(_fens(one)[-1] for one in claimed))
        notes.append(f"{filing.filed_on} 申请所列费用截至本日尚欠 {owed} 元，其余费用不在该申请范围内。")
    return Exhibit(
        group=Group.CALCULATION,
        title="本金及违约金计算表" if filing is None else f"现时欠费计算表（截至 {about.as_of}）",
        proves="诉讼请求金额的计算过程" if filing is None else "申请之后的履行情况及现时欠费金额",
        source="收费系统按合同约定计算",
        content=Sheet((_sums(whys), _segments(whys, _owed(whys)), _pauses(whys)), tuple(notes)),
    )


def _sums(whys: list[Why]) -> Table:
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
    return Table("汇总（单位：元）", columns, rows, frozenset(range(4, 9)), ("合计", "", "", "", *total))


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
            rows.append((one.fee_item, one.period.label, "小计", said[one.charge_id], "", "", "", ""))
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
