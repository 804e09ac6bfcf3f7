"""Bad input of the specification: each refused with a code and a sentence, and nothing changed."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from billing.banking.models import BankLine, DebitBatch, StatementFile
from billing.banking.services import Part, add_mandate, make_batch, split_line
from billing.banking.services import read_return as read_back
from billing.charges.models import Movement
from billing.payments.models import Allocation, CreditEntry, Payment, Receipt
from tenancy.kernel.errors import Refused
from tests.banking import AT as BANK_AT
from tests.banking import bank_account, line, plain, read
from tests.money import PAID_ON, owe, pay

ROOM = "3-1-1602"


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)


def everything():
    tables = (Payment, Allocation, CreditEntry, Receipt, Movement, BankLine, StatementFile, DebitBatch)
    return {
        table.__name__: list(table.objects.order_by("pk").values_list("pk", flat=True)) for table in tables
    }


def refused(code, act):
    """The act is refused with this code and a sentence in Chinese; nothing is there afterwards that was not."""
    before = everything()
    with pytest.raises(Refused) as refusal:
        act()
    assert refusal.value.code == code
    assert str(refusal.value).endswith("。")
    assert everything() == before
    return refusal.value


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"\xff\xfe\x00\x01 not a statement", None),
        ("只有一行文字\r\n".encode(), "no_header"),
        (plain(line("1", "-210.02")), "amount_negative"),
        (plain(line("1", "210.025")), "amount_bad"),
        (plain(line("1", "210.02").replace("CNY", "USD")), "currency"),
        (plain(line("1", "210.02"), line("1", "210.02")), "serial_twice"),
        (plain(line("1", "210.02", on="2099-01-01")), None),
    ],
)
def test_a_malformed_statement_file(jinxiu, content, why):
    account = bank_account(jinxiu)
    before = everything()
    with pytest.raises(Refused) as refusal:
        read(account, content)
    assert str(refusal.value).endswith("。")
    assert why is None or refusal.value.params["lines"][0]["code"] == why
    assert everything() == before


@pytest.mark.parametrize("fen", [-1, -10_000, 0])
def test_a_negative_amount(jinxiu, fen):
    owe(jinxiu, 21_002, PAID_ON)
    refused("payments.bad_amount", lambda: pay(jinxiu, fen))


def test_parts_that_do_not_come_to_the_transfer(jinxiu):
    owe(jinxiu, 21_002, PAID_ON)
    read(bank_account(jinxiu), plain(line("1", "510.02", payer="某公司")))
    parts = [Part(jinxiu.accounts[ROOM].pk, 21_002), Part(jinxiu.accounts["B1-001"].pk, 30_001)]
    found = BankLine.objects.get().pk
    refused(
        "banking.bad_split",
        lambda: split_line(line_id=found, parts=parts, posted_on=PAID_ON, at=BANK_AT),
    )


def test_a_designation_to_someone_elses_charge(jinxiu):
    owe(jinxiu, 21_002, PAID_ON)
    theirs = owe(jinxiu, 28_318, PAID_ON, unit="3-1-1702")
    said = refused("payments.charge_not_open", lambda: pay(jinxiu, 21_002, designated=[theirs.pk]))
    assert said.field == "designated"


def mandate(company, **given):
    told = {
        "account_id": company.accounts[ROOM].pk, "agreement_no": "AG-1", "holder_name": "张三", "bank": "工商银行",
        "number": "6222 0000 1111", "limit_fen": 100_000, "from_on": date(2026, 1, 1), "to_on": date(2026, 12, 31),
        "content": b"%PDF-1.7\n%%EOF\n", "name": "授权书.pdf", "at": BANK_AT,
    }  # fmt: skip
    return add_mandate(**(told | given))


def batch(company, on):
    return make_batch(
        community_id=company.community.pk, profile_code="debit-csv", debit_on=on, blocked=set(), at=BANK_AT
    )


def test_an_expired_mandate(jinxiu):
    owe(jinxiu, 21_002, PAID_ON)
    mandate(jinxiu, to_on=PAID_ON - timedelta(1))
    refused("banking.nobody_to_debit", lambda: batch(jinxiu, PAID_ON))


def test_a_second_return_file(jinxiu):
    owe(jinxiu, 21_002, PAID_ON)
    mandate(jinxiu)
    sent = DebitBatch.objects.get(pk=batch(jinxiu, PAID_ON))
    header = "批次号,序号,金额,实扣金额,结果码,说明,银行流水号,入账日期"

    def answer(serial):
        row = f"{sent.number},1,210.02,210.02,00,成功,{serial},20260531"
        content = f"{header}\n{row}".encode()
        read_back(debit_batch_id=sent.pk, content=content, name="回盘.csv", posted_on=PAID_ON, at=BANK_AT)

    answer("S-1")
    refused("banking.batch_over", lambda: answer("S-2"))
