"""Transfers that came in, as lists and pages show them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final, NamedTuple

from django.db.models import Case, Count, IntegerField, Q, QuerySet, Sum, Value, When
from django.utils.translation import gettext as _

from billing.banking.models import BankLine
from billing.banking.queries.candidates import Meant, Transfer, rank_block
from billing.banking.rules.matching import Scored
from billing.charges.queries import AccountRow, account_cards, accounts_of_unit, owed
from owners.queries import find_units
from owners.rules.search import name_key
from tenancy.kernel.errors import NotFound

WAITING: Final = ("NEW", "PROPOSED", "SUSPENSE")
_TONES: Final = {"PROPOSED": "info", "MATCHED": "good", "SUSPENSE": "warn"}
_FOUND_AT_ONCE: Final = 5
MOST_CHOICES: Final = 6


@dataclass(frozen=True, slots=True)
class LineFilter:
    """Which lines; days are both inclusive."""

    state: str = ""
    bank_account_id: int | None = None
    statement_id: int | None = None
    from_on: date | None = None
    to_on: date | None = None
    words: str = ""


class LineRow(NamedTuple):
    """One transfer."""

    line_id: int
    on: date
    amount_fen: int
    payer_name: str
    payer_tail: str
    serial: str
    remark: str
    state: str
    account_id: int | None
    unit_id: int | None
    unit_code: str
    party_name: str
    score: int
    reasons: Sequence[str]
    payment_id: int | None
    note: str
    bank: str
    bank_tail: str
    statement_id: int
    row: int
    community_id: int
    community_name: str
    decided_by: str
    decided_at: datetime | None
    split_of_id: int | None = None

    @property
    def tone(self) -> str:
        """How loud its state is."""
        return _TONES.get(self.state, "quiet")

    @property
    def is_waiting(self) -> bool:
        """Whether a person still has to decide."""
        return self.state in WAITING


_FIELDS: Final = (
    "pk", "on", "amount_fen", "payer_name", "payer_tail", "serial", "remark", "state", "account_id",
    "account__unit_id", "account__unit__code", "account__party__name", "score", "reasons", "payment_id",
    "note",
    "bank_account__bank", "bank_account__tail", "file_id", "row", "community_id", "community__name",
    "decided_by__name", "decided_at", "split_of_id",
)  # fmt: skip


_WORDS: Final = frozenset({"account__unit__code", "account__party__name", "decided_by__name"})


class StateSum(NamedTuple):
    """How many lines wait or are done, and how much money they are."""

    state: str
    lines: int
    amount_fen: int


class Choice(NamedTuple):
    """An account that the line may be booked on."""

    account_id: int
    unit_id: int
    unit_code: str
    party_name: str
    owed_fen: int
    score: int
    reasons: Sequence[str]
    is_closed: bool


def lines(where: LineFilter) -> QuerySet[BankLine, Any]:
    """Those that match, what waits for a person first, the oldest day first among them."""
    found = BankLine.objects.filter(_where(where))
    urgent = Case(
        When(state="PROPOSED", then=Value(0)),
        When(state__in=["SUSPENSE", "NEW"], then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    return found.order_by(urgent, "on", "pk").values_list("pk", flat=True)


def line_rows(ids: Collection[int]) -> list[LineRow]:
    """Lines in the order of their ids."""
    found = BankLine.objects.filter(pk__in=list(ids)).values_list(*_FIELDS)
    by_id = {row[0]: LineRow(*map(_shown, _FIELDS, row)) for row in found}
    return [by_id[pk] for pk in ids if pk in by_id]


def line_row(line_id: int) -> LineRow:
    """One line; NotFound where it is not (or not yours)."""
    found = line_rows([line_id])
    if not found:
        raise NotFound(_("There is no such bank line."))
    return found[0]


def parts_of(line_id: int) -> list[LineRow]:
    """The parts of a divided line, in the order they were made."""
    ids = BankLine.objects.filter(split_of_id=line_id).order_by("pk").values_list("pk", flat=True)
    return line_rows(list(ids))


def choice_of(account_id: int, *, community_id: int, on: date) -> Choice | None:
    """An account that was named before; None where it is not in the community."""
    card = account_cards([account_id]).get(account_id)
    if card is None or card.community_id != community_id:
        return None
    debts = owed(account_ids=[account_id], as_of=on)
    return Choice(
        account_id, card.unit_id, card.unit_code, card.party_name, debts[account_id].total_fen, 0, (), False
    )


def line_sum(where: LineFilter) -> int:
    """The money of all that match; a divided line is counted by its parts."""
    found = BankLine.objects.filter(_where(where))
    found = found if where.state == "SPLIT" else found.exclude(state="SPLIT")
    return int(found.aggregate(fen=Sum("amount_fen"))["fen"] or 0)


def state_sums(community_id: int | None = None) -> list[StateSum]:
    """By state; SUSPENSE is the suspense account (挂账). A divided line is counted by its parts."""
    found = BankLine.objects.exclude(state="SPLIT")
    found = found.filter(Q() if community_id is None else Q(community_id=community_id))
    rows = found.order_by("state").values_list("state").annotate(n=Count("pk"), fen=Sum("amount_fen"))
    return [StateSum(*row) for row in rows]


def next_waiting(*, after: int | None = None) -> int | None:
    """The line that a person decides next: proposals, then suspense that nobody has looked at, by day."""
    waiting = BankLine.objects.filter(state__in=WAITING, decided_at=None)
    ids = list(lines(LineFilter()).filter(pk__in=waiting.values("pk"))[:2])
    if after is not None and (here := BankLine.objects.filter(pk=after).first()) is not None:
        later = lines(LineFilter()).filter(pk__in=waiting.values("pk")).filter(_behind(here))
        ids = [*later[:1], *ids]
    return next((int(pk) for pk in ids if pk != after), None)


def choices(line: LineRow, *, words: str = "") -> list[Choice]:
    """The accounts a person may choose among: those the words name, or those that something speaks for."""
    row = BankLine.objects.get(pk=line.line_id)
    transfer = Transfer(
        row.pk, row.on, row.amount_fen, row.payer_name, row.payer_hash, row.serial, row.remark
    )
    [(_line, ranked)], known = rank_block([transfer], community_id=row.community_id)
    if not words:
        return _ranked(ranked[:MOST_CHOICES], known, on=row.on)
    scores = {one.account_id: one for one in ranked}
    units = [hit.unit_id for hit in find_units(words, _FOUND_AT_ONCE)]
    accounts = [
        one for unit_id in units for one in accounts_of_unit(unit_id) if one.community_id == row.community_id
    ]
    return _named(accounts, scores, on=row.on)


def _ranked(ranked: Sequence[Scored], known: dict[int, Meant], *, on: date) -> list[Choice]:
    debts = owed(account_ids=[one.account_id for one in ranked], as_of=on)
    return [
        Choice(
            pk, known[pk].unit_id, known[pk].code, known[pk].party_name, debts[pk].total_fen, score,
            [reason.value for reason in reasons], known[pk].is_closed,
        )
        for pk, score, reasons in ranked
    ]  # fmt: skip


def _named(accounts: Sequence[AccountRow], scores: dict[int, Scored], *, on: date) -> list[Choice]:
    debts = owed(account_ids=[one.account_id for one in accounts], as_of=on)
    return [
        Choice(
            one.account_id, one.unit_id, one.unit_code, one.party_name, debts[one.account_id].total_fen,
            scores[one.account_id].score if one.account_id in scores else 0,
            [r.value for r in scores[one.account_id].reasons] if one.account_id in scores else [],
            one.closed_on is not None,
        )
        for one in accounts
    ]  # fmt: skip


def _behind(here: BankLine) -> Q:
    """What comes after a line in the same pile."""
    pile = ["PROPOSED"] if here.state == "PROPOSED" else ["SUSPENSE", "NEW"]
    return Q(state__in=pile) & (Q(on__gt=here.on) | Q(on=here.on, pk__gt=here.pk))


def _where(where: LineFilter) -> Q:
    wanted = Q()
    if where.state:
        wanted &= Q(state__in=WAITING) if where.state == "WAITING" else Q(state=where.state)
    if where.bank_account_id is not None:
        wanted &= Q(bank_account_id=where.bank_account_id)
    if where.statement_id is not None:
        wanted &= Q(file_id=where.statement_id)
    if where.from_on is not None:
        wanted &= Q(on__gte=where.from_on)
    if where.to_on is not None:
        wanted &= Q(on__lte=where.to_on)
    if where.words:
        words = where.words.strip()
        wanted &= (
            Q(serial__startswith=words) | Q(payer_name__icontains=words) | Q(remark__icontains=words)
            | Q(account__unit__code=words.upper()) | Q(account__party__name_key=name_key(words))
        )  # fmt: skip
    return wanted


def _shown(field: str, value: Any) -> Any:
    """NULL in a column of words is no words; ids and moments stay None."""
    return "" if value is None and field in _WORDS else value
