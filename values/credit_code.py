"""统一社会信用代码: the eighteen characters by which every organisation is known (GB 32100)."""

import re
from typing import Final

_ALPHABET: Final = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CODE: Final = re.compile(rf"[{_ALPHABET}]{{18}}")


def is_credit_code(code: str) -> bool:
    """Whether it is written as a code and its check character fits.

    >>> is_credit_code("91330100MA0000000C"), is_credit_code("91330100MA0000000A")
    (True, False)
    """
    # Digits alone are a person's but for the prefixes of companies, which no province has.
    if code[:17].isdecimal() and code[:2] not in ("91", "92", "93"):
        return False
    if not _CODE.fullmatch(code) or not code[2:8].isdecimal():
        return False
    total = sum(_ALPHABET.index(char) * pow(3, place, 31) for place, char in enumerate(code[:17]))
    return _ALPHABET[-total % 31] == code[17]
