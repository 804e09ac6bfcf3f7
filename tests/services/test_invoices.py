"""E-invoices: what is asked for, handed over, answered once, corrected by a red one; receipts say 换票."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.db.utils import ProgrammingError

from billing.banking.models import Invoice, InvoiceEvent, InvoiceLine, InvoicePart
from billing.banking.queries.invoice_draft import (
    AlreadyInvoiced,
    ManyAccounts,
    NothingToInvoice,
    NoVatRate,
    draft,
)
from billing.banking.rules.invoice import Buyer, Left
from billing.banking.services import (
    keep_invoice_file,
    withdraw_invoice,
)
from billing.banking.services.import_statement import StatementBad
from billing.banking.services.invoice_batches import BatchReturned, NothingToSend
from billing.banking.services.invoices import BadBuyer, InvoiceNotOpen, NoSeller
from billing.banking.services.vat import BadVat, set_seller
from billing.charges.models import FeeItem
from billing.payments.documents import receipt as document
from billing.payments.models import Receipt
from billing.payments.queries import payment_detail
from billing.payments.services import fetch_receipt, print_receipt, void_receipt
from tenancy.kernel.errors import NotFound
from tenancy.people.models import AuditEntry
from tests.banking import AT
from tests.invoices import BLUE, answered, ask, foot, issue, paid, ready_to_invoice, results, sell, send, tax
from tests.money import PAID_ON, owe, pay

TODAY = PAID_ON


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)


@pytest.fixture
def company(cast):
    with cast.jinxiu.open("finance"):
        ready_to_invoice(cast.jinxiu)
        yield cast.jinxiu


@pytest.mark.parametrize(
    ("percent", "net", "tax_fen"), [(6, 237_758, 14_266), (3, 244_683, 7_341), (1, 249_529, 2_495)]
)
def test_s15_vat_of_2520_24_at_6_3_and_1_percent(cast, percent, net, tax_fen):
    with cast.jinxiu.open("finance"):
        sell()
        tax(cast.jinxiu, percent=percent)
        pk = ask(paid(cast.jinxiu))
        assert foot(pk) == (252_024, net, tax_fen)
        line = InvoiceLine.objects.get(invoice_id=pk)
        assert (line.name, line.gross_fen, line.net_fen, line.tax_fen) == (
            "*物业管理服务*物业费",
            252_024,
            net,
            tax_fen,
        )


def test_an_exempt_item_has_no_tax(cast):
    with cast.jinxiu.open("finance"):
        sell()
        tax(cast.jinxiu, percent=0)
        assert foot(ask(paid(cast.jinxiu))) == (252_024, 252_024, 0)


def test_the_rate_of_the_day_the_money_came_holds(company):
    tax(company, percent=3, from_on=date(2099, 1, 1))
    assert foot(ask(paid(company)))[2] == 14_266
    tax(company, percent=1, from_on=date(2020, 1, 1))  # entered last for the same day
    assert foot(ask(paid(company, key="k2")))[2] == 2_495


def test_a_fee_item_without_a_rate_is_refused_by_name(cast):
    with cast.jinxiu.open("finance"):
        sell()
        with pytest.raises(NoVatRate, match="物业费"):
            ask(paid(cast.jinxiu))
        assert Invoice.objects.count() == 0


def test_credit_stands_on_no_invoice_until_it_pays_a_charge(company):
    owe(company, 10_000, PAID_ON)
    mixed = pay(company, 15_000).payment_id
    said = draft([mixed])
    assert (said.amount.gross_fen, [(one.amount_fen, one.why) for one in said.left]) == (
        10_000,
        [(5_000, Left.CREDIT)],
    )
    assert foot(ask(mixed))[0] == 10_000
    only_credit = pay(company, 700, key="k2").payment_id
    with pytest.raises(NothingToInvoice):
        ask(only_credit)


def test_money_of_others_is_left_out_unless_its_rate_says_so(company):
    FeeItem.objects.filter(pk=company.items["property"].pk).update(revenue=FeeItem.Revenue.COMMON_INCOME)
    payment = paid(company)
    with pytest.raises(NothingToInvoice):
        ask(payment)
    tax(company, percent=9, passes_through=True)
    assert foot(ask(payment))[0] == 252_024


def test_months_are_lines_and_their_tax_adds_up(company):
    owe(company, 10_001, PAID_ON)
    owe(company, 10_002, PAID_ON)
    pk = ask(pay(company, 20_003).payment_id)
    lines = InvoiceLine.objects.filter(invoice_id=pk).order_by("seq")
    assert [line.gross_fen for line in lines] == [10_001, 10_002]
    gross, net, tax_fen = foot(pk)
    assert (gross, net, tax_fen) == (
        20_003,
        sum(line.net_fen for line in lines),
        sum(line.tax_fen for line in lines),
    )


def test_payments_of_two_accounts_make_no_invoice(company):
    first = paid(company)
    owe(company, 500, PAID_ON, unit="3-1-1702")
    other = pay(company, 500, unit="3-1-1702", key="k9").payment_id
    with pytest.raises(ManyAccounts):
        ask(first, other)


@pytest.mark.parametrize(
    "buyer",
    [
        {"buyer_name": " "},
        {"buyer_kind": Buyer.COMPANY},
        {"buyer_kind": Buyer.COMPANY, "buyer_tax_number": "9133"},
        {"buyer_email": "nobody"},
    ],
)
def test_a_buyer_that_nothing_can_be_issued_to_is_refused(company, buyer):
    payment = paid(company)
    with pytest.raises(BadBuyer):
        ask(payment, **buyer)


def test_without_a_seller_nothing_is_asked_for(cast):
    with cast.jinxiu.open("finance"):
        tax(cast.jinxiu)
        with pytest.raises(NoSeller):
            ask(paid(cast.jinxiu))
        with pytest.raises(BadVat):
            set_seller(name="锦绣", tax_number="1", issuer="李", at=AT)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"percent": 7}, "percent"),
        ({"name": "物业费"}, "name"),
        ({"tax_code": "1"}, "tax_code"),
        ({"basis": " "}, "basis"),
    ],
)
def test_a_rate_that_no_invoice_could_carry_is_refused(company, given, field):
    with pytest.raises(BadVat) as refused:
        tax(company, **given)
    assert refused.value.field == field


def test_money_is_invoiced_once(company):
    payment = paid(company)
    ask(payment)
    with pytest.raises(AlreadyInvoiced):
        ask(payment)
    part = InvoicePart.objects.get()
    with pytest.raises(IntegrityError, match="invoice_part_money_once"), transaction.atomic():
        InvoicePart.objects.create(
            invoice_id=part.invoice_id, line_id=part.line_id, allocation_id=part.allocation_id,
            payment_id=payment, amount_fen=1,
        )  # fmt: skip


def test_a_withdrawn_request_frees_its_money(company):
    payment = paid(company)
    pk = ask(payment)
    withdraw_invoice(invoice_id=pk, reason="抬头写错", at=AT)
    assert Invoice.objects.get(pk=pk).state == "WITHDRAWN"
    with pytest.raises(InvoiceNotOpen):
        withdraw_invoice(invoice_id=pk, reason="再来", at=AT)
    ask(payment)


def test_a_batch_goes_out_and_its_answer_is_read_once(company):
    payment = paid(company)
    pk = ask(payment)
    batch = send(company)
    assert Invoice.objects.get(pk=pk).state == "SENT"
    with pytest.raises(NothingToSend):
        send(company)
    serial = Invoice.objects.get(pk=pk).serial
    content = results((serial, BLUE, "2026-01-20", "2520.24", "成功", ""))
    assert answered(batch, content) == (1, 0, 252_024)
    one = Invoice.objects.get(pk=pk)
    assert (one.state, one.number, one.issued_on) == ("ISSUED", BLUE, date(2026, 1, 20))
    with pytest.raises(BatchReturned):
        answered(batch, content)
    kinds = InvoiceEvent.objects.filter(invoice_id=pk).order_by("pk").values_list("kind", flat=True)
    assert list(kinds) == ["REQUESTED", "SENT", "ISSUED"]
    said = set(AuditEntry.objects.values_list("action", flat=True))
    assert {"invoice.requested", "invoice_batch.made", "invoice_batch.returned"} <= said


def test_a_refused_request_says_why_and_can_be_asked_for_again(company):
    payment = paid(company)
    pk = ask(payment)
    batch = send(company)
    serial = Invoice.objects.get(pk=pk).serial
    assert answered(batch, results((serial, "", "", "2520.24", "失败", "税号有误"))) == (0, 1, 0)
    one = Invoice.objects.get(pk=pk)
    assert (one.state, one.reason, one.number) == ("REFUSED", "税号有误", "")
    assert payment_detail(payment).receipt.exchanged_on is None
    ask(payment)


@pytest.mark.parametrize(
    ("row", "column", "code"),
    [
        (("X", BLUE, "2026-01-20", "2520.24", "成功", ""), "发票流水号", "seq_unknown"),
        (("{serial}", BLUE[:-1], "2026-01-20", "2520.24", "成功", ""), "发票号码", "invoice_number"),
        (("{serial}", BLUE, "2026-01-20", "2520.23", "成功", ""), "价税合计", "sum_differs"),
        (("{serial}", BLUE, "20.1.2026", "2520.24", "成功", ""), "开票日期", "date_bad"),
        (("{serial}", BLUE, "2099-01-20", "2520.24", "成功", ""), "开票日期", "date_future"),
        (("{serial}", BLUE, "2026-01-20", "2520.24", "也许", ""), "状态", "status_unknown"),
        (("{serial}", "", "", "2520.24", "失败", ""), "原因", "reason_missing"),
        (("{serial}", BLUE, "", "2520.24", "失败", "税号"), "发票号码", "result_differs"),
    ],
)
def test_a_bad_answer_is_refused_whole_with_row_and_column(company, row, column, code):
    pk = ask(paid(company))
    batch = send(company)
    serial = Invoice.objects.get(pk=pk).serial
    with pytest.raises(StatementBad) as refused:
        answered(batch, results(tuple(cell.replace("{serial}", serial) for cell in row)))
    (line,) = refused.value.params["lines"]
    assert (line["row"], line["column"], line["code"]) == (2, column, code)
    assert Invoice.objects.get(pk=pk).state == "SENT"


def test_an_answer_that_leaves_one_out_or_is_no_table_changes_nothing(company):
    one, other = ask(paid(company)), ask(paid(company, key="k2"))
    batch = send(company)
    serial = Invoice.objects.get(pk=one).serial
    for content in (
        results((serial, BLUE, "2026-01-20", "2520.24", "成功", "")),
        b"no workbook",
        b"PK\x03\x04",
    ):
        with pytest.raises(StatementBad):
            answered(batch, content)
    assert set(Invoice.objects.filter(pk__in=[one, other]).values_list("state", flat=True)) == {"SENT"}


def test_a_receipt_says_that_it_was_exchanged_and_so_does_its_replacement(company):
    payment = paid(company)
    issue(company, payment)
    receipt = payment_detail(payment).receipt
    assert (receipt.exchanged_on, receipt.invoice_numbers) == (TODAY, BLUE)
    new = void_receipt(
        receipt_id=receipt.receipt_id, reason="打印错误", on=TODAY, by=company.staff("project_manager")
    )
    assert Receipt.objects.get(pk=new).invoice_numbers == BLUE


def test_paper_and_the_owners_own_copy_say_that_the_receipt_was_exchanged(company, monkeypatch):
    monkeypatch.setattr(document, "to_pdf", lambda html: html.encode())
    payment = paid(company)
    receipt_id = payment_detail(payment).receipt.receipt_id
    before = fetch_receipt(receipt_id=receipt_id, at=AT).pdf.decode()
    assert "已换票" not in before
    issue(company, payment)
    for copy in (fetch_receipt, print_receipt):
        paper = copy(receipt_id=receipt_id, at=AT).pdf.decode()
        assert "已换票" in paper
        assert BLUE in paper


def test_a_number_that_another_invoice_has_is_refused(company):
    issue(company, paid(company))
    pk = ask(paid(company, key="k2"))
    batch = send(company)
    with pytest.raises(StatementBad):
        answered(
            batch, results((Invoice.objects.get(pk=pk).serial, BLUE, "2026-01-20", "2520.24", "成功", ""))
        )


def test_the_invoices_own_file_is_kept_once_it_is_issued(company):
    pk = ask(paid(company))
    with pytest.raises(InvoiceNotOpen):
        keep_invoice_file(invoice_id=pk, content=b"%PDF-1.7", name="a.pdf", at=AT)
    withdraw_invoice(invoice_id=pk, reason="不要了", at=AT)
    blue = issue(company, paid(company, key="k2"))
    keep_invoice_file(invoice_id=blue, content=b'<?xml version="1.0"?><a/>', name="a.xml", at=AT)
    assert Invoice.objects.get(pk=blue).file.content_type == "application/xml"


def test_lines_and_events_are_never_edited(company):
    pk = ask(paid(company))
    for change in (InvoiceLine.objects.filter(invoice_id=pk), InvoiceEvent.objects.filter(invoice_id=pk)):
        with pytest.raises(ProgrammingError), transaction.atomic():
            change.update(invoice_id=pk)


def test_an_invoice_of_another_company_is_not_there(cast):
    with cast.jinxiu.open("finance"):
        ready_to_invoice(cast.jinxiu)
        pk = ask(paid(cast.jinxiu))
    with cast.yunding.open("finance"), pytest.raises(NotFound):
        withdraw_invoice(invoice_id=pk, reason="x", at=AT)
