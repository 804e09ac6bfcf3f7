"""How long a short message is as the networks count it, and in how many parts it travels."""

from typing import Final, NamedTuple

# Chinese goes out as UCS-2: seventy characters alone, sixty-seven where parts carry their order (GSM 03.40).
ALONE: Final = 70
IN_PARTS: Final = 67


class Length(NamedTuple):
    """`chars` are UTF-16 units: a character outside the basic plane counts two. `parts` are paid for each."""

    chars: int
    parts: int


def length(text: str) -> Length:
    """What a message of this text costs.

    >>> length("字" * 70), length("字" * 71), length("字" * 135)
    (Length(chars=70, parts=1), Length(chars=71, parts=2), Length(chars=135, parts=3))
    >>> length("")
    Length(chars=0, parts=0)
    """
    chars = len(text.encode("utf-16-le")) // 2
    if chars <= ALONE:
        return Length(chars, int(chars > 0))
    return Length(chars, -(-chars // IN_PARTS))
