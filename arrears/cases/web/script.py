"""What the collector says first (R000-I11): who calls, which unit and months, what is open, which day.

Who lives elsewhere is told how to pay from there (class D); who refuses is asked why (E).
"""

from __future__ import annotations

from collections.abc import Callable

from arrears.cases.queries import Agreed, CallDesk, CaseLine, PromiseRow
from arrears.cases.rules.promises import PromiseState
from values.fen import yuan

REMOTE, REFUSED = "D_REMOTE", "E_REFUSED"


def script(desk: CallDesk, *, company: str, caller: str, language: str = "zh") -> tuple[str, ...]:
    """The sentences of the call in Chinese, as owners are spoken to, or (`en`) in English.

    Who has an agreement is reminded of its day; what was deferred is never asked for, nor what is disputed.
    """
    if desk.contested:
        settle = _settle_in_english if language == "en" else _settle_in_chinese
        return settle(desk.case, company, caller)
    if desk.agreed is not None:
        remind = _remind_in_english if language == "en" else _remind_in_chinese
        return remind(desk.case, desk.agreed, company, caller)
    speak = _english if language == "en" else _chinese
    return speak(desk, company, caller)


def _settle_in_chinese(case: CaseLine, company: str, caller: str) -> tuple[str, ...]:
    return (
        f"您好，请问是{case.party_name}吗？我是{company}的{caller}。",
        f"您对{case.community_name}{case.unit_code}的费用提出了异议，我们正在核实，今天不是来催费的。",
        "想再了解一下情况，您还有什么要补充的吗？核实结果我们会答复您。",
    )


def _settle_in_english(case: CaseLine, company: str, caller: str) -> tuple[str, ...]:
    return (
        f"Hello, am I speaking to {case.party_name}? This is {caller} of {company}.",
        f"You object to the fees of {case.unit_code} in {case.community_name}; we are looking into"
        " that and ask for nothing today.",
        "Is there anything you would like to add? We will answer you.",
    )


_AGREED_IN_CHINESE = {"DEFERRAL": "延期交费", "INSTALMENT": "分期交费"}
_AGREED_IN_ENGLISH = {"DEFERRAL": "to pay later", "INSTALMENT": "to pay in instalments"}


def _remind_in_chinese(case: CaseLine, agreed: Agreed, company: str, caller: str) -> tuple[str, ...]:
    what = _AGREED_IN_CHINESE[agreed.kind]
    hello = f"您好，请问是{case.party_name}吗？我是{company}的{caller}。"
    if agreed.next_on is None:
        return hello, f"您办理的{what}我们有记录，今天不催交。"
    day = f"{agreed.next_on:%Y年%-m月%-d日}"
    return (
        hello,
        f"您在{case.community_name}{case.unit_code}办理的{what}，下一次约定的交费日是{day}，今天只是提醒您一下。",
        "按约定交就可以，其余的现在不用交。谢谢您。",
    )


def _remind_in_english(case: CaseLine, agreed: Agreed, company: str, caller: str) -> tuple[str, ...]:
    what = _AGREED_IN_ENGLISH[agreed.kind]
    hello = f"Hello, am I speaking to {case.party_name}? This is {caller} of {company}."
    if agreed.next_on is None:
        return hello, f"You agreed {what}; we have that on record, and I am not asking for anything today."
    return (
        hello,
        f"For {case.unit_code} in {case.community_name} you agreed {what}; the next day is"
        f" {agreed.next_on:%-d %B %Y}. This is only a reminder.",
        "Please pay as agreed; nothing else is asked for now. Thank you.",
    )


def _chinese(desk: CallDesk, company: str, caller: str) -> tuple[str, ...]:
    case, owed = desk.case, desk.asked
    since = owed.oldest_due_on
    known = f"，最早一笔应于{since:%Y年%-m月%-d日}前交纳" if since else ""
    period = f"（{desk.period}）" if desk.period else ""
    lines = [
        f"您好，请问是{case.party_name}吗？我是{company}的{caller}。",
        *(
            [
                f"您在{case.community_name}{case.unit_code}有{owed.months}个月的费用未交"
                f"{period}，共{yuan(owed.overdue_fen)}元{known}。"
            ]
            if owed.overdue_fen
            else []
        ),
        *_of_dispute(case),
        *_of_promise(desk, _promise_in_chinese),
        "详细的缴费通知单已送到您家，您收到了吗？金额上有没有疑问？",
    ]
    return (*lines, *_by_class(desk, _remote_in_chinese(desk), _WHY_IN_CHINESE, _ASK_IN_CHINESE))


def _of_dispute(case: CaseLine) -> tuple[str, ...]:
    """What is disputed is spoken of to settle it, never asked for: it stands outside the sum."""
    if not case.disputed_fen:
        return ()
    disputed = yuan(case.disputed_fen)
    if case.undisputed_fen > 0:
        return (f"另有{disputed}元您提出了异议，我们正在核实，不在这个数里。",)
    return (f"有{disputed}元您提出了异议，我们正在核实；今天只想了解处理得怎么样，不催这一笔。",)


