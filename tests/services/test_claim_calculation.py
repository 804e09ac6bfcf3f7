"""What papers for a court tell of a debt that was partly paid under a plan: the ledger, to the cent."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from arrears.cases.queries.subjects import late_charges
from arrears.cases.services.papers import Order
from arrears.legal.documents.material import gather
from arrears.legal.documents.written import write
from notices.documents.pdf import to_pdf
from notices.documents.render import PAPER, render_html
from notices.queries import preview_of
from tests.clocks import open_case
from tests.money import owe, pay
from tests.relief import ask, grant, night, noon, plan, sign, state

SIGNED, PAID, BROKEN, TODAY = date(2026, 3, 15), date(2026, 3, 31), date(2026, 5, 20), date(2026, 6, 30)
ORDER, COMPLAINT, LETTER = "PAYMENT_ORDER_APPLICATION", "COMPLAINT", "LAWYER_LETTER"


@pytest.fixture
def case(jinxiu):
    owe(jinxiu, 504_048, date(2025, 12, 31))
    return open_case(jinxiu, date(2026, 1, 5))


@pytest.fixture
def broken(jinxiu, case):
    """A plan of six parts was signed, the first was paid, the second was not."""
    asked = ask(jinxiu, "INSTALMENT", date(2026, 3, 10), plan=plan(6, date(2026, 3, 31)))
    grant(jinxiu, asked, date(2026, 3, 12))
    sign(jinxiu, asked, SIGNED)
    pay(jinxiu, 73_994, paid_on=PAID, posted_on=PAID, at=noon(PAID))
    night(BROKEN)
    assert state(asked) == "BROKEN"
    return case


def written(case, kind, edits=None):
    charges = tuple(late_charges([case.account_id], as_of=TODAY)[case.account_id])
    order = Order(case.pk, case.account_id, case.account.community_id, "COURT", charges)
    return write(kind, gather(order, as_of=TODAY), edits or {})


def said(kind, paper):
    html = render_html(preview_of(kind, paper.as_json()))
    assert to_pdf(html, stylesheet=PAPER).startswith(b"%PDF")
    return html


def test_who_paid_nothing_is_said_to_have_paid_nothing(case):
    paper = written(case, ORDER).paper
    html = said(ORDER, paper)
    assert "被申请人至今未付。" in html
    assert "已付部分" not in html
    assert "分期还款协议" not in html
    assert "被告至今未付。" in written(case, COMPLAINT).paper.facts.owed


def test_what_was_paid_and_the_plan_that_was_broken_stand_in_the_facts_and_the_evidence(broken):
    paper = written(broken, ORDER).paper
    html = said(ORDER, paper)
    assert "已付部分 ¥739.94，余款至今未付。" in html
    assert "被申请人至今未付。" not in html
    assert "被申请人于 2026-03-15 签订分期还款协议" in html
    assert "仅履行 739.94 元，未按约履行" in html
    assert any(one.name.startswith("分期还款协议") for one in paper.evidence)
    facts = written(broken, COMPLAINT).paper.facts
    assert "已付部分 739.94 元，余款至今未付" in facts.owed
    assert "被告于 2026-03-15 签订分期还款协议" in facts.other
    assert "签订的分期还款协议" in facts.evidence


@pytest.mark.parametrize("kind", [ORDER, COMPLAINT, LETTER])
@pytest.mark.parametrize("basis", ["CONTRACT", "COURT_SAFE", "NONE"])
def test_the_calculation_gives_every_row_and_their_sum_is_the_claim(broken, kind, basis):
    found = written(broken, kind, {"late_fee_basis": basis})
    paper, total = found.paper, found.paper.reckoning.total
    assert total.principal_fen + total.late_fee_fen + paper.costs_fen == paper.total_fen
    for row, line in zip(paper.reckoning.rows, paper.lines, strict=True):
        sums = row.sums
        assert sums.amount_fen - sums.paid_fen - sums.dropped_fen == line.principal_fen
        assert sums.accrued_fen - sums.fee_paid_fen - sums.fee_dropped_fen == line.late_fee_fen
        assert sum(Decimal(one.exact) for one in row.stretches).quantize(Decimal("0.01")) == (
            Decimal(sums.accrued_fen) / 100
        )
        for one in row.stretches:
            assert Decimal(one.exact) == Decimal(one.unpaid_fen) / 100 * Decimal(row.rate) * one.days
        assert sum(one.days for one in row.stretches) < line.days_overdue, "the plan's days do not count"
    html = said(kind, paper)
    assert "逾期天数，" not in html
    assert "欠费及违约金计算表" in html
    assert "暂停计算违约金的期间" in html
