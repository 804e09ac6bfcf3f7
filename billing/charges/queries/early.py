"""Offers for paying a year at once (早鸟): which stand, and what they would let off whom."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import F, QuerySet, Sum
from django.utils.translation import gettext as _

from billing.charges.models import Adjustment, Charge, DiscountOffer
from billing.charges.queries.good_standing import in_good_standing
from billing.charges.rules.early import Off, YearCharge, off_year
from tenancy.kernel import sql
from tenancy.kernel.errors import NotFound
from values.daily_rate import percent
from values.period import Period


class OfferRow(NamedTuple):
    """An offer as its list shows it; first and last day both count."""

    offer_id: int
    community_name: str
    fee_item: str
    year: int
    share: str
    first_on: date
    last_on: date
    needs_clear: bool
    needs_good_standing: bool
    basis: str
    stopped_on: date | None


class EarlyBird(NamedTuple):
    """What an offer lets off an account on a day; `before`: open charges that must be paid too."""

    offer_id: int
    account_id: int
    fee_item: str
    year: int
    share: str
    last_on: date
    off: Off
    before: frozenset[int]
    needs_good_standing: bool
    withheld: bool


class StandingOffer(NamedTuple):
    """An offer as an owner reads it before anything of the year is billed.

    `withheld`: it asks for a good standing, and he has none.
    """

    fee_item: str
    year: int
    share: str
    last_on: date
    needs_good_standing: bool
    withheld: bool


class YearOffer(NamedTuple):
    """An offer as a bill speaks of it; first and last day both count."""

    fee_item_id: int
    fee_item: str
    year: int
    share: Decimal
    first_on: date
    last_on: date
    needs_clear: bool
    needs_good_standing: bool


class _Standing(NamedTuple):
    """An offer that stands."""

    offer_id: int
    community_id: int
    fee_item_id: int
    fee_item: str
    year: int
    share: Decimal
    last_on: date
    needs_clear: bool
    needs_good_standing: bool


class _Debtor(NamedTuple):
    """An account, and who owes on it."""

    account_id: int
    party_id: int


class _Covered(NamedTuple):
    """An offer that stands, somebody whose year is billed, and what it would let off him."""

    offer: _Standing
    debtor: _Debtor
    off: Off


def standing_offers(community_id: int, *, party_id: int, day: date) -> list[StandingOffer]:
    """What an owner's payment of the day could meet in a community, the earliest to end first."""
    found = list(offers().filter(community_id=community_id, held__contains=day, stopped_on=None))
    asked = any(one.needs_good_standing for one in found)
    is_good = asked and party_id in in_good_standing([party_id], as_of=day)
    rows = [
        StandingOffer(
            one.fee_item.name,
            one.year,
            percent(one.share),
            _last(one),
            one.needs_good_standing,
            one.needs_good_standing and not is_good,
        )
        for one in found
    ]
    return sorted(rows, key=lambda row: row.last_on)


def offers_to_tell(community_id: int, *, on: date) -> list[YearOffer]:
    """Offers of a community that can still be met after a day."""
    found = DiscountOffer.objects.filter(
        community_id=community_id, stopped_on=None, held__endswith__gt=on
    ).select_related("fee_item")
    return [
        YearOffer(
            row.fee_item_id,
            row.fee_item.name,
            row.year,
            row.share,
            row.held.lower,
            _last(row),
            row.needs_clear,
            row.needs_good_standing,
        )
        for row in found.order_by("year", "held", "pk")
    ]


def offers() -> QuerySet[DiscountOffer]:
    """All offers, the newest first."""
    return DiscountOffer.objects.select_related("community", "fee_item").order_by("-year", "-held", "-pk")


def offer_card(offer_id: int) -> OfferRow:
    """One offer. NotFound if there is none that the member sees."""
    offer = offers().filter(pk=offer_id).first()
    if offer is None:
        raise NotFound(_("There is no such offer."))
    return offer_row(offer)


def offer_row(offer: DiscountOffer) -> OfferRow:
    """One offer as plain data."""
    return OfferRow(
        offer.pk,
        offer.community.name,
        offer.fee_item.name,
        offer.year,
        percent(offer.share),
        offer.held.lower,
        _last(offer),
        offer.needs_clear,
        offer.needs_good_standing,
        offer.basis,
        offer.stopped_on,
    )


