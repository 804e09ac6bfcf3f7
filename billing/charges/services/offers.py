"""Offers for paying a year at once: entered, stopped, given when they are met (早鸟, S5)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import NamedTuple

from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext as _

from billing.charges.models import Adjustment, DiscountOffer, FeeItem, WaiverLine
from billing.charges.queries.early import EarlyBird, early_birds
from billing.charges.services.adjust import LetOff, adjust_charges
from owners.queries import community_card
from tenancy.kernel.errors import Conflict, NotFound, Refused
from tenancy.kernel.scope import current_user_id
from tenancy.people.services import audit


class OfferNotValid(Refused):
    """A share of something, on days that there are, with a paper behind it."""

    code = "charges.offer_not_valid"


class OfferThere(Conflict):
    """Another offer for the same year stands on one of these days."""

    code = "charges.offer_there"


class OfferStopped(Conflict):
    """It was stopped before."""

    code = "charges.offer_stopped"


class NewOffer(NamedTuple):
    """An offer as it is entered; first and last day both count."""

    fee_item_id: int
    year: int
    share: Decimal
    first_on: date
    last_on: date
    basis: str
    needs_clear: bool = True
    needs_good_standing: bool = False


def add_offer(*, community_id: int, offer: NewOffer, on: date) -> int:
    """Enter an offer of a community; its id. Raises NotFound, OfferNotValid, OfferThere."""
    community_card(community_id)
    _check(offer)
    try:
        with transaction.atomic():
            row = DiscountOffer.objects.create(
                community_id=community_id,
                fee_item_id=offer.fee_item_id,
                year=offer.year,
                share=offer.share,
                held=DateRange(offer.first_on, offer.last_on + timedelta(1)),
                needs_clear=offer.needs_clear,
                needs_good_standing=offer.needs_good_standing,
                basis=offer.basis.strip(),
                entered_by_id=current_user_id(),
                entered_on=on,
            )
    except IntegrityError as error:
        raise OfferThere(
            _("There is an offer for this year on one of these days."), field="first_on"
        ) from error
    audit.record("offer.added", kind="offer", pk=row.pk, share=str(offer.share), year=offer.year)
    return int(row.pk)


def stop_offer(*, offer_id: int, on: date) -> None:
    """From now on nobody gets it; what was given stays. Raises NotFound, OfferStopped."""
    if not DiscountOffer.objects.filter(pk=offer_id).exists():
        raise NotFound(_("There is no such offer."))
    if not DiscountOffer.objects.filter(pk=offer_id, stopped_on=None).update(stopped_on=on):
        raise OfferStopped(_("This offer was stopped already."))
    audit.record("offer.stopped", kind="offer", pk=offer_id)


def take_early_birds(*, promised: Collection[EarlyBird], paid_on: date, at: datetime) -> None:
    """Let off what offers promised before the payment to those of whose year nothing else is unpaid now.

    The accounts must be locked and what came in be settled. Who stood badly when he was asked for the sum
    has not earned the offer by this very payment: he was told, and paid, another sum.
    """
    wanted = {(bird.offer_id, bird.account_id) for bird in promised}
    if not wanted:
        return
    met = [
        bird
        for birds in early_birds({bird.account_id for bird in promised}, day=paid_on).values()
        for bird in birds
        if (bird.offer_id, bird.account_id) in wanted and bird.off.is_met and not bird.before
    ]
    adjust_charges(wanted=[part for bird in met for part in _parts(bird)], on=paid_on, at=at)


def _parts(bird: EarlyBird) -> list[LetOff]:
    said = {"year": bird.year, "share": bird.share, "day": bird.last_on.isoformat()}
    reason = _("All of %(year)s paid by %(day)s: %(share)s off") % said
    kind, part = Adjustment.Kind.DISCOUNT, WaiverLine.Part.PRINCIPAL
    return [
        LetOff(charge_id, kind, part, fen, reason, offer_id=bird.offer_id)
        for charge_id, fen in bird.off.parts.items()
    ]


def _check(offer: NewOffer) -> None:
    if not FeeItem.objects.filter(pk=offer.fee_item_id).exists():
        raise NotFound(_("There is no such fee."))
    if not 0 < offer.share < 1 or offer.share != round(offer.share, 4):
        raise OfferNotValid(_("A share between 0 and 1, such as 0.05."), field="share")
    if offer.last_on < offer.first_on:
        raise OfferNotValid(_("The last day comes before the first."), field="last_on")
    if abs(offer.year - offer.first_on.year) > 1:
        raise OfferNotValid(_("The days of payment lie near the year that is paid."), field="year")
    if not offer.basis.strip():
        raise OfferNotValid(_("Name the paper that announced it."), field="basis")
