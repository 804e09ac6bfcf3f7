"""Bank statements over the API: the same services, problems with lines."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from billing.banking.tasks import import_statement
from billing.payments.models import Payment
from tenancy.kernel import clock
from tests.banking import AT, bank_account, line, plain, read
from tests.money import owe

TODAY = date(2026, 5, 31)
URL = "/api/v1/bank-lines/"


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
def finance(cast, log_in):
    return log_in(cast.jinxiu, "finance")


def send(client, account, *rows):
    file = SimpleUploadedFile("statement.csv", plain(*rows), "text/csv")
    return client.post("/api/v1/bank-statements/", {"bank_account": account, "file": file})


@pytest.fixture
def sent(monkeypatch):
    messages = []
    monkeypatch.setattr(import_statement, "delay", lambda **message: messages.append(message))
    return messages


@pytest.fixture
def had(cast, account):
    """had(*rows): the statement was read."""

    def imported(*rows):
        with cast.jinxiu.open("finance"):
            return read(account, plain(*rows))

    return imported


def test_a_statement_is_read_by_a_job(committed, log_in, sent):
    with committed.jinxiu.open("finance"):
        account = bank_account(committed.jinxiu)
    finance = log_in(committed.jinxiu, "finance")
    done = send(finance, account, line("1", "210.02"), line("2", "5.00"))
    assert done.status_code == 202
    import_statement(**sent.pop())
    job = finance.get(f"/api/v1/jobs/{done.json()['job']}/").json()
    assert (job["state"], job["result"]["lines"], job["result"]["amount_fen"]) == ("DONE", 2, 21_502)
    assert finance.get("/api/v1/bank-statements/").json()["count"] == 1
    wrong = send(finance, account, line("3", "1.00"), line("4", "-3.00"))
    import_statement(**sent.pop())
    job = finance.get(f"/api/v1/jobs/{wrong.json()['job']}/").json()
    assert (job["state"], job["error_code"]) == ("FAILED", "banking.statement_bad")
    assert job["result"]["lines_wrong"] == [
        {"row": 4, "column": "金额", "code": "amount_negative", "value": "-3.00"}
    ]
    assert finance.get("/api/v1/bank-statements/").json()["count"] == 1
    assert (
        send(finance, account, line("1", "210.02"), line("2", "5.00")).json()["code"]
        == "banking.statement_known"
    )


def test_from_the_statement_to_the_payment(cast, finance, had):
    done = had(line("1", "210.02", remark="3-1-1602"), line("2", "5.00", payer="甲"))
    assert finance.get(f"/api/v1/bank-statements/{done.statement_id}/").json()["lines"] == 2
    [first, second] = finance.get(URL, {"state": "WAITING"}).json()["results"]
    detail = finance.get(f"{URL}{first['id']}/").json()
    assert [choice["unit_code"] for choice in detail["choices"]] == ["3-1-1602"]
    confirmed = finance.post(f"{URL}confirm/", {"lines": [first["id"]]}, content_type="application/json")
    assert confirmed.json() == {"lines": 1, "amount": "210.02"}
    again = finance.post(f"{URL}confirm/", {"lines": [first["id"]]}, content_type="application/json")
    assert (again.status_code, again.json()["code"]) == (409, "banking.already_decided")
    kept = {"decision": "keep", "reason": "在问"}
    answer = finance.post(f"{URL}{second['id']}/decision/", kept, content_type="application/json")
    assert answer.json()["state"] == "SUSPENSE"
    sums = {row["state"]: row["amount"] for row in finance.get(f"{URL}sums/").json()["results"]}
    assert sums == {"MATCHED": "210.02", "SUSPENSE": "5.00"}
    with cast.jinxiu.open():
        assert Payment.objects.count() == 1


def test_accounts_and_profiles(cast, finance):
    made = {
        "community": cast.jinxiu.community.pk, "name": "锦绣", "bank": "工行", "number": "6222000011", "profile": "icbc",
    }  # fmt: skip
    assert finance.post("/api/v1/bank-accounts/", made, content_type="application/json").status_code == 201
    answer = finance.generic(
        "POST", "/api/v1/bank-accounts/", b'{"community": 1}', content_type="application/json"
    )
    assert answer.status_code == 422
    assert finance.get("/api/v1/bank-accounts/").json()["results"][0]["tail"] == "0011"
    codes = [row["code"] for row in finance.get("/api/v1/statement-profiles/").json()["results"]]
    assert codes == ["icbc", "ccb", "cmb", "plain"]


def test_others_may_look_or_not_even_that(cast, log_in, account):
    assert log_in(cast.jinxiu, "auditor").get(URL).status_code == 200
    assert log_in(cast.jinxiu, "collector").get(URL).status_code == 403
    refused = log_in(cast.jinxiu, "auditor").post(
        f"{URL}confirm/", {"lines": [1]}, content_type="application/json"
    )
    assert refused.status_code == 403


def test_a_transfer_is_divided_among_accounts(cast, finance, had):
    had(line("1", "510.02", payer="某公司"))
    [one] = finance.get(URL, {"state": "WAITING"}).json()["results"]
    accounts = [cast.jinxiu.accounts[unit].pk for unit in ("3-1-1602", "B1-001")]
    url = f"{URL}{one['id']}/split/"
    wrong = [{"account": accounts[0], "amount": "210.02"}, {"account": accounts[1], "amount": "300.01"}]
    refused = finance.post(url, {"parts": wrong}, content_type="application/json")
    assert (refused.status_code, refused.json()["code"]) == (422, "banking.bad_split")
    parts = [{"account": accounts[0], "amount": "210.02"}, {"account": accounts[1], "amount": "290.00"}]
    done = finance.post(url, {"parts": parts}, content_type="application/json")
    assert done.status_code == 200, done.content
    said = [(row["state"], row["amount"], row["split_of"]) for row in done.json()["results"]]
    assert said == [
        ("MATCHED", "210.02", one["id"]), ("MATCHED", "290.00", one["id"]), ("SUSPENSE", "10.00", one["id"]),
    ]  # fmt: skip
    again = finance.post(url, {"parts": parts}, content_type="application/json")
    assert (again.status_code, again.json()["code"]) == (409, "banking.already_decided")
