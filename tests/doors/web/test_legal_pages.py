"""Court papers in the browser's words: what waits, marking it as filed, what was filed."""

from __future__ import annotations

import pytest

from arrears.cases import services
from arrears.legal.models import Filing
from tenancy.kernel import clock
from tenancy.people.models import Approval
from tests import ladder
from tests.ladder import at, call, document, hand_over, on, walk, walk_and_send
from tests.money import pay

FILED = {"court": "杭州市西湖区人民法院", "filed_on": "2026-05-20", "court_reference": "(2026)浙0106民督1号"}


def approve(company, kind, role, day):
    approval = Approval.objects.get(kind=f"ladder.{kind}", decision="PENDING")
    with company.open(role):
        services.decide(
            approval_id=approval.pk, by=company.staff(role), approve=True, reason="同意", at=at(on(day))
        )


@pytest.fixture
def court(cast, monkeypatch):
    """锦绣 on D109: the payment order of 3-1-1602 is approved and waits to be filed."""
    company = cast.jinxiu
    with company.open():
        ladder.bill(company)
        walk_and_send(1)
        walk(2)
        call(company, at(on(2)))
        walk(16)
        hand_over(document(company, "DEMAND").pk, on(16))
        walk(32)
        ladder.visit(company, on(32))
        walk(61)
        approve(company, "SECOND_DEMAND", "project_manager", 61)
        hand_over(document(company, "SECOND_DEMAND").pk, on(61))
        walk(91)
        approve(company, "LEGAL_REVIEW", "branch_gm", 91)
        walk(92)
        approve(company, "LAWYER_LETTER", "branch_gm", 92)
        hand_over(document(company, "LAWYER_LETTER").pk, on(92))
        walk(108)
        approve(company, "COURT", "branch_gm", 108)
    monkeypatch.setattr(clock, "now", lambda: at(on(109)))
    monkeypatch.setattr(clock, "today", lambda: on(109))
    return company


@pytest.fixture
def english(log_in):
    """english(company, role) -> a client that reads English, so that the test can."""

    def signed_in(company, role):
        client = log_in(company, role)
        client.cookies["django_language"] = "en"
        return client

    return signed_in


def case_id(company):
    with company.open():
        return ladder.case(company).pk


def text(response):
    return response.content.decode()


def test_what_waits_shows_claim_fee_paper_and_the_last_day(court, english):
    page = text(english(court, "legal").get("/court/"))
    with court.open():
        paper = document(court, "PAYMENT_ORDER_APPLICATION")
    # 210.02 + 109 days x 0.0003 = 216.89; a claim below 10,000 costs a third of 50.00.
    for shown in (
        "3-1-1602",
        "¥210.02",
        "¥6.87",
        "¥216.89",
        "¥16.67",
        paper.number,
        f"/notices/{paper.pk}/pdf/",
    ):
        assert shown in page, shown
    assert f'href="/court/{case_id(court)}/"' in page


def test_a_paper_is_marked_as_filed_and_moves_to_the_filed_ones(court, english):
    client, case = english(court, "legal"), case_id(court)
    assert "¥216.89" in text(client.get(f"/court/{case}/"))
    done = client.post(f"/court/{case}/", FILED, follow=True)
    page = text(done)
    assert "Marked as filed." in page
    assert FILED["court_reference"] in page
    assert "Nothing waits to be filed." in page
    with court.open():
        filing = Filing.objects.get()
        assert (filing.court, filing.kind, filing.fee_fen) == (FILED["court"], "PAYMENT_ORDER", 1667)
    again = client.post(f"/court/{case}/", FILED)
    assert again.status_code == 422
    assert "waiting to be filed" in text(again)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"court": ""}, "court"),
        ({"filed_on": "2026-12-31"}, "filed_on"),
        ({"filed_on": "2026-02-01"}, "filed_on"),
        ({"filed_on": "x"}, "filed_on"),
    ],
)
def test_a_wrong_filing_is_said_beside_its_field(court, english, changed, field):
    response = english(court, "legal").post(f"/court/{case_id(court)}/", FILED | changed)
    assert response.status_code == 422
    assert f'id="id_{field}_error"' in text(response)
    with court.open():
        assert Filing.objects.count() == 0


def test_a_paid_claim_waits_no_longer(court, english):
    with court.open("cashier"):
        pay(court, 30000, paid_on=on(109), posted_on=on(109), at=at(on(109)))
    assert "3-1-1602" not in text(english(court, "legal").get("/court/"))


def test_the_manager_reads_only_legal_files_and_the_other_company_sees_nothing(cast, court, english):
    case = case_id(court)
    page = text(english(court, "project_manager").get("/court/"))
    assert "3-1-1602" in page
    assert f'href="/court/{case}/"' not in page
    assert english(court, "project_manager").post(f"/court/{case}/", FILED).status_code == 403
    assert english(court, "collector").get("/court/").status_code == 403
    other = english(cast.yunding, "legal")
    assert "3-1-1602" not in text(other.get("/court/"))
    assert other.get(f"/court/{case}/").status_code == 404
    assert other.post(f"/court/{case}/", FILED).status_code == 404


def test_a_case_that_waits_for_no_court_says_so(court, english):
    with court.open():
        other = ladder.case(court, "3-1-1702").pk
    page = text(english(court, "legal").get(f"/court/{other}/"))
    assert "Nothing of this case waits to be filed." in page


def test_the_review_sheet_says_what_is_proven_and_what_a_court_costs(cast, court, english):
    case = case_id(court)
    page = text(english(court, "branch_gm").get(f"/court/{case}/review/"))
    for shown in (
        "¥210.02",
        "¥16.67",
        "¥25.00",
        "¥50.00",
        "The demand was delivered",
        "The domicile is known",
        "missing",
    ):
        assert shown in page, shown
    assert english(court, "collector").get(f"/court/{case}/review/").status_code == 403
    assert english(cast.yunding, "branch_gm").get(f"/court/{case}/review/").status_code == 404
