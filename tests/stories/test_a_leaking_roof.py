"""A leaking roof: the owner disputes a part, pays the rest late, the roof is mended, a part is let off, he pays."""

from __future__ import annotations

from datetime import date

from arrears.cases import services as cases
from arrears.cases.models import Case, Step
from arrears.cases.queries import WorkFilter, worklist
from arrears.cases.queries.facts import standing_of
from arrears.cases.services.disputes import Disputed
from arrears.relief import services as relief
from arrears.relief.models import Ticket
from arrears.relief.services import NewTicket
from billing.charges.models import Charge
from billing.charges.queries import OpenCharge, open_charges
from notices.models import Notice
from notices.services import Photo
from tenancy.people.models import Approval
from tests import ladder
from tests.ladder import at, call, document, hand_over, on, steps, walk_and_send
from tests.money import pay

PNG = b"\x89PNG\r\n\x1a\n roof"
HOME = "3-1-1602"


def night(day: int) -> None:
    relief.settle_tickets(as_of=on(day), at=at(on(day), 1, 30))
    walk_and_send(day)


def test_the_undisputed_rest_goes_on_while_the_roof_is_mended_and_the_rest_is_collected_afterwards(jinxiu):
    account_id, january = he_tells_the_collector_of_the_roof(jinxiu)
    the_ladder_goes_on_for_what_he_does_not_dispute(jinxiu, january)
    he_pays_that_and_nobody_rings_for_the_rest(jinxiu, january)
    the_roof_is_mended_and_a_part_is_let_off(jinxiu, january)
    what_is_left_is_past_due_again(account_id, january)
    he_pays_and_the_case_is_closed(jinxiu, january)


def he_tells_the_collector_of_the_roof(jinxiu) -> tuple[int, Charge]:
    """January and February are billed. On D2 the collector calls, and hears of the roof."""
    ladder.bill(jinxiu)
    ladder.bill(jinxiu, date(2026, 2, 1))
    account_id = jinxiu.accounts[HOME].pk
    january, _february = Charge.objects.filter(account_id=account_id).order_by("due_on")
    night(1)
    night(2)
    call(jinxiu, at(on(2)), "CONNECTED_REFUSED", reason_code="FACILITIES")
    photo = Photo("roof.png", PNG)
    entry = NewTicket("ENGINEERING", "屋顶漏水", "主卧天花板渗水，墙面起皮", papers=[photo])
    with jinxiu.open("collector"):
        parts = [Disputed(january.pk, 10_000)]
        relief.open_dispute_ticket(account_id=account_id, parts=parts, entry=entry, on=on(2))
    return account_id, january


def the_ladder_goes_on_for_what_he_does_not_dispute(jinxiu, january: Charge) -> None:
    """The demand of D16 asks for that and no more."""
    for day in range(3, 17):
        night(day)
    demand = document(jinxiu, "DEMAND")
    assert demand.data["principal_fen"] == january.amount_fen - 10_000
    assert list(demand.charge_ids) == [january.pk]
    hand_over(demand.pk, on(16))


def he_pays_that_and_nobody_rings_for_the_rest(jinxiu, january: Charge) -> None:
    """Of January only the disputed part is left; the case stays open, and is on no list."""
    pay(jinxiu, january.amount_fen - 10_000 + 300, paid_on=on(17), posted_on=on(17), at=at(on(17)))
    night(18)
    case = Case.objects.get(account_id=january.account_id, closed_on=None)
    assert case.pk not in [due.case_id for due in worklist(WorkFilter(), as_of=on(18))]


def the_roof_is_mended_and_a_part_is_let_off(jinxiu, january: Charge) -> None:
    """The answer is late, so the project manager was asked; the team lead answers before he decides: partly
    founded, 21 yuan off. Until two others have decided on that, and he had a week, what he disputed waits.
    """
    ticket = Ticket.objects.get()
    assert ticket.state == "DECIDING"
    with jinxiu.open("cs_supervisor"):
        relief.note_ticket(ticket_id=ticket.pk, text="防水层已重做，闭水试验合格", on=on(12))
    with jinxiu.open("team_lead"):
        relief.answer_ticket(
            ticket_id=ticket.pk, finding="PARTLY", text="屋顶已修复，一月物业费减收一成。",
            by=jinxiu.staff("team_lead"), on=on(18), at=at(on(18)), reductions={january.pk: 2_100},
        )  # fmt: skip
    assert Notice.objects.get(kind="TICKET_ANSWER").state == "QUEUED"
    night(20)
    for role in ("branch_gm", "finance"):
        asked = Approval.objects.get(kind="waiver", decision="PENDING")
        with jinxiu.open(role):
            cases.decide(
                approval_id=asked.pk, by=jinxiu.staff(role), approve=True, reason="属实", at=at(on(21))
            )
    for day in range(21, 26):
        night(day)
        assert disputed_now(january.account_id, day)
    night(26)
    assert Ticket.objects.get().closed_because == "ANSWERED"


def what_is_left_is_past_due_again(account_id: int, january: Charge) -> None:
    """The ladder stands where it stood: the demand that was delivered lists January."""
    assert not disputed_now(account_id, 26)
    assert owed_of(january, 26).unpaid_fen <= 10_000 - 2_100
    standing = standing_of(account_id, as_of=on(26))
    assert standing is not None
    assert standing[1].facts.oldest_due_on == january.due_on
    assert standing[1].facts.level == 3


def he_pays_and_the_case_is_closed(jinxiu, january: Charge) -> None:
    """February is not due yet, so nothing is left to do; nobody was ever visited."""
    owed_fen = owed_of(january, 27).owed_fen
    pay(jinxiu, owed_fen, key="k2", paid_on=on(27), posted_on=on(27), at=at(on(27)))
    night(28)
    assert Case.objects.get(account_id=january.account_id).close_reason == "PAID"
    assert not Step.objects.filter(account_id=january.account_id, code="VISIT").exists()
    assert ("DEMAND", "TAKEN", 16) in steps(jinxiu)


def owed_of(charge: Charge, day: int) -> OpenCharge:
    """The charge as it stands on a day."""
    opened = open_charges(account_ids=[charge.account_id], as_of=on(day))
    return next(one for one in opened if one.charge_id == charge.pk)


def disputed_now(account_id: int, day: int) -> bool:
    found = standing_of(account_id, as_of=on(day))
    return found is not None and found[1].facts.disputed
