"""A delivery is recorded by hand; what it counts for, and what it makes of the notice."""

from __future__ import annotations

from datetime import date

import pytest

from notices.models import Delivery, Notice
from notices.queries import OUTSIDE, documents_of, waiting_by_building, waiting_notices
from notices.rules.delivered import Method, Receiver, Result
from notices.services import Photo, record_delivery, record_round
from notices.services.deliver import DeliveryRefused, HandOver, NotDeliverable, NothingWaits
from tenancy.kernel.errors import NotFound
from tenancy.kernel.scope import acting_for
from tenancy.people.models import AuditEntry
from tests.notices_data import queued

TODAY = date(2026, 2, 20)
PNG = Photo("door.png", b"\x89PNG\r\n\x1a\n" + b"0" * 20)


def hand_over(notice: Notice, **changes) -> Delivery:
    values = {
        "method": "HAND", "result": "SIGNED", "on": TODAY, "as_of": TODAY, "receiver": "OWNER", "handed_over_by": "小李",
        "receiver_name": "张三",
    }  # fmt: skip
    return record_delivery(notice_id=notice.pk, **(values | changes))


def test_a_signature_of_the_owner_delivers_a_demand_and_opens_the_gate(jinxiu):
    demand = queued(jinxiu, "DEMAND")
    delivery = hand_over(demand)
    demand.refresh_from_db()
    assert (delivery.delivered, delivery.opens_gates, delivery.interrupts) == (True, True, True)
    assert (demand.state, demand.delivered_on, demand.gates_open_on) == ("DELIVERED", TODAY, TODAY)


def test_a_demand_left_in_a_mailbox_is_handed_over_but_not_delivered(jinxiu):
    demand = queued(jinxiu, "DEMAND")
    delivery = hand_over(demand, method="MAILBOX", result="LEFT_WITH_PHOTO", receiver="NONE", photo=PNG)
    demand.refresh_from_db()
    assert (delivery.delivered, delivery.photo.purpose) == (False, "delivery")
    assert (demand.state, demand.delivered_on, demand.sent_at is not None) == ("SENT", None, True)


def test_a_bill_left_in_a_mailbox_with_a_photo_is_delivered(jinxiu):
    bill = queued(jinxiu)
    hand_over(bill, method="MAILBOX", result="LEFT_WITH_PHOTO", receiver="NONE", photo=PNG)
    bill.refresh_from_db()
    assert (bill.state, bill.delivered_on, bill.gates_open_on) == ("DELIVERED", TODAY, TODAY)


def test_the_earliest_delivery_counts_whatever_is_recorded_later(jinxiu):
    demand = queued(jinxiu, "DEMAND")
    hand_over(demand, on=date(2026, 2, 19))
    hand_over(demand)
    hand_over(demand, result="FAILED", receiver="NONE")
    demand.refresh_from_db()
    assert (demand.state, demand.delivered_on) == ("DELIVERED", date(2026, 2, 19))
    hand_over(demand, on=date(2026, 2, 18))
    demand.refresh_from_db()
    assert (demand.delivered_on, demand.gates_open_on) == (date(2026, 2, 18), date(2026, 2, 18))
    assert demand.deliveries.count() == 4


def test_a_letter_that_came_back_waits_again(jinxiu):
    demand = queued(jinxiu, "DEMAND")
    hand_over(demand, method="EMS", result="ACCEPTED", receiver="NONE", waybill="EA1")
    demand.refresh_from_db()
    assert demand.state == "SENT"
    hand_over(demand, method="EMS", result="RETURNED", receiver="NONE", waybill="EA1")
    demand.refresh_from_db()
    assert (demand.state, demand.delivered_on) == ("QUEUED", None)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"on": date(2026, 2, 21)}, "on"),
        ({"on": date(2026, 2, 15)}, "on"),
        ({"method": "DOOR_POST", "result": "LEFT_WITH_PHOTO", "receiver": "NONE"}, "photo"),
        ({"receiver": "AGENT", "receiver_name": " "}, "receiver_name"),
        ({"receiver_name": ""}, "receiver_name"),
        ({"method": "MAILBOX"}, "result"),
        ({"method": "DOOR_POST"}, "result"),
        ({"method": "EMS"}, "waybill"),
        ({"method": "EMS", "result": "LEFT_WITH_PHOTO", "waybill": "EA1", "photo": PNG}, "result"),
        ({"method": "MAILBOX", "result": "LEFT_WITH_PHOTO", "photo": PNG}, "receiver"),
        ({"receiver": "ADULT_CORESIDENT", "receiver_name": "张小三"}, "relation"),
        ({"receiver": "NONE"}, "receiver"),
        ({"method": "EMS", "receiver": "NONE"}, "waybill"),
        ({"handed_over_by": " "}, "handed_over_by"),
    ],
)
def test_an_entry_that_can_not_be_true_is_refused_beside_its_field(jinxiu, changes, field):
    demand = queued(jinxiu, "DEMAND")
    with pytest.raises(DeliveryRefused) as refusal:
        hand_over(demand, **changes)
    assert refusal.value.field == field
    assert Delivery.objects.count() == 0


