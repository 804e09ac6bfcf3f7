"""The texts a company starts with, the fields they may use, and how a debt becomes those fields."""

from __future__ import annotations

from datetime import date
from types import MappingProxyType
from typing import Final, NamedTuple

from notices.rules.lint import Finding, lint, lint_sms
from notices.rules.render import check, render
from notices.rules.sms import Length, length
from values.because import Because, because
from values.fen import yuan

_DUE_FIELDS: Final = frozenset(
    {"company", "community", "unit", "amount", "due_on", "days_late", "as_of", "phone", "place"}
)
_TICKET_FIELDS: Final = frozenset(
    {"company", "community", "unit", "ticket", "finding", "answer", "until", "phone"}
)

_RELIEF_FIELDS: Final = frozenset({"company", "community", "unit", "phone", "place"})


class Text(NamedTuple):
    """A template: `subject` only for e-mail."""

    subject: str
    body: str


class TextRule(NamedTuple):
    """What a template of a kind may and must name (amount, day and where to pay: R000-A1)."""

    allowed: frozenset[str]
    required: frozenset[str]


class Message(NamedTuple):
    """A finished text and what the lint found in it; it may go out when `findings` is empty."""

    subject: str
    body: str
    findings: tuple[Finding, ...] = ()


class Problem(NamedTuple):
    """Why a template cannot be saved: the field it stands in, and the reason."""

    field: str
    because: Because


class Tried(NamedTuple):
    """A template filled with examples; `length` is what an SMS costs, None for an e-mail."""

    subject: str
    body: str
    length: Length | None


# A text that no provider takes, or nobody reads, is a mistake.
MOST_CHARS: Final = MappingProxyType({"SMS": 500, "EMAIL": 5_000})
MOST_SUBJECT_CHARS: Final = 120

RULES: Final = MappingProxyType(
    {
        "PRE_DUE": TextRule(_DUE_FIELDS, frozenset({"unit", "amount", "due_on", "phone"})),
        "REMINDER": TextRule(_DUE_FIELDS, frozenset({"unit", "amount", "as_of", "phone"})),
        "RELIEF_NEWS": TextRule(_RELIEF_FIELDS | {"matter", "news"}, frozenset({"unit", "matter", "news"})),
        "INSTALMENT_DUE": TextRule(
            _RELIEF_FIELDS | {"part", "amount", "due_on"}, frozenset({"unit", "part", "amount", "due_on"})
        ),
        "DEFERRAL_ENDS": TextRule(
            _RELIEF_FIELDS | {"amount", "ends_on"}, frozenset({"unit", "amount", "ends_on"})
        ),
        "PORTAL_CODE": TextRule(frozenset({"company", "code", "minutes"}), frozenset({"code"})),
        "TICKET_ANSWER": TextRule(_TICKET_FIELDS, frozenset({"unit", "ticket", "finding", "until", "phone"})),
    }
)

