"""A channel's day is reconciled once; what does not agree is answered by one and closed by another."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from billing.banking.models import ChannelException, ChannelFile, ChannelRow
from billing.banking.queries.channels import channel_day, exception_ids, exception_rows
from billing.banking.services import answer_exception, import_channel_file, review_exception
from billing.banking.services.channels import AnswerMissing, ChannelDayKnown, DayNotOver, NotNow, SamePerson
from billing.banking.services.import_statement import StatementBad
from billing.payments.models import Payment
from billing.payments.services import Asked, Wish, take_payments
from tenancy.people.models import AuditEntry
from tests import channels
from tests.banking import AT
from tests.channels import DAY, alipay_row, wechat_row


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)


def paid(company, order: str, fen: int, *, on: date = DAY, method: str = "WECHAT") -> Payment:
    account = company.accounts["3-1-1602"]
    wish = Wish(account_id=account.pk, amount_fen=fen, method=method, paid_on=on, reference=order)
    [taken] = take_payments([Asked(order, wish)], posted_on=on, at=AT)
    return Payment.objects.get(pk=taken.payment_id)


def reconcile(company, content: bytes, *, channel: str = "WECHAT", day: date = DAY, at: datetime = AT):
    return import_channel_file(
        community_id=company.community.pk, channel=channel, day=day, content=content, name="bill", at=at
    )


def test_a_day_with_every_outcome(jinxiu):
    with jinxiu.open("finance"):
        for order, fen, on in (
            ("OK", 100, DAY), ("LESS", 99, DAY), ("OFF", 100, DAY), ("NIGHT", 100, DAY - timedelta(1)), ("GONE", 500, DAY),
        ):  # fmt: skip
            paid(jinxiu, order, fen, on=on)
        done = reconcile(
            jinxiu,
            channels.wechat(
                wechat_row("OK", 100, fee=1), wechat_row("LONG", 700, fee=4), wechat_row("LESS", 100),
                wechat_row("OFF", 100, status="REVOKED"), wechat_row("NIGHT", 100), wechat_row("OK", 100),
            ),
        )  # fmt: skip
    assert done.counts == {
        "MATCHED": 1, "CHANNEL_ONLY": 1, "SYSTEM_ONLY": 1, "AMOUNT_DIFF": 1, "STATUS_DIFF": 1, "DUPLICATE": 1,
        "DATE_SHIFT": 1,
    }  # fmt: skip
    file = ChannelFile.objects.get()
    assert (file.rows, file.amount_fen, file.fee_fen) == (6, 1_100, 5)
    assert ChannelRow.objects.filter(outcome="MATCHED").get().payment.reference == "OK"
    found = {row.outcome: (row.channel_fen, row.booked_fen) for row in exception_rows(exception_ids())}
    assert found["SYSTEM_ONLY"] == (0, 500)
    assert found["CHANNEL_ONLY"] == (700, 0)
    assert found["AMOUNT_DIFF"] == (100, 99)
    assert {row.owner for row in exception_rows(exception_ids())} == {jinxiu.people["finance"].name}
    assert channel_day(file.pk).open_exceptions == 6
    assert AuditEntry.objects.filter(action="channel.reconciled").exists()


def test_alipay_counts_its_own_payments_only(jinxiu):
    paid(jinxiu, "A", 100, method="ALIPAY")
    paid(jinxiu, "W", 100)
    done = reconcile(jinxiu, channels.alipay(alipay_row("A", 100, fee=1)), channel="ALIPAY")
    assert done.counts == {"MATCHED": 1}


def test_what_the_day_before_has_paired_is_not_asked_about_again(jinxiu):
    paid(jinxiu, "NIGHT", 100, on=DAY - timedelta(1))
    reconcile(jinxiu, channels.wechat(wechat_row("NIGHT", 100)))
    before = reconcile(jinxiu, channels.wechat(), day=DAY - timedelta(1))
    assert before.counts == {}


def test_a_second_file_of_the_day_is_refused(jinxiu):
    reconcile(jinxiu, channels.wechat(wechat_row("A", 100)))
    with pytest.raises(ChannelDayKnown):
        reconcile(jinxiu, channels.wechat(wechat_row("B", 100)))
    assert ChannelFile.objects.count() == 1


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (channels.wechat(wechat_row("A", 100), 订单总金额="9.99"), "summary_differs"),
        (channels.wechat(wechat_row("A", 100, on=DAY + timedelta(1))), "other_day"),
        (channels.wechat(wechat_row("A", 100, currency="HKD")), "currency"),
        (channels.wechat(wechat_row("A", -100)), "amount_negative"),
    ],
)
def test_a_bad_file_is_refused_and_nothing_is_written(jinxiu, content, code):
    with pytest.raises(StatementBad) as refused:
        reconcile(jinxiu, content)
    assert refused.value.params["lines"][0]["code"] == code
    assert not ChannelFile.objects.exists()
    assert not ChannelException.objects.exists()


def test_a_day_that_is_not_over_has_no_file_yet(jinxiu):
    with pytest.raises(DayNotOver):
        reconcile(jinxiu, channels.wechat(), day=AT.date())


def test_an_exception_is_answered_by_one_and_closed_by_another(jinxiu):
    with jinxiu.open("finance"):
        reconcile(jinxiu, channels.wechat(wechat_row("LONG", 700)))
        pk = ChannelException.objects.get().pk
        with pytest.raises(NotNow):
            review_exception(exception_id=pk, accept=True, at=AT)
        with pytest.raises(AnswerMissing):
            answer_exception(exception_id=pk, reason="掉单", closure=" ", at=AT)
        answer_exception(exception_id=pk, reason="掉单", closure="已补录缴费", at=AT)
        with pytest.raises(SamePerson):
            review_exception(exception_id=pk, accept=True, at=AT)
    with jinxiu.open("company_admin"):
        review_exception(exception_id=pk, accept=False, at=AT)
        assert ChannelException.objects.get().state == "OPEN"
    with jinxiu.open("finance"):
        answer_exception(exception_id=pk, reason="掉单", closure="已补录缴费 3-1-1602", at=AT)
    with jinxiu.open("company_admin"):
        review_exception(exception_id=pk, accept=True, at=AT)
    closed = ChannelException.objects.get()
    assert (closed.state, closed.reviewer_id) == ("CLOSED", jinxiu.people["company_admin"].pk)
    with pytest.raises(NotNow):
        answer_exception(exception_id=pk, reason="x", closure="y", at=AT)


def test_the_database_lets_nobody_close_his_own(jinxiu):
    with jinxiu.open("finance"):
        reconcile(jinxiu, channels.wechat(wechat_row("LONG", 700)))
    me = jinxiu.people["finance"].pk
    mine = {
        "state": "CLOSED",
        "reason": "x",
        "closure": "y",
        "prepared_by_id": me,
        "reviewer_id": me,
        "closed_at": AT,
    }
    for wrong in (mine, mine | {"reviewer_id": None}, mine | {"prepared_by_id": None}, {"state": "ANSWERED"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            ChannelException.objects.update(**wrong)
