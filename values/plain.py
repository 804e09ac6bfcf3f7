"""Text as it reads: without the signs that cannot be seen and turn what stands beside them."""

from __future__ import annotations

import unicodedata
from typing import Final

# Controls, marks of direction, line and paragraph ends of Unicode, halves of a pair.
_UNSEEN: Final = frozenset({"Cc", "Cf", "Zl", "Zp", "Cs"})
_LINES: Final = frozenset("\n\t")


def plain(text: str, *, lines: bool = True) -> str:
    """The text without unseen signs, and without blanks around it; line breaks stay unless told otherwise.

    >>> plain(" 因病住院\\u202e。\\n请延期\\x00 ")
    '因病住院。\\n请延期'
    >>> plain("a\\nb", lines=False)
    'ab'
    """
    kept = _LINES if lines else frozenset()
    return "".join(one for one in text if one in kept or unicodedata.category(one) not in _UNSEEN).strip()
