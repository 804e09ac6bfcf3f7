"""Laws of e-invoices: tax is the rest, red and blue add up to nothing, the table carries every digit."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billing.banking.gateways import connector, connector_for
from billing.banking.rules.channel import Malformed
from billing.banking.rules.invoice import PERCENTS, Amount, Buyer, Rate, mirror, rate_on, split, total
from billing.banking.rules.invoice_file import BACK, COLUMNS, Order, OrderLine, read, table

DAY = date(2026, 1, 1)
NUMBER = "26332000000000000001"


def rate(percent: int, on: date = DAY, item: int = 1) -> Rate:
    return Rate(item, on, percent, percent == 0, "*物业管理服务*物业费", "3040801000000000000", "月")


@pytest.mark.parametrize(
    ("percent", "net", "tax"),
    [(6, 237_758, 14_266), (3, 244_683, 7_341), (1, 249_529, 2_495), (0, 252_024, 0)],
)
def test_s15_split(percent, net, tax):
    assert split(252_024, rate(percent)) == (252_024, net, tax)


@given(st.integers(1, 10**12), st.sampled_from(PERCENTS))
def test_tax_is_gross_less_net_and_never_off_by_more_than_half_a_fen(gross, percent):
    found = split(gross, rate(percent))
    assert found.net_fen + found.tax_fen == gross
    assert abs(Decimal(found.net_fen) - Decimal(gross) * 100 / (100 + percent)) <= Decimal("0.5")


@given(st.lists(st.integers(1, 10**8), min_size=1, max_size=6), st.sampled_from(PERCENTS))
def test_red_ones_in_any_parts_add_up_to_the_blue_one(parts, percent):
    blue = split(sum(parts), rate(percent))
    before = [Amount(0, 0, 0)]
    for part in parts:
        before.append(mirror(blue, back_fen=part, before=total(before), percent=percent))
    assert total([blue, *before]) == (0, 0, 0)


def test_the_newest_rate_that_has_begun_holds():
    rates = [rate(6), rate(3, date(2026, 7, 1)), rate(1, date(2026, 7, 1)), rate(9, item=2)]
    found = [rate_on(rates, fee_item_id=1, on=on) for on in (date(2025, 12, 31), DAY, date(2026, 7, 1))]
    assert [one.percent if one else None for one in found] == [None, 6, 1]


def order(gross: int = 252_024) -> Order:
    amount = split(gross, rate(6))
    line = OrderLine("*物业管理服务*物业费", "3040801000000000000", "2026-01", "月", 6, False, amount)
    return Order(1, "FP-JX-2026-000001", Buyer.PERSON, "=张三", "", "", "锦绣", "李", (line,), amount)


def test_the_table_of_the_bureau():
    header, row = table([order()])
    said = dict(zip(header, row, strict=True))
    assert header == COLUMNS
    assert (said["金额"], said["税率"], said["税额"], said["价税合计"]) == (
        "2377.58",
        "6%",
        "142.66",
        "2520.24",
    )
    assert (said["数量"], said["单价"]) == ("1", "2377.58")
    assert said["价税合计（大写）"] == "人民币贰仟伍佰贰拾元零贰角肆分"


@pytest.mark.parametrize("way", ["xlsx", "xml"])
def test_either_file_holds_the_same_table(way):
    content = connector(way).send([order()]).content
    assert type(connector_for(content)) is type(connector(way))
    with pytest.raises(Malformed) as refused:  # what goes out is no answer
        connector(way).read(content)
    assert refused.value.error.column == "发票号码"


def test_an_answer_in_xml():
    cells = ("FP-1", NUMBER, "2026-01-20", "2520.24", "成功", "")
    row = "".join(f"<{name}>{cell}</{name}>" for name, cell in zip(BACK, cells, strict=True))
    content = f"<?xml version='1.0' encoding='utf-8'?><结果><行>{row}</行></结果>".encode()
    [result] = connector("xml").read(content)
    assert (result.serial, result.number, result.gross_fen, result.on) == (
        "FP-1",
        NUMBER,
        252_024,
        date(2026, 1, 20),
    )


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<",
        b"<a/>",
        b"<!DOCTYPE a><a/>",
        "<!DOCTYPE a><a/>".encode("utf-16"),
        b"<a>\xff</a>",
        b"PK\x03\x04",
        b"a,b",
    ],
)
@pytest.mark.parametrize("way", ["xlsx", "xml"])
def test_rubbish_is_no_answer(way, content):
    with pytest.raises(Malformed):
        connector(way).read(content)


@given(st.lists(st.lists(st.one_of(st.text(), st.floats(), st.dates()), max_size=7), max_size=5))
def test_whatever_stands_in_the_rows_is_refused_by_name(rows):
    with pytest.raises(Malformed):
        read(enumerate([BACK, *rows], 1))
