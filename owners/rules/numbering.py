"""The numbers that documents carry: how they are written, and how they are read when people type them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import Final

# What a number begins with, by the kind of document. A kind that is not listed stands for itself.
PREFIXES: Final[Mapping[str, str]] = {
    "SECOND_DEMAND": "DEMAND2",
    "LAWYER_LETTER": "LETTER",
    "PAYMENT_ORDER_APPLICATION": "ORDER",
    "PAYMENT_ORDER_WITHDRAWAL": "ORDEROFF",
    "EVIDENCE_LIST": "EVIDENCE",
    "ENFORCEMENT_APPLICATION": "ENFORCE",
    "INSTALMENT_PLAN": "PLAN",
}
_NUMBER = re.compile(r"([A-Z0-9_\u4e00-\u9fff]+(?:-[A-Z0-9_\u4e00-\u9fff]+)+)-([0-9]{4})-([0-9]{1,9})")

FEW_DIGITS: Final = 3
MOST_DIGITS: Final = 9
_DASHES = str.maketrans("—–", "--")


def document_number(kind: str, community_code: str, year: int, sequence: int) -> str:
    """{type}-{project}-{yyyy}-{seq6}, gapless per type, project and year (domain section 4).

    >>> document_number("BILL", "JX", 2026, 17), document_number("PAYMENT_ORDER_APPLICATION", "JX", 2026, 1)
    ('BILL-JX-2026-000017', 'ORDER-JX-2026-000001')
    """
    return f"{PREFIXES.get(kind, kind)}-{community_code}-{year}-{sequence:06d}"


def read_ending(words: str) -> str | None:
    """What a number ends with, when only its last digits were typed; None for other words.

    Three digits or fewer are a whole sequence: 123 is what stands as 000123.

    >>> read_ending("123"), read_ending(" ００１２３４ "), read_ending("0017"), read_ending("3-1")
    ('000123', '001234', '0017', None)
    """
    plain = "".join(unicodedata.normalize("NFKC", words).split())
    if not (plain.isascii() and plain.isdigit()) or len(plain) > MOST_DIGITS:
        return None
    return plain if len(plain) > FEW_DIGITS else plain.zfill(6)


def read_number(words: str) -> str | None:
    """A document's number as it is stored, from what somebody typed; None when it is none.

    >>> read_number(" bill-jx-2026-17 "), read_number("ＲＥＣＥＩＰＴ－01－JX－2026－000002")
    ('BILL-JX-2026-000017', 'RECEIPT-01-JX-2026-000002')
    >>> read_number("3-1-1602"), read_number("31602"), read_number("张三")
    (None, None, None)
    """
    plain = "".join(unicodedata.normalize("NFKC", words).split()).translate(_DASHES).upper()
    found = _NUMBER.fullmatch(plain)
    return f"{found[1]}-{found[2]}-{int(found[3]):06d}" if found else None
