"""Contracts through their services: one a day, issued charges keep their terms, the account is secret."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection

from billing.charges.models import Charge, Contract
from billing.charges.queries import billed_under, contract_on, contract_terms
from billing.charges.services import add_contract, change_contract, issue_bills, succeed_contract
from billing.charges.services.contracts import ContractGoverns, ContractOverlaps, TermsNotValid
from owners.models import Community
from tenancy.kernel.errors import NotFound
from tenancy.kernel.secret import OPEN
from tenancy.people.models import AuditEntry
from tests.rules.test_agreement import GOOD
from values.period import Period


@pytest.fixture
def second(jinxiu):
    """A community made by hand."""
    return Community.objects.create(code="J2", name="锦绣二期").pk


@pytest.fixture
def billed(jinxiu):
    """The contract of 锦绣花园, with January 2026 issued under it."""
    issue_bills(community_id=jinxiu.community.pk, period=Period.month(2026, 1), issued_on=date(2026, 1, 5))
    return contract_terms(Contract.objects.get().pk)


def test_a_contract_is_added_with_its_trail(second):
    made = add_contract(community_id=second, terms=GOOD)
    terms = contract_on(second, date(2030, 1, 1))
    assert (terms.contract_id, terms.late_fee_text, terms.cap_text) == (made, "0.03%（万分之三）", "100%")
    assert AuditEntry.objects.get(action="contract.added").object_id == made


def test_the_account_is_encrypted_at_rest_and_in_the_history(second):
    made = add_contract(community_id=second, terms=GOOD)
    with connection.cursor() as cursor:
        cursor.execute("SELECT payee_account FROM charges_contract WHERE id = %s", [made])
        at_rest = bytes(cursor.fetchone()[0])
        cursor.execute("SELECT payee_account FROM charges_historicalcontract WHERE id = %s", [made])
        in_history = bytes(cursor.fetchone()[0])
    assert b"6217" not in at_rest
    assert b"6217" not in in_history
    assert contract_terms(made).payee_account == GOOD.payee_account
    assert contract_terms(made).account_shown == "****0001"


def test_an_account_of_before_is_read_and_sealed_by_the_next_change(second):
    made = add_contract(community_id=second, terms=GOOD)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE charges_contract SET payee_account = %s WHERE id = %s", [OPEN + b"62170001", made]
        )
    assert contract_terms(made).payee_account == "62170001"
    change_contract(contract_id=made, terms=replace(GOOD, payee_account="", name="合同二"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT payee_account FROM charges_contract WHERE id = %s", [made])
        assert b"62170001" not in bytes(cursor.fetchone()[0])
    assert contract_terms(made).payee_account == "62170001"


def test_a_community_has_one_contract_a_day(second):
    add_contract(community_id=second, terms=replace(GOOD, end_on=date(2027, 1, 1)))
    with pytest.raises(ContractOverlaps):
        add_contract(community_id=second, terms=replace(GOOD, start_on=date(2026, 12, 31)))
    add_contract(community_id=second, terms=replace(GOOD, start_on=date(2027, 1, 1)))
    assert Contract.objects.filter(community_id=second).count() == 2


def test_what_a_rule_forbids_is_refused_beside_its_field(second):
    with pytest.raises(TermsNotValid) as refused:
        add_contract(community_id=second, terms=replace(GOOD, late_fee_clause="  "))
    assert (refused.value.field, refused.value.params) == (
        "late_fee_clause",
        {"reason": "rate_without_clause"},
    )
    assert not Contract.objects.filter(community_id=second).exists()


def test_a_contract_nothing_was_billed_under_may_change_altogether(second):
    made = add_contract(community_id=second, terms=GOOD)
    wanted = replace(
        GOOD, late_fee_rate=Decimal("0.0005"), due_day=20, start_on=date(2025, 1, 1), payee_account=""
    )
    change_contract(contract_id=made, terms=wanted)
    terms = contract_terms(made)
    assert (terms.late_fee_rate, terms.due_day, terms.start_on) == (Decimal("0.0005"), 20, date(2025, 1, 1))
    assert terms.payee_account == GOOD.payee_account
    assert set(AuditEntry.objects.get(action="contract.changed").detail) == {
        "late_fee_rate",
        "due_day",
        "start_on",
    }


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"late_fee_rate": Decimal("0.0005")}, "late_fee_rate"),
        ({"late_fee_rate": None, "late_fee_clause": ""}, "late_fee_rate"),
        ({"late_fee_cap_ratio": Decimal("0.3")}, "late_fee_cap_ratio"),
        ({"principal_first": True}, "principal_first"),
        ({"due_day": 20}, "due_day"),
        ({"start_on": date(2026, 1, 2)}, "start_on"),
        ({"end_on": date(2026, 1, 1)}, "end_on"),
    ],
)
def test_terms_that_charges_stand_under_stay(billed, change, field):
    before = list(Charge.objects.order_by("pk").values())
    with pytest.raises(ContractGoverns) as refused:
        change_contract(contract_id=billed.contract_id, terms=replace(billed.agreement, **change))
    assert refused.value.field == field
    assert contract_terms(billed.contract_id) == billed
    assert list(Charge.objects.order_by("pk").values()) == before


def test_a_new_account_a_new_name_and_an_end_are_always_possible(billed):
    wanted = replace(
        billed.agreement, payee_account="1202026219900011122", name="合同（续）", end_on=date(2027, 1, 1)
    )
    change_contract(contract_id=billed.contract_id, terms=wanted)
    assert contract_terms(billed.contract_id).agreement == wanted
    assert AuditEntry.objects.get(action="contract.changed").detail["payee_account"] == "****1122"


def test_other_terms_from_a_day_on_leave_what_is_issued(billed, jinxiu):
    before = list(Charge.objects.order_by("pk").values())
    wanted = replace(
        billed.agreement, start_on=date(2026, 2, 1), late_fee_rate=Decimal("0.0005"),
        late_fee_clause="第三条 按日万分之五", payee_account="",
    )  # fmt: skip
    new = succeed_contract(contract_id=billed.contract_id, terms=wanted)
    assert contract_terms(billed.contract_id).end_on == date(2026, 2, 1)
    assert contract_terms(new).payee_account == billed.payee_account
    assert list(Charge.objects.order_by("pk").values()) == before
    issue_bills(community_id=jinxiu.community.pk, period=Period.month(2026, 2), issued_on=date(2026, 2, 5))
    rates = dict(
        Charge.objects.filter(unit=jinxiu.units["3-1-1602"]).values_list(
            "period__startswith", "late_fee_rate"
        )
    )
    assert rates == {date(2026, 1, 1): Decimal("0.0003"), date(2026, 2, 1): Decimal("0.0005")}
    assert billed_under(contract_terms(new)) == (date(2026, 2, 1), date(2026, 2, 1))


def test_a_new_contract_cannot_begin_where_charges_stand_under_the_old_one(billed):
    with pytest.raises(ContractGoverns) as refused:
        succeed_contract(
            contract_id=billed.contract_id, terms=replace(billed.agreement, start_on=date(2025, 12, 1))
        )
    assert refused.value.params == {"day": "2026-01-01"}
    with pytest.raises(TermsNotValid):
        succeed_contract(
            contract_id=billed.contract_id, terms=replace(billed.agreement, start_on=date(2022, 1, 1))
        )
    assert Contract.objects.count() == 1


def test_what_is_not_there_is_not_found(jinxiu):
    for act in (change_contract, succeed_contract):
        with pytest.raises(NotFound):
            act(contract_id=999_999_999, terms=GOOD)
    with pytest.raises(NotFound):
        add_contract(community_id=999_999_999, terms=GOOD)
