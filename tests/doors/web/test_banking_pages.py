"""The screens of bank statements: import, queue by keys, bulk, accounts, profiles."""

from __future__ import annotations

from datetime import date
from http import HTTPStatus

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from billing.banking.models import BankAccount, BankLine, StatementFile, StatementProfile
from billing.banking.tasks import import_statement
from billing.payments.models import Payment
from tenancy.kernel import clock
from tenancy.people.models import Job
from tests.banking import AT, bank_account, line, plain, read
from tests.money import owe

TODAY = date(2026, 5, 31)


@pytest.fixture(autouse=True)
def _day(monkeypatch, settings, tmp_path):
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    monkeypatch.setattr(clock, "now", lambda: AT)
    settings.MEDIA_ROOT = str(tmp_path)


@pytest.fixture
def account(cast) -> int:
    with cast.jinxiu.open("finance"):
        owe(cast.jinxiu, 21_002, TODAY)
        return bank_account(cast.jinxiu)


@pytest.fixture
def sent(monkeypatch):
    """What the doors hand to the worker."""
    messages = []
    monkeypatch.setattr(import_statement, "delay", lambda **message: messages.append(message))
    return messages


def send(client, account: int, content: bytes):
    file = SimpleUploadedFile("statement.csv", content, "text/csv")
    return client.post(reverse("banking:import"), {"bank_account": account, "file": file})


@pytest.fixture
def office(committed) -> int:
    """A bank account of a company whose rows another connection sees."""
    with committed.jinxiu.open("finance"):
        owe(committed.jinxiu, 21_002, TODAY)
        return bank_account(committed.jinxiu)


def test_finance_sends_a_statement_watches_it_and_stands_before_the_transfer(
    committed, english, office, sent
):
    client = english(committed.jinxiu, "finance")
    assert "read_up_to" not in client.get(reverse("banking:import")).content.decode()
    answer = send(client, office, plain(line("1", "210.02", payer="张三", remark="3-1-1602")))
    assert answer.status_code == HTTPStatus.FOUND
    assert "the work goes on" in client.get(answer.url).content.decode()
    import_statement(**sent.pop())
    page = client.get(answer.url).content.decode()
    assert "¥210.02" in page
    assert reverse("banking:queue") in page
    with committed.jinxiu.open():
        line_id = BankLine.objects.get().pk
    queue = client.get(reverse("banking:queue"))
    assert queue.url == reverse("banking:line", args=[line_id])
    page = client.get(queue.url).content.decode()
    assert "3-1-1602" in page
    assert 'data-key="c"' in page
    assert "Exactly what is owed" in page


def test_a_bad_file_shows_every_bad_line_and_changes_nothing(committed, english, office, sent):
    client = english(committed.jinxiu, "finance")
    answer = send(client, office, plain(line("1", "-1.00"), line("2", "x"), line("3", "9.00")))
    import_statement(**sent.pop())
    page = client.get(answer.url).content.decode()
    assert "a negative amount" in page
    assert "no amount in whole fen" in page
    assert "Nothing was imported" in page
    with committed.jinxiu.open():
        assert not BankLine.objects.exists()
        assert not StatementFile.objects.exists()
        assert Job.objects.get(kind="statement").error_code == "banking.statement_bad"


def test_a_stopped_statement_leaves_nothing(committed, english, office, sent):
    client = english(committed.jinxiu, "finance")
    send(client, office, plain(line("1", "9.00")))
    with committed.jinxiu.open("finance"):
        Job.objects.filter(kind="statement").update(cancel_requested=True)
    import_statement(**sent.pop())
    with committed.jinxiu.open():
        assert Job.objects.get(kind="statement").state == "CANCELLED"
        assert not StatementFile.objects.exists()


def test_what_is_no_statement_at_all_is_refused_at_the_door(cast, english, account, sent):
    client = english(cast.jinxiu, "finance")
    answer = send(client, account, b"\0\1\2")
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    with cast.jinxiu.open("finance"):
        read(account, plain(line("1", "9.00")))
    again = send(client, account, plain(line("1", "9.00")))
    assert "This very file was imported before" in again.content.decode()
    with cast.jinxiu.open():
        assert not Job.objects.filter(kind="statement").exists()
    assert sent == []


def test_a_job_of_something_else_has_no_statements_page(cast, log_in, account):
    with cast.jinxiu.open("finance"):
        other = Job.objects.create(kind="bill_run", title="x", created_by=cast.jinxiu.people["finance"])
    url = reverse("banking:statement_job", args=[other.pk])
    assert log_in(cast.jinxiu, "finance").get(url).status_code == HTTPStatus.NOT_FOUND


