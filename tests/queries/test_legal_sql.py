"""What the statements of the court's papers answer, beside the same told in Python."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from arrears.cases.models import Case, Step
from arrears.legal.models import Filing, Result
from arrears.legal.queries.instruments import payable_until as found_until
from arrears.legal.rules.results import INSTRUMENTS, Days, payable_until

DAY = date(2026, 6, 1)


@pytest.fixture
def cases(jinxiu):
    """A case for each of three accounts, with a step to file on."""
    made = []
    for unit in ("3-1-1602", "3-1-1702", "3-2-201"):
        account = jinxiu.accounts[unit]
        made.append(
            Case.objects.create(
                account=account, unit=jinxiu.units[unit], community=jinxiu.community, opened_on=DAY
            )
        )
    return made


def filed(case, kind="PAYMENT_ORDER"):
    step = Step.objects.create(
        case=case, account_id=case.account_id, level=8, code="COURT", event="TAKEN", on=DAY, because="filed"
    )
    return Filing.objects.create(
        case=case, step=step, kind=kind, court="法院", filed_on=DAY, claim_fen=1000, fee_fen=100
    )


def answered(filing, kind, force=16, paying=15):
    terms = {}
    if kind in INSTRUMENTS:
        terms = {
            "effective_on": DAY + timedelta(force), "perform_by": DAY + timedelta(paying), "principal_fen": 900,
        }  # fmt: skip
    Result.objects.create(
        filing=filing,
        case_id=filing.case_id,
        kind=kind,
        court="法院",
        case_number="1号",
        served_on=DAY,
        **terms,
    )


def oracle(case):
    """The newest claim of the case, its newest result, and the rule."""
    filings = [row for row in Filing.objects.filter(case=case).order_by("pk") if row.kind != "ENFORCEMENT"]
    results = list(Result.objects.filter(filing=filings[-1]).order_by("pk")) if filings else []
    if not results or results[-1].kind not in INSTRUMENTS:
        return None
    newest = results[-1]
    return payable_until(Days(newest.served_on, newest.effective_on, newest.perform_by))


@pytest.mark.parametrize(
    "story",
    [
        [],
        [("PAYMENT_ORDER", [])],
        [("PAYMENT_ORDER", ["PAYMENT_ORDER"])],
        [("PAYMENT_ORDER", ["PAYMENT_ORDER", "CONVERTED"])],
        [("PAYMENT_ORDER", ["CONVERTED", "JUDGMENT"])],
        [("PAYMENT_ORDER", ["REJECTED"]), ("COMPLAINT", ["MEDIATION"])],
        [("PAYMENT_ORDER", ["PAYMENT_ORDER"]), ("COMPLAINT", [])],
        [("COMPLAINT", ["JUDGMENT"]), ("ENFORCEMENT", [])],
    ],
)
@pytest.mark.parametrize(("force", "paying"), [(16, 15), (0, 30), (40, 10)])
def test_an_instrument_counts_while_nothing_newer_was_recorded(cases, story, force, paying):
    told, untold, other = cases
    answered(filed(other), "JUDGMENT", 5, 10)
    for kind, results in story:
        filing = filed(told, kind)
        for result in results:
            answered(filing, result, force, paying)
    found = found_until([told.pk, untold.pk])
    assert found.get(told.pk) == oracle(told)
    assert set(found) <= {told.pk}, "only who was asked for, and who has one"
