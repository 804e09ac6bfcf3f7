"""What the statements of the outbox do, beside the services that call them."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

from notices.models import Notice
from tenancy.kernel import sql
from tests.notices_data import draft, message, queued

NOON = datetime(2026, 2, 1, 4, tzinfo=UTC)


def claim(*, channels=("SMS", "EMAIL"), limit=10, at=NOON) -> list[int]:
    params = {"at": at, "lease_until": at + timedelta(minutes=10), "channels": list(channels), "limit": limit}
    return sorted(pk for (pk,) in sql.rows("notices", "claim", params))


def mark(notice: Notice, state: str, *, from_states=("SENDING",), reason="") -> list[tuple]:
    return sql.rows("notices", "mark", {
        "at": NOON, "from_states": list(from_states), "ids": [notice.pk], "states": [state], "not_before": [None],
        "provider_ids": ["p"], "reason_codes": [reason], "reason_params": [json.dumps({"detail": "x"} if reason else {})],
    })  # fmt: skip


def test_queue_keeps_every_column_of_a_draft(jinxiu):
    given = draft(jinxiu, number="N1", subject="主题", body="正文", not_before=NOON, charge_ids=(5, 6, 7))
    notice = queued(jinxiu, number="N1", subject="主题", body="正文", not_before=NOON, charge_ids=(5, 6, 7))
    names = ("community_id", "unit_id", "party_id", "account_id", "contact_id", "kind", "channel", "unique_key",
             "issued_on", "number", "subject", "body", "not_before", "data")  # fmt: skip
    assert {name: getattr(notice, name) for name in names} == {name: getattr(given, name) for name in names}
    assert (notice.charge_ids, notice.tenant_id, notice.attempts) == ([5, 6, 7], jinxiu.tenant.pk, 0)


def test_claim_takes_the_oldest_messages_on_open_channels_and_never_a_paper(jinxiu):
    queued(jinxiu)
    first, mail, third = (
        message(jinxiu, key="1"),
        message(jinxiu, channel="EMAIL", key="2"),
        message(jinxiu, key="3"),
    )
    assert claim(channels=("SMS",), limit=1) == [first.pk]
    assert claim() == [mail.pk, third.pk]
    assert claim() == []
    first.refresh_from_db()
    assert (first.state, first.attempts, first.lease_until) == ("SENDING", 1, NOON + timedelta(minutes=10))


def test_mark_writes_only_where_the_notice_is_still_held(jinxiu):
    notice = message(jinxiu)
    assert mark(notice, "SENT") == []
    claim()
    assert mark(notice, "SENT") == [(notice.pk,)]
    assert mark(notice, "FAILED") == []
    notice.refresh_from_db()
    assert (notice.state, notice.sent_at, notice.provider_id, notice.lease_until) == ("SENT", NOON, "p", None)


def test_mark_keeps_why_a_held_notice_was_asked_back(jinxiu):
    kept, failed = message(jinxiu, key="1"), message(jinxiu, key="2")
    claim()
    Notice.objects.update(reason_code="paid", reason_params={})
    mark(kept, "QUEUED", reason="sms_busy")
    mark(failed, "FAILED", reason="sms_refused")
    found = dict(Notice.objects.values_list("unique_key", "state"))
    assert found == {"1": "WITHDRAWN", "2": "FAILED"}
    assert set(Notice.objects.values_list("reason_code", flat=True)) == {"paid", "sms_refused"}


def test_the_statements_stay_inside_the_open_company(cast):
    with cast.jinxiu.open():
        mine = message(cast.jinxiu)
    with cast.yunding.open():
        assert claim() == []
        assert mark(mine, "SENT", from_states=("QUEUED",)) == []
        standing = {
            "ids": [mine.pk], "delivered": [True], "opens_gates": [True], "on": NOON.date(), "returned": False,
            "handed_over": True,
        }  # fmt: skip
        assert sql.run("notices", "delivered", standing) == 0
    with cast.jinxiu.open():
        mine.refresh_from_db()
    assert mine.state == "QUEUED"


def test_deliveries_and_their_standing_are_written_per_notice(jinxiu):
    first, second = queued(jinxiu), queued(jinxiu, unit="3-1-1702")
    columns = {
        "ids": [first.pk, second.pk], "delivered": [True, False], "opens_gates": [True, False], "interrupts": [False, True],
        "method": "MAILBOX", "result": "SIGNED", "on": NOON.date(), "handed_over_by": "小李", "receiver": "NONE",
        "receiver_name": "", "relation": "", "waybill": "", "agreed_address": False, "note": "", "photo_id": None, "signature_id": None, "user_id": None,
    }  # fmt: skip
    assert len(sql.rows("notices", "deliveries", columns)) == 2
    assert sql.run("notices", "delivered", {**columns, "returned": False, "handed_over": True}) == 2
    first.refresh_from_db(), second.refresh_from_db()
    assert (first.state, first.delivered_on, first.gates_open_on) == ("DELIVERED", NOON.date(), NOON.date())
    assert (second.state, second.delivered_on, second.sent_at is None) == ("SENT", None, False)
    assert second.deliveries.get().interrupts is True
