"""What the collector says first (R000-I11): who calls, which unit, what is open, and a question for a day."""

from __future__ import annotations

from datetime import date

from arrears.cases.queries import CallDesk
from values.fen import yuan


def script(desk: CallDesk, *, company: str, caller: str, today: date) -> tuple[str, ...]:
    """The sentences of the call, spoken to an owner and so in Chinese."""
    case, owed = desk.case, desk.owed
    since = owed.oldest_due_on
    known = f"，最早一笔应于{since:%Y年%-m月%-d日}前交纳" if since else ""
    lines = [
        f"您好，请问是{case.party_name}吗？我是{company}的{caller}。",
        f"您在{case.community_name}{case.unit_code}有{owed.months}个月的费用未交，"
        f"共{yuan(owed.overdue_fen)}元{known}。",
        "详细的缴费通知单已送到您家，您收到了吗？金额上有没有疑问？",
        "请问您打算哪一天交？现金、转账都可以，我帮您记下来。",
    ]
    if case.promised_on is not None and case.promised_on < today:
        lines.insert(2, f"上次您说{case.promised_on:%-m月%-d日}交，我们还没有收到。")
    return tuple(lines)
