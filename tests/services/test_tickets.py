"""Service tickets: opened with or without a dispute, answered, replied to, decided, and closed by the night."""

from __future__ import annotations

from datetime import timedelta

import pytest

from arrears.cases import services as cases
from arrears.cases.models import Hold
from arrears.cases.queries import disputed_fen
from arrears.cases.services.disputes import Disputed, DisputeRefused
from arrears.relief import services
from arrears.relief.models import Ticket, TicketEvent
from arrears.relief.queries import TicketFilter, find_tickets, ticket_card, ticket_rows
from arrears.relief.services import NewTicket, TicketMoved, TicketRefused
from arrears.relief.services.replies import KIND
from billing.charges.models import Charge, Waiver
from notices.models import Notice
from notices.services import Photo
from notices.services.texts import TextRefused
from owners.models import Contact
from tenancy.kernel.errors import NotFound
from tenancy.people.models import Approval, AuditEntry
from tenancy.people.services.files import FileNotAccepted
from tests import ladder
from tests.ladder import at, on
from tests.money import pay

PNG = b"\x89PNG\r\n\x1a\n roof"


@pytest.fixture
def billed(jinxiu):
    ladder.bill(jinxiu)
    return jinxiu


def charge_of(company, unit="3-1-1602"):
    return Charge.objects.get(account=company.accounts[unit])


def entry(**given):
    said = {"department": "ENGINEERING", "subject": "屋顶漏水", "description": "卧室天花板渗水"}
    return NewTicket(**{**said, **given})


def dispute(company, fen=None, day=3, **given):
    part = Disputed(charge_of(company).pk, fen)
    account_id = company.accounts["3-1-1602"].pk
    with company.open("collector"):
        return services.open_dispute_ticket(
            account_id=account_id, parts=[part], entry=entry(**given), on=on(day)
        )


def answer(company, ticket_id, finding="UNFOUNDED", day=8, **given):
    with company.open("team_lead"):
        services.answer_ticket(
            ticket_id=ticket_id, finding=finding, text="已现场核实。", by=company.staff("team_lead"), on=on(day),
            at=at(on(day)), **given,
        )  # fmt: skip


def night(company, day):
    return services.settle_tickets(as_of=on(day), at=at(on(day), 1, 30))


def disputed(company, day):
    return disputed_fen([company.accounts["3-1-1602"].pk], as_of=on(day))


def decide(company, *, approve, day, reason="查过了"):
    asked = Approval.objects.get(kind=KIND, decision="PENDING")
    with company.open("project_manager"):
        by = company.staff("project_manager")
        cases.decide(approval_id=asked.pk, by=by, approve=approve, reason=reason, at=at(on(day)))


def kinds(ticket_id):
    return list(TicketEvent.objects.filter(ticket_id=ticket_id).order_by("pk").values_list("kind", flat=True))


def test_a_dispute_is_a_ticket_with_a_department_a_deadline_and_its_photographs(billed):
    ticket_id = dispute(billed, 5_000, papers=[Photo("roof.png", PNG)])
    card = ticket_card(ticket_id, as_of=on(3))
    assert (card.row.department, card.row.state, card.row.disputed_fen) == ("ENGINEERING", "OPEN", 5_000)
    assert card.row.deadline_on == on(24), "ten working days, with the Spring Festival between"
    assert card.events[0].files[0][1] == "roof.png"
    assert [line.disputed_fen for line in card.lines] == [5_000]
    assert AuditEntry.objects.filter(action="ticket.opened", object_id=ticket_id).exists()


def test_nobody_waits_longer_than_fifteen_working_days_for_an_answer(billed):
    with pytest.raises(TicketRefused) as refused:
        dispute(billed, deadline_on=on(60))
    assert refused.value.field == "deadline_on"
    assert not Hold.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "field"), [({"subject": " "}, "reason"), ({"department": "NOBODY"}, "department")]
)
def test_a_ticket_without_a_matter_or_a_department_is_refused(billed, wrong, field):
    with pytest.raises((TicketRefused, DisputeRefused)) as refused:
        dispute(billed, **wrong)
    assert refused.value.field == field


def test_a_file_is_checked_by_what_it_is(billed):
    with pytest.raises(FileNotAccepted):
        dispute(billed, papers=[Photo("roof.png", b"MZ")])


def test_a_service_matter_without_a_charge_holds_nothing(billed):
    unit_id = billed.units["3-1-1602"].pk
    with billed.open("collector"):
        ticket_id = services.open_ticket(unit_id=unit_id, entry=entry(department="CLEANING"), on=on(3))
    assert not Hold.objects.exists()
    answer(billed, ticket_id, "FOUNDED")
    assert night(billed, 16).closed == 1


