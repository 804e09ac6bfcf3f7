"""What a service contract may say."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billing.charges.rules.agreement import Agreement, changed_terms, fault_of
from values import daily_rate

GOOD = Agreement(
    kind="PRELIMINARY", name="前期物业服务合同", number="JX-1", start_on=date(2026, 1, 1), end_on=None,
    late_fee_rate=Decimal("0.0003"), late_fee_clause="第十二条 逾期按日万分之三支付违约金",
    late_fee_cap_ratio=Decimal(1), late_fee_grace_days=0, principal_first=False, issue_day=5, due_day=None,
    payee_name="锦绣物业", payee_bank="中国银行", payee_account="6217 0000 0000 0000 001",
)  # fmt: skip


@pytest.mark.parametrize(
    "terms",
    [
        {},
        {"late_fee_rate": None, "late_fee_clause": ""},
        {"end_on": date(2029, 1, 1)},
        {"issue_day": 18},
        {"issue_day": 5, "due_day": 15},
        {"due_day": 31},
        {"late_fee_rate": Decimal("0.003")},
        {"late_fee_cap_ratio": Decimal("0.30")},
        {"start_on": date(2008, 7, 1)},
    ],
)
def test_terms_that_may_stand(terms):
    assert fault_of(replace(GOOD, **terms)) is None


@pytest.mark.parametrize(
    ("terms", "field", "code"),
    [
        ({"end_on": date(2026, 1, 1)}, "end_on", "contract_ends_before_it_starts"),
        ({"start_on": date(206, 1, 1)}, "start_on", "contract_day_far"),
        ({"late_fee_clause": ""}, "late_fee_clause", "rate_without_clause"),
        ({"late_fee_rate": None}, "late_fee_rate", "clause_without_rate"),
        ({"late_fee_rate": Decimal("0.03")}, "late_fee_rate", "late_fee_rate_absurd"),
        ({"late_fee_rate": Decimal("0.000003")}, "late_fee_rate", "late_fee_rate_absurd"),
        ({"late_fee_rate": Decimal("0.000300001")}, "late_fee_rate", "late_fee_rate_too_fine"),
        ({"late_fee_cap_ratio": Decimal(0)}, "late_fee_cap_ratio", "late_fee_cap_out_of_range"),
        ({"late_fee_grace_days": -1}, "late_fee_grace_days", "grace_out_of_range"),
        ({"issue_day": 29}, "issue_day", "issue_day_out_of_range"),
        ({"issue_day": 19}, "due_day", "lead_too_short"),
        ({"due_day": 14}, "due_day", "lead_too_short"),
        ({"due_day": 32}, "due_day", "due_day_out_of_range"),
        ({"payee_name": " "}, "payee_name", "contract_field_missing"),
        ({"payee_account": ""}, "payee_account", "contract_field_missing"),
        ({"payee_account": "abc"}, "payee_account", "account_number_unreadable"),
    ],
)
def test_terms_that_cannot_be_are_told_beside_their_field(terms, field, code):
    fault = fault_of(replace(GOOD, **terms))
    assert fault is not None
    assert (fault.field, fault.because.code) == (field, code)


def test_the_account_and_the_words_are_no_lasting_terms():
    other = replace(GOOD, payee_account="6217000000000000002", name="x", number="y", issue_day=6)
    assert changed_terms(GOOD, other) == ()
    assert changed_terms(GOOD, replace(GOOD, due_day=20, principal_first=True)) == (
        "principal_first",
        "due_day",
    )


@given(st.integers(1, 1_000_000).map(lambda e8: Decimal(e8) / 10**8))
def test_a_rate_is_read_back_from_both_of_its_texts(rate):
    assert daily_rate.parse(daily_rate.percent(rate)) == rate
    assert daily_rate.parse(daily_rate.in_characters(rate)) == rate


@pytest.mark.parametrize("text", ["", "abc", "万分之", "3/10000", "-0.03%", "1.2.3", "%"])
def test_what_is_no_rate_is_refused(text):
    with pytest.raises(ValueError):
        daily_rate.parse(text)
