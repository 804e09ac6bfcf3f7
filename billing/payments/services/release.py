"""Money that was paid for days nobody owes any more becomes free credit, by a counter-entry of its own.

What was paid of a charge that is cut comes off it (RELEASE). What stays of the charge is paid with it at
once, on the days it was paid before, so that no late fee arises; the rest is the account's credit. A charge
that is let off after it was paid stays, and only what is let off comes off what was paid.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Final, NamedTuple

from django.db import transaction

from billing.charges import queries as charges_read
from billing.charges import services as charges
from billing.charges.queries import (
    AccountCard,
    late_fee_left,
    let_off_of,
    paid_days,
    unowed,
    unpaid_of,
)
from billing.payments.models import Allocation, CreditEntry, Payment
from billing.payments.queries.reversals import KEPT
from billing.payments.services.days import check_days_open
from notices import services as notices
from tenancy.kernel.scope import current_user_id
from tenancy.people.services import audit

_PRINCIPAL: Final = Allocation.Part.PRINCIPAL
_LATE_FEE: Final = Allocation.Part.LATE_FEE
_KEYS: Final = {Payment.Kind.RELEASE.value: "release-", Payment.Kind.RECEIVED.value: KEPT}


class Released(NamedTuple):
    """What became of an account's charges: `released_fen` came off them, `kept_fen` paid what stays."""

    account_id: int
    cuts: tuple[charges.Cut, ...]
    payment_id: int | None
    released_fen: int
    kept_fen: int

    @property
    def free_fen(self) -> int:
        """What is credit now and was not before."""
        return self.released_fen - self.kept_fen

    @property
    def gone_fen(self) -> int:
        """What is not owed any more, paid or not."""
        return sum(cut.old.gone_fen for cut in self.cuts)


class Freed(NamedTuple):
    """What of a charge was paid and is paid for nothing now."""

    account_id: int
    charge_id: int
    principal_fen: int
    late_fee_fen: int = 0


class _Day(NamedTuple):
    """The day of the act, its moment and its reason."""

    on: date
    at: datetime
    reason: str


@transaction.atomic
def release_unowed(
    *, account_ids: Sequence[int], since: date, reason: str, on: date, at: datetime
) -> list[Released]:
    """Take back what accounts of one community do not owe from a day on, and set free what was paid for it.

    Nobody says how much: owners, tariffs and contracts do. Accounts that owe all of it are not in the answer.
    The community's issue must be locked. Raises NotFound, DayClosed.
    """
    charges.lock_accounts(account_ids)
    rows = unowed(account_ids, since=since)
    if not rows:
        return []
    check_days_open([rows[0].community_id], on=on)
    day = _Day(on, at, reason.strip()[:200])
    when = paid_days([row.charge_id for row in rows])
    cards = charges_read.account_cards(sorted({row.account_id for row in rows}))
    freed = [Freed(row.account_id, row.charge_id, row.paid_fen, row.late_fee_paid_fen) for row in rows]
    entries = _take_off(freed, cards, day)
    cuts = charges.cut_charges(rows=rows, reason=day.reason, on=on, at=at)
    kept = _pay_again(cuts, when, cards, day)
    _withdraw(cuts)
    found = [
        Released(
            account_id=account_id,
            cuts=tuple(cut for cut in cuts if cut.old.account_id == account_id),
            payment_id=entries[account_id].pk if account_id in entries else None,
            released_fen=-entries[account_id].amount_fen if account_id in entries else 0,
            kept_fen=kept.get(account_id, 0),
        )
        for account_id in sorted(cards)
    ]
    audit.record_many(
        "payment.released",
        [
            audit.Entry("payment", one.payment_id, {"amount_fen": one.free_fen, "reason": day.reason})
            for one in found
            if one.payment_id
        ],
    )
    return found


@transaction.atomic
def release_paid(*, freed: Sequence[Freed], reason: str, on: date, at: datetime) -> None:
    """Set free a part of what was paid of charges that stay: it is their accounts' credit.

    As much is unpaid again from `on`; the caller, who holds the accounts' locks, lets it off on the same day.
    Raises DayClosed and what settle_charges raises.
    """
    if not freed:
        return
    cards = charges_read.account_cards(sorted({one.account_id for one in freed}))
    check_days_open(sorted({card.community_id for card in cards.values()}), on=on)
    entries = _take_off(freed, cards, _Day(on, at, reason[:200]))
    audit.record_many(
        "payment.released",
        [
            audit.Entry("payment", one.pk, {"amount_fen": -one.amount_fen, "reason": reason})
            for one in entries.values()
        ],
    )


def _take_off(freed: Sequence[Freed], cards: Mapping[int, AccountCard], day: _Day) -> dict[int, Payment]:
    """One entry for each account that had paid something, with the other sign, line by line."""
    lines: dict[int, list[tuple[int, str, int]]] = defaultdict(list)
    for one in freed:
        lines[one.account_id] += [
            (one.charge_id, part.value, fen)
            for part, fen in ((_PRINCIPAL, one.principal_fen), (_LATE_FEE, one.late_fee_fen))
            if fen
        ]
    wanted = {account_id: parts for account_id, parts in lines.items() if parts}
    entries = _entries(Payment.Kind.RELEASE, {pk: -_sum(parts) for pk, parts in wanted.items()}, cards, day)
    _write_lines(entries, wanted, sign=-1)
    changes = [
        charges.Settlement(one.charge_id, -one.principal_fen, -one.late_fee_fen)
        for one in freed
        if one.principal_fen or one.late_fee_fen
    ]
    charges.settle_charges(changes=changes, paid_on=day.on)
    return entries


