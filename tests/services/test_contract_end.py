"""S10: the contract ends in mid-month; what was paid ahead for the days after goes back by three people."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange

from arrears.cases import services as cases
from billing.charges.models import Charge, Contract, Subscription, Tariff
from billing.charges.queries import open_charges
from billing.charges.services import NewOffer, add_offer, issue_ahead
from billing.payments.models import Payment, Refund
from billing.payments.queries import check_books, credit_of, refund_card, refundable
from billing.payments.services import (
    ask_contract_end,
    ask_refund,
    end_agreement,
    pay_refund,
    preview_contract_end,
    use_credit,
)
from billing.payments.services.contract_end import ContractEndAsked, EndOutside, ReasonMissing
from tenancy.people.models import AuditEntry
from tenancy.people.services.approvals import NotYourPart
from tests.meters import run
from tests.services.test_transfers import ROOM, at, pay

LAST = date(2026, 9, 15)
TODAY = date(2026, 9, 16)
JAN_15 = date(2026, 1, 15)


@pytest.fixture
def early(jinxiu):
    """The year was paid on 15 January with five percent off: 2394.23."""
    issue_ahead(account_id=jinxiu.accounts[ROOM].pk, months=12, on=date(2026, 1, 3))
    offer = NewOffer(
        jinxiu.items["property"].pk, 2026, Decimal("0.05"), date(2026, 1, 1), JAN_15, "2026年缴费通知"
    )
    add_offer(community_id=jinxiu.community.pk, offer=offer, on=date(2025, 12, 20))
    pay(jinxiu, JAN_15)
    assert Payment.objects.get().amount_fen == 239_423
    return jinxiu


def ask(company, last_on=LAST, reason="业主大会决定解聘", by="finance"):
    return ask_contract_end(
        contract_id=Contract.objects.get().pk,
        last_on=last_on,
        reason=reason,
        by=company.staff(by),
        at=at(TODAY),
    )


def end(company, **more):
    approval = ask(company, **more)
    cases.decide(approval_id=approval, by=company.staff("branch_gm"), approve=True, at=at(TODAY))


def credit(company):
    account = company.accounts[ROOM].pk
    return credit_of([account])[account]


def refund(company, fen):
    """Asked by the cashier, agreed to by the project manager, paid by finance."""
    source = refundable(company.accounts[ROOM].pk)[0]
    refund_id = ask_refund(
        account_id=company.accounts[ROOM].pk, payment_id=source.payment_id, amount_fen=fen, reason="合同终止",
        by=company.staff("cashier"), on=TODAY, at=at(TODAY),
    )  # fmt: skip
    decide = {"approval_id": refund_card(refund_id).approval_id, "approve": True, "at": at(TODAY)}
    cases.decide(by=company.staff("project_manager"), **decide)
    pay_refund(
        refund_id=refund_id, by=company.staff("finance"), posted_on=TODAY, at=at(TODAY), reference="R-1"
    )
    return Refund.objects.get(pk=refund_id)


def test_s10_what_was_paid_for_the_days_after_the_contract_goes_back(early):
    end(early)
    kept = Charge.objects.filter(account=early.accounts[ROOM], reversed_on=None).order_by("period")
    net = [row.amount_fen - row.waived_fen for row in kept]
    assert net == [19_952] * 8 + [9_976]
    assert sum(net) == 169_592
    assert all(row.amount_fen == row.settled_fen for row in kept)
    assert (credit(early), 9_976 + 2 * 19_952 + 19_951) == (69_831, 69_831)
    assert sum(net) + 69_831 == 239_423
    paid = refund(early, 69_831)
    assert (paid.state, paid.paid_as.amount_fen, credit(early)) == ("PAID", -69_831, 0)
    assert check_books().wrong == 0


def test_s10_with_set_off_against_a_parking_debt(early):
    parking = early.items["parking"]
    Subscription.objects.create(
        unit=early.units[ROOM], tariff=early.tariffs["parking"], fee_item=parking, held=DateRange(date(2026, 8, 1), None)
    )  # fmt: skip
    run(early, 2026, 8)
    end(early)
    assert (credit(early), refundable(early.accounts[ROOM].pk)[0].left_fen) == (69_831, 69_831)
    use_credit(
        account_id=early.accounts[ROOM].pk,
        paid_on=TODAY,
        posted_on=TODAY,
        at=at(TODAY),
        idempotency_key="set-off",
    )
    assert open_charges(account_ids=[early.accounts[ROOM].pk], as_of=TODAY) == []
    assert refund(early, 39_831).paid_as.amount_fen == -39_831
    assert credit(early) == 0


def test_s10_with_one_charge_for_the_year(jinxiu):
    Tariff.objects.filter(pk=jinxiu.tariffs["property"].pk).update(cycle_months=12)
    run(jinxiu, 2026, 1)
    offer = NewOffer(jinxiu.items["property"].pk, 2026, Decimal("0.05"), date(2026, 1, 1), JAN_15, "通知")
    add_offer(community_id=jinxiu.community.pk, offer=offer, on=date(2025, 12, 20))
    pay(jinxiu, JAN_15)
    end(jinxiu)
    assert credit(jinxiu) == 69_831


def test_the_preview_says_the_sum_and_nothing_is_written(early):
    shown = preview_contract_end(contract_id=Contract.objects.get().pk, last_on=LAST)
    assert (shown.accounts, shown.charges, shown.free_fen) == (1, 4, 69_831)
    assert credit(early) == 0


def test_the_contract_ends_for_everybody_and_nothing_is_billed_after(early):
    run(early, 2026, 9)
    end(early)
    assert Contract.objects.get().held.upper == date(2026, 9, 16)
    others = Charge.objects.filter(unit__code="3-1-1702", reversed_on=None)
    assert [(row.period.upper, row.amount_fen) for row in others] == [(date(2026, 9, 16), 14_159)]
    run(early, 2026, 9)
    assert others.count() == 1
    assert {entry.action for entry in AuditEntry.objects.all()} >= {"contract.end_asked", "contract.ended"}


def test_only_the_branchs_head_decides_and_a_rejection_changes_nothing(early):
    approval = ask(early)
    with pytest.raises(NotYourPart):
        cases.decide(approval_id=approval, by=early.staff("project_manager"), approve=True, at=at(TODAY))
    with pytest.raises(ContractEndAsked):
        ask(early)
    cases.decide(
        approval_id=approval, by=early.staff("branch_gm"), approve=False, reason="未到期", at=at(TODAY)
    )
    assert Contract.objects.get().held.upper is None
    assert Payment.objects.filter(kind="RELEASE").count() == 0


@pytest.mark.parametrize(("last_on", "reason", "error"), [
    (date(2020, 1, 1), "x", EndOutside), (LAST, "  ", ReasonMissing),
])  # fmt: skip
def test_an_end_lies_within_the_contract_and_has_a_reason(early, last_on, reason, error):
    with pytest.raises(error):
        ask(early, last_on, reason)


def test_a_tariff_that_ends_sets_free_what_was_paid_beyond(jinxiu):
    bay = jinxiu.accounts["B1-001"].pk
    issue_ahead(account_id=bay, months=6, on=date(2026, 1, 3))
    pay(jinxiu, JAN_15, account=bay)
    held = Subscription.objects.get(unit__code="B1-001")
    (done,) = end_agreement(
        subscription_id=held.pk, end_on=date(2026, 4, 16), on=date(2026, 4, 20), at=at(date(2026, 4, 20))
    )
    assert (done.free_fen, credit_of([bay])[bay]) == (15_000 + 2 * 30_000, 75_000)
    assert Subscription.objects.get(pk=held.pk).held.upper == date(2026, 4, 16)
    assert check_books().wrong == 0
