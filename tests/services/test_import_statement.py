"""A statement comes in whole or not at all, and no transfer comes in twice."""

from __future__ import annotations

import pytest

from billing.banking.models import BankLine, StatementFile
from billing.banking.services import add_profile
from billing.banking.services.import_statement import StatementBad, StatementKnown
from billing.banking.services.setup import AccountKnown, BadNumber, BadProfile, ProfileKnown
from tenancy.kernel.crypto import decrypt
from tenancy.people.models import StoredFile
from tenancy.people.services.files import FileNotAccepted
from tests.banking import bank_account, line, plain, read, workbook


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)


@pytest.fixture
def account(jinxiu) -> int:
    return bank_account(jinxiu)


def test_a_statement_is_kept_with_its_lines(jinxiu, account):
    rows = [line("1", "210.02", payer="张三", account="6222 0001"), line("2", "5.00", payer="李四")]
    done = read(account, plain(*rows))
    assert (done.lines, done.known, done.amount_fen) == (2, 0, 21_502)
    first = BankLine.objects.get(serial="1")
    assert (first.row, first.payer_name, first.payer_tail) == (3, "张三", "0001")
    assert first.payer_account == "62220001"
    stored = BankLine.objects.filter(pk=first.pk).extra(select={"raw": "payer_account"}).get()
    assert b"62220001" not in bytes(stored.raw)
    assert decrypt(stored.raw) == "62220001"
    statement = StatementFile.objects.get()
    assert (statement.lines, statement.first_on, statement.last_on) == (2, first.on, first.on)


def test_the_same_file_twice_is_refused(account):
    content = plain(line("1", "210.02"))
    read(account, content)
    with pytest.raises(StatementKnown):
        read(account, content)
    assert BankLine.objects.count() == 1


def test_an_overlapping_statement_leaves_out_what_is_known_and_says_so(account):
    read(account, plain(line("1", "210.02"), line("2", "3.00")))
    done = read(account, plain(line("2", "3.00"), line("3", "4.00")))
    assert (done.lines, done.known, done.amount_fen) == (1, 1, 400)
    assert BankLine.objects.count() == 3


@pytest.mark.parametrize(
    ("rows", "code", "row"),
    [
        ([line("1", "1.00"), line("2", "-1.00")], "amount_negative", 4),
        ([line("1", "1.00"), line("1", "1.00")], "serial_twice", 4),
        ([line("1", "1.00", on="2027-01-01")], "date_future", 3),
        ([line("1", "1.00", on="0202-05-20")], "date_bad", 3),
        ([line("1", "1.00").replace("CNY", "USD")], "currency", 3),
        ([line("1", "1.001")], "amount_bad", 3),
        ([], "empty", 0),
    ],
)
def test_a_bad_line_refuses_the_whole_file_and_says_which(account, rows, code, row):
    with pytest.raises(StatementBad) as refused:
        read(account, plain(*rows))
    assert refused.value.code == "banking.statement_bad"
    assert refused.value.params["lines"][0] | {"value": "", "column": ""} == {
        "row": row, "column": "", "code": code, "value": "",
    }  # fmt: skip
    assert not BankLine.objects.exists()
    assert not StatementFile.objects.exists()
    assert not StoredFile.objects.exists()


def test_a_known_number_with_another_amount_is_refused(account):
    read(account, plain(line("1", "210.02")))
    with pytest.raises(StatementBad) as refused:
        read(account, plain(line("1", "999.00"), line("2", "1.00")))
    assert refused.value.params["lines"][0]["code"] == "serial_differs"
    assert BankLine.objects.count() == 1


@pytest.mark.parametrize("content", [b"PK\x03\x04not text", b"\x00\x01\x02", b"", b"%PDF-1.7"])
def test_what_is_no_text_is_not_taken_for_a_statement(account, content):
    with pytest.raises(FileNotAccepted):
        read(account, content)


def test_text_in_another_encoding_is_refused(account):
    with pytest.raises(StatementBad):
        read(account, "日期,金额\n中文".encode("gb18030"))
    assert not StatementFile.objects.exists()


def test_a_workbook_is_read_as_text_is(jinxiu):
    account = bank_account(jinxiu, profile="ccb")
    header = [
        "交易时间",
        "借方发生额（支取）",
        "贷方发生额（收入）",
        "对方户名",
        "对方账号",
        "账户明细编号-交易流水号",
        "备注",
    ]
    content = workbook(
        ["中国建设银行"],
        header,
        ["20260520 09:00:00", "", 210.02, "张三", "6222", "001", "3-1-1602"],
        ["20260521 09:00:00", 5, "", "电力公司", "1", "002", ""],
    )
    done = read(account, content, name="ccb.xlsx")
    assert (done.lines, done.amount_fen, done.proposed) == (1, 21_002, 1)


def test_a_profile_of_ones_own(jinxiu):
    columns = {"date": ["DAY"], "amount": ["SUM"], "serial": ["NO"], "payer": ["FROM"]}
    add_profile(
        code="ours", name="本地银行", file_format="CSV", columns=columns, delimiter="|",
        date_format="%d.%m.%Y", encoding="utf-8-sig",
    )  # fmt: skip
    account = bank_account(jinxiu, profile="ours")
    assert read(account, "DAY|SUM|NO|FROM\n20.05.2026|1.00|7|张三\n".encode()).lines == 1
    with pytest.raises(ProfileKnown):
        add_profile(code="ours", name="x", file_format="CSV", columns=columns)


@pytest.mark.parametrize(
    "bad", [{"columns": {"date": ["a"]}}, {"date_format": "%H"}, {"encoding": "utf-7"}, {"delimiter": "x"}]
)
def test_a_profile_that_could_read_nothing_is_refused(jinxiu, bad):
    columns = {"date": ["a"], "amount": ["b"], "serial": ["c"]}
    with pytest.raises(BadProfile):
        add_profile(**({"code": "x", "name": "x", "file_format": "CSV", "columns": columns} | bad))


def test_a_bank_account_is_set_up_once(jinxiu, account):
    with pytest.raises(AccountKnown):
        bank_account(jinxiu)
    with pytest.raises(BadNumber):
        bank_account(jinxiu, number="中文")