def _pay_again(
    cuts: Sequence[charges.Cut],
    when: Mapping[int, Mapping[date, int]],
    cards: Mapping[int, AccountCard],
    day: _Day,
) -> dict[int, int]:
    """What stays of a charge is paid with what was paid for it; fen by account."""
    stays = [cut for cut in cuts if cut.charge_id and (cut.old.paid_fen or cut.old.late_fee_paid_fen)]
    parts = dict(_principal(stays, when))
    by_day: dict[date, list[charges.Settlement]] = defaultdict(list)
    for charge_id, days in parts.items():
        for on, fen in days.items():
            by_day[on].append(charges.Settlement(charge_id, fen))
    for on in sorted(by_day):
        charges.settle_charges(changes=by_day[on], paid_on=on)
    fees = _late_fees(stays, parts, day)
    lines: dict[int, list[tuple[int, str, int]]] = defaultdict(list)
    for cut in stays:
        pk = cut.charge_id or 0
        found = ((_LATE_FEE, fees.get(pk, 0)), (_PRINCIPAL, sum(parts.get(pk, {}).values())))
        lines[cut.old.account_id] += [(pk, part.value, fen) for part, fen in found if fen]
    wanted = {account_id: mine for account_id, mine in lines.items() if mine}
    entries = _entries(Payment.Kind.RECEIVED, {pk: _sum(mine) for pk, mine in wanted.items()}, cards, day)
    _write_lines(entries, wanted, sign=1)
    return {account_id: _sum(mine) for account_id, mine in wanted.items()}


def _principal(
    stays: Sequence[charges.Cut], when: Mapping[int, Mapping[date, int]]
) -> Iterator[tuple[int, dict[date, int]]]:
    """How much of each day's money the smaller charge needs, the oldest first."""
    off = let_off_of([cut.charge_id for cut in stays if cut.charge_id])
    for cut in stays:
        pk = cut.charge_id or 0
        left, days = cut.old.kept_fen - off.get(pk, 0), {}
        for on, fen in when.get(cut.old.charge_id, {}).items():
            taken = min(fen, left)
            if taken > 0:
                days[on], left = taken, left - taken
        yield pk, days


def _late_fees(
    stays: Sequence[charges.Cut], parts: Mapping[int, Mapping[date, int]], day: _Day
) -> dict[int, int]:
    """Who paid a late fee pays the one that is owed of the smaller charge, out of the same money."""
    fees: dict[int, int] = {}
    for cut in stays:
        pk, days = cut.charge_id or 0, parts.get(cut.charge_id or 0, {})
        spare = cut.old.paid_fen + cut.old.late_fee_paid_fen - sum(days.values())
        on = max(days, default=day.on)
        fen = min(spare, late_fee_left([pk], as_of=on).get(pk, 0)) if cut.old.late_fee_paid_fen else 0
        if fen > 0:
            charges.settle_charges(changes=[charges.Settlement(pk, 0, fen)], paid_on=on)
            fees[pk] = fen
    return fees


def _entries(
    kind: Payment.Kind, sums: Mapping[int, int], cards: Mapping[int, AccountCard], day: _Day
) -> dict[int, Payment]:
    """Entries that move no money, only between charges and credit; booked and valued today."""
    if not sums:
        return {}
    made = Payment.objects.bulk_create(
        Payment(
            kind=kind,
            community_id=cards[account_id].community_id,
            unit_id=cards[account_id].unit_id,
            account_id=account_id,
            method=Payment.Method.CREDIT,
            amount_fen=fen,
            paid_on=day.on,
            posted_on=day.on,
            note=day.reason,
            # `kept-`: the daily report takes what is paid again off what was set free.
            idempotency_key=f"{_KEYS[kind.value]}{account_id}-{day.at.timestamp():.6f}",
            taken_by_id=current_user_id(),
            created_at=day.at,
        )
        for account_id, fen in sums.items()
    )
    CreditEntry.objects.bulk_create(
        CreditEntry(account_id=one.account_id, payment=one, amount_fen=-one.amount_fen) for one in made
    )
    return {one.account_id: one for one in made}


def _write_lines(
    entries: Mapping[int, Payment], lines: Mapping[int, Sequence[tuple[int, str, int]]], *, sign: int
) -> None:
    Allocation.objects.bulk_create(
        Allocation(payment=entries[account_id], charge_id=charge_id, part=part, amount_fen=sign * fen)
        for account_id, mine in lines.items()
        for charge_id, part, fen in mine
    )


def _sum(lines: Sequence[tuple[int, str, int]]) -> int:
    return sum(fen for _charge, _part, fen in lines)


def _withdraw(cuts: Sequence[charges.Cut]) -> None:
    """What waits to be said about the old charges is not true; a notice of what is paid says nothing new."""
    still = unpaid_of([cut.charge_id for cut in cuts if cut.charge_id])
    gone: dict[int, list[int]] = defaultdict(list)
    paid: dict[int, list[int]] = defaultdict(list)
    for cut in cuts:
        gone[cut.old.account_id].append(cut.old.charge_id)
        if cut.charge_id and not still.get(cut.charge_id):
            paid[cut.old.account_id].append(cut.charge_id)
    for by_account, reason in ((gone, "bill_voided"), (paid, "paid")):
        notices.withdraw_all(
            [notices.Untrue(account_id, ids, ids) for account_id, ids in by_account.items()],
            reason_code=reason,
        )