def test_one_key_books_and_the_next_transfer_comes(cast, english, account):
    with cast.jinxiu.open("finance"):
        read(account, plain(line("1", "210.02", remark="3-1-1602"), line("2", "5.00", payer="甲")))
        first, second = BankLine.objects.order_by("serial").values_list("pk", flat=True)
    client = english(cast.jinxiu, "finance")
    answer = client.post(reverse("banking:decide", args=[first]), {"decision": "confirm"})
    assert answer.url == reverse("banking:line", args=[second])
    page = client.get(answer.url + "?words=1702").content.decode()
    assert "3-1-1702" in page
    refused = client.post(reverse("banking:decide", args=[second]), {"decision": "keep"})
    assert refused.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    client.post(reverse("banking:decide", args=[second]), {"decision": "not_ours", "reason": "结息"})
    with cast.jinxiu.open():
        assert Payment.objects.get().reference == "1"
        assert BankLine.objects.get(pk=second).state == "NOT_OURS"
    assert client.get(reverse("banking:queue")).url == reverse("banking:lines")


def test_ticked_proposals_are_booked_together(cast, english, account):
    with cast.jinxiu.open("finance"):
        rows = [line("1", "5.00", remark="3-1-1602"), line("2", "6.00", remark="3-1-1702"), line("3", "7.00")]
        read(account, plain(*rows))
    client = english(cast.jinxiu, "finance")
    page = client.get(reverse("banking:lines")).content.decode()
    assert page.count('name="pick"') == 2, "only proposals can be ticked"
    client.post(reverse("banking:confirm"), {"all": "1", "query": "state=PROPOSED"})
    with cast.jinxiu.open():
        assert Payment.objects.count() == 2


def test_a_manager_sees_and_cannot_book(cast, english, account):
    with cast.jinxiu.open("finance"):
        read(account, plain(line("1", "210.02", remark="3-1-1602")))
        line_id = BankLine.objects.get().pk
    client = english(cast.jinxiu, "project_manager")
    page = client.get(reverse("banking:line", args=[line_id])).content.decode()
    assert 'data-key="c"' not in page
    answer = client.post(reverse("banking:decide", args=[line_id]), {"decision": "confirm"})
    assert answer.status_code == HTTPStatus.FORBIDDEN


def test_another_company_does_not_see_it(cast, english, account):
    with cast.jinxiu.open("finance"):
        read(account, plain(line("1", "210.02", remark="3-1-1602")))
        line_id = BankLine.objects.get().pk
    client = english(cast.yunding, "finance")
    assert client.get(reverse("banking:line", args=[line_id])).status_code == HTTPStatus.NOT_FOUND
    answer = client.post(reverse("banking:decide", args=[line_id]), {"decision": "confirm"})
    assert answer.status_code == HTTPStatus.NOT_FOUND


def test_accounts_and_profiles_are_set_up(cast, english):
    client = english(cast.jinxiu, "finance")
    columns = {"date": "日期|交易日", "amount": "金额", "serial": "流水号"}
    profile = {
        "code": "local",
        "name": "本地银行",
        "file_format": "CSV",
        "encoding": "gb18030",
        "delimiter": ",",
    }
    client.post(reverse("banking:profiles"), profile | columns | {"date_format": "%Y%m%d"})
    given = {"name": "锦绣物业", "bank": "本地银行", "number": "6222 0000 1111", "profile": "local"}
    wrong = client.post(
        reverse("banking:accounts"), given | {"community": cast.jinxiu.community.pk, "number": "?"}
    )
    assert wrong.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    client.post(reverse("banking:accounts"), given | {"community": cast.jinxiu.community.pk})
    with cast.jinxiu.open():
        assert StatementProfile.objects.get().columns["date"] == ["日期", "交易日"]
        assert BankAccount.objects.get().tail == "1111"
    page = client.get(reverse("banking:accounts")).content.decode()
    assert "1111" in page
    assert "62220000" not in page


def test_a_transfer_is_divided_among_units_that_were_looked_for(cast, log_in, account):
    with cast.jinxiu.open("finance"):
        read(account, plain(line("1", "510.02", payer="某公司")))
        line_id = BankLine.objects.get().pk
    client, url = log_in(cast.jinxiu, "finance"), reverse("banking:split", args=[line_id])
    assert url in client.get(reverse("banking:line", args=[line_id])).content.decode()
    flat, bay = (cast.jinxiu.accounts[unit].pk for unit in ("3-1-1602", "B1-001"))
    page = client.get(url, {"words": "B1-001", f"amount-{flat}": "210.02"}).content.decode()
    assert f'name="amount-{bay}"' in page
    assert 'value="210.02"' in page
    wrong = client.post(url, {f"amount-{flat}": "210.02", f"amount-{bay}": "x"})
    assert wrong.status_code == 422
    assert 'value="210.02"' in wrong.content.decode()
    done = client.post(url, {f"amount-{flat}": "210.02", f"amount-{bay}": "290"}, follow=True)
    assert "10.00" in done.content.decode()
    with cast.jinxiu.open():
        assert sorted(Payment.objects.values_list("amount_fen", flat=True)) == [21_002, 29_000]