def _of_dispute_in_english(case: CaseLine) -> tuple[str, ...]:
    if not case.disputed_fen:
        return ()
    rest = "That is not in this sum." if case.undisputed_fen > 0 else "I am not asking for it."
    return (f"You object to {yuan(case.disputed_fen)} yuan; we are looking into that. {rest}",)


def _english(desk: CallDesk, company: str, caller: str) -> tuple[str, ...]:
    case, owed = desk.case, desk.asked
    since = owed.oldest_due_on
    known = f"; the first of it fell due on {since:%-d %B %Y}" if since else ""
    period = f" ({desk.period})" if desk.period else ""
    lines = [
        f"Hello, am I speaking to {case.party_name}? This is {caller} of {company}.",
        *(
            [
                f"For {case.unit_code} in {case.community_name} the fees of {owed.months} month(s){period}"
                f" are open: {yuan(owed.overdue_fen)} yuan in all{known}."
            ]
            if owed.overdue_fen
            else []
        ),
        *_of_dispute_in_english(case),
        *_of_promise(desk, _promise_in_english),
        "A detailed notice was left at your door. Have you seen it, and is anything in it unclear?",
    ]
    return (*lines, *_by_class(desk, _remote_in_english(desk), _WHY_IN_ENGLISH, _ASK_IN_ENGLISH))


_ASK_IN_CHINESE = "请问您打算哪一天交？现金、转账都可以，我帮您记下来。"
_ASK_IN_ENGLISH = "On which day will you pay? Cash or a transfer, both are fine; I will note it down."
_WHY_IN_CHINESE = (
    "您不交是因为什么？我记下来，今天就报给主管，由主管给您答复。没有争议的部分，您看能不能先交？"
)
_WHY_IN_ENGLISH = (
    "May I ask why? I will note it and report it today; my supervisor will answer you."
    " Could the part that is not in question be paid meanwhile?"
)


def _by_class(desk: CallDesk, remote: str, why: str, ask: str) -> tuple[str, ...]:
    klass = desk.case.klass
    first = {REMOTE: remote, REFUSED: why}.get(klass, "")
    # A day that still runs is not asked for again, and who refuses is asked why before he is asked when.
    asked = desk.promise is not None and desk.promise.state is PromiseState.OPEN
    silent = asked or klass == REFUSED or desk.asked.overdue_fen == 0
    return tuple(line for line in (first, "" if silent else ask) if line)


def _remote_in_chinese(desk: CallDesk) -> str:
    if desk.payee is None:
        return "您在外地，可以用手机转账，账号在缴费通知单上。附言请写房号。"
    name, bank, account = desk.payee
    return (
        f"您在外地，可以用手机银行转账：户名{name}，开户行{bank}，账号{account}，"
        f"附言请写{desk.case.unit_code}。转好后告诉我一声，我帮您查到账。"
    )


def _remote_in_english(desk: CallDesk) -> str:
    if desk.payee is None:
        return "You are away: please transfer it, the account is on the notice; name the room in the remark."
    name, bank, account = desk.payee
    return (
        f"You are away: please transfer it to {name}, {bank}, account {account},"
        f" with {desk.case.unit_code} in the remark. Tell me once it is done, and I will look for it."
    )


def _of_promise(desk: CallDesk, said: Callable[[PromiseRow], str]) -> tuple[str, ...]:
    return () if desk.promise is None else (said(desk.promise),)


def _promise_in_chinese(promise: PromiseRow) -> str:
    said = f"{promise.made_on:%-m月%-d日}您说{promise.promised_on:%-m月%-d日}{_part(promise)}"
    if promise.state is PromiseState.KEPT:
        rest = "其余的费用" if promise.left_fen else "之后到期的费用"
        return f"{said}，已经收到，谢谢您。这次说的是{rest}。"
    if promise.state is PromiseState.BROKEN:
        return f"{said}，我们还没有收到全部款项。"
    return f"{said}，想再提醒您一下，到时方便交吗？"


def _part(promise: PromiseRow) -> str:
    return f"先交{yuan(promise.amount_fen)}元" if promise.left_fen else "交"


def _promise_in_english(promise: PromiseRow) -> str:
    part = f" {yuan(promise.amount_fen)} yuan" if promise.left_fen else ""
    said = f"On {promise.made_on:%-d %B} you said you would pay{part} on {promise.promised_on:%-d %B}"
    if promise.state is PromiseState.KEPT:
        rest = "the rest" if promise.left_fen else "what fell due after that"
        return f"{said}; it has arrived, thank you. This is about {rest}."
    if promise.state is PromiseState.BROKEN:
        return f"{said}; not all of it has arrived."
    return f"{said}; may I remind you of it, and does the day still suit you?"
