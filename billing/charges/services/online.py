"""What an owner asks for on his phone: the coming months of his own account, as one bill."""

from __future__ import annotations

from datetime import date
from typing import Final, NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _

from billing.charges.queries.accounts import account_card
from billing.charges.queries.contracts import NoContract
from billing.charges.queries.early import StandingOffer, standing_offers
from billing.charges.queries.portal import ahead_unpaid
from billing.charges.services.accounts import lock_account
from billing.charges.services.issue import lock_issue
from billing.charges.services.prepay import AheadLine, NothingAhead, issue_ahead, most_ahead, preview_ahead
from tenancy.kernel.errors import Conflict
from tenancy.people.services import audit

_USUAL: Final = 12


class AheadWaits(Conflict):
    """A bill of coming months is there and not paid: it is paid, or voided, before there is another."""

    code = "charges.ahead_waits"


class LookAhead(NamedTuple):
    """What the coming months cost; no lines where nothing can be billed before its time."""

    months: int
    most: int
    lines: tuple[AheadLine, ...]
    offers: tuple[StandingOffer, ...]
    waiting_bill_id: int | None

    @property
    def amount_fen(self) -> int:
        """Their sum."""
        return sum(line.amount_fen for line in self.lines)


def look_ahead(*, account_id: int, months: int | None, on: date) -> LookAhead:
    """The coming months of an account, as many as usual without `months`. Raises NotFound, TooFarAhead."""
    card = account_card(account_id)
    most = most_ahead(card.community_id, on)
    wanted = min(_USUAL, most) if months is None else months
    try:
        lines = preview_ahead(account_id=account_id, months=wanted, on=on).lines
    except (NothingAhead, NoContract):
        lines = ()
    offers = tuple(standing_offers(card.community_id, party_id=card.party_id, day=on))
    return LookAhead(wanted, most, lines, offers, ahead_unpaid(account_id))


@transaction.atomic
def ask_ahead(*, account_id: int, months: int, on: date, expected_fen: int) -> int:
    """Bill the coming months because the owner wants to pay them; the bill's id.

    Raises what `issue_ahead` raises, and AheadWaits.
    """
    lock_issue(account_card(account_id).community_id)
    lock_account(account_id)
    if ahead_unpaid(account_id) is not None:
        raise AheadWaits(_("A bill of coming months waits to be paid already."))
    bill_id = issue_ahead(account_id=account_id, months=months, on=on, expected_fen=expected_fen)
    audit.record("bill.asked_online", kind="bill", pk=bill_id, months=months)
    return bill_id
