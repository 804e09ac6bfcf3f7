"""What a text to an owner may never say: blockers for templates and finished texts (1.15, 2.8, 4)."""

import re
from enum import StrEnum
from typing import Final, NamedTuple


class Forbidden(StrEnum):
    """The kinds of findings; the code a refusal carries."""

    CUTS_SERVICE = "cuts_service"
    LIMITS_ACCESS = "limits_access"
    CREDIT_THREAT = "credit_threat"
    FINE = "fine"
    PUBLIC_LAW_WORD = "public_law_word"
    INSULT = "insult"
    PUBLIC_SHAMING = "public_shaming"
    THIRD_PARTY = "third_party"
    THREAT = "threat"
    LATE_FEE_WITHOUT_CLAUSE = "late_fee_without_clause"
    SIGNATURE_MISSING = "signature_missing"


class Finding(NamedTuple):
    """`text[start:end]` is the phrase that must go."""

    code: Forbidden
    start: int
    end: int
    phrase: str


_SUPPLY: Final = "(?:水|电|气|暖|热|燃气|天然气|煤气|网)(?![费表位池箱路泵话子脑])"
_GATE: Final = (
    "(?:门禁|门卡|电梯(?!费)|梯控|道闸|车辆|车牌|车位(?!费|管理费)|停车(?!费|位费|管理费)"
    "|出入|通行|进出|进入小区|人脸|快递|包裹|钥匙)"
)
_BAN: Final = "限制|停用|停止使用|暂停|禁止|禁用|冻结|注销|锁定|扣留|拦截|失效|屏蔽"
_BOARD: Final = "(?:门口|公告栏|宣传栏|电梯|大堂|小区群|业主群)"
_KIN: Final = "(?:单位|领导|同事|雇主|家属|家人|父母|子女|亲属|亲友|邻居|学校|老师)"

# Gaps ({0,n}) are short: the words must belong to one statement, not merely stand in one letter.
_PATTERNS: Final[tuple[tuple[Forbidden, str], ...]] = (
    (Forbidden.CUTS_SERVICE, rf"(?:停止?|切?断|(?<!无)限|掐|中断|暂停)(?:供应?|您的|您家)?{_SUPPLY}"),
    (
        Forbidden.CUTS_SERVICE,
        r"(?:停止|中断|暂停|终止|拒绝)(?:一切|全部|对?您的?|为您)?(?:提供)?(?:物业)?服务",
    ),
    (Forbidden.LIMITS_ACCESS, rf"(?:{_BAN}|取消|关闭|不得|拒绝)[^，。；！]{{0,6}}{_GATE}"),
    (Forbidden.LIMITS_ACCESS, rf"{_GATE}[^，。；！]{{0,6}}(?:{_BAN})"),
    (Forbidden.CREDIT_THREAT, r"征信|信用记录|信用污点|信用报告|个人信用|黑名单|不良记录"),
    (Forbidden.FINE, r"罚款|罚金|处罚|罚没|加罚|惩罚"),
    (Forbidden.PUBLIC_LAW_WORD, r"滞纳金"),
    (
        Forbidden.INSULT,
        r"老赖|无赖|赖账|赖皮|耍赖|可耻|无耻|厚颜|不要脸|没素质|素质低|缺德|丢人|败类|骗子|恶意欠费",
    ),
    (
        Forbidden.PUBLIC_SHAMING,
        r"大字报|(?:门口|公告栏|宣传栏|电梯|大堂|小区群|业主群)[^，。；！]{0,8}(?:张贴|贴出|公开|点名)"
        r"[^，。；！]{0,6}(?:欠费|姓名|房号)",
    ),
    (Forbidden.PUBLIC_SHAMING, r"曝光|公[布示][^，。；！]{0,8}(?:姓名|名单|房号)"),
    (Forbidden.PUBLIC_SHAMING, r"(?:姓名|名单|房号)[^，。；！]{0,6}(?:公示|公布|上墙|张贴)"),
    (Forbidden.THIRD_PARTY, rf"(?:告知|通知|通报|联系|转告|反映给|找)(?:您|你)的?[^，。；！]{{0,4}}{_KIN}"),
    (Forbidden.THREAT, r"后果自负|走着瞧|不客气|强制搬离|赶出|驱逐|拘留|坐牢|刑事责任"),
)
_ENFORCEMENT_LIST: Final = re.compile(r"失信被执行人|失信名单|限制高消费|限制消费")
# Only a court takes these, and only from a judgment on.
_SEIZURE: Final = re.compile(
    r"(?:冻结|查封|扣押|扣划|划走|强制扣)[^，。；！]{0,4}(?:工资|账户|帐户|银行卡|存款|资产|财产|房产|房屋)"
)
_LATE_FEE: Final = re.compile(r"违约金")
_COMPILED: Final = tuple((code, re.compile(pattern)) for code, pattern in _PATTERNS)
# Spaces and filler marks between characters would otherwise hide a phrase.
_FILLER: Final = frozenset(" \t\r\n\u3000\u200b\u200c\u200d\ufeff·•*_-~|")


def lint(text: str, *, late_fee_clause: bool, effective_instrument: bool = False) -> tuple[Finding, ...]:
    """Every forbidden phrase in order of place; empty when the text may go out.

    `late_fee_clause`: whether the contract has one (L-L6). `effective_instrument`: a judgment stands unpaid,
    so the court's own lists may be named as a fact (R003-7, L-P15).

    >>> [finding.code.value for finding in lint("逾期将停 水停电", late_fee_clause=True)]
    ['cuts_service', 'cuts_service']
    >>> lint("您可通过微信缴纳物业费及停车费，公摊水电费明细见附件。", late_fee_clause=False)
    ()
    """
    squeezed, places = _squeeze(text)
    patterns = list(_COMPILED)
    if not effective_instrument:
        patterns += [(Forbidden.CREDIT_THREAT, _ENFORCEMENT_LIST), (Forbidden.THREAT, _SEIZURE)]
    if not late_fee_clause:
        patterns.append((Forbidden.LATE_FEE_WITHOUT_CLAUSE, _LATE_FEE))
    found = {
        _finding(code, text, places, match)
        for code, pattern in patterns
        for match in pattern.finditer(squeezed)
    }
    return tuple(sorted(found, key=lambda finding: (finding.start, finding.end, finding.code)))


def lint_sms(text: str, *, late_fee_clause: bool, effective_instrument: bool = False) -> tuple[Finding, ...]:
    """As `lint`; an SMS must also begin with the registered signature 【公司简称】 (L-S3)."""
    findings = lint(text, late_fee_clause=late_fee_clause, effective_instrument=effective_instrument)
    if re.match(r"【[^】\s]{2,12}】", text):
        return findings
    return (Finding(Forbidden.SIGNATURE_MISSING, 0, 0, ""), *findings)


def _squeeze(text: str) -> tuple[str, list[int]]:
    """The text without filler, and each kept character's place in the original."""
    places = [place for place, char in enumerate(text) if char not in _FILLER]
    return "".join(text[place] for place in places), places


def _finding(code: Forbidden, text: str, places: list[int], match: re.Match[str]) -> Finding:
    start, end = places[match.start()], places[match.end() - 1] + 1
    return Finding(code, start, end, text[start:end])