def early_birds(account_ids: Collection[int], *, day: date) -> dict[int, list[EarlyBird]]:
    """Offers that a payment of the day could meet, or just has met, by account. Most days there are none.

    None that is withheld: what asks for a good standing is not for whoever has none.
    """
    found: dict[int, list[EarlyBird]] = defaultdict(list)
    for bird in birds_told(account_ids, day=day):
        if not bird.withheld:
            found[bird.account_id].append(bird)
    return found


def birds_told(account_ids: Collection[int], *, day: date) -> list[EarlyBird]:
    """The same with those that are withheld: to tell an owner what he misses, never to let anything off."""
    found = [
        one
        for offer in map(_Standing._make, sql.rows("billing.charges", "early_offers", {"day": day}))
        for one in _covered(offer, account_ids)
    ]
    asked = {one.debtor.party_id for one in found if one.offer.needs_good_standing}
    good = in_good_standing(asked, as_of=day) if asked else frozenset[int]()
    older = _older([one for one in found if one.offer.needs_clear])
    return [
        EarlyBird(
            offer.offer_id,
            debtor.account_id,
            offer.fee_item,
            offer.year,
            percent(offer.share),
            offer.last_on,
            off,
            frozenset(older[offer.offer_id, debtor.account_id]),
            offer.needs_good_standing,
            offer.needs_good_standing and debtor.party_id not in good,
        )
        for offer, debtor, off in found
    ]


def _covered(offer: _Standing, account_ids: Collection[int]) -> Iterator[_Covered]:
    for debtor, charges in _year_of(offer, account_ids).items():
        off = off_year(charges, year=offer.year, share=offer.share)
        if off is not None:
            yield _Covered(offer, debtor, off)


def _year_of(offer: _Standing, account_ids: Collection[int]) -> dict[_Debtor, list[YearCharge]]:
    """The charges of the offer's year by account, without those that got it already."""
    year = Period(date(offer.year, 1, 1), date(offer.year + 1, 1, 1))
    rows = Charge.objects.filter(
        account_id__in=list(account_ids),
        community_id=offer.community_id,
        fee_item_id=offer.fee_item_id,
        kind=Charge.Kind.PERIODIC,
        reversed_on=None,
        period__contained_by=DateRange(year.start, year.end),
    )
    found: dict[_Debtor, list[YearCharge]] = defaultdict(list)
    for pk, account_id, party_id, held, gross, waived, settled in rows.values_list(
        "pk", "account_id", "account__party_id", "period", "amount_fen", "waived_fen", "settled_fen"
    ):
        charge = YearCharge(pk, Period(held.lower, held.upper), gross - waived, gross - settled)
        found[_Debtor(account_id, party_id)].append(charge)
    given = _given(offer, [debtor.account_id for debtor in found])
    return {debtor: charges for debtor, charges in found.items() if debtor.account_id not in given}


def _given(offer: _Standing, account_ids: Iterable[int]) -> set[int]:
    sums = (
        Adjustment.objects.filter(offer_id=offer.offer_id, charge__account_id__in=list(account_ids))
        .values("charge__account_id")
        .annotate(fen=Sum("amount_fen"))
        .filter(fen__gt=0)
    )
    return set(sums.values_list("charge__account_id", flat=True))


def _older(found: Iterable[_Covered]) -> dict[tuple[int, int], set[int]]:
    """Offer and account -> what is open there of the years before the offer's."""
    by_offer: dict[_Standing, list[int]] = defaultdict(list)
    for one in found:
        by_offer[one.offer].append(one.debtor.account_id)
    older: dict[tuple[int, int], set[int]] = defaultdict(set)
    for offer, account_ids in by_offer.items():
        rows = Charge.objects.filter(
            account_id__in=account_ids,
            reversed_on=None,
            due_on__lt=date(offer.year, 1, 1),
            settled_fen__lt=F("amount_fen"),
        )
        for account_id, charge_id in rows.values_list("account_id", "pk"):
            older[offer.offer_id, account_id].add(charge_id)
    return older


def _last(offer: DiscountOffer) -> date:
    last: date = offer.held.upper - timedelta(days=1)
    return last
