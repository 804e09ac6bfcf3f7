"""S5: five percent off when the whole year comes in on the first fifteen days of January."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from billing.charges.models import Adjustment, Charge, Tariff
from billing.charges.queries import early_birds
from billing.charges.services import NewOffer, add_offer, issue_ahead, stop_offer
from billing.charges.services.offers import OfferNotValid, OfferStopped, OfferThere
from billing.payments.queries import preview_allocation
from billing.payments.services import reverse_payment, take_payment
from notices.models import Notice
from tenancy.kernel.errors import NotFound
from tests.meters import run
from tests.money import owe, still_open

ROOM = "3-1-1602"
JAN_3, JAN_15, JAN_16 = date(2026, 1, 3), date(2026, 1, 15), date(2026, 1, 16)
SHANGHAI = ZoneInfo("Asia/Shanghai")


def offer(company, **more):
    said = {
        "fee_item_id": company.items["property"].pk, "year": 2026, "share": Decimal("0.05"),
        "first_on": date(2026, 1, 1), "last_on": JAN_15, "basis": "2026年缴费通知",
    } | more  # fmt: skip
    return add_offer(community_id=company.community.pk, offer=NewOffer(**said), on=date(2025, 12, 20))


@pytest.fixture
def twelve(jinxiu):
    """The year in twelve monthly charges, and the offer."""
    issue_ahead(account_id=jinxiu.accounts[ROOM].pk, months=12, on=JAN_3)
    jinxiu.offer = offer(jinxiu)
    return jinxiu


@pytest.fixture
def once(jinxiu):
    """The year in one charge, and the offer."""
    Tariff.objects.filter(pk=jinxiu.tariffs["property"].pk).update(cycle_months=12)
    run(jinxiu, 2026, 1)
    jinxiu.offer = offer(jinxiu)
    return jinxiu


def pay(company, fen=None, on=JAN_15, key="year", **more):
    at = datetime(on.year, on.month, on.day, 23, 59, tzinfo=SHANGHAI)
    return take_payment(
        account_id=company.accounts[ROOM].pk, amount_fen=fen, method="TRANSFER", paid_on=on, posted_on=on,
        at=at, cash_point_id=company.cash_point.pk, idempotency_key=key, reference=f"T-{key}", **more,
    )  # fmt: skip


def asked(company, on=JAN_15, **more):
    return preview_allocation(account_id=company.accounts[ROOM].pk, paid_on=on, **more)


def off():
    return list(Adjustment.objects.order_by("charge__period", "pk").values_list("amount_fen", flat=True))


def test_s5_on_the_fifteenth_a_minute_before_midnight_it_is_given(twelve):
    shown = asked(twelve)
    assert (shown.amount_fen, shown.off_fen) == (239_423, 12_601)
    taken = pay(twelve, expected_owed_fen=239_423)
    assert (sum(line.amount_fen for line in taken.lines), taken.credit_fen) == (239_423, 0)
    assert off() == [1_050] * 11 + [1_051]
    assert {row.kind for row in Adjustment.objects.all()} == {"DISCOUNT"}
    assert still_open(twelve, JAN_15) == {}
    net = [c.amount_fen - c.waived_fen for c in Charge.objects.filter(unit__code=ROOM).order_by("period")]
    assert net == [19_952] * 11 + [19_951]


def test_s5_on_the_sixteenth_nothing_is_let_off(twelve):
    assert (asked(twelve, JAN_16).amount_fen, asked(twelve, JAN_16).off_fen) == (252_024, 0)
    taken = pay(twelve, on=JAN_16)
    assert sum(line.amount_fen for line in taken.lines) == 252_024
    assert off() == []


def test_s5_one_charge_for_the_year(once):
    assert asked(once).amount_fen == 239_423
    pay(once)
    assert off() == [12_601]
    assert still_open(once, JAN_15) == {}


def test_a_value_date_in_the_window_counts_not_the_day_it_was_booked(twelve):
    taken = take_payment(
        account_id=twelve.accounts[ROOM].pk, amount_fen=239_423, method="TRANSFER", paid_on=JAN_15,
        posted_on=JAN_16, at=datetime(2026, 1, 16, 9, tzinfo=SHANGHAI), reference="T-1",
        cash_point_id=twelve.cash_point.pk, idempotency_key="late",
    )  # fmt: skip
    assert (taken.credit_fen, sum(off())) == (0, 12_601)


def test_who_pays_the_full_sum_has_the_rest_as_credit(twelve):
    taken = pay(twelve, 252_024)
    assert (taken.credit_fen, sum(off())) == (12_601, 12_601)


def test_a_part_of_the_year_pays_its_months_in_full(twelve):
    taken = pay(twelve, 42_004)
    assert [line.amount_fen for line in taken.lines] == [21_002, 21_002]
    assert off() == []


def test_january_first_and_the_rest_before_the_last_day(twelve):
    pay(twelve, 21_002, on=JAN_3, key="january")
    assert asked(twelve).amount_fen == 252_024 - 21_002 - 12_601
    pay(twelve)
    assert sum(off()) == 12_601
    assert still_open(twelve, JAN_15) == {}


def test_the_reversal_of_the_payment_takes_it_back(twelve):
    taken = pay(twelve)
    at = datetime(2026, 2, 1, 9, tzinfo=SHANGHAI)
    reverse_payment(payment_id=taken.payment_id, reason="退票", posted_on=date(2026, 2, 1), at=at)
    assert sum(off()) == 0
    assert sum(fen for fen, _late in still_open(twelve, JAN_16).values()) == 252_024
    pay(twelve, key="again")
    assert sum(off()) == 12_601


def test_a_reversal_of_one_of_two_payments_takes_all_of_it_back(twelve):
    first = pay(twelve, 21_002, on=JAN_3, key="january")
    pay(twelve)
    reverse_payment(
        payment_id=first.payment_id, reason="退票", posted_on=date(2026, 2, 1),
        at=datetime(2026, 2, 1, 9, tzinfo=SHANGHAI),
    )  # fmt: skip
    assert sum(off()) == 0


def test_arrears_of_earlier_years_must_be_paid_too(twelve):
    old = owe(twelve, 5_000, date(2025, 6, 30), rate="0")
    assert asked(twelve).amount_fen == 5_000 + 239_423
    only_the_year = [line.charge_id for line in asked(twelve).lines if line.charge_id != old.pk]
    assert asked(twelve, designated=only_the_year).off_fen == 0
    pay(twelve, 239_423, designated=only_the_year, key="without")
    assert off() == []


def test_where_the_offer_does_not_ask_for_it_they_need_not(jinxiu):
    issue_ahead(account_id=jinxiu.accounts[ROOM].pk, months=12, on=JAN_3)
    old = owe(jinxiu, 5_000, date(2025, 6, 30), rate="0")
    offer(jinxiu, needs_clear=False)
    only_the_year = [line.charge_id for line in asked(jinxiu).lines if line.charge_id != old.pk]
    pay(jinxiu, 239_423, designated=only_the_year)
    assert sum(off()) == 12_601
    assert still_open(jinxiu, JAN_15) == {old.pk: (5_000, 0)}


def test_a_stopped_offer_gives_nothing_and_part_of_a_year_is_no_year(jinxiu):
    issue_ahead(account_id=jinxiu.accounts[ROOM].pk, months=11, on=JAN_3)
    found = offer(jinxiu)
    assert asked(jinxiu).off_fen == 0
    issue_ahead(account_id=jinxiu.accounts[ROOM].pk, months=1, on=JAN_3)
    assert asked(jinxiu).off_fen == 12_601
    stop_offer(offer_id=found, on=JAN_3)
    assert early_birds([jinxiu.accounts[ROOM].pk], day=JAN_15) == {}
    with pytest.raises(OfferStopped):
        stop_offer(offer_id=found, on=JAN_3)


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        ({"share": Decimal(0)}, OfferNotValid),
        ({"share": Decimal(1)}, OfferNotValid),
        ({"last_on": date(2025, 12, 31)}, OfferNotValid),
        ({"year": 2028}, OfferNotValid),
        ({"basis": " "}, OfferNotValid),
        ({"fee_item_id": 0}, NotFound),
        ({"first_on": JAN_15, "last_on": date(2026, 1, 31)}, OfferThere),
    ],
)
def test_offers_that_cannot_be(jinxiu, wrong, refusal):
    offer(jinxiu)
    with pytest.raises(refusal):
        offer(jinxiu, **wrong)


def told(company):
    """What the paper notice of the room's newest bill says of the offer."""
    found = Notice.objects.filter(kind="BILL_NOTICE", unit=company.units[ROOM]).order_by("-pk").first()
    return found.data["early_bird"]


