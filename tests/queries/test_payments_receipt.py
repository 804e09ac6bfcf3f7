"""The receipt on paper: domain 4.10's fields, 大写, 补打, 作废, no tax document."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from billing.payments import queries, services
from billing.payments.documents.receipt import ReceiptData, ReceiptLine, render_html, render_pdf
from billing.payments.services.receipts import check_code
from tests.money import AT, PAID_ON, owe, pay

AT_DESK = datetime(2026, 5, 31, 10, 5, tzinfo=ZoneInfo("Asia/Shanghai"))
DATA = ReceiptData(
    company="锦绣物业服务有限公司",
    community="锦绣花园",
    number="RECEIPT-01-JX-2026-000001",
    issued_on=date(2026, 5, 31),
    taken_at=AT_DESK,
    printed_at=AT_DESK,
    unit="3-1-1602",
    payer="张三",
    method="CASH",
    amount_fen=252024,
    paid_on=date(2026, 5, 31),
    lines=(
        ReceiptLine(fee_item="物业费", period="2026年1月至12月", part="LATE_FEE", amount_fen=15121),
        ReceiptLine(fee_item="物业费", period="2026年1月至12月", part="PRINCIPAL", amount_fen=230903),
        ReceiptLine(fee_item="", period="", part="CREDIT", amount_fen=6000),
    ),
    check_code="ABCDEF012345",
    cash_point="前台一",
    cashier="收款员甲",
    tendered_fen=260000,
    change_fen=7976,
)


def test_it_says_everything_a_receipt_must_say():
    page = render_html(DATA)
    for field in (
        "锦绣物业服务有限公司", "RECEIPT-01-JX-2026-000001", "2026年5月31日", "2026-05-31 10:05", "3-1-1602", "张三",
        "物业费（违约金）", "2026年1月至12月", "¥151.21", "预存款", "人民币贰仟伍佰贰拾元零贰角肆分", "¥2,520.24", "现金",
        "找零：¥79.76", "收款员甲", "非税务发票", "项目专用章", "ABCDEF012345", "正本",
    ):  # fmt: skip
        assert field in page, field
    assert "作废" not in page
    assert "data:image/svg+xml" in page


@pytest.mark.parametrize(("copy", "mark"), [(1, "正本"), (2, "补打1"), (3, "补打2"), (12, "补打11")])
def test_a_reprint_says_which_one_it_is(copy, mark):
    assert f'class="copy">{mark}<' in render_html(replace(DATA, copy=copy))


def test_a_void_receipt_says_so_and_why():
    page = render_html(replace(DATA, voided_on=date(2026, 6, 1), void_reason="户名写错"))
    assert page.count("作废") == 2
    assert "户名写错" in page


def test_what_a_payer_wrote_is_text_and_not_markup():
    assert "<script>" not in render_html(replace(DATA, payer="<script>", note="<b>"))


def test_it_is_a_pdf():
    assert render_pdf(DATA).startswith(b"%PDF-")


def test_the_code_changes_with_the_number_and_the_amount(jinxiu):
    codes = {check_code("R-1", 100), check_code("R-1", 101), check_code("R-2", 100)}
    assert len(codes) == 3
    assert check_code("R-1", 100) in codes


def test_the_paper_is_made_of_the_ledger(jinxiu, monkeypatch):
    handed_out = []
    monkeypatch.setattr(
        "billing.payments.documents.receipt.render_pdf", lambda data: handed_out.append(data) or b""
    )
    owe(jinxiu, 60000, date(2026, 5, 1))
    taken = pay(jinxiu, 70000, tendered_fen=80000, payer_name="张小三")
    for _ in range(2):
        services.print_receipt(receipt_id=taken.receipt_id, at=AT)
    data = handed_out[-1]
    assert (data.number, data.copy, data.payer, data.change_fen) == (taken.receipt_number, 2, "张小三", 10000)
    assert sum(line.amount_fen for line in data.lines) == data.amount_fen == 70000
    assert [line.title for line in data.lines] == ["物业费（违约金）", "物业费", "预存款"]
    assert (data.company, data.community) == (jinxiu.tenant.name, "锦绣花园")
    assert queries.receipt_detail(taken.receipt_id).receipt.prints == 2
    assert data.paid_on == PAID_ON