def test_it_is_given_to_somebody_who_notes_what_he_did(billed):
    ticket_id = dispute(billed)
    with billed.open("team_lead"):
        services.assign_ticket(
            ticket_id=ticket_id, department="FINANCE", user_id=billed.people["finance"].pk, on=on(4)
        )
        services.note_ticket(ticket_id=ticket_id, text="已派人上门", on=on(5))
    row = ticket_card(ticket_id, as_of=on(5)).row
    assert (row.department, row.assigned_to) == ("FINANCE", billed.people["finance"].name)
    assert kinds(ticket_id) == ["OPENED", "ASSIGNED", "NOTED"]


def test_an_answer_is_told_to_the_owner_and_collection_goes_on_by_itself_a_week_later(billed):
    ticket_id = dispute(billed)
    answer(billed, ticket_id)
    told = Notice.objects.get(kind="TICKET_ANSWER")
    assert (told.channel, told.state) == ("SMS", "QUEUED")
    assert f"工单{ticket_id}" in told.body
    assert on(15).isoformat() in told.body
    assert disputed(billed, 15)
    assert not disputed(billed, 16), "without any job"
    assert night(billed, 15).closed == 0
    assert night(billed, 16).closed == 1
    assert night(billed, 16).closed == 0
    assert Ticket.objects.get().closed_because == "ANSWERED"
    assert kinds(ticket_id) == ["OPENED", "ANSWERED", "CLOSED"]


def test_a_late_night_does_not_lengthen_what_has_ended_by_itself(billed):
    ticket_id = dispute(billed)
    answer(billed, ticket_id)
    night(billed, 30)
    assert Ticket.objects.get(pk=ticket_id).state == "CLOSED"
    assert not disputed(billed, 20)


def test_an_answer_names_a_finding_and_gives_reasons(billed):
    ticket_id = dispute(billed)
    for wrong, field in (({"finding": "MAYBE"}, "finding"), ({"text": " "}, "text")):
        said = {"finding": "UNFOUNDED", "text": "已核实", **wrong}
        with pytest.raises(TicketRefused) as refused:
            services.answer_ticket(
                ticket_id=ticket_id, by=billed.staff("team_lead"), on=on(5), at=at(on(5)), **said
            )
        assert refused.value.field == field


def test_an_answer_says_nothing_that_may_not_be_said(billed):
    ticket_id = dispute(billed)
    Contact.objects.filter(party=billed.parties["张三"]).delete()
    Contact.objects.create(party=billed.parties["张三"], kind="EMAIL", value=b"", masked="z@b.cn", position=1)
    with pytest.raises(TextRefused):
        services.answer_ticket(
            ticket_id=ticket_id, finding="UNFOUNDED", text="不缴就停水", by=billed.staff("team_lead"), on=on(5),
            at=at(on(5)),
        )  # fmt: skip


def test_a_price_reduction_goes_through_billings_own_approval_and_is_waited_for(billed):
    ticket_id = dispute(billed, 10_000)
    charge = charge_of(billed)
    answer(billed, ticket_id, "PARTLY", reductions={charge.pk: 2_100})
    waiver = Waiver.objects.get()
    assert (waiver.kind, waiver.amount_fen, waiver.state) == ("PRINCIPAL", 2_100, "ASKED")
    assert night(billed, 16).closed == 0, "nobody has decided yet"
    assert disputed(billed, 30)
    for role in ("branch_gm", "finance"):
        asked = Approval.objects.filter(kind="waiver", decision="PENDING").get()
        with billed.open(role):
            cases.decide(
                approval_id=asked.pk, by=billed.staff(role), approve=True, reason="属实", at=at(on(20))
            )
    assert night(billed, 21).closed == 1
    assert not disputed(billed, 21)
    charge.refresh_from_db()
    assert charge.settled_fen == 2_100


@pytest.mark.parametrize(
    ("finding", "fen", "field"), [("UNFOUNDED", 100, "finding"), ("PARTLY", 5_001, "reductions")]
)
def test_no_more_is_let_off_than_was_found_and_disputed(billed, finding, fen, field):
    ticket_id = dispute(billed, 5_000)
    with pytest.raises(TicketRefused) as refused:
        answer(billed, ticket_id, finding, reductions={charge_of(billed).pk: fen})
    assert refused.value.field == field
    assert not Waiver.objects.exists()


