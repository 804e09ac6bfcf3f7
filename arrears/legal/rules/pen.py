"""A paper is written once, with a pen: what data say goes in, what a person wrote instead goes over it.

The same strokes that fill the paper leave the list of its fields: where each came from, whether a person
wrote over it, what is missing. So a paper and its form can never differ.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, Final

LINE_MOST: Final = 200
TEXT_MOST: Final = 2_000

Edits = Mapping[str, Any]


class Kind(StrEnum):
    """How a field is written."""

    LINE = "LINE"
    TEXT = "TEXT"
    DAY = "DAY"
    MONEY = "MONEY"
    YES = "YES"
    CHOICE = "CHOICE"
    SECRET = "SECRET"  # noqa: S105 - a kind of field


class Source(StrEnum):
    """Where what stands in a field was taken from."""

    COMPANY = "COMPANY"
    CONTRACT = "CONTRACT"
    OWNERS = "OWNERS"
    LEDGER = "LEDGER"
    PROOF = "PROOF"
    COURT = "COURT"
    FIRM = "FIRM"
    LAW = "LAW"
    NOTE = "NOTE"
    PERSON = "PERSON"


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a paper. `computed`: what the data say; `value`: what stands in the paper.

    `most_fen`: a sum may be written down to nothing, never above this. `about` tells apart what repeats: the
    defendant's name, the period of a charge. `choices` are codes or, in papers, words of the court.
    """

    key: str
    section: str
    kind: Kind
    computed: Any
    value: Any
    source: Source
    required: bool = False
    edited: bool = False
    most_fen: int | None = None
    choices: tuple[str, ...] = ()
    about: str = ""

    @property
    def name(self) -> str:
        """The field's name among the words: what follows the last dot of its key."""
        return self.key.rpartition(".")[2]

    @property
    def missing(self) -> bool:
        """Whether it must be filled before the paper can be finished."""
        return self.required and (self.value is None or self.value == "")

    @property
    def most(self) -> int:
        """How many characters fit."""
        return TEXT_MOST if self.kind is Kind.TEXT else LINE_MOST


@dataclass(slots=True)
class Pen:
    """Writes a paper field by field; `edits` is what persons wrote, by key.

    >>> pen = Pen({"court": "杭州市余杭区人民法院", "late_fee": 900_00})
    >>> pen.section("claims")
    >>> pen.line("court", "", Source.COURT, required=True), pen.money("late_fee", 680_00)
    ('杭州市余杭区人民法院', 68000)
    >>> [(one.key, one.edited) for one in pen.fields]
    [('court', True), ('late_fee', False)]
    """

    edits: Edits
    fields: list[Field] = field(default_factory=list)
    _section: str = ""
    _about: str = ""

    def section(self, code: str, about: str = "") -> None:
        """The part of the paper that the next fields belong to."""
        self._section, self._about = code, about

    def line(self, key: str, computed: str, source: Source, *, required: bool = False) -> str:
        """A line of text."""
        return str(self._write(Kind.LINE, key, computed, source, required=required))

    def text(self, key: str, computed: str, source: Source, *, required: bool = False) -> str:
        """Text of several lines."""
        return str(self._write(Kind.TEXT, key, computed, source, required=required))

    def secret(self, key: str, computed: str, source: Source, *, required: bool = False) -> str:
        """A personal number: printed in the paper, masked everywhere else."""
        return str(self._write(Kind.SECRET, key, computed, source, required=required))

    def day(self, key: str, computed: date | None, source: Source, *, required: bool = False) -> date | None:
        """A day."""
        found = self._write(Kind.DAY, key, computed, source, required=required)
        return date.fromisoformat(found) if isinstance(found, str) else found

    def money(self, key: str, owed_fen: int, source: Source = Source.LEDGER, *, about: str = "") -> int:
        """A sum that may be claimed: what is owed, or less. Never more, whatever was written before."""
        written = self.edits.get(key)
        value = owed_fen if written is None else max(0, min(int(written), owed_fen))
        self._keep(
            Field(
                key, self._section, Kind.MONEY, owed_fen, value, source, edited=value != owed_fen,
                most_fen=owed_fen, about=about or self._about,
            )
        )  # fmt: skip
        return value

    def yes(
        self, key: str, computed: bool | None, source: Source, *, required: bool = False, about: str = ""
    ) -> bool | None:
        """A box to tick: yes, no, or nothing yet."""
        found = self._write(Kind.YES, key, computed, source, required=required, about=about)
        return None if found is None else bool(found)

    def choose(
        self, key: str, computed: str, source: Source, choices: Sequence[str], *, required: bool = False
    ) -> str:
        """One of some; what is none of them any more falls back to the data's."""
        written = self.edits.get(key)
        kept = computed if written is None or written not in choices else written
        self._keep(
            Field(
                key, self._section, Kind.CHOICE, computed, kept, source, required, kept != computed,
                choices=tuple(choices), about=self._about,
            )
        )  # fmt: skip
        return str(kept)

    @property
    def missing(self) -> tuple[Field, ...]:
        """What must still be filled."""
        return tuple(one for one in self.fields if one.missing)

    def _write(
        self, kind: Kind, key: str, computed: Any, source: Source, *, required: bool, about: str = ""
    ) -> Any:
        value = self.edits.get(key, computed)
        if kind is Kind.DAY and isinstance(value, str):
            value = date.fromisoformat(value) if value else None
        edited = key in self.edits and value != computed
        about = about or self._about
        self._keep(Field(key, self._section, kind, computed, value, source, required, edited, about=about))
        return value

    def _keep(self, one: Field) -> None:
        # Two fields of one key would be one field of the form: a fault of the paper's author.
        if any(one.key == other.key for other in self.fields):
            raise ValueError(f"two fields are called {one.key}")
        self.fields.append(one)
