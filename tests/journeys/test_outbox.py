"""The outbox from the queue to the outside world: a real SMTP server, a provider, two workers."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connections

from notices import services, tasks
from notices.gateways import Carriers
from notices.gateways.sms import HttpSms, OutboxSms
from notices.models import Attempt, Notice
from notices.rules.sending import Answer, Outcome, Outgoing
from notices.services import withdraw
from tests.cast import Cast, Company
from tests.notices_data import message
from tests.simulators.sms import KEY, SECRET, Provider, sms_provider
from tests.simulators.smtp import Mailbox, smtp_server

NOON = datetime(2026, 2, 1, 12, 0, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture(autouse=True)
def _outside(settings, tmp_path) -> None:
    settings.OUTBOX_DIR = tmp_path
    settings.SMS_GATEWAY = "outbox"


@pytest.fixture
def mailbox(settings) -> Iterator[Mailbox]:
    with smtp_server() as box:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_TLS = "127.0.0.1", box.port, False
        settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
        settings.DEFAULT_FROM_EMAIL = "锦绣物业 <fees@jinxiu.example>"
        yield box


@pytest.fixture
def provider(settings) -> Iterator[Provider]:
    with sms_provider() as found:
        settings.SMS_GATEWAY = "http"
        settings.SMS_HTTP_URL, settings.SMS_HTTP_KEY, settings.SMS_HTTP_SECRET = found.url, KEY, SECRET
        yield found


def drain(company: Company, at: datetime = NOON) -> dict[str, int]:
    return tasks.send_waiting(tenant_id=company.tenant.pk, at=at)


def states(company: Company) -> dict[str, str]:
    with company.open():
        return dict(Notice.objects.values_list("unique_key", "state"))


def test_a_queued_mail_arrives_at_a_real_server_and_counts_as_sent_not_as_delivered(cast, mailbox):
    with cast.jinxiu.open():
        notice = message(cast.jinxiu, channel="EMAIL")
    assert drain(cast.jinxiu) == {"SENT": 1, "REMINDER_SENT": 1}
    (mail,) = mailbox.mails
    assert (mail["To"], mail["Subject"]) == ("zhangsan@example.com", notice.subject)
    assert mail.get_content().strip() == notice.body
    assert mail["Message-ID"] == f"<notice-{notice.tenant_id}-{notice.pk}@jinxiu.example>"
    with cast.jinxiu.open():
        notice.refresh_from_db()
        attempt = Attempt.objects.get()
    assert (notice.state, notice.sent_at, notice.delivered_on) == ("SENT", NOON, None)
    assert (attempt.outcome, attempt.provider_id) == ("SENT", mail["Message-ID"])
    assert drain(cast.jinxiu) == {}


def test_who_paid_before_the_drain_gets_nothing(cast, mailbox):
    with cast.jinxiu.open():
        sms, mail = message(cast.jinxiu, key="sms"), message(cast.jinxiu, channel="EMAIL", key="mail")
        assert withdraw(account_id=mail.account_id, touched=[1], settled=[1], reason_code="paid") == 2
    assert drain(cast.jinxiu) == {}
    assert mailbox.mails == OutboxSms().sent_on(datetime.now(NOON.tzinfo).date()) == []
    assert states(cast.jinxiu) == {"sms": "WITHDRAWN", "mail": "WITHDRAWN"}
    assert sms.account_id == mail.account_id


def test_a_refused_mailbox_is_final_and_a_busy_one_is_tried_again(cast, mailbox):
    mailbox.refuse["zhangsan@example.com"] = "550 no such user"
    with cast.jinxiu.open():
        message(cast.jinxiu, channel="EMAIL", key="gone")
    drain(cast.jinxiu)
    assert states(cast.jinxiu) == {"gone": "FAILED"}
    mailbox.refuse["zhangsan@example.com"] = "450 try later"
    with cast.jinxiu.open():
        message(cast.jinxiu, channel="EMAIL", key="busy")
    drain(cast.jinxiu)
    assert states(cast.jinxiu)["busy"] == "QUEUED"
    mailbox.refuse.clear()
    assert drain(cast.jinxiu) == {}
    assert drain(cast.jinxiu, NOON + timedelta(minutes=6)) == {"SENT": 1, "REMINDER_SENT": 1}


def test_a_server_that_is_down_loses_no_mail(cast, settings):
    with smtp_server() as gone:
        port = gone.port
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_TLS = "127.0.0.1", port, False
    with cast.jinxiu.open():
        message(cast.jinxiu, channel="EMAIL", key="mail")
    assert drain(cast.jinxiu) == {"RETRY": 1, "REMINDER_RETRY": 1}
    with cast.jinxiu.open():
        notice = Notice.objects.get()
    assert (notice.state, notice.reason_code) == ("QUEUED", "mail_server_unreachable")
    assert notice.not_before == NOON + timedelta(minutes=5)


def test_an_address_that_can_not_be_used_does_not_stop_the_others(cast, mailbox):
    with cast.jinxiu.open():
        message(cast.jinxiu, channel="EMAIL", key="bad", subject="two\nlines")
        message(cast.jinxiu, channel="EMAIL", key="good")
    assert drain(cast.jinxiu)["SENT"] == 1
    assert states(cast.jinxiu) == {"bad": "FAILED", "good": "SENT"}


def test_an_sms_lies_in_the_development_outbox(cast):
    with cast.jinxiu.open():
        notice = message(cast.jinxiu)
    drain(cast.jinxiu)
    (line,) = OutboxSms().sent_on(datetime.now(NOON.tzinfo).date())
    assert (line["to"], line["text"]) == ("13800138000", notice.body)
    assert line["reference"] == f"{notice.tenant_id}-{notice.pk}"


def test_a_provider_takes_a_signed_message(cast, provider):
    with cast.jinxiu.open():
        notice = message(cast.jinxiu)
    assert drain(cast.jinxiu)["SENT"] == 1
    (taken,) = provider.taken.values()
    assert (taken["to"], taken["text"]) == ("13800138000", notice.body)


@pytest.mark.parametrize(("status", "state"), [(402, "FAILED"), (429, "QUEUED"), (500, "UNKNOWN")])
def test_what_the_provider_answers_decides(cast, provider, status, state):
    provider.answer = status
    with cast.jinxiu.open():
        message(cast.jinxiu, key="m")
    drain(cast.jinxiu)
    assert states(cast.jinxiu) == {"m": state}


def test_a_provider_that_hangs_up_is_asked_later_and_never_sent_to_twice(cast, provider):
    provider.answer = 0
    with cast.jinxiu.open():
        message(cast.jinxiu, key="m")
    drain(cast.jinxiu)
    assert states(cast.jinxiu) == {"m": "UNKNOWN"}
    provider.answer = 200
    assert drain(cast.jinxiu, NOON + timedelta(days=1)) == {}
    assert tasks.settle_unknown(tenant_id=cast.jinxiu.tenant.pk, at=NOON + timedelta(days=1)) == 1
    assert states(cast.jinxiu) == {"m": "SENT"}
    assert provider.calls == 1


def test_a_wrong_key_is_refused_and_nothing_listening_is_tried_again(provider):
    outgoing = Outgoing(1, "SMS", "REMINDER", "13800138000", "", "【锦绣物业】x", "1-1")
    wrong = HttpSms(provider.url, KEY, "another-secret").send(outgoing)
    assert (wrong.outcome, wrong.detail) == (Outcome.FAILED, "bad signature")
    with sms_provider() as gone:
        url = gone.url
    assert HttpSms(url, KEY, SECRET).send(outgoing).outcome is Outcome.RETRY
    assert HttpSms(provider.url, KEY, SECRET).status(1, "1-1").code == "never_sent"


def test_the_tick_starts_a_drain_for_every_company(cast, monkeypatch):
    started: list[int] = []
    monkeypatch.setattr(tasks.drain, "delay", lambda *, tenant_id: started.append(tenant_id))
    assert tasks.drain_all() == 2
    assert set(started) == {cast.jinxiu.tenant.pk, cast.yunding.tenant.pk}


def test_a_drain_task_sends_at_the_moment_it_is_told(cast):
    with cast.jinxiu.open():
        message(cast.jinxiu)
    night = NOON.replace(hour=22).isoformat()
    assert tasks.drain(tenant_id=cast.jinxiu.tenant.pk, at=night) == {}
    assert tasks.drain(tenant_id=cast.jinxiu.tenant.pk, at=NOON.isoformat())["SENT"] == 1


@contextmanager
def together(*work) -> Iterator[None]:
    """Run the callables at the same moment, each on connections of its own."""
    gate, faults = threading.Barrier(len(work)), []

    def run(act) -> None:
        try:
            gate.wait(10)
            act()
        except BaseException as fault:  # noqa: BLE001 - shown to the test below
            faults.append(fault)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(act,)) for act in work]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert faults == []
    yield


def test_two_workers_send_every_message_once(committed: Cast, mailbox):
    company = committed.jinxiu
    with company.open():
        for number in range(120):
            message(company, channel="EMAIL", key=f"m{number}", subject=f"m{number}")
    with together(*[lambda: drain(company)] * 3):
        assert sorted(mail["Subject"] for mail in mailbox.mails) == sorted(f"m{n}" for n in range(120))
    with company.open():
        assert set(Notice.objects.values_list("state", "attempts")) == {("SENT", 1)}
        assert Attempt.objects.count() == 120


def test_a_payment_and_a_claim_at_once_leave_each_message_withdrawn_or_claimed_never_both(committed: Cast):
    company = committed.jinxiu
    with company.open():
        for number in range(40):
            account = message(company, key=f"m{number}", channel="EMAIL").account_id
    claimed: list[int] = []
    withdrawn: list[int] = []

    def claim() -> None:
        with company.open():
            claimed.extend(one.notice_id for one in services.claim(at=NOON, limit=40))

    def pay() -> None:
        with company.open():
            withdrawn.append(withdraw(account_id=account, touched=[1], settled=[], reason_code="paid"))

    with together(claim, pay):
        assert len(claimed) + withdrawn[0] == 40
    with company.open():
        gone = set(Notice.objects.filter(state="WITHDRAWN").values_list("pk", flat=True))
        assert len(gone) == withdrawn[0]
        assert not gone & set(claimed)
        assert Notice.objects.filter(state="SENDING").count() == len(claimed)


class TestManyAtOnce:
    """A line that takes a batch: its answers are kept batch by batch."""

    class Bulk(Carriers):
        """Takes two at once, and dies with the batch that holds the third message."""

        at_once = 2
        handed: list[list[int]] = []

        def send_all(self, messages):
            self.handed.append([message.notice_id for message in messages])
            if len(self.handed) == 2:
                raise ConnectionAbortedError
            return [Answer(message.notice_id, Outcome.SENT) for message in messages]

    def test_a_worker_that_dies_leaves_one_batch_in_doubt(self, committed: Cast):
        with committed.jinxiu.open():
            for n in range(3):
                message(committed.jinxiu, key=f"k{n}", kind="PRE_DUE")
        with pytest.raises(ConnectionAbortedError):
            tasks.send_waiting(tenant_id=committed.jinxiu.tenant.pk, at=NOON, by=self.Bulk)
        assert [len(batch) for batch in self.Bulk.handed] == [2, 1]
        assert states(committed.jinxiu) == {"k0": "SENT", "k1": "SENT", "k2": "SENDING"}