def test_who_does_not_agree_within_a_week_is_heard_by_the_project_manager(billed):
    ticket_id = dispute(billed)
    answer(billed, ticket_id)
    services.reply_to_answer(
        ticket_id=ticket_id, text="还在漏", accepts=False, on=on(10), at=at(on(10)), by_owner=True
    )
    assert disputed(billed, 40), "it waits for him"
    decide(billed, approve=False, day=11, reason="再去看一次")
    again = Ticket.objects.get()
    assert (again.state, again.finding, again.deadline_on) == ("OPEN", "", on(25))
    answer(billed, ticket_id, day=12)
    assert not disputed(billed, 20)
    assert kinds(ticket_id) == ["OPENED", "ANSWERED", "REPLIED", "ASKED", "DECIDED", "ANSWERED"]


def test_the_project_manager_lets_collection_go_on(billed):
    ticket_id = dispute(billed)
    answer(billed, ticket_id)
    services.reply_to_answer(ticket_id=ticket_id, text="不同意", accepts=False, on=on(10), at=at(on(10)))
    decide(billed, approve=True, day=11)
    assert (Ticket.objects.get().closed_because, disputed(billed, 11)) == ("DECIDED", {})
    assert Hold.objects.get().end_reason == "查过了"


def test_who_agrees_lets_collection_go_on_at_once(billed):
    ticket_id = dispute(billed)
    answer(billed, ticket_id)
    services.reply_to_answer(ticket_id=ticket_id, text="", accepts=True, on=on(9), at=at(on(9)))
    assert (Ticket.objects.get().closed_because, disputed(billed, 9)) == ("ACCEPTED", {})


def test_a_reply_comes_within_a_week_and_after_an_answer(billed):
    ticket_id = dispute(billed)
    said = {"ticket_id": ticket_id, "text": "不同意", "accepts": False}
    with pytest.raises(TicketMoved):
        services.reply_to_answer(**said, on=on(5), at=at(on(5)))
    answer(billed, ticket_id)
    with pytest.raises(TicketRefused):
        services.reply_to_answer(**said, on=on(16), at=at(on(16)))


def test_without_an_answer_in_time_the_project_manager_is_asked_once(billed):
    ticket_id = dispute(billed)
    last = Ticket.objects.get().deadline_on
    assert services.settle_tickets(as_of=last, at=at(last)).asked == 0
    after = last + timedelta(1)
    assert services.settle_tickets(as_of=after, at=at(after)).asked == 1
    assert services.settle_tickets(as_of=after, at=at(after)).asked == 0
    assert ticket_card(ticket_id, as_of=after).row.state == "DECIDING"
    assert Approval.objects.get(kind=KIND).role == "project_manager"


def test_a_dispute_whose_charge_was_paid_is_over(billed):
    dispute(billed)
    pay(billed, 30_000, paid_on=on(4), posted_on=on(4), at=at(on(4)))
    assert night(billed, 5).paid == 1
    assert Ticket.objects.get().closed_because == "PAID"


def test_a_disputed_claim_that_expires_soon_is_marked(billed):
    ticket_id = dispute(billed)
    soon = on(3).replace(year=2028, month=11, day=20)
    assert ticket_card(ticket_id, as_of=on(3)).row.expires_on is None
    assert ticket_card(ticket_id, as_of=soon).row.expires_on == on(0).replace(year=2029)


def test_the_list_is_narrowed_by_state_department_room_and_lateness(billed):
    ticket_id = dispute(billed)

    def found(day=3, **chosen):
        rows = ticket_rows(list(find_tickets(TicketFilter(**chosen), as_of=on(day))), as_of=on(day))
        return [row.ticket_id for row in rows]

    assert found() == found(department="ENGINEERING") == found(text="3-1-1602") == [ticket_id]
    assert (
        found(state="CLOSED")
        == found(department="FINANCE")
        == found(text="3-1-1702")
        == found(late=True)
        == []
    )
    assert found(day=40, late=True) == [ticket_id]


def test_a_dispute_that_was_released_by_hand_is_answered_all_the_same(billed):
    ticket_id = dispute(billed)
    cases.release_hold(hold_id=Hold.objects.get().pk, released_on=on(5), reason="业主已撤回")
    answer(billed, ticket_id)
    services.reply_to_answer(ticket_id=ticket_id, text="没有撤回", accepts=False, on=on(9), at=at(on(9)))
    assert not disputed(billed, 9)
    assert Ticket.objects.get().state == "DECIDING"


def test_another_company_finds_none_of_it(cast):
    with cast.jinxiu.open():
        ladder.bill(cast.jinxiu)
        ticket_id = dispute(cast.jinxiu)
    with cast.yunding.open():
        for act in (
            lambda: services.assign_ticket(ticket_id=ticket_id, department="OTHER", on=on(4)),
            lambda: services.note_ticket(ticket_id=ticket_id, text="x", on=on(4)),
            lambda: ticket_card(ticket_id, as_of=on(4)),
        ):
            with pytest.raises(NotFound):
                act()
