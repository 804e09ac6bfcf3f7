"""One transfer pays several accounts: parts that add up, a rest in suspense, each taken back by itself."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from billing.banking.models import BankLine
from billing.banking.queries import LineFilter, line_sum, parts_of, state_sums
from billing.banking.services import Part, confirm_lines, match_lines, split_line
from billing.banking.services.decide import AlreadyDecided, OtherCommunity
from billing.banking.services.split_line import BadSplit
from billing.charges.models import Account
from billing.payments.models import Payment
from billing.payments.services import reverse_payment
from owners.models import Building, Community, Unit
from tests.banking import AT, bank_account, line, plain, read
from tests.money import owe, pay

TODAY = date(2026, 5, 31)
FLAT, BAY = "3-1-1602", "B1-001"


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)


@pytest.fixture
def came_in(jinxiu):
    """510.02 from one who has a flat and a bay."""
    owe(jinxiu, 21_002, TODAY)
    owe(jinxiu, 30_000, TODAY, unit=BAY, item="parking")
    pk = bank_account(jinxiu)
    read(pk, plain(line("S1", "510.02", payer="某公司")))
    return BankLine.objects.get()


def parts(company, *amounts):
    pairs = zip((FLAT, BAY, "3-1-1702"), amounts, strict=False)
    return [Part(company.accounts[unit].pk, fen) for unit, fen in pairs]


def split(came_in, *given, **more):
    return split_line(line_id=came_in.pk, parts=list(given), posted_on=TODAY, at=AT, **more)


def test_each_account_gets_its_part_under_the_banks_number(jinxiu, came_in):
    done = split(came_in, *parts(jinxiu, 21_002, 30_000))
    assert done == (2, 51_002)
    booked = Payment.objects.order_by("pk").values_list("account_id", "amount_fen", "reference", "paid_on")
    day = date(2026, 5, 20)
    assert list(booked) == [
        (jinxiu.accounts[FLAT].pk, 21_002, "S1", day), (jinxiu.accounts[BAY].pk, 30_000, "S1", day),
    ]  # fmt: skip
    came_in.refresh_from_db()
    assert (came_in.state, came_in.payment_id, came_in.account_id) == ("SPLIT", None, None)
    assert [part.state for part in parts_of(came_in.pk)] == ["MATCHED", "MATCHED"]


def test_what_is_left_stays_in_suspense_and_the_money_is_counted_once(jinxiu, came_in):
    split(came_in, *parts(jinxiu, 21_002, 20_000))
    assert [(part.state, part.amount_fen) for part in parts_of(came_in.pk)] == [
        ("MATCHED", 21_002), ("MATCHED", 20_000), ("SUSPENSE", 10_000),
    ]  # fmt: skip
    assert {row.state: row.amount_fen for row in state_sums()} == {"MATCHED": 41_002, "SUSPENSE": 10_000}
    assert line_sum(LineFilter()) == 51_002
    rest = parts_of(came_in.pk)[-1]
    confirm_lines({rest.line_id: jinxiu.accounts["3-1-1702"].pk}, posted_on=TODAY, at=AT)
    assert Payment.objects.count() == 3


@pytest.mark.parametrize("amounts", [(21_002, 30_001), (0, 51_002), (-1, 51_003), (51_002,), ()], ids=str)
def test_what_is_no_division_is_refused_and_nothing_is_kept(jinxiu, came_in, amounts):
    with pytest.raises(BadSplit) as refused:
        split(came_in, *parts(jinxiu, *amounts))
    assert refused.value.code == "banking.bad_split"
    came_in.refresh_from_db()
    assert (came_in.state, BankLine.objects.count(), Payment.objects.count()) == ("SUSPENSE", 1, 0)


def test_one_account_stands_once(jinxiu, came_in):
    twice = parts(jinxiu, 21_002) * 2
    with pytest.raises(BadSplit):
        split(came_in, *twice)


def test_an_account_of_another_community_is_refused_whole(jinxiu, came_in):
    there = Community.objects.create(code="JX2", name="锦绣二期")
    building = Building.objects.create(community=there, name="1")
    unit = Unit.objects.create(
        community=there, building=building, entrance="1", room="101", code="1-1-101", sort_key="1", area_cm2=1
    )
    other = Account.objects.create(
        community=there, unit=unit, party=jinxiu.accounts[FLAT].party, opened_on=TODAY
    )
    with pytest.raises(OtherCommunity), transaction.atomic():
        split(came_in, *parts(jinxiu, 21_002), Part(other.pk, 30_000))
    assert (BankLine.objects.count(), Payment.objects.count()) == (1, 0)


def test_it_is_divided_once(jinxiu, came_in):
    split(came_in, *parts(jinxiu, 21_002, 30_000))
    with pytest.raises(AlreadyDecided):
        split(came_in, *parts(jinxiu, 21_002, 30_000))


def test_a_part_is_taken_back_by_itself_and_waits_again(jinxiu, came_in):
    split(came_in, *parts(jinxiu, 21_002, 30_000))
    bay = Payment.objects.get(amount_fen=30_000)
    reverse_payment(payment_id=bay.pk, reason="退回", posted_on=TODAY, at=AT)
    match_lines(bank_account_id=came_in.bank_account_id)
    flat, waiting = parts_of(came_in.pk)
    assert (flat.state, waiting.state, waiting.reasons) == ("MATCHED", "SUSPENSE", ["suspense.reversed"])
    confirm_lines({waiting.line_id: jinxiu.accounts[BAY].pk}, posted_on=TODAY, at=AT)
    assert parts_of(came_in.pk)[1].state == "MATCHED"


def test_what_the_counter_booked_meanwhile_is_linked_not_booked_again(jinxiu, came_in):
    taken = pay(jinxiu, 21_002, method="TRANSFER", reference="S1", cash_point_id=None)
    split(came_in, *parts(jinxiu, 21_002, 30_000))
    assert Payment.objects.count() == 2
    assert parts_of(came_in.pk)[0].payment_id == taken.payment_id


def test_the_same_statement_again_knows_the_number(jinxiu, came_in):
    split(came_in, *parts(jinxiu, 21_002, 30_000))
    again = read(came_in.bank_account_id, plain(line("S1", "510.02", payer="某公司"), line("S2", "1.00")))
    assert (again.lines, again.known) == (1, 1)


def test_the_database_lets_no_part_be_lost(jinxiu, came_in):
    split(came_in, *parts(jinxiu, 21_002, 30_000))
    part = BankLine.objects.filter(split_of=came_in).first()
    with pytest.raises(IntegrityError, match="has parts of"), transaction.atomic():
        BankLine.objects.filter(pk=part.pk).update(amount_fen=1)
        transaction.get_connection().cursor().execute("SET CONSTRAINTS ALL IMMEDIATE")
