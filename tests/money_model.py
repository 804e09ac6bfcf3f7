"""A tiny model of what is owed for one home: no segments, no replay, no running columns, only sums and days."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from values.period import add_months, month_start

RATE = Decimal("0.0003")
MONTH_FEN = 21_002  # 89.37 square metres for 2.35
_DAY = timedelta(1)


def rounded(amount: Decimal) -> int:
    """To whole fen, half away from zero."""
    return int(amount.quantize(Decimal(1), ROUND_HALF_UP))


def share(start: date, end: date) -> int:
    """The days of one month that a party has: up to its last day, less up to the day before its first."""
    first = month_start(start)
    days = (add_months(first, 1) - first).days
    upto = [rounded(Decimal(MONTH_FEN * (day - first).days) / days) for day in (start, end)]
    return upto[1] - upto[0]


class ModelCharge:
    """What fell on a charge and when; `free` are its days without late fee. `end` None: not cut by days."""

    def __init__(self, fen: int, due_on: date, *, bears: bool, start: date, end: date | None = None) -> None:
        self.fen, self.due_on, self.rate = fen, due_on, RATE if bears else Decimal(0)
        self.start, self.end = start, end
        self.falls: dict[date, int] = defaultdict(int)
        self.paid: dict[date, int] = defaultdict(int)
        self.offs: list[tuple[date, str, int]] = []
        self.fee_gone = self.fee_paid = 0
        self.free: set[date] = set()

    def pay(self, part: str, fen: int, on: date) -> None:
        """Money came, or was taken back."""
        if part == "PRINCIPAL":
            self.falls[on] += fen
            self.paid[on] += fen
        else:
            self.fee_gone += fen
            self.fee_paid += fen

    def let_off(self, part: str, fen: int, on: date) -> None:
        """Nobody has to pay it."""
        self.offs.append((on, part, fen))
        if part == "PRINCIPAL":
            self.falls[on] += fen
        else:
            self.fee_gone += fen

    def unpaid(self) -> int:
        return self.fen - sum(self.falls.values())

    def fee(self, day: date) -> int:
        """Every day after the due day costs its morning's unpaid principal; capped, rounded once."""
        total, at = Decimal(0), self.due_on + _DAY
        while at <= day:
            if at not in self.free:
                left = self.fen - sum(fen for on, fen in self.falls.items() if on < at)
                total += left * self.rate
            at += _DAY
        return rounded(min(total, Decimal(self.fen)))

    def fee_owed(self, day: date) -> int:
        return max(self.fee(day) - self.fee_gone, 0)

    def cut(self, until: date, today: date) -> tuple[ModelCharge | None, int]:
        """The charge of the days before `until`, and the money that pays nothing any more."""
        money = sum(self.paid.values()) + self.fee_paid
        if until <= self.start:
            return None, money
        left = ModelCharge(share(self.start, until), self.due_on, bears=True, start=self.start, end=until)
        left.free = set(self.free)
        for on, part, fen in self.offs:
            stays = self._off(fen, until) if part == "PRINCIPAL" else fen
            most = left.unpaid() if part == "PRINCIPAL" else left.fee_owed(on)
            left.let_off(part, min(stays, most), on)
        for on in sorted(self.paid):
            left.pay("PRINCIPAL", min(self.paid[on], left.unpaid()), on)
        money -= sum(left.paid.values())
        if self.fee_paid:
            last = max((on for on, fen in left.paid.items() if fen), default=today)
            left.pay("LATE_FEE", min(money, left.fee_owed(last)), last)
        return left, money - left.fee_paid

    def _off(self, fen: int, until: date) -> int:
        """The let-off of the days that stay: both sums by the day, each rounded."""
        assert self.end is not None
        part = Decimal((until - self.start).days) / (self.end - self.start).days
        return rounded(self.fen * part) - rounded((self.fen - fen) * part)


class Home:
    """Who owned it from which day, and which of its days are billed."""

    def __init__(self, party: int, first_on: date) -> None:
        self.owners = [(party, first_on)]
        self.runs: set[date] = set()
        self.taken: set[date] = set()

    def sell(self, party: int, on: date) -> None:
        """The day belongs to who buys; the seller's days after it are nobody's yet."""
        self.owners.append((party, on))
        self.taken = {day for day in self.taken if day < on}

    def bill(self, month: date, *, party: int | None = None) -> list[tuple[int, date, date]]:
        """(party, first day, end) of a month's days that are not billed; of one party only, or of all."""
        made = []
        ends = [on for _party, on in self.owners[1:]] + [date.max]
        for (owner, on), gone in zip(self.owners, ends, strict=True):
            start, end = max(on, month), min(gone, add_months(month, 1))
            if start < end and start not in self.taken and party in (None, owner):
                made.append((owner, start, end))
                self.take(start, end)
        return made

    def rest(self, since: date, today: date) -> list[tuple[int, date, date]]:
        """What the newest owner is billed for at once: up to this month and the last run."""
        if not self.runs:
            return []
        party, month, made = self.owners[-1][0], month_start(since), []
        while month <= max(*self.runs, month_start(today)):
            made += self.bill(month, party=party)
            month = add_months(month, 1)
        return made

    def take(self, start: date, end: date) -> None:
        """These days are billed."""
        self.taken |= {start + timedelta(n) for n in range((end - start).days)}
