"""A batch asks for what may be debited; its return is read once, books what came and leaves the rest open."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from arrears.cases.models import Hold
from arrears.cases.queries.held import held_accounts
from billing.banking.models import DebitBatch, DebitItem, Mandate
from billing.banking.queries.blocked import blocked_accounts
from billing.banking.queries.debits import ready
from billing.banking.services import (
    add_debit_profile,
    add_mandate,
    call_off,
    make_batch,
    read_return,
    revoke_mandate,
)
from billing.banking.services.debits import (
    BadMandate,
    BatchOver,
    MandateKnown,
    MandateRevoked,
    NobodyToDebit,
)
from billing.banking.services.import_statement import StatementBad
from billing.banking.services.setup import BadProfile, ProfileKnown
from billing.payments.models import Payment
from tenancy.people.services import files
from tests.banking import AT
from tests.money import owe, still_open

ON = date(2026, 5, 31)
PAPER = b"%PDF-1.7\n%%EOF\n"
HEADER = "批次号,序号,金额,实扣金额,结果码,说明,银行流水号,入账日期"


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)


def sign(company, unit: str = "3-1-1602", **given: object) -> int:
    told = {
        "account_id": company.accounts[unit].pk, "agreement_no": f"AG-{unit}", "holder_name": "张三", "bank": "工商银行",
        "number": "6222 0000 1111", "limit_fen": 100_000, "from_on": date(2026, 1, 1), "to_on": date(2026, 12, 31),
        "content": PAPER, "name": "授权书.pdf", "at": AT,
    }  # fmt: skip
    return add_mandate(**(told | given))


def batch(company, *, blocked: set[int] | None = None, on: date = ON) -> DebitBatch:
    pk = make_batch(
        community_id=company.community.pk,
        profile_code="debit-csv",
        debit_on=on,
        blocked=blocked or set(),
        at=AT,
    )
    return DebitBatch.objects.get(pk=pk)


def answer(sent: DebitBatch, *rows: str):
    content = "\n".join([HEADER, *(f"{sent.number},{row}" for row in rows)]).encode()
    return read_return(debit_batch_id=sent.pk, content=content, name="回盘.csv", posted_on=ON, at=AT)


def test_from_the_mandate_to_the_payment(jinxiu):
    charge = owe(jinxiu, 21_002, ON)
    sign(jinxiu)
    sent = batch(jinxiu)
    assert (sent.items, sent.amount_fen, sent.number) == (1, 21_002, "DK-JX-20260531-01")
    assert "6222000011" in files.read(sent.file).decode()
    done = answer(sent, "1,210.02,210.02,00,成功,S-1,20260531")
    assert done == (1, 0, 21_002)
    payment = Payment.objects.get()
    assert (payment.method, payment.reference, payment.amount_fen) == ("DEBIT", "S-1", 21_002)
    assert DebitItem.objects.get().payment_id == payment.pk
    assert charge.pk not in still_open(jinxiu)


def test_a_failure_leaves_the_bill_open_and_a_partial_debit_pays_what_came(jinxiu):
    charge, other = owe(jinxiu, 21_002, ON), owe(jinxiu, 28_318, ON, unit="3-1-1702")
    sign(jinxiu)
    sign(jinxiu, "3-1-1702")
    sent = batch(jinxiu)
    done = answer(sent, "1,210.02,100.00,00,部分,S-1,20260531", "2,283.18,0,01,余额不足,,")
    assert done == (1, 1, 10_000)
    assert still_open(jinxiu)[charge.pk] == (11_002, 0)
    assert still_open(jinxiu, unit="3-1-1702")[other.pk] == (28_318, 0)
    assert dict(DebitItem.objects.values_list("seq", "result")) == {1: "SUCCESS", 2: "INSUFFICIENT"}


def test_a_second_return_file_is_refused_and_nothing_changes(jinxiu):
    owe(jinxiu, 21_002, ON)
    sign(jinxiu)
    sent = batch(jinxiu)
    answer(sent, "1,210.02,210.02,00,成功,S-1,20260531")
    with pytest.raises(BatchOver):
        answer(sent, "1,210.02,210.02,00,成功,S-2,20260531")
    assert Payment.objects.count() == 1


def test_a_bad_return_file_changes_nothing(jinxiu):
    owe(jinxiu, 21_002, ON)
    sign(jinxiu)
    sent = batch(jinxiu)
    for row, code in (
        ("1,210.02,999.00,00,成功,S-1,20260531", "sum_differs"),
        ("1,210.02,210.02,00,成功,S-1,20260601", "date_future"),
        ("2,210.02,210.02,00,成功,S-1,20260531", "seq_unknown"),
    ):
        with pytest.raises(StatementBad) as refused:
            answer(sent, row)
        assert refused.value.params["lines"][0]["code"] == code
    sent.refresh_from_db()
    assert (sent.state, Payment.objects.count()) == ("SENT", 0)


def test_disputed_expired_revoked_and_waiting_accounts_are_never_asked_for(jinxiu):
    owe(jinxiu, 21_002, ON)
    mandate_id = sign(jinxiu)
    account = jinxiu.accounts["3-1-1602"].pk

    def why(on: date = ON, blocked: frozenset[int] = frozenset()) -> str:
        [one] = ready(community_id=jinxiu.community.pk, on=on, blocked=blocked)
        return one.skip

    assert why(blocked=frozenset({account})) == "debit.disputed"
    with pytest.raises(NobodyToDebit):
        batch(jinxiu, blocked={account})
    assert why(on=date(2027, 1, 1)) == "debit.expired"
    with pytest.raises(NobodyToDebit):
        batch(jinxiu, on=date(2027, 1, 1))
    batch(jinxiu)
    assert why() == "debit.waiting"
    revoke_mandate(mandate_id=mandate_id, on=ON, reason="业主来电解约")
    with pytest.raises(MandateRevoked):
        revoke_mandate(mandate_id=mandate_id, on=ON, reason="x")
    assert ready(community_id=jinxiu.community.pk, on=ON, blocked=()) == []


def test_a_late_fee_that_ran_on_after_the_batch_is_no_new_debit(jinxiu):
    charge = owe(jinxiu, 21_002, ON)
    sign(jinxiu)
    answer(batch(jinxiu), "1,210.02,210.02,00,成功,S-1,20260531")
    late = owe(jinxiu, 20, ON)
    assert charge.pk not in still_open(jinxiu)
    [one] = ready(community_id=jinxiu.community.pk, on=ON, blocked=())
    assert (one.amount_fen, one.skip) == (20, "debit.too_little")
    with pytest.raises(NobodyToDebit):
        batch(jinxiu)
    owe(jinxiu, 80, ON)
    assert batch(jinxiu).amount_fen == 100
    assert still_open(jinxiu)[late.pk] == (20, 0)


def test_what_holds_an_account_blocks_its_debit(jinxiu):
    account = jinxiu.accounts["3-1-1602"]
    Hold.objects.create(account=account, kind="DISPUTE", from_on=ON, reason="漏水")
    Hold.objects.create(account=jinxiu.accounts["3-1-1702"], kind="NO_CONTACT", from_on=ON, reason="勿扰")
    assert held_accounts(ON) == {account.pk} == blocked_accounts(ON)
    Hold.objects.update(released_on=ON)
    assert held_accounts(ON) == set()


def test_a_batch_that_was_called_off_may_be_asked_for_again(jinxiu):
    owe(jinxiu, 21_002, ON)
    sign(jinxiu)
    first = batch(jinxiu)
    call_off(debit_batch_id=first.pk, reason="银行退回文件", at=AT)
    with pytest.raises(BatchOver):
        answer(first, "1,210.02,210.02,00,成功,S-1,20260531")
    assert batch(jinxiu).number == "DK-JX-20260531-02"


def test_a_mandate_that_could_not_be_used_is_refused(jinxiu):
    for wrong in ({"limit_fen": 0}, {"limit_fen": -1}, {"to_on": date(2025, 1, 1)}, {"number": "x"}):
        with pytest.raises(BadMandate):
            sign(jinxiu, **wrong)
    with pytest.raises(files.FileNotAccepted):
        sign(jinxiu, content=b"no paper")
    sign(jinxiu)
    with pytest.raises(MandateKnown):
        sign(jinxiu, agreement_no="AG-2")
    assert Mandate.objects.get().tail == "1111"


def test_the_database_books_no_more_than_was_asked(jinxiu):
    owe(jinxiu, 21_002, ON)
    sign(jinxiu)
    batch(jinxiu)
    for wrong in ({"actual_fen": 30_000}, {"actual_fen": 1}, {"amount_fen": 0}):
        with pytest.raises(IntegrityError), transaction.atomic():
            DebitItem.objects.update(**wrong)
    with pytest.raises(IntegrityError), transaction.atomic():
        DebitBatch.objects.update(state="RETURNED")


def test_a_bank_with_a_file_of_its_own(jinxiu):
    out = [("seq", "NO"), ("account", "ACC"), ("name", "NAME"), ("amount", "FEN")]
    back = {
        "batch_no": "B", "seq": "NO", "amount": "FEN", "actual": "GOT", "result": "R", "serial": "S", "day": "D",
    }  # fmt: skip
    given = {
        "code": "local",
        "name": "本地银行",
        "out": out,
        "back": back,
        "results": {"Y": "SUCCESS"},
        "unit": "fen",
    }
    for wrong in (
        {"out": out[:2]}, {"back": {}}, {"results": {"Y": "DONE"}}, {"unit": "jiao"}, {"out": [*out, ("x", "X")]},
    ):  # fmt: skip
        with pytest.raises(BadProfile):
            add_debit_profile(**(given | wrong))
    add_debit_profile(**given)
    with pytest.raises(ProfileKnown):
        add_debit_profile(**given)
    owe(jinxiu, 21_002, ON)
    sign(jinxiu)
    pk = make_batch(community_id=jinxiu.community.pk, profile_code="local", debit_on=ON, blocked=(), at=AT)
    sent = DebitBatch.objects.get(pk=pk)
    assert files.read(sent.file).decode().splitlines()[1] == "1,622200001111,张三,21002"
    content = f"B,NO,FEN,GOT,R,S,D\n{sent.number},1,21002,21002,Y,S1,2026-05-31\n".encode()
    done = read_return(debit_batch_id=pk, content=content, name="r", posted_on=ON, at=AT)
    assert done.amount_fen == 21_002
