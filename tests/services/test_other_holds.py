"""Holds with a proof, with documents taken back, and with an approval at their end."""

from __future__ import annotations

from datetime import timedelta

import pytest

from arrears.cases import services
from arrears.cases.models import Hold
from arrears.cases.services.holds import HoldGone, HoldRefused
from arrears.cases.services.no_contact import KIND, EndAsked
from billing.charges.models import Charge
from notices.services import Photo
from tenancy.kernel.errors import NotFound
from tenancy.people.models import Approval
from tenancy.people.services.files import FileNotAccepted
from tests import ladder
from tests.ladder import at, call, document, on, steps, walk, walk_and_send
from tests.money import owe

PDF = b"%PDF-1.7 proof"


@pytest.fixture
def demanded(jinxiu):
    """D16: the demand is printed and waits to be carried."""
    ladder.bill(jinxiu)
    walk_and_send(1)
    walk(2)
    call(jinxiu, at(on(2)))
    walk(16)
    return jinxiu


def hold(company, kind, *, day=16, **given):
    told = {
        "account_id": company.accounts["3-1-1602"].pk,
        "kind": kind,
        "from_on": on(day),
        "reason": "见附件",
    }
    return services.set_hold(**told, **given)


@pytest.mark.parametrize("kind", ["ESTATE", "INSOLVENCY", "GUARDIAN"])
def test_these_need_a_proof_of_an_accepted_kind(demanded, kind):
    with pytest.raises(HoldRefused) as refused:
        hold(demanded, kind)
    assert refused.value.field == "proof"
    with pytest.raises(FileNotAccepted):
        hold(demanded, kind, proof=Photo("x.exe", b"MZ"))
    hold(demanded, kind, proof=Photo("x.pdf", PDF))
    assert Hold.objects.get().proof.purpose == "hold"


def test_an_error_in_our_data_takes_back_what_was_not_delivered(demanded):
    hold_id = hold(demanded, "DATA_ERROR")
    paper = document(demanded, "DEMAND")
    assert (paper.state, paper.reason_code) == ("WITHDRAWN", "data_error")
    assert steps(demanded)[-1] == ("DEMAND", "VOID", 16)
    walk(40)
    assert steps(demanded)[-1] == ("DEMAND", "VOID", 16), "nothing goes out while it stands"
    with pytest.raises(HoldRefused) as refused:
        services.release_hold(hold_id=hold_id, released_on=on(41), reason="面积已更正")
    assert refused.value.params["why"] == "hold_needs_corrected_bill"
    new = owe(demanded, 20_000, on(55))
    Charge.objects.filter(pk=new.pk).update(issued_on=on(41))
    services.release_hold(hold_id=hold_id, released_on=on(42), reason="面积已更正")
    walk(42)
    assert steps(demanded)[-1] == ("DEMAND", "DUE", 42)


def test_where_nothing_was_wrong_no_corrected_bill_is_needed(demanded):
    hold_id = hold(demanded, "DATA_ERROR")
    services.release_hold(hold_id=hold_id, released_on=on(17), reason="核对无误", nothing_wrong=True)
    assert Hold.objects.get().end_reason == "核对无误"


def test_in_writing_only_ends_when_legal_agrees_and_only_then(demanded):
    hold_id = hold(demanded, "NO_CONTACT")
    with pytest.raises(HoldRefused) as refused:
        services.release_hold(hold_id=hold_id, released_on=on(20), reason="已道歉")
    assert refused.value.params["why"] == "hold_end_needs_approval"
    lead, legal = demanded.staff("team_lead"), demanded.staff("legal")
    with demanded.open("team_lead"):
        services.ask_end(hold_id=hold_id, reason="已道歉，业主同意", by=lead, at=at(on(20)))
        with pytest.raises(EndAsked):
            services.ask_end(hold_id=hold_id, reason="再问", by=lead, at=at(on(20)))
    asked = Approval.objects.get(kind=KIND)
    with demanded.open("legal"):
        services.decide(approval_id=asked.pk, by=legal, approve=False, reason="业主未书面同意", at=at(on(21)))
    assert Hold.objects.get().released_on is None
    with demanded.open("team_lead"):
        again = services.ask_end(hold_id=hold_id, reason="附书面同意", by=lead, at=at(on(22)))
    with demanded.open("legal"):
        services.decide(approval_id=again, by=legal, approve=True, reason="属实", at=at(on(23)))
    assert (Hold.objects.get().released_on, Hold.objects.get().end_reason) == (on(23), "附书面同意")
    with pytest.raises(HoldGone):
        services.ask_end(hold_id=hold_id, reason="x", by=lead, at=at(on(24)))


def test_a_foreign_hold_is_asked_about_by_nobody(cast):
    with cast.jinxiu.open():
        told = {"account_id": cast.jinxiu.accounts["3-1-1602"].pk, "kind": "NO_CONTACT", "reason": "投诉"}
        hold_id = services.set_hold(**told, from_on=on(1))
    lead = cast.yunding.staff("team_lead")
    with cast.yunding.open("team_lead"), pytest.raises(NotFound):
        services.ask_end(hold_id=hold_id, reason="x", by=lead, at=at(on(1) + timedelta(1)))