DEFAULTS: Final = MappingProxyType(
    {
        ("PRE_DUE", "SMS"): Text(
            "",
            "【{{company}}】尊敬的业主：您在{{community}}{{unit}}的物业费等共{{amount}}元，请于{{due_on}}前缴纳。"
            "缴费地点：{{place}}，电话{{phone}}。已缴请忽略，感谢您的支持。",
        ),
        ("PRE_DUE", "EMAIL"): Text(
            "{{community}}{{unit}}缴费提醒",
            "尊敬的业主：\n\n您好！您在{{community}}{{unit}}的物业费等费用共{{amount}}元，请于{{due_on}}前缴纳。\n"
            "缴费地点：{{place}}；咨询电话：{{phone}}。\n\n如您已缴纳，请忽略本邮件。感谢您的支持！\n\n{{company}}",
        ),
        ("REMINDER", "SMS"): Text(
            "",
            "【{{company}}】尊敬的业主：您在{{community}}{{unit}}的费用已逾期{{days_late}}天，截至{{as_of}}应缴"
            "{{amount}}元。请尽快缴纳，地点：{{place}}，电话{{phone}}。如有困难或异议请与我们联系，已缴请忽略。",
        ),
        ("REMINDER", "EMAIL"): Text(
            "{{community}}{{unit}}逾期缴费提醒",
            "尊敬的业主：\n\n您好！您在{{community}}{{unit}}的费用最早一笔应于{{due_on}}前缴纳，现已逾期{{days_late}}天。"
            "截至{{as_of}}应缴{{amount}}元。\n缴费地点：{{place}}；咨询电话：{{phone}}。\n\n"
            "如有困难或异议，请与我们联系；如您已缴纳，请忽略本邮件。\n\n{{company}}",
        ),
        ("RELIEF_NEWS", "SMS"): Text(
            "",
            "【{{company}}】尊敬的业主：您在{{community}}{{unit}}的{{matter}}{{news}}。如有疑问，请致电{{phone}}。",
        ),
        ("RELIEF_NEWS", "EMAIL"): Text(
            "{{community}}{{unit}}{{matter}}进展",
            "尊敬的业主：\n\n您好！您在{{community}}{{unit}}的{{matter}}{{news}}。\n"
            "如有疑问，请联系{{place}}，电话{{phone}}。\n\n{{company}}",
        ),
        ("INSTALMENT_DUE", "SMS"): Text(
            "",
            "【{{company}}】尊敬的业主：您在{{community}}{{unit}}的分期款{{part}}{{amount}}元，请于{{due_on}}前缴纳。"
            "地点：{{place}}，电话{{phone}}。已缴请忽略，感谢您的支持。",
        ),
        ("INSTALMENT_DUE", "EMAIL"): Text(
            "{{community}}{{unit}}分期款{{part}}缴费提醒",
            "尊敬的业主：\n\n您好！按照分期还款协议，您在{{community}}{{unit}}的分期款{{part}}{{amount}}元，"
            "请于{{due_on}}前缴纳。\n缴费地点：{{place}}；咨询电话：{{phone}}。\n\n"
            "如您已缴纳，请忽略本邮件。感谢您的支持！\n\n{{company}}",
        ),
        ("DEFERRAL_ENDS", "SMS"): Text(
            "",
            "【{{company}}】尊敬的业主：您在{{community}}{{unit}}缓缴的费用共{{amount}}元，缓缴期至{{ends_on}}止，"
            "请在到期前缴纳。地点：{{place}}，电话{{phone}}。已缴请忽略。",
        ),
        ("DEFERRAL_ENDS", "EMAIL"): Text(
            "{{community}}{{unit}}缓缴到期提醒",
            "尊敬的业主：\n\n您好！您在{{community}}{{unit}}缓缴的费用共{{amount}}元，缓缴期至{{ends_on}}止，"
            "请在到期前缴纳。\n缴费地点：{{place}}；咨询电话：{{phone}}。\n\n"
            "如仍有困难，请在到期前与我们联系；如您已缴纳，请忽略本邮件。\n\n{{company}}",
        ),
        ("TICKET_ANSWER", "SMS"): Text(
            "",
            "【{{company}}】尊敬的业主：您就{{community}}{{unit}}提出的异议（工单{{ticket}}）已核实：{{finding}}。"
            "详情请在业主端查看。如不同意，请于{{until}}前回复，电话{{phone}}。",
        ),
        ("TICKET_ANSWER", "EMAIL"): Text(
            "{{community}}{{unit}}异议答复（工单{{ticket}}）",
            "尊敬的业主：\n\n您好！您就{{community}}{{unit}}提出的异议（工单{{ticket}}）已核实：{{finding}}。\n"
            "{{answer}}\n\n如不同意，请于{{until}}前在业主端回复，或致电{{phone}}。\n\n{{company}}",
        ),
        ("PORTAL_CODE", "SMS"): Text(
            "", "【{{company}}】您的登录验证码是{{code}}，{{minutes}}分钟内有效。请勿告诉他人。"
        ),
    }
)


_RELIEF_EXAMPLES: Final = MappingProxyType(
    {
        "RELIEF_NEWS": {"matter": "缓缴申请", "news": "已通过，缓缴期至2026-05-31"},
        "INSTALMENT_DUE": {"part": "第2期", "amount": "873.95", "due_on": "2026-04-30"},
        "DEFERRAL_ENDS": {"amount": "2520.24", "ends_on": "2026-05-31"},
    }
)


def due_fields(
    *,
    company: str,
    community: str,
    unit: str,
    amount_fen: int,
    late_fee_fen: int = 0,
    due_on: date,
    as_of: date,
    phone: str,
    place: str = "",
    days_late: int = 0,
) -> dict[str, str | int]:
    """The fields of PRE_DUE and REMINDER. amount_fen includes late_fee_fen, which is then named beside it.

    >>> due_fields(
    ...     company="锦绣物业", community="锦绣花园", unit="3-1-1602", amount_fen=21065, late_fee_fen=63,
    ...     due_on=date(2026, 1, 31), as_of=date(2026, 2, 10), phone="88", days_late=10)["amount"]
    '210.65（含违约金0.63）'
    """
    late = f"（含违约金{yuan(late_fee_fen)}）" if late_fee_fen else ""
    return {
        "company": company,
        "community": community,
        "unit": unit,
        "amount": yuan(amount_fen) + late,
        "due_on": due_on.isoformat(),
        "as_of": as_of.isoformat(),
        "phone": phone,
        "place": place or "物业服务中心",
        "days_late": days_late,
    }


