"""Whom a bank may be asked to debit, its files out and in, and what is refused in a return."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billing.banking.rules.channel import Malformed
from billing.banking.rules.debit import (
    BUILT_IN,
    Answer,
    Item,
    Mandate,
    Result,
    Skip,
    check,
    may_debit,
    read,
    write,
)

ON = date(2026, 5, 31)
CSV, GBK = BUILT_IN["debit-csv"], BUILT_IN["debit-gbk"]
ITEMS = [
    Item(1, "AG-1", "6222000011", "张三", 21_002, "3-1-1602"),
    Item(2, "AG-2", "6222000022", "李四", 5, "3-1-1702"),
]
HEADER = "批次号,序号,金额,实扣金额,结果码,说明,银行流水号,入账日期"


def mandate(**given: object) -> Mandate:
    return Mandate(date(2026, 1, 1), date(2026, 12, 31), None, 50_000)._replace(**given)


def asked(
    terms: Mandate, *, owed_fen: int = 100, blocked: bool = False, waiting: bool = False
) -> Skip | None:
    return may_debit(terms, owed_fen=owed_fen, on=ON, blocked=blocked, waiting=waiting)


def test_a_good_mandate_is_used_from_its_first_to_its_last_day():
    assert asked(mandate()) is None
    assert asked(mandate(from_on=ON, to_on=ON)) is None
    assert asked(mandate(to_on=None)) is None


def test_why_a_mandate_is_not_used():
    assert asked(mandate(to_on=ON - timedelta(1))) is Skip.EXPIRED
    assert asked(mandate(from_on=ON + timedelta(1))) is Skip.NOT_YET
    assert asked(mandate(revoked_on=ON)) is Skip.REVOKED
    assert asked(mandate(), blocked=True) is Skip.DISPUTED
    assert asked(mandate(), waiting=True) is Skip.WAITING
    assert asked(mandate(), owed_fen=0) is Skip.NOTHING_OWED
    assert asked(mandate(), owed_fen=99) is Skip.TOO_LITTLE
    assert asked(mandate(), owed_fen=50_001) is Skip.OVER_LIMIT


@given(st.booleans(), st.booleans(), st.integers(-10, 60_000), st.sampled_from([None, ON - timedelta(1), ON]))
def test_nobody_is_debited_against_a_block_a_limit_or_a_revocation(blocked, waiting, owed_fen, revoked_on):
    if asked(mandate(revoked_on=revoked_on), owed_fen=owed_fen, blocked=blocked, waiting=waiting) is None:
        assert not blocked
        assert not waiting
        assert 100 <= owed_fen <= 50_000
        assert revoked_on is None


def test_the_file_out_in_yuan_and_in_fen():
    text = write(ITEMS, CSV, batch_no="DK-1", on=ON, purpose="物业费").decode()
    assert text.splitlines() == [
        "批次号,日期,序号,协议号,账号,户名,金额,用途,客户标识",
        "DK-1,20260531,1,AG-1,6222000011,张三,210.02,物业费,3-1-1602",
        "DK-1,20260531,2,AG-2,6222000022,李四,0.05,物业费,3-1-1702",
        "合计,2,210.07",
    ]
    packed = write(ITEMS, GBK, batch_no="DK-1", on=ON, purpose="物业费").decode("gb18030")
    assert packed.splitlines()[1] == "DK-1|20260531|1|AG-1|6222000011|张三|21002|物业费|3-1-1602"


def test_the_return_file_with_a_partial_debit_and_a_failure():
    text = f"{HEADER}\nDK-1,1,210.02,100.00,00,部分扣款,S1,20260531\nDK-1,2,0.05,0,01,余额不足,,\n合计,2,100.00\n"
    first, second = read(text.encode(), CSV, batch_no="DK-1")
    assert first == Answer(2, 1, 21_002, 10_000, Result.SUCCESS, "00", "部分扣款", "S1", ON)
    assert (second.result, second.actual_fen) == (Result.INSUFFICIENT, 0)
    check({1: 21_002, 2: 5}, [first, second])


def test_a_code_that_the_profile_does_not_know_is_another_reason():
    [answer] = read(f"{HEADER}\nDK-1,1,210.02,0,E77,?,,\n".encode(), CSV, batch_no="DK-1")
    assert answer.result is Result.OTHER


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ("DK-2,1,210.02,210.02,00,,S,20260531", "other_batch"),
        ("DK-1,x,210.02,210.02,00,,S,20260531", "seq_unknown"),
        ("DK-1,9,210.02,210.02,00,,S,20260531", "seq_unknown"),
        ("DK-1,1,210.02,210.02,00,,S,20260531\nDK-1,1,210.02,210.02,00,,S,20260531", "seq_twice"),
        ("DK-1,1,210.02,-1.00,00,,S,20260531", "amount_negative"),
        ("DK-1,1,210.02,1.001,00,,S,20260531", "amount_bad"),
        ("DK-1,1,210.02,999.00,00,,S,20260531", "sum_differs"),
        ("DK-1,1,210.00,1.00,00,,S,20260531", "sum_differs"),
        ("DK-1,1,210.02,1.00,00,,,20260531", "serial_missing"),
        ("DK-1,1,210.02,1.00,00,,S,", "date_bad"),
        ("DK-1,1,210.02,1.00,01,,S,20260531", "result_differs"),
        ("DK-1,1,210.02,0,00,,S,20260531", "result_differs"),
        ("DK-1,2,0.05,0,01,,,", "seq_missing"),
    ],
)
def test_a_return_that_is_not_whole_is_refused(rows, code):
    with pytest.raises(Malformed) as found:
        check({1: 21_002, 2: 5}, read(f"{HEADER}\n{rows}\n".encode(), CSV, batch_no="DK-1"))
    assert found.value.error.code == code


def test_another_file_has_no_header():
    with pytest.raises(Malformed) as found:
        read(b"a,b\n1,2\n", CSV, batch_no="DK-1")
    assert found.value.error.code == "no_header"


@pytest.mark.parametrize("amount", ["1_000", "1.5", "-5", "x"])
def test_fen_are_plain_digits(amount):
    text = f"{HEADER}\nDK-1,1,21002,{amount},00,,S,20260531\n".replace(",", "|")
    with pytest.raises(Malformed) as found:
        read(text.encode("gb18030"), GBK, batch_no="DK-1")
    assert found.value.error.code in ("amount_bad", "amount_negative")
