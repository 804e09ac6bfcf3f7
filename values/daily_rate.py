"""A late fee's daily rate as people write it: 0.03%, 万分之三. A fraction of one inside: 0.0003."""

import re
import unicodedata
from decimal import Decimal, InvalidOperation
from typing import Final

_DIGITS: Final = "零一二三四五六七八九"
_OUT_OF: Final = {"百": 100, "千": 1_000, "万": 10_000}
_SIGNS: Final = {"%": 100, "‰": 1_000, "‱": 10_000}
_WORDED: Final = re.compile(r"([百千万])分之(.+)")
_SIGNED: Final = re.compile(r"([0-9.]+)([%‰‱]?)")
_ROUND: Final = re.compile(r"^(?:按?每?日|每天)|[/每]?(?:日|天)$")


def percent(rate: Decimal) -> str:
    """A rate as a percentage, without zeros that say nothing.

    >>> percent(Decimal("0.00030000")), percent(Decimal("0.001")), percent(Decimal("0.000175"))
    ('0.03%', '0.1%', '0.0175%')
    """
    return f"{(rate * 100).normalize():f}%"


def in_characters(rate: Decimal) -> str:
    """A rate as a contract writes it: whole hundredths, else whole thousandths, else ten-thousandths.

    >>> in_characters(Decimal("0.00030000")), in_characters(Decimal("0.001")), in_characters(Decimal("0.01"))
    ('万分之三', '千分之一', '百分之一')
    >>> in_characters(Decimal("0.000175")), in_characters(Decimal("0.0012")), in_characters(Decimal("0.0025"))
    ('万分之一点七五', '万分之十二', '万分之二十五')
    """
    for name, base in _OUT_OF.items():
        share = rate * base
        if share == share.to_integral_value() or base == 10_000:
            return f"{name}分之{_number(share)}"
    raise AssertionError("the last base takes every rate")


def in_full(rate: Decimal) -> str:
    """Both ways, as Chinese documents print it.

    >>> in_full(Decimal("0.0003"))
    '0.03%（万分之三）'
    """
    return f"{percent(rate)}（{in_characters(rate)}）"


def parse(text: str) -> Decimal:
    """A daily rate as people type it; a bare number counts as percent. ValueError for anything else.

    >>> [str(parse(text)) for text in ("0.03%", "万分之三", "每日万分之3", "0.03", "0.3‰")]
    ['0.0003', '0.0003', '0.0003', '0.0003', '0.0003']
    >>> [str(parse(text)) for text in ("千分之一点五", "0.05%/日")]
    ['0.0015', '0.0005']
    """
    plain = _ROUND.sub("", "".join(unicodedata.normalize("NFKC", text).split()))
    worded = _WORDED.fullmatch(plain)
    if worded:
        return _exact(_decimal(_arabic(worded[2])) / _OUT_OF[worded[1]])
    signed = _SIGNED.fullmatch(plain)
    if signed is None:
        raise ValueError(f"this is no daily rate: {text!r}")
    return _exact(_decimal(signed[1]) / _SIGNS[signed[2] or "%"])


def _exact(rate: Decimal) -> Decimal:
    return Decimal(f"{rate.normalize():f}")


def _decimal(text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation as error:
        raise ValueError(f"this is no number: {text!r}") from error


def _number(share: Decimal) -> str:
    """Up to 99 in words, with decimals digit by digit; more as digits."""
    whole, _dot, decimals = f"{share.normalize():f}".partition(".")
    tail = "点" + "".join(_DIGITS[int(digit)] for digit in decimals) if decimals else ""
    tens, ones = divmod(int(whole), 10)
    if tens > 9:
        return f"{share.normalize():f}"
    head = "" if tens == 0 else ("十" if tens == 1 else f"{_DIGITS[tens]}十")
    return head + (_DIGITS[ones] if ones or not tens else "") + tail


def _arabic(text: str) -> str:
    """The same number in digits; what is none stays as it is and is refused later.

    >>> _arabic("三"), _arabic("一点七五"), _arabic("十二"), _arabic("二十"), _arabic("3.5")
    ('3', '1.75', '12', '20', '3.5')
    """
    shown = text.replace("两", "二").replace("〇", "零").replace("点", ".")
    for digit, character in enumerate(_DIGITS):
        shown = shown.replace(character, str(digit))
    tens, is_ten, ones = shown.partition("十")
    if not is_ten:
        return shown
    return f"{tens or '1'}{ones}" if ones[:1].isdigit() else f"{tens or '1'}0{ones}"
