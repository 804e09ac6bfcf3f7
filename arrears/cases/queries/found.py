"""The cases that a search found, in order: as columns, of which a page is read in full."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple, overload


class FoundCase(NamedTuple):
    """A case in its place on the list, with the principal past due at reading time."""

    case_id: int
    overdue_fen: int
    account_id: int = 0


@dataclass(frozen=True, slots=True)
class FoundCases(Sequence[FoundCase]):
    """Any number of cases; three columns of one length.

    >>> found = FoundCases([7, 8, 9], [300, 200, 100], [1, 2, 3])
    >>> len(found), found.total_fen, found[2:]
    (3, 600, [FoundCase(case_id=9, overdue_fen=100, account_id=3)])
    >>> list(found.where(lambda case: case.account_id != 2).case_ids)
    [7, 9]
    """

    case_ids: Sequence[int]
    overdue_fens: Sequence[int]
    account_ids: Sequence[int]

    @property
    def total_fen(self) -> int:
        """What is past due on all of them."""
        return sum(self.overdue_fens)

    def where(self, fits: Callable[[FoundCase], bool]) -> FoundCases:
        """Those that fit, in the same order."""
        kept = [case for case in self if fits(case)]
        columns = zip(*kept, strict=True) if kept else ((), (), ())
        return FoundCases(*columns)

    def __len__(self) -> int:
        return len(self.case_ids)

    @overload
    def __getitem__(self, place: int) -> FoundCase: ...

    @overload
    def __getitem__(self, place: slice) -> list[FoundCase]: ...

    def __getitem__(self, place: int | slice) -> FoundCase | list[FoundCase]:
        columns = self.case_ids, self.overdue_fens, self.account_ids
        if isinstance(place, slice):
            return [FoundCase(*row) for row in zip(*(column[place] for column in columns), strict=True)]
        return FoundCase(*(column[place] for column in columns))
