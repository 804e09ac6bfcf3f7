"""E-invoices for tests: a seller, rates, requests, batches and the bureau's answers."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import Any

import xlsxwriter

from billing.banking.gateways import connector
from billing.banking.models import Invoice
from billing.banking.rules.invoice import Buyer
from billing.banking.rules.invoice_file import BACK
from billing.banking.services import Answered, add_vat_rate, ask_invoice, read_results, send_batch, set_seller
from tests.banking import AT
from tests.cast import Company
from tests.money import PAID_ON, owe, pay

BLUE = "26332000000000000001"
SELLER = "91330106MA2B1C2D3E"


def sell() -> int:
    return set_seller(name="锦绣物业服务有限公司", tax_number=SELLER, issuer="李会计", at=AT)


def tax(company: Company, **given: Any) -> int:
    said = {
        "fee_item_id": company.items["property"].pk, "from_on": date(2020, 1, 1), "percent": 6, "unit": "月",
        "name": "*物业管理服务*物业费", "tax_code": "3040801000000000000", "basis": "增值税法", "at": AT,
    }  # fmt: skip
    return add_vat_rate(**(said | given))


def ready_to_invoice(company: Company) -> None:
    sell()
    tax(company)


def ask(*payments: int, **given: Any) -> int:
    said = {"buyer_kind": Buyer.PERSON, "buyer_name": "张三", "on": PAID_ON, "at": AT}
    return ask_invoice(payment_ids=payments, **(said | given))


def send(company: Company, way: str = "xlsx") -> int:
    return send_batch(community_id=company.community.pk, connector=connector(way), on=PAID_ON, at=AT)


def results(*rows: tuple[str, ...]) -> bytes:
    """The bureau's table as a workbook."""
    content = BytesIO()
    with xlsxwriter.Workbook(content) as book:
        sheet = book.add_worksheet()
        for at, row in enumerate((BACK, *rows)):
            sheet.write_row(at, 0, row)
    return content.getvalue()


def answered(batch: int, content: bytes, way: str = "xlsx") -> Answered:
    return read_results(
        invoice_batch_id=batch,
        connector=connector(way),
        content=content,
        name="结果.xlsx",
        on=PAID_ON,
        at=AT,
    )


def paid(company: Company, fen: int = 252_024, *, key: str = "k1", month: date = PAID_ON) -> int:
    owe(company, fen, month)
    return pay(company, fen, key=key).payment_id


def foot(invoice_id: int) -> tuple[int, int, int]:
    one = Invoice.objects.get(pk=invoice_id)
    return one.gross_fen, one.net_fen, one.tax_fen


def issue(company: Company, *payments: int, number: str = BLUE) -> int:
    pk = ask(*payments)
    batch = send(company)
    one = Invoice.objects.get(pk=pk)
    answered(batch, results((one.serial, number, "2026-01-20", f"{one.gross_fen / 100:.2f}", "成功", "")))
    return pk
