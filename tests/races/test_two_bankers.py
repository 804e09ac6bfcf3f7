"""Two people at the bank's papers at the same moment: money is booked once, a day and a batch are done once."""

from __future__ import annotations

from datetime import date

import pytest

from billing.banking.models import BankLine, ChannelFile, DebitBatch, DebitItem
from billing.banking.services import add_mandate, confirm_lines, import_channel_file, make_batch, read_return
from billing.banking.services.channels import ChannelDayKnown
from billing.banking.services.debits import BatchOver, NobodyToDebit
from billing.banking.services.decide import AlreadyDecided
from billing.banking.services.import_statement import StatementKnown
from billing.payments.models import Payment
from tests import channels
from tests.banking import AT, bank_account, line, plain, read
from tests.channels import DAY, wechat_row
from tests.money import owe
from tests.races.test_two_cashiers import at_once

TODAY = date(2026, 5, 31)
HEADER = "批次号,序号,金额,实扣金额,结果码,说明,银行流水号,入账日期"


@pytest.fixture
def company(committed, settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)
    with committed.jinxiu.open():
        owe(committed.jinxiu, 21_002, TODAY)
    return committed.jinxiu


def twice(company, act):
    """The same act by two people; (done, refused)."""

    def person():
        with company.open("finance"):
            return act()

    answers = at_once(person, person)
    refused = [one for one in answers if isinstance(one, Exception)]
    assert len(refused) == 1, answers
    return next(one for one in answers if one is not refused[0]), refused[0]


def test_a_transfer_is_confirmed_once(company):
    with company.open("finance"):
        read(bank_account(company), plain(line("1", "210.02", remark="3-1-1602")))
        pk = BankLine.objects.get().pk
    _done, refused = twice(company, lambda: confirm_lines({pk: None}, posted_on=TODAY, at=AT))
    assert isinstance(refused, AlreadyDecided)
    with company.open():
        assert Payment.objects.count() == 1


def test_a_statement_comes_in_once(company):
    with company.open("finance"):
        account = bank_account(company)
    content = plain(line("1", "210.02"))
    _done, refused = twice(company, lambda: read(account, content))
    assert isinstance(refused, StatementKnown)
    with company.open():
        assert BankLine.objects.count() == 1


def test_a_day_of_a_channel_is_reconciled_once(company):
    given = {"community_id": company.community.pk, "channel": "WECHAT", "day": DAY, "name": "bill", "at": AT}
    content = channels.wechat(wechat_row("A", 100))
    _done, refused = twice(company, lambda: import_channel_file(content=content, **given))
    assert isinstance(refused, ChannelDayKnown)
    with company.open():
        assert ChannelFile.objects.count() == 1


def test_a_batch_is_made_once_and_returns_once(company):
    with company.open("finance"):
        add_mandate(
            account_id=company.accounts["3-1-1602"].pk, agreement_no="AG", holder_name="张三", bank="工行",
            number="6222000011", limit_fen=100_000, from_on=date(2026, 1, 1), to_on=None, content=b"%PDF-1.7",
            name="a.pdf", at=AT,
        )  # fmt: skip
    given = {"community_id": company.community.pk, "profile_code": "debit-csv", "debit_on": TODAY, "at": AT}
    pk, refused = twice(company, lambda: make_batch(blocked=(), **given))
    assert isinstance(refused, NobodyToDebit)
    with company.open():
        number = DebitBatch.objects.get(pk=pk).number
    content = f"{HEADER}\n{number},1,210.02,210.02,00,成功,S-1,20260531\n".encode()
    _done, refused = twice(
        company,
        lambda: read_return(debit_batch_id=pk, content=content, name="r", posted_on=TODAY, at=AT),
    )
    assert isinstance(refused, BatchOver)
    with company.open():
        assert Payment.objects.count() == 1
        assert DebitItem.objects.get().result == "SUCCESS"