def compose(text: Text, fields: dict[str, str | int], *, channel: str, late_fee_clause: bool) -> Message:
    """The finished text with what the lint found. TemplateError when a field is absent or blank."""
    subject = render(text.subject, fields) if text.subject else ""
    body = render(text.body, fields)
    check = lint_sms if channel == "SMS" else lint
    findings = check(body, late_fee_clause=late_fee_clause) + lint(subject, late_fee_clause=late_fee_clause)
    return Message(subject, body, findings)


def examples(kind: str, *, company: str) -> dict[str, str | int]:
    """Every field that a template of the kind may use, filled as one owner would read it."""
    if kind == "PORTAL_CODE":
        return {"company": company, "code": "302516", "minutes": 5}
    if kind in _RELIEF_EXAMPLES:
        return {
            "company": company, "community": "锦绣花园", "unit": "3-1-1602", "phone": "0571-88000000",
            "place": "客户服务中心", **_RELIEF_EXAMPLES[kind],
        }  # fmt: skip
    if kind == "TICKET_ANSWER":
        return {
            "company": company,
            "community": "锦绣花园",
            "unit": "3-1-1602",
            "ticket": 17,
            "finding": "部分属实",
            "answer": "屋顶渗漏已修复，二月物业费减收一成。",
            "until": "2026-06-17",
            "phone": "0571-88000000",
        }
    return due_fields(
        company=company,
        community="锦绣花园",
        unit="3-1-1602",
        amount_fen=252_024,
        due_on=date(2026, 5, 31),
        as_of=date(2026, 6, 10),
        phone="0571-88000000",
        place="客户服务中心",
        days_late=10,
    )


def problems(kind: str, channel: str, text: Text) -> tuple[Problem, ...]:
    """Everything that keeps a template from being saved, the subject's first; empty when it is sound.

    Codes: `missing_fields`, `unknown_fields`, `broken_placeholder` (rules/render), `text_empty`,
    `text_too_long`, `subject_not_for_sms` and `lint.<code>` with the `phrase` (rules/lint).

    >>> [one.because.code for one in problems("PORTAL_CODE", "SMS", Text("", "{{code}} 否则停水"))]
    ['lint.signature_missing', 'lint.cuts_service']
    """
    rule = RULES[kind]
    found = _subject_problems(channel, text.subject, rule)
    if not text.body.strip():
        return (*found, Problem("body", because("text_empty")))
    most = MOST_CHARS[channel]
    if len(text.body) > most:
        found.append(Problem("body", because("text_too_long", most=most)))
    wrong = check(text.body, allowed=rule.allowed, required=rule.required)
    if wrong is not None:
        found.append(Problem("body", wrong))
    return (*found, *_said("body", text.body, rule, is_sms=channel == "SMS"))


def try_out(text: Text, *, channel: str, fields: dict[str, str | int]) -> Tried | None:
    """The template filled with these fields; None when it cannot be filled."""
    if check(text.body, allowed=fields.keys()) or check(text.subject, allowed=fields.keys()):
        return None
    body = render(text.body, fields)
    return Tried(render(text.subject, fields), body, length(body) if channel == "SMS" else None)


def _subject_problems(channel: str, subject: str, rule: TextRule) -> list[Problem]:
    if channel == "SMS":
        return [Problem("subject", because("subject_not_for_sms"))] if subject else []
    if not subject.strip():
        return [Problem("subject", because("text_empty"))]
    if len(subject) > MOST_SUBJECT_CHARS:
        return [Problem("subject", because("text_too_long", most=MOST_SUBJECT_CHARS))]
    wrong = check(subject, allowed=rule.allowed)
    found = [] if wrong is None else [Problem("subject", wrong)]
    return [*found, *_said("subject", subject, rule, is_sms=False)]


def _said(field: str, template: str, rule: TextRule, *, is_sms: bool) -> list[Problem]:
    """What the lint finds once the fields are filled: a phrase must not hide behind a field's brackets."""
    if check(template, allowed=rule.allowed) is not None:
        filled = template
    else:
        filled = render(template, dict.fromkeys(rule.allowed, "88"))
    found = (lint_sms if is_sms else lint)(filled, late_fee_clause=False)
    return [Problem(field, because(f"lint.{one.code.value}", phrase=one.phrase)) for one in found]
