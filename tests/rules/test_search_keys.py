"""What a search for a unit or a name may mean, and who owes for a unit."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from owners.rules.codes import Place, read_code
from owners.rules.ownership import HandoverRule, Liable, Overlap, Ownership, liable, owner_on
from owners.rules.search import candidates, name_key, normalise_code
from values.period import Period

APRIL = Period.month(2026, 4)
HANDOVER = date(2026, 4, 18)


def hits(words, *place):
    return any(reading.fits(*place) for reading in candidates(words))


@pytest.mark.parametrize("words", ["31602", "3-1-1602", "3栋1单元1602室", "３－１－１６０２"])
def test_both_ways_of_writing_find_the_unit_with_and_without_an_entrance(words):
    assert hits(words, "3", "1", "1602")
    assert hits(words, "3", "", "1602")


def test_a_run_of_digits_is_read_in_every_way():
    assert hits("311602", "3", "1", "1602")
    assert hits("31602", "31", "2", "602")
    assert hits("1602", "3", "1", "1602")
    assert hits("1602", "1", "6", "2") is False
    assert hits("商12", "商", "0", "12")
    assert hits("商-0-020", "商", "0", "20")
    assert not hits("31602", "4", "1", "1602")


@pytest.mark.parametrize("words", ["", "张三丰的家", "1-1-", "--", "3-1-1602-7"])
def test_what_is_no_unit_has_no_reading(words):
    assert candidates(words) == ()


names = st.from_regex(r"[1-9][0-9]?", fullmatch=True)
rooms = st.from_regex(r"[1-9][0-9]{2,3}", fullmatch=True)


@given(names, names, rooms)
def test_a_code_reads_back_and_is_found_by_itself(building, entrance, room):
    place = Place(building, entrance, room)
    assert read_code(place.code) == place
    assert normalise_code(place.code) == place.code
    assert hits(place.code, *place)


@given(names, names, rooms)
def test_a_code_run_together_finds_its_unit(building, entrance, room):
    assert hits(building + room, building, entrance, room)


def test_names_are_compared_without_spaces_width_and_case():
    assert name_key("张　三") == name_key(" 张三 ")
    assert name_key("ＡＢＣ Ltd") == "abcltd"


def test_a_sale_is_split_by_day_and_the_day_belongs_to_the_buyer():
    owned = [Ownership(8, HANDOVER, None), Ownership(7, date(2019, 1, 1), HANDOVER)]
    for rule in HandoverRule:
        assert liable(owned, APRIL, rule=rule) == (
            Liable(7, Period(date(2026, 4, 1), HANDOVER)),
            Liable(8, Period(HANDOVER, date(2026, 5, 1))),
        )
    assert owner_on(owned, HANDOVER - timedelta(1)) == 7


@pytest.mark.parametrize("day", [date(2026, 4, 1), HANDOVER, date(2026, 4, 30)])
def test_a_developer_pays_the_month_of_handover_where_the_place_says_so(day):
    owned = [Ownership(1, date(2019, 1, 1), day, developer=True), Ownership(2, day, None)]
    assert liable(owned, APRIL, rule=HandoverRule.NEXT_MONTH) == (Liable(1, APRIL),)
    assert liable(owned, Period.month(2026, 5), rule=HandoverRule.NEXT_MONTH) == (
        Liable(2, Period.month(2026, 5)),
    )


def test_days_that_nobody_owns_are_told():
    owned = [Ownership(2, HANDOVER, None)]
    assert liable(owned, APRIL, rule=HandoverRule.BY_DAY)[0] == Liable(None, Period(APRIL.start, HANDOVER))


def test_two_owners_at_once_are_refused():
    owned = [Ownership(1, date(2019, 1, 1), None), Ownership(2, HANDOVER, None)]
    with pytest.raises(Overlap):
        liable(owned, APRIL, rule=HandoverRule.BY_DAY)


@given(
    st.lists(st.dates(date(2025, 1, 1), date(2027, 1, 1)), min_size=1, max_size=5, unique=True),
    st.sampled_from(HandoverRule),
)
def test_the_pieces_touch_and_cover_the_period(cuts, rule):
    cuts.sort()
    owned = [
        Ownership(at, start, end, developer=at == 0)
        for at, (start, end) in enumerate(zip(cuts, [*cuts[1:], None]))
    ]
    pieces = liable(owned, APRIL, rule=rule)
    assert [piece.period.start for piece in pieces] == [
        APRIL.start,
        *(piece.period.end for piece in pieces[:-1]),
    ]
    assert pieces[-1].period.end == APRIL.end
