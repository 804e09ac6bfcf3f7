"""What the collector says first (R000-I11): who calls, which unit, what is open, and a question for a day."""

from __future__ import annotations

from arrears.cases.queries import CallDesk, CaseLine, PromiseRow
from arrears.cases.rules.promises import PromiseState
from values.fen import yuan


def script(desk: CallDesk, *, company: str, caller: str) -> tuple[str, ...]:
    """The sentences of the call, spoken to an owner and so in Chinese."""
    case, owed = desk.case, desk.owed
    since = owed.oldest_due_on
    known = f"，最早一笔应于{since:%Y年%-m月%-d日}前交纳" if since else ""
    lines = [
        f"您好，请问是{case.party_name}吗？我是{company}的{caller}。",
        f"您在{case.community_name}{case.unit_code}有{owed.months}个月的费用未交，"
        f"共{yuan(owed.overdue_fen)}元{known}。",
        *_of_dispute(case),
        "详细的缴费通知单已送到您家，您收到了吗？金额上有没有疑问？",
    ]
    if desk.promise is None or desk.promise.state is not PromiseState.OPEN:
        # A day that still runs is not asked for again.
        lines.append("请问您打算哪一天交？现金、转账都可以，我帮您记下来。")
    if desk.promise is not None:
        lines.insert(2, _of_promise(desk.promise))
    return tuple(lines)


def _of_dispute(case: CaseLine) -> tuple[str, ...]:
    """What is disputed is spoken of to settle it, never asked for."""
    if not case.disputed_fen:
        return ()
    disputed, left = yuan(case.disputed_fen), case.undisputed_fen
    asked = f"今天说的是其余的{yuan(left)}元。" if left > 0 else "今天只想了解处理得怎么样，不催这一笔。"
    return (f"其中{disputed}元您提出了异议，我们正在核实；{asked}",)


def _of_promise(promise: PromiseRow) -> str:
    said = f"{promise.made_on:%-m月%-d日}您说{promise.promised_on:%-m月%-d日}交"
    if promise.state is PromiseState.KEPT:
        return f"{said}，已经收到，谢谢您。这次说的是之后到期的费用。"
    if promise.state is PromiseState.BROKEN:
        return f"{said}，我们还没有收到全部款项。"
    return f"{said}，想再提醒您一下，到时方便交吗？"
