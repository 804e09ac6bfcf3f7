"""Before anything is late: three days before the due day and on it, to who has not paid and has a mobile."""

from __future__ import annotations

from datetime import date

import pytest

from billing.charges.models import Charge
from billing.charges.services import Settlement, issue_bills, queue_predue
from notices.models import Notice
from owners.models import Contact
from tests.money import settle_charges
from values.period import Period


@pytest.fixture
def billed(jinxiu):
    """锦绣花园 with its bills of January 2026, due on the 31st."""
    issue_bills(community_id=jinxiu.community.pk, period=Period.month(2026, 1), issued_on=date(2026, 1, 5))
    return jinxiu


def queued():
    rows = Notice.objects.filter(kind="PRE_DUE").select_related("unit").order_by("pk")
    return [(row.unit.code, str(row.issued_on)) for row in rows]


def test_one_message_three_days_before_and_one_on_the_day(billed):
    assert queue_predue(as_of=date(2026, 1, 27)) == 0
    assert queue_predue(as_of=date(2026, 1, 28)) == 3
    assert queue_predue(as_of=date(2026, 1, 31)) == 3
    assert queue_predue(as_of=date(2026, 2, 1)) == 0
    assert queued()[:3] == [("3-1-1602", "2026-01-28"), ("3-1-1702", "2026-01-28"), ("B1-001", "2026-01-28")]


def test_the_same_day_twice_adds_nothing(billed):
    queue_predue(as_of=date(2026, 1, 28))
    assert queue_predue(as_of=date(2026, 1, 28)) == 0


def test_the_message_names_amount_day_and_where_to_pay(billed):
    queue_predue(as_of=date(2026, 1, 28))
    notice = Notice.objects.get(kind="PRE_DUE", unit=billed.units["3-1-1602"])
    assert notice.channel == "SMS"
    assert notice.contact.masked == "138****8000"
    for part in ("【锦绣物业】", "3-1-1602", "210.02", "2026-01-31", "0571-88000000"):
        assert part in notice.body
    assert notice.charge_ids == [Charge.objects.get(unit=billed.units["3-1-1602"]).pk]


def test_whoever_has_paid_is_left_alone_and_a_part_payment_lowers_the_amount(billed):
    paid = Charge.objects.get(unit=billed.units["3-1-1602"])
    part = Charge.objects.get(unit=billed.units["3-1-1702"])
    changes = [Settlement(paid.pk, paid.amount_fen), Settlement(part.pk, 8318)]
    settle_charges(changes=changes, paid_on=date(2026, 1, 20))
    queue_predue(as_of=date(2026, 1, 28))
    assert [code for code, _day in queued()] == ["3-1-1702", "B1-001"]
    assert "200.00" in Notice.objects.get(kind="PRE_DUE", unit=billed.units["3-1-1702"]).body


@pytest.mark.parametrize("state", ["VOID", "WRONG"])
def test_a_dead_number_gets_no_message(billed, state):
    Contact.objects.filter(kind="MOBILE", party=billed.parties["李四"]).update(state=state)
    queue_predue(as_of=date(2026, 1, 28))
    assert "3-1-1702" not in [code for code, _day in queued()]
