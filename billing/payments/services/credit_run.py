"""After bills went out: what accounts hold as credit pays what is open on them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final

from django.db import transaction

from billing.payments.models import Payment
from billing.payments.queries.credit import free_credit_of
from billing.payments.queries.preview import open_of_each
from billing.payments.services.days import is_closed
from billing.payments.services.take_payments import Fixed, begin
from billing.payments.services.taken import Wish
from billing.payments.services.use_credit import spend
from tenancy.kernel import sql

PACKAGE: Final = "billing.payments"
BLOCK: Final = 1000


def use_credit_held(*, as_of: date, at: datetime) -> int:
    """Let every account's credit pay its open charges as if it came in on `as_of`; how many accounts did.

    Once per account and day; blocks of accounts, each all or nothing.
    """
    found = [account_id for (account_id,) in sql.rows(PACKAGE, "credit_to_use", {"as_of": as_of})]
    return sum(_use(found[n : n + BLOCK], as_of, at) for n in range(0, len(found), BLOCK))


@transaction.atomic
def _use(account_ids: Sequence[int], as_of: date, at: datetime) -> int:
    wishes = {
        f"credit-{account_id}-{as_of}": Wish(
            account_id=account_id, amount_fen=None, method=Payment.Method.CREDIT, paid_on=as_of
        )
        for account_id in account_ids
    }
    cards, done = begin(wishes)
    # Read under the locks: a counter may have used the credit, or taken the debt, a moment ago.
    held, opened = free_credit_of(account_ids), open_of_each(account_ids, as_of)
    places = {card.community_id for card in cards.values()}
    # A day that was closed before this night's work came: the credit waits for the next night.
    shut = {community_id for community_id in places if is_closed(community_id, on=as_of)}
    fixed = []
    for key, wish in wishes.items():
        amount_fen = min(held[wish.account_id], opened[wish.account_id].owed_fen)
        if amount_fen > 0 and key not in done and cards[wish.account_id].community_id not in shut:
            fixed.append(Fixed(key, wish, amount_fen, at))
    spend(fixed, cards, opened, posted_on=as_of)
    return len(fixed)
