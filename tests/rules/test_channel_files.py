"""The files of WeChat Pay and Alipay in their own wire format, and what is refused in them."""

from __future__ import annotations

import io
import zipfile
from datetime import timedelta

import pytest

from billing.banking.rules import alipay, wechat
from billing.banking.rules.channel import Kind, Malformed
from tests import channels
from tests.channels import DAY, alipay_row, wechat_row


def code_of(read, content: bytes) -> str:
    with pytest.raises(Malformed) as found:
        read(content)
    return found.value.error.code.value


def test_wechat_rows_with_commas_in_the_goods_refunds_and_fees():
    rows = wechat.read(
        channels.wechat(
            wechat_row("A1", 21_002, fee=126), wechat_row("A1", 5_000, status="REFUND", refund="R1", fee=-30)
        )
    )
    assert [(r.kind, r.order_no, r.refund_no, r.amount_fen, r.fee_fen) for r in rows] == [
        (Kind.PAYMENT, "A1", "", 21_002, 126),
        (Kind.REFUND, "A1", "R1", 5_000, -30),
    ]
    assert {row.on for row in rows} == {DAY}


def test_wechat_is_read_by_header_name_whatever_the_order_and_number_of_columns():
    header = "商户订单号,交易时间,微信订单号,交易状态,货币种类,手续费,订单金额,商品名称,应结订单金额,退款金额,充值券退款金额,申请退款金额"
    [row] = wechat.read(channels.wechat(wechat_row("A1", 100), header=header))
    assert (row.order_no, row.amount_fen, row.channel_no) == ("A1", 100, "42000A1")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (channels.wechat(wechat_row("A", 1), 总交易单数="2"), "summary_differs"),
        (channels.wechat(wechat_row("A", 100), 订单总金额="0.99"), "summary_differs"),
        (channels.wechat(wechat_row("A", 100, fee=1), 手续费总金额="0.02"), "summary_differs"),
        (channels.wechat(wechat_row("A", -100)), "amount_negative"),
        (channels.wechat(wechat_row("A", 100, currency="USD")), "currency"),
        (channels.wechat(wechat_row("A", 100, status="LOST")), "status_unknown"),
        (channels.wechat(wechat_row("", 100)), "order_missing"),
        (channels.wechat(wechat_row("A", 100)).replace(b"`1.00,", b"`1.001,"), "amount_bad"),
        (channels.wechat(wechat_row("A", 100)).replace("订单金额,申请".encode(), "x,申请".encode()), "summary_differs"),
        (channels.wechat(wechat_row("A", 100)).replace("手续费,".encode(), b"x,", 1), "no_header"),
        (b"\r\n".join(channels.wechat(wechat_row("A", 100)).split(b"\r\n")[:2]), "summary_missing"),
        ("交易时间".encode("gb18030"), "not_text"),
        (b"", "empty"),
    ],
)  # fmt: skip
def test_a_wechat_file_that_is_not_whole_is_refused(content, code):
    assert code_of(wechat.read, content) == code


def test_alipay_rows_out_of_the_zip_padded_and_in_gbk():
    rows = alipay.read(
        channels.alipay(
            alipay_row("B1", 21_002, fee=126), alipay_row("B1", 5_000, kind="退款", refund="R1", fee=-30)
        )
    )
    assert [(r.kind, r.order_no, r.refund_no, r.amount_fen, r.fee_fen) for r in rows] == [
        (Kind.PAYMENT, "B1", "", 21_002, 126),
        (Kind.REFUND, "B1", "R1", 5_000, -30),
    ]
    assert rows[0].on == DAY


def test_alipay_headers_may_have_narrow_brackets():
    narrow = channels.alipay_csv(alipay_row("B1", 100)).decode("gb18030").replace("（元）", "(元)")
    assert alipay.read(narrow.encode("gb18030"))[0].amount_fen == 100


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (channels.alipay(alipay_row("B", 100), count=2), "summary_differs"),
        (channels.alipay(alipay_row("B", 100), foot=False), "summary_missing"),
        (channels.alipay(alipay_row("B", -100)), "amount_negative"),
        (channels.alipay(alipay_row("B", 100, kind="转账")), "status_unknown"),
        (channels.alipay(alipay_row("", 100)), "order_missing"),
        (b"PK\x03\x04broken", "not_zip"),
        (b"#nothing\r\n", "empty"),
        (b"\xff\xff\xff", "not_text"),
    ],
)
def test_an_alipay_file_that_is_not_whole_is_refused(content, code):
    assert code_of(alipay.read, content) == code


def test_a_zip_bomb_is_not_unpacked(monkeypatch):
    monkeypatch.setattr(alipay, "MOST_BYTES", 1_000_000)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("x.csv", b"0" * 2_000_000)
    assert code_of(alipay.read, packed.getvalue()) == "too_large"
    lying = packed.getvalue().replace((2_000_000).to_bytes(4, "little"), (10).to_bytes(4, "little"))
    assert code_of(alipay.read, lying) in ("too_large", "not_zip", "not_text", "empty", "no_header")


def test_a_row_of_another_day_keeps_its_day():
    [row] = wechat.read(channels.wechat(wechat_row("A", 1, on=DAY + timedelta(1))))
    assert row.on == DAY + timedelta(1)


@pytest.mark.parametrize("amount", ["1e999999", "NaN", "١٠٠", "1_0", "0x10", "1.00000000000"])
def test_only_plain_digits_are_an_amount(amount):
    content = channels.wechat(wechat_row("A", 100)).replace(b"`1.00,", f"`{amount},".encode())
    assert code_of(wechat.read, content) == "amount_bad"


def test_rubbish_inside_is_refused_and_never_breaks():
    assert (
        code_of(wechat.read, channels.wechat(wechat_row("A", 100)).replace(b"JSAPI", b"JS\0PI")) == "not_text"
    )
    wide = channels.alipay_csv(alipay_row("B", 100)).replace(b"*", b"x" * 200_000)
    assert code_of(alipay.read, wide) == "not_text"
    packed = bytearray(channels.alipay(alipay_row("B", 100)))
    at = packed.index(b".csv") + 8
    packed[at : at + 20] = b"\xff" * 20
    assert code_of(alipay.read, bytes(packed)) == "not_zip"