def test_the_bill_notice_tells_the_offer_with_its_sums(jinxiu):
    offer(jinxiu)
    issue_ahead(account_id=jinxiu.accounts[ROOM].pk, months=12, on=JAN_3)
    assert told(jinxiu) == (
        "早缴优惠：2026年1月1日至2026年1月15日（含首尾两日）一次缴清2026年度全年物业费，且无以前年度欠费的，"
        "优惠全年物业费的5%。"
    )


def test_a_bill_for_the_whole_year_names_the_sum(jinxiu):
    Tariff.objects.filter(pk=jinxiu.tariffs["property"].pk).update(cycle_months=12)
    offer(jinxiu)
    run(jinxiu, 2026, 1)
    assert "优惠全年物业费的5%，即126.01元，实缴2394.23元。" in told(jinxiu)


def test_an_offer_that_is_over_stopped_or_for_another_year_is_not_told(jinxiu):
    offer(jinxiu, year=2027, first_on=date(2027, 1, 1), last_on=date(2027, 1, 15))
    offer(jinxiu, last_on=date(2026, 1, 2))
    stop_offer(offer_id=offer(jinxiu, first_on=date(2026, 1, 3)), on=date(2026, 1, 3))
    issue_ahead(account_id=jinxiu.accounts[ROOM].pk, months=3, on=JAN_3)
    assert told(jinxiu) == ""
