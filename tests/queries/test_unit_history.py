"""The top of a unit's page and the history beside it: everything once, the newest first, whoever it was."""

from __future__ import annotations

from datetime import date

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange

from arrears.cases.queries import unit_timeline
from arrears.cases.queries.unit_head import unit_head
from arrears.cases.web.timeline import events
from billing.charges.models import Account
from notices.models import Delivery
from owners.models import LegacyIssue, Ownership, Party
from tests import ladder
from tests.ladder import at as moment
from tests.ladder import call, document, hand_over, on, walk, walk_and_send
from tests.money import owe, pay

UNIT = "3-1-1602"


@pytest.fixture
def climbed(jinxiu):
    """A demand was delivered on D16, and 60 yuan were paid later."""
    ladder.bill(jinxiu)
    walk_and_send(1)
    walk_and_send(2)
    return jinxiu


def told(company, unit=UNIT, **more):
    return unit_timeline(company.units[unit].pk, **more)


def test_what_happened_is_told_from_the_newest_to_the_oldest(climbed):
    pay(climbed, 6000)
    LegacyIssue.objects.create(
        unit=climbed.units[UNIT], text="屋顶漏水", recorded_on=date(2026, 1, 2), closed_on=date(2026, 1, 9)
    )
    rows = told(climbed)
    days = [row.on for row in rows]
    assert days == sorted(days, reverse=True)
    kinds = [row.kind for row in rows]
    assert kinds[0] == "PAYMENT"
    assert kinds[-1] == "OWNER"
    assert {"STEP", "NOTICE", "ISSUE", "SETTLED", "PAYMENT", "DELIVERY"} <= set(kinds)


def test_a_paper_of_the_ladder_is_told_by_its_steps_and_delivery_only(climbed):
    call(climbed, moment(on(3)))
    walk(16)
    paper = document(climbed, "DEMAND")
    hand_over(paper.pk, on(16))
    rows = told(climbed)
    assert [row.kind for row in rows if row.notice_id == paper.pk and row.kind != "STEP"] == ["DELIVERY"]
    (delivery,) = [row for row in rows if row.kind == "DELIVERY" and row.notice_id == paper.pk]
    stored = Delivery.objects.get(notice=paper)
    assert (delivery.code, delivery.event, delivery.reason_code, delivery.who) == (
        "DEMAND", stored.result, stored.method, stored.handed_over_by,
    )  # fmt: skip


def test_a_unit_that_was_never_late_has_a_history_too(jinxiu):
    owe(jinxiu, 21_002, date(2026, 6, 30))
    pay(jinxiu, 21_002)
    assert [row.kind for row in told(jinxiu)] == ["PAYMENT", "OWNER"]


def test_an_owner_who_comes_later_has_not_come_yet(jinxiu):
    unit = jinxiu.units[UNIT]
    Ownership.objects.filter(unit=unit).update(held=DateRange(date(2022, 1, 1), date(2026, 7, 1)))
    party = Party.objects.create(name="孙七", name_key="孙七")
    Ownership.objects.create(unit=unit, party=party, held=DateRange(date(2026, 7, 1), None))
    assert [row.said for row in told(jinxiu, as_of=date(2026, 6, 30))] == ["张三"]
    assert [row.said for row in told(jinxiu, as_of=date(2026, 7, 1))] == ["孙七", "张三"]


def test_every_line_says_what_and_who_and_leads_to_its_document(climbed):
    pay(climbed, 6000)
    for event in events(told(climbed)):
        assert event.title
    shown = {row.kind: event for row, event in zip(told(climbed), events(told(climbed)), strict=True)}
    assert shown["PAYMENT"].url.startswith("/payments/")
    assert shown["NOTICE"].url.startswith("/notices/")
    assert shown["DELIVERY"].url.startswith("/notices/")
    assert shown["STEP"].who == shown["NOTICE"].who != ""
    assert "张三" in shown["OWNER"].title


def test_the_head_adds_up_every_account_of_the_unit(climbed):
    before = Account.objects.create(
        community=climbed.community, unit=climbed.units[UNIT], party=climbed.parties["李四"], opened_on=on(0)
    )
    charge = owe(climbed, 50_000, date(2025, 6, 30))
    type(charge).objects.filter(pk=charge.pk).update(account=before)
    head = unit_head(climbed.units[UNIT].pk, as_of=on(3))
    assert (head.overdue_fen, head.since) == (71_002, date(2025, 6, 30))
    assert head.days_late == (on(3) - date(2025, 6, 30)).days
    assert head.total_fen == head.overdue_fen + head.late_fee_fen
    assert head.case.unit_code == UNIT


def test_a_unit_that_owes_nothing_says_so(jinxiu):
    head = unit_head(jinxiu.units["3-2-201"].pk, as_of=on(3))
    assert (head.total_fen, head.since, head.days_late, head.case) == (0, None, 0, None)
