"""The building board against a slow and plain reading of the same rows."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from arrears.cases.models import Hold
from arrears.cases.queries.board import board
from arrears.cases.rules.board import Late, state_of
from billing.charges.models import Account, Charge
from owners.models import Ownership, Unit
from tenancy.kernel.errors import NotFound
from tests.money import owe

TODAY = date(2026, 3, 2)


def shown(company, part="", **more):
    return board(company.community.pk, part, **({"whole_names": True, "as_of": TODAY} | more))


@pytest.fixture
def crowd(jinxiu):
    """Debts and holds by the roll of a die that always falls the same."""
    dice = random.Random(5)
    for code in jinxiu.units:
        for _ in range(dice.randrange(3)):
            owe(
                jinxiu,
                dice.choice((60, 21_002)),
                TODAY - timedelta(dice.choice((-9, 0, 1, 40, 200, 900))),
                unit=code,
            )
    held = jinxiu.accounts["3-1-1602"]
    Hold.objects.create(account=held, kind="DISPUTE", from_on=TODAY, to_on=TODAY, reason="x")
    Hold.objects.create(
        account=held, kind="ESTATE", from_on=TODAY - timedelta(9), released_on=TODAY, reason="x"
    )
    before = Account.objects.create(
        community=jinxiu.community,
        unit=jinxiu.units["3-1-1702"],
        party=jinxiu.parties["王五"],
        opened_on=TODAY,
    )
    Charge.objects.filter(account=jinxiu.accounts["3-1-1702"]).update(account=before)
    return jinxiu


def by_hand(unit):
    debts = []
    for account in Account.objects.filter(unit=unit):
        rows = Charge.objects.filter(account=account, reversed_on=None, due_on__lt=TODAY)
        late = [row for row in rows if row.settled_fen < row.amount_fen]
        holds = [
            hold.kind
            for hold in Hold.objects.filter(account=account, from_on__lte=TODAY)
            if (hold.to_on is None or hold.to_on >= TODAY)
            and (hold.released_on is None or hold.released_on > TODAY)
        ]
        if late:
            fen = sum(row.amount_fen - row.settled_fen for row in late)
            debts.append(Late(fen, min(row.due_on for row in late), tuple(holds)))
    empty = unit.handover != "TAKEN_OVER" or unit.occupancy == "VACANT"
    return state_of(debts, empty=empty, as_of=TODAY), sum(late.overdue_fen for late in debts if late.counts)


@pytest.mark.parametrize("part", ["", "bays"])
def test_every_square_says_what_a_slow_reading_finds(crowd, part):
    found = shown(crowd, part)
    units = Unit.objects.filter(kind="BAY") if part else Unit.objects.exclude(kind="BAY")
    expected = {unit.code: by_hand(unit) for unit in units}
    assert {square.code: (square.state, square.overdue_fen) for square in found.squares} == expected
    assert found.part.units == len(expected)
    assert found.part.overdue_fen == sum(fen for _state, fen in expected.values())
    assert found.part.owing == sum(fen > 0 for _state, fen in expected.values())
    assert sum(found.counts.values()) == len(expected)


def test_the_parts_are_the_buildings_then_the_bays(jinxiu):
    found = shown(jinxiu)
    assert [(part.name, part.units) for part in found.parts] == [("3", 3), ("", 1)]
    assert found.parts[-1].key == "bays"
    assert found.total.units == 4
    assert [floor.number for floor in found.front.floors] == [17, 16, 2]


def test_who_owes_is_named_not_who_came_after(jinxiu):
    charge = owe(jinxiu, 21_002, date(2026, 1, 31), unit="3-1-1702")
    before = Account.objects.create(
        community=jinxiu.community,
        unit=jinxiu.units["3-1-1702"],
        party=jinxiu.parties["王五"],
        opened_on=TODAY,
    )
    Charge.objects.filter(pk=charge.pk).update(account=before)
    squares = {square.code: square for square in shown(jinxiu).squares}
    assert squares["3-1-1702"].people == ("王五",)
    assert squares["3-1-1702"].since == date(2026, 1, 31)
    assert squares["3-1-1602"].people == ("张三",)


def test_names_are_masked_for_those_who_may_not_see_them(jinxiu):
    people = {name for square in shown(jinxiu, whole_names=False).squares for name in square.people}
    assert people == {"张*", "李*", "锦**"}


def test_a_unit_without_an_owner_is_empty_and_a_retired_one_is_gone(jinxiu):
    Ownership.objects.filter(unit=jinxiu.units["3-1-1602"]).delete()
    Unit.objects.filter(code="3-1-1702").update(retired_on=TODAY)
    squares = {square.code: square for square in shown(jinxiu).squares}
    assert "3-1-1702" not in squares
    assert (squares["3-1-1602"].state, squares["3-1-1602"].people) == ("EMPTY", ())


def test_what_stands_in_no_building_has_its_own_part(jinxiu):
    Unit.objects.filter(code="3-1-1702").update(building=None)
    assert [square.code for square in shown(jinxiu, "outside").squares] == ["3-1-1702"]


def test_a_part_that_is_not_there_is_not_found(jinxiu):
    for part in ("999999", "outside", "x"):
        with pytest.raises(NotFound):
            shown(jinxiu, part)


def test_a_building_takes_the_same_few_reads_whatever_its_size(crowd):
    with CaptureQueriesContext(
        connection,
    ) as few:
        shown(crowd)
    for room in range(100, 140):
        unit = Unit.objects.get(code="3-1-1602")
        unit.pk, unit.code, unit.room, unit.sort_key = None, f"3-1-{room}", str(room), f"0003-{room}"
        unit.save()
    with CaptureQueriesContext(connection) as many:
        shown(crowd)
    assert len(many) == len(few) <= 3
