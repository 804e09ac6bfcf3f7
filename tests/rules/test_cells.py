"""Single cells: numbers, days, names, identity numbers and telephones as people type them."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.demo_register import identity_number
from owners.rules import cells, people
from owners.rules.cells import Unreadable
from owners.rules.headers import title_key
from owners.rules.seen import Seen

FULL_WIDTH = str.maketrans("0123456789.,", "０１２３４５６７８９．，")
days = st.dates(date(1951, 1, 1), date(2099, 12, 31))


@given(
    st.integers(1, 10**9), st.sampled_from(["{}", " {} ", "{}㎡", "{} m²", "{}平方米", "　{}"]), st.booleans()
)
def test_an_area_is_the_same_however_it_is_written(cm2, form, wide):
    number = str(Decimal(cm2) / 10_000)
    text = form.format(number)
    assert cells.area_cm2(text.translate(FULL_WIDTH) if wide else text) == cm2


@given(st.integers(1, 10**8))
def test_an_area_as_a_number_keeps_every_square_centimetre(cm2):
    assert cells.area_cm2(cm2 / 10_000) == cm2


@given(days)
def test_a_day_is_the_same_however_it_is_written(day):
    forms = [
        day, datetime.combine(day, time()), day.isoformat(), f"{day.year}.{day.month}.{day.day}",
        f"{day.year}年{day.month}月{day.day}日", f"{day.year}/{day.month:02d}/{day.day:02d}", f"{day:%Y%m%d}",
        float((day - date(1899, 12, 30)).days), f"{day.year}．{day.month}．{day.day}".translate(FULL_WIDTH),
    ]  # fmt: skip
    assert [cells.day(form) for form in forms] == [day] * len(forms)


@pytest.mark.parametrize(
    "cell", ["2019.13.1", "2019", "19.6.30", "明年", 3.5, True, timedelta(hours=1), "2019.6"]
)
def test_what_is_no_day_is_refused(cell):
    with pytest.raises(Unreadable):
        cells.day(cell)


@given(st.integers(0, 10**9))
def test_an_amount_as_a_number_keeps_every_fen(fen):
    assert cells.amount_fen(fen / 100) == fen


@pytest.mark.parametrize("cell", ["1,07.82", "九十", "89.37.1", "1e3", True])
def test_what_is_no_area_is_refused(cell):
    with pytest.raises(Unreadable):
        cells.area_cm2(cell)


@given(st.randoms(use_true_random=False), st.integers(0, 16))
def test_one_wrong_digit_never_passes_the_check_digit(random, at):
    number = identity_number(random)
    wrong = number[:at] + str((int(number[at]) + 1) % 10) + number[at + 1 :]
    assert people.valid_identity(number)
    assert not people.valid_identity(wrong)


@pytest.mark.parametrize(
    ("number", "valid"),
    [
        ("11010519491231002X", True),
        ("110105194912310021", False),
        ("11010519491331002X", False),
        ("110105491231002", True),
        ("91350100M000100Y43", True),
        ("91350100M000100Y44", False),
        ("E12345678", False),
    ],
)
def test_identity_numbers_of_people_and_organisations_are_checked(number, valid):
    assert people.valid_identity(number) is valid


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("罗欣涵、董建梓", ("罗欣涵", "董建梓")),
        ("罗欣涵/董建梓", ("罗欣涵", "董建梓")),
        ("罗欣涵 董建梓", ("罗欣涵", "董建梓")),
        ("罗欣涵，董建梓；王五", ("罗欣涵", "董建梓", "王五")),
        ("罗欣涵\n董建梓", ("罗欣涵", "董建梓")),
        ("张　三", ("张三",)),
        ("John Smith", ("John Smith",)),
        ("杭州（中国）商贸有限公司", ("杭州（中国）商贸有限公司",)),
    ],
)
def test_owners_in_one_cell_are_told_apart(cell, names):
    found = people.owner_names(cell)
    assert (found.names, found.clear, found.developer) == (names, True, False)


@pytest.mark.parametrize(
    ("cell", "numbers"),
    [
        ("13800002289/0571-88004187", ["13800002289", "0571-88004187"]),
        ("13800002289 13800002290", ["13800002289", "13800002290"]),
        ("138 0000 2289", ["13800002289"]),
        ("１３８００００２２８９", ["13800002289"]),
        ("+86-13800002289", ["13800002289"]),
        ("0571 88004187", ["0571-88004187"]),
        ("（0571）88004187转801", ["0571-88004187-801"]),
        ("010-62345678、4008001234", ["010-62345678", "4008001234"]),
        (13800002289.0, ["13800002289"]),
        ("13800002289、13800002289", ["13800002289"]),
        ("无", []),
    ],
)
def test_telephones_in_one_cell_are_told_apart(cell, numbers):
    found = people.phones(cell)
    assert [phone.number for phone in found.phones] == numbers
    assert found.bad == ()


@pytest.mark.parametrize("cell", ["1380000", "12800002289", "138000022899", "张三", "0000-1234567"])
def test_what_is_no_telephone_is_bad(cell):
    assert people.phones(cell).bad == (cell,)


@given(st.lists(st.tuples(st.sampled_from("AB"), st.from_regex(r"[0-9A]{1,6}", fullmatch=True))))
def test_the_compact_memory_answers_as_a_set_does(names):
    seen, plain = Seen(), set()
    for group, name in names:
        assert seen.add(group, name) is ((group, name) not in plain)
        plain.add((group, name))


def test_titles_are_compared_without_breaks_marks_and_units():
    assert title_key("收费标准\n（元/㎡·月）") == title_key(" 收费 标准：") == "收费标准"