def test_a_withdrawn_notice_can_not_be_delivered(jinxiu):
    demand = queued(jinxiu, "DEMAND")
    Notice.objects.filter(pk=demand.pk).update(state="WITHDRAWN")
    with pytest.raises(NotDeliverable):
        hand_over(demand)


def test_a_court_paper_is_not_delivered_to_the_owner(jinxiu):
    paper = queued(jinxiu, "PAYMENT_ORDER_APPLICATION")
    with pytest.raises(NotDeliverable):
        hand_over(paper, on=date(2026, 6, 1), as_of=date(2026, 6, 2))


def test_a_notice_of_another_company_does_not_exist(cast):
    with cast.jinxiu.open():
        demand = queued(cast.jinxiu, "DEMAND")
    with cast.yunding.open(), pytest.raises(NotFound):
        hand_over(demand)


def test_all_of_a_building_is_recorded_in_one_go_with_one_photo(jinxiu):
    for unit in ("3-1-1602", "3-1-1702", "3-2-201", "B1-001"):
        queued(jinxiu, unit=unit)
    building = jinxiu.units["3-1-1602"].building_id
    entry = HandOver(
        method=Method.MAILBOX, result=Result.LEFT_WITH_PHOTO, on=TODAY, handed_over_by="保安小王", photo=PNG
    )
    with jinxiu.open("patrol"):
        done = record_round(
            community_id=jinxiu.community.pk,
            building_id=building,
            kind="BILL_NOTICE",
            hand_over=entry,
            as_of=TODAY,
        )
    assert done == 3
    assert set(Delivery.objects.values_list("handed_over_by", "recorded_by", "delivered")) == {
        ("保安小王", jinxiu.people["patrol"].pk, True)
    }
    assert Delivery.objects.values("photo").distinct().count() == 1
    assert AuditEntry.objects.get(action="delivery.recorded").detail["count"] == 3
    (left,) = waiting_by_building()
    assert (left.building_id, left.papers) == (OUTSIDE, 1)


def test_an_empty_building_is_refused(jinxiu):
    entry = HandOver(method=Method.EMS, result=Result.ACCEPTED, on=TODAY, receiver=Receiver.NONE, waybill="1")
    with pytest.raises(NothingWaits):
        record_round(
            community_id=jinxiu.community.pk, building_id=OUTSIDE, kind="DEMAND", hand_over=entry, as_of=TODAY
        )


def test_what_waits_is_listed_in_walking_order_and_holds_no_name(jinxiu):
    for unit in ("3-2-201", "3-1-1702", "3-1-1602"):
        queued(jinxiu, unit=unit, number=f"BILL-{unit}")
    building = jinxiu.units["3-1-1602"].building_id
    rows = waiting_notices(community_id=jinxiu.community.pk, building_id=building, kind="BILL_NOTICE")
    assert [row.unit_code for row in rows] == ["3-1-1602", "3-1-1702", "3-2-201"]
    assert not any("张三" in str(row) for row in rows)


def test_a_member_of_other_communities_sees_nothing_that_waits(jinxiu):
    queued(jinxiu)
    with acting_for(jinxiu.tenant.pk, communities=[jinxiu.community.pk + 1]):
        assert waiting_by_building() == []


def test_the_ladder_is_told_how_its_documents_arrived(jinxiu):
    demand, gone = queued(jinxiu, "DEMAND"), queued(jinxiu, "SECOND_DEMAND")
    Notice.objects.filter(pk=gone.pk).update(state="WITHDRAWN")
    hand_over(demand, method="MAILBOX", result="LEFT_WITH_PHOTO", receiver="NONE", photo=PNG)
    hand_over(demand, method="EMS", receiver="NONE", waybill="EA1", on=date(2026, 2, 18))
    (fact,) = documents_of([jinxiu.accounts["3-1-1602"].pk])
    assert (fact.notice_id, fact.delivered_on, fact.gates_open_on) == (
        demand.pk,
        date(2026, 2, 18),
        date(2026, 2, 18),
    )
    assert (fact.interrupted_on, fact.method, fact.charge_ids) == (date(2026, 2, 18), "EMS", (1, 2))
