"""Which codes a file has shown so far, exact and in a few bytes each."""

from collections.abc import Hashable


class Seen:
    """Room numbers as bits of one integer per entrance: 100,000 units take less than a megabyte.

    A set of code strings would grow by some 10 MB and break the bound on memory.
    """

    def __init__(self) -> None:
        self._bits: dict[Hashable, int] = {}
        self._words: set[tuple[Hashable, str]] = set()

    def add(self, group: Hashable, name: str) -> bool:
        """Remember a name of a group; False when it was there before.

        >>> seen = Seen()
        >>> seen.add(("3", "1"), "1602"), seen.add(("3", "1"), "1602"), seen.add(("3", "2"), "1602")
        (True, False, True)
        """
        if self.has(group, name):
            return False
        if _is_bit(name):
            self._bits[group] = self._bits.get(group, 0) | (1 << int(name))
        else:
            self._words.add((group, name))
        return True

    def has(self, group: Hashable, name: str) -> bool:
        """Whether the name was remembered."""
        if _is_bit(name):
            return bool(self._bits.get(group, 0) >> int(name) & 1)
        return (group, name) in self._words


def _is_bit(name: str) -> bool:
    """Only names that their number gives back, so that 7 and 007 stay two names."""
    return len(name) <= 4 and name.isdecimal() and (name[0] != "0" or name == "0")
