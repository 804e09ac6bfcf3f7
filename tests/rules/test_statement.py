"""Statements of banks as their files are written, and exactly what is wrong with a bad one."""

from __future__ import annotations

import io
from datetime import date

import pytest

from billing.banking.rules.profiles import BUILT_IN, Profile
from billing.banking.rules.rooms import rooms_in
from billing.banking.rules.statement import Error, NotText, Received, read, text_rows

PLAIN = BUILT_IN["plain"]


def parsed(text: str, profile: Profile = PLAIN) -> list[Received | Error]:
    content = io.BytesIO(text.encode(profile.encoding))
    return list(read(text_rows(content, profile), profile))


def test_money_in_and_money_out_in_columns_of_their_own():
    text = (
        "中国工商银行账户明细\r\n账号：6222\r\n\r\n"
        "凭证号,交易时间,借方发生额,贷方发生额,对方单位名称,对方账号,摘要\r\n"
        '001,2026-05-20,,"2,520.24",张三,\t6222020200,3-1-1602物业费\r\n'
        "002,2026-05-21,88.00,,电力公司,1,电费\r\n"
        "合计,,88.00,2520.24,,,\r\n"
    )
    assert parsed(text, BUILT_IN["icbc"]) == [
        Received(5, date(2026, 5, 20), 252_024, "张三", "6222020200", "001", "3-1-1602物业费")
    ]


def test_an_amount_with_its_side_beside_it():
    text = "交易日,交易金额,借贷标志,收/付方名称,流水号,用途\n20260520,100.00,贷,张三,a,\n20260520,5.00,借,李四,b,\n"
    assert [line.amount_fen for line in parsed(text, BUILT_IN["cmb"])] == [10_000]


def test_headers_with_wide_brackets_and_days_with_times():
    rows = [
        (1, ["交易时间", "贷方发生额（收入）", "借方发生额（支取）", "对方户名", "交易流水号"]),
        (2, ["20260520 10:11:12", 210.02, "", "张三", "7"]),
    ]
    [line] = read(rows, BUILT_IN["ccb"])
    assert (line.on, line.amount_fen) == (date(2026, 5, 20), 21_002)


@pytest.mark.parametrize(
    ("row", "code", "column"),
    [
        ("2026-05-20,-1.00,张三,,1,,", "amount_negative", "金额"),
        ("2026-05-20,1.005,张三,,1,,", "amount_bad", "金额"),
        ("2026-05-20,abc,张三,,1,,", "amount_bad", "金额"),
        ("2026-05-20,0.00,张三,,1,,", "amount_bad", "金额"),
        ("20-05-2026,1.00,张三,,1,,", "date_bad", "日期"),
        ("2026-05-20,1.00,张三,,,,", "serial_missing", "流水号"),
        ("2026-05-20,1.00,张三,,1,,USD", "currency", "币种"),
    ],
)
def test_what_is_wrong_with_a_cell(row, code, column):
    [error] = parsed(f"日期,金额,付款人,付款账号,流水号,附言,币种\n{row}\n")
    assert (error.row, error.code.value, error.column) == (2, code, column)


def test_a_file_of_another_bank_has_no_header():
    [error] = parsed("a,b,c\n1,2,3\n")
    assert error.code == "no_header"


@pytest.mark.parametrize(
    ("remark", "rooms"),
    [
        ("物业费3-1-1602", ("3-1-1602",)),
        ("3栋1602 张三", ("3栋1602",)),
        ("三号楼二单元201室", ("三号楼二单元201室",)),
        ("B1-001车位", ("B1-001",)),
        ("电话13800138000", ()),
        ("2026年5月", ()),
    ],
)
def test_rooms_are_found_in_what_people_write(remark, rooms):
    assert rooms_in(remark) == rooms


def test_rubbish_is_refused_and_never_breaks():
    wide = f"日期,金额,流水号\n2026-05-20,1.00,{'x' * 200_000}\n"
    with pytest.raises(NotText):
        parsed(wide)
    [line] = parsed("日期,金额,流水号,附言\n2026-05-20,1.00,7,a\0b\n")
    assert line.remark == "ab"
