"""Two versions of a text side by side: what stayed, what went, what came."""

import re
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Final, NamedTuple

# A field and a number are one thing each; Chinese changes character by character.
_TOKEN: Final = re.compile(r"\{\{.*?\}\}|[A-Za-z0-9]+|\s|.", re.DOTALL)


class Fate(StrEnum):
    """What became of a piece."""

    SAME = "same"
    GONE = "gone"
    NEW = "new"


class Piece(NamedTuple):
    """A stretch of text and what became of it."""

    fate: Fate
    text: str


class Pair(NamedTuple):
    """Both texts in pieces: `before` is same and gone, `after` is same and new."""

    before: tuple[Piece, ...]
    after: tuple[Piece, ...]

    @property
    def is_same(self) -> bool:
        """Whether nothing changed."""
        return all(piece.fate is Fate.SAME for piece in (*self.before, *self.after))


def compare(before: str, after: str) -> Pair:
    """Where two texts differ.

    >>> compare("请于{{due_on}}前缴纳", "请在{{due_on}}前缴纳").before
    (Piece(fate=<Fate.SAME: 'same'>, text='请'), Piece(fate=<Fate.GONE: 'gone'>, text='于'), \
Piece(fate=<Fate.SAME: 'same'>, text='{{due_on}}前缴纳'))
    """
    left, right = _TOKEN.findall(before), _TOKEN.findall(after)
    old, new = list[Piece](), list[Piece]()
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        same = tag == "equal"
        if i2 > i1:
            old.append(Piece(Fate.SAME if same else Fate.GONE, "".join(left[i1:i2])))
        if j2 > j1:
            new.append(Piece(Fate.SAME if same else Fate.NEW, "".join(right[j1:j2])))
    return Pair(tuple(old), tuple(new))
