"""The demo's payers: who they are like, what they owe, and on which day each will come."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Final, NamedTuple

from billing.charges.queries import BillFilter, bills, owed
from billing.payments.services import MIXED, Asked, TenderPart, Wish, take_payments
from config.demo.characters import Habit, amount_of, habit_of, leaks, pays_by_transfer, pays_on

_NOTE_FEN: Final = 10_000  # cash comes in notes of a hundred yuan
_BY_CARD: Final = 6  # one in so many who do not pay in cash
_PART_BY_CARD: Final = 40  # one in so many who do
_PACE_SECONDS: Final = 45  # a counter and a bank's list cannot be quicker


class Payer(NamedTuple):
    """Who stands behind an account."""

    party_id: int
    community_id: int
    habit: Habit


class Payers:
    """What owners will do is decided by their habits and the seed."""

    def __init__(self, *, seed: int, from_on: date, to_on: date, cash_points: dict[int, int]) -> None:
        self.seed = seed
        self._span = from_on, to_on
        self._cash_points = cash_points
        self._known: dict[int, Payer] = {}
        self._comes: dict[date, set[int]] = defaultdict(set)

    def get_bills(self, day: date) -> list[int]:
        """Each payer of the day's bills makes up his mind when to come; the communities billed today."""
        fresh = bills(BillFilter(), as_of=day).filter(issued_on=day)
        billed = set()
        rows = fresh.values_list(
            "account_id", "account__party_id", "account__party__name", "community_id", "due_on"
        )
        for account_id, party_id, name, community_id, due_on in rows:
            billed.add(community_id)
            habit = self._meet(account_id, party_id, name, community_id)
            habit = self._now(account_id, habit, day)
            comes_on = pays_on(self.seed, account_id, habit, issued_on=day, due_on=due_on)
            if comes_on is not None:
                self.will_come(account_id, comes_on)
        return sorted(billed)

    def habit(self, account_id: int, day: date) -> Habit:
        """What the payer of an account is like on a day."""
        known = self._known.get(account_id)
        return Habit.FORGETFUL if known is None else self._now(account_id, known.habit, day)

    def will_come(self, account_id: int, day: date) -> None:
        """He will stand at the counter on that day."""
        self._comes[day].add(account_id)

    def come(self, day: date, *, first_at: datetime, last_at: datetime, but: Iterable[int] = ()) -> int:
        """Who comes today, or found the door closed before, pays what he owes; all in one go; how many."""
        days = [planned for planned in self._comes if planned <= day]
        accounts = sorted({account for planned in days for account in self._comes.pop(planned)} - set(but))
        if not accounts:
            return 0
        debts = owed(account_ids=accounts, as_of=day)
        owing = [account_id for account_id in accounts if debts[account_id].principal_fen > 0]
        seconds = max(int((last_at - first_at).total_seconds()), 0)
        owing = owing[: seconds // _PACE_SECONDS]
        pace = timedelta(seconds=seconds // max(len(owing), 1))
        asked = [
            self._ask(account_id, debts[account_id].total_fen, day, first_at + n * pace)
            for n, account_id in enumerate(owing)
        ]
        take_payments(asked, posted_on=day, at=last_at)
        return len(asked)

    def _ask(self, account_id: int, owed_fen: int, day: date, at: datetime) -> Asked:
        payer = self._known[account_id]
        amount = amount_of(account_id, payer.habit, owed_fen)
        is_cash = not pays_by_transfer(self.seed, account_id)
        way = "CASH" if is_cash else "POS" if account_id % _BY_CARD == 0 else "TRANSFER"
        number = "" if is_cash else f"{day:%Y%m%d}{account_id:08d}"
        card_fen = amount // 200 * 100 if is_cash and account_id % _PART_BY_CARD == 0 else 0
        slip = f"{day:%m%d}{account_id:06d}"
        parts = (TenderPart("CASH", amount - card_fen), TenderPart("POS", card_fen, slip)) if card_fen else ()
        return Asked(
            f"demo-{account_id}-{day}",
            Wish(
                account_id=account_id,
                amount_fen=amount,
                method=MIXED if parts else way,
                tenders=parts,
                reference=number,
                paid_on=day,
                cash_point_id=self._cash_points[payer.community_id],
                tendered_fen=-(-amount // _NOTE_FEN) * _NOTE_FEN if is_cash and not parts else None,
            ),
            at=at,
        )

    def _meet(self, account_id: int, party_id: int, name: str, community_id: int) -> Habit:
        if account_id not in self._known:
            developer = "开发" in name or "置业" in name
            habit = habit_of(self.seed, party_id, developer=developer)
            self._known[account_id] = Payer(party_id, community_id, habit)
        return self._known[account_id].habit

    def _now(self, account_id: int, habit: Habit, day: date) -> Habit:
        """A leaking roof is a matter of some weeks; before and after that its owner pays like others."""
        if habit is not Habit.LEAKING_ROOF:
            return habit
        first, last = self._span
        party_id = self._known[account_id].party_id
        return habit if leaks(self.seed, party_id, day, from_on=first, to_on=last) else Habit.PROMPT
