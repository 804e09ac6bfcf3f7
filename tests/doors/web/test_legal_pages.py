"""Court papers in the browser's words: what waits, marking it as filed, what was filed."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from arrears.cases.models import Task
from arrears.cases.services.holds import hold_granted
from arrears.legal.models import Filing, Result
from tenancy.kernel import clock
from tenancy.people.models import Approval
from tests import ladder
from tests.ladder import at, document, on, walk
from tests.money import pay

FILED = {"court": "杭州市西湖区人民法院", "filed_on": "2026-05-20", "court_reference": "(2026)浙0106民督1号"}


def case_id(company):
    with company.open():
        return ladder.case(company).pk


def text(response):
    return response.content.decode()


def test_what_waits_shows_claim_fee_paper_and_the_last_day(court, english):
    page = text(english(court, "legal").get("/court/"))
    with court.open():
        paper = document(court, "PAYMENT_ORDER_APPLICATION")
    # The paper of D108 asks for 210.02 + 108 days x 0.0003 = 216.82; on D109 it is 216.89 that is owed. A claim
    # below 10,000 costs a third of 50.00.
    for shown in (
        "3-1-1602",
        "¥210.02",
        "¥6.80",
        "¥216.82",
        "¥216.89",
        "¥16.67",
        paper.number,
        f"/notices/{paper.pk}/pdf/",
    ):
        assert shown in page, shown
    assert f'href="/court/{case_id(court)}/"' in page


def test_a_paper_is_marked_as_filed_and_moves_to_the_filed_ones(court, english):
    client, case = english(court, "legal"), case_id(court)
    assert "The claim of ¥216.82, as the paper states it" in text(client.get(f"/court/{case}/"))
    done = client.post(f"/court/{case}/", FILED, follow=True)
    page = text(done)
    assert "Marked as filed." in page
    assert "Nothing waits to be filed." in page
    assert FILED["court_reference"] in text(client.get("/court/?filed=true"))
    with court.open():
        filing = Filing.objects.get()
        assert (filing.court, filing.kind, filing.fee_fen) == (FILED["court"], "PAYMENT_ORDER", 1667)
        assert (filing.claim_fen, filing.principal_fen, filing.late_fee_fen) == (21_682, 21_002, 680)
    again = client.post(f"/court/{case}/", FILED)
    assert again.status_code == 422
    assert "waiting to be filed" in text(again)


@pytest.mark.parametrize("kind", ["INSTALMENT", "DEFERRAL", "HARDSHIP"])
def test_nothing_is_filed_while_what_was_granted_stands(court, english, kind):
    client, case = english(court, "legal"), case_id(court)
    with court.open():
        hold_granted(
            account_id=court.accounts["3-1-1602"].pk, kind=kind, from_on=on(109), to_on=None, reason="协议"
        )
    page = text(client.get(f"/court/{case}/"))
    assert "Nothing can be filed now" in page
    assert "nothing is claimed while it is kept" in page
    assert 'name="filed_on"' not in page
    assert client.post(f"/court/{case}/", FILED).status_code == 422
    with court.open():
        assert not Filing.objects.exists()


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


def test_a_paper_that_a_payment_withdrew_is_said_to_be_and_cannot_be_filed(court, english):
    with court.open("cashier"):
        pay(court, 100, paid_on=on(109), posted_on=on(109), at=at(on(109)))
    client, case = english(court, "legal"), case_id(court)
    page = text(client.get("/court/"))
    assert "withdrawn, drawn up anew tonight" in page
    assert f'href="/court/{case}/"' not in page
    page = text(client.get(f"/court/{case}/"))
    assert "This paper was withdrawn" in page
    assert 'name="filed_on"' not in page
    refused = client.post(f"/court/{case}/", FILED)
    assert refused.status_code == 422
    assert "A payment withdrew this paper" in text(refused)
    asked = {name: FILED[name] for name in ("court", "filed_on")}
    answer = client.post(f"/api/v1/cases/{case}/filings/", asked, content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (409, "legal.paper_withdrawn")
    with court.open():
        assert Filing.objects.count() == 0
        walk(110)
    page = text(client.get("/court/"))
    assert "drawn up anew tonight" not in page
    assert f'href="/court/{case}/"' in page


def test_the_counter_is_warned_of_a_paper_that_waits_and_of_one_that_lies_with_the_court(
    cast, court, english
):
    with court.open():
        account, quiet = court.accounts["3-1-1602"].pk, court.accounts["3-1-1702"].pk
    client, url = english(court, "cashier"), f"/court/accounts/{account}/counter/"
    assert f'hx-get="{url}"' in text(client.get(f"/counter/?account={account}"))
    page = text(client.get(url))
    assert "approved and waits to be filed" in page
    assert "¥216.82" in page
    assert text(client.get(f"/court/accounts/{quiet}/counter/")).strip() == ""
    with court.open("cashier"):
        pay(court, 100, paid_on=on(109), posted_on=on(109), at=at(on(109)))
    assert "was withdrawn by a payment" in text(client.get(url))
    with court.open():
        walk(110)
    english(court, "legal").post(f"/court/{case_id(court)}/", FILED)
    assert english(court, "patrol").get(url).status_code == 403
    assert english(cast.yunding, "cashier").get(url).status_code == 404


def test_a_filed_claim_is_told_at_the_counter_until_the_court_ends_it(court, english, filed):
    with court.open():
        url = f"/court/accounts/{court.accounts['3-1-1602'].pk}/counter/"
    client = english(court, "cashier")
    assert f"This debt lies with {FILED['court']} since 2026-05-20" in text(client.get(url))
    ended = {"kind": "REJECTED", "court": FILED["court"], "served_on": "2026-05-20"}
    english(court, "legal").post(f"/court/filings/{filed}/result/", ended)
    assert "This debt lies with" not in text(client.get(url))


def test_a_claim_asked_again_shows_what_the_court_said_before(court, english, filed):
    ended = {"kind": "REJECTED", "court": FILED["court"], "served_on": "2026-05-20", "note": "缺少送达证据"}
    english(court, "legal").post(f"/court/filings/{filed}/result/", ended)
    with court.open():
        walk(110)
        approval = Approval.objects.get(kind="ladder.COURT", decision="PENDING").pk
    client, url = english(court, "branch_gm"), f"/court/{case_id(court)}/proceedings/"
    assert f'hx-get="{url}"' in text(client.get(f"/approvals/{approval}/"))
    page = text(client.get(url))
    assert "Rejected or void" in page
    assert "缺少送达证据" in page


def test_court_work_that_is_overdue_stands_on_the_day_of_those_who_can_do_it(
    cast, court, english, monkeypatch
):
    with court.open():
        case = ladder.case(court)
        Task.objects.create(
            case=case, account_id=case.account_id, community_id=case.community_id, kind="REVIEW",
            due_on=on(100), because="due",
        )  # fmt: skip
    monkeypatch.setattr(clock, "today", lambda: on(141))
    for role in ("legal", "branch_gm", "project_manager"):
        answer = english(court, role).get("/")
        (card,) = [card for card in answer.context["cards"] if card.title == "Court papers and reviews"]
        assert (card.count, card.remark) == (2, "2 of them overdue")
        assert [row.kind for row in answer.context["today"].court.rows] == ["REVIEW", "FILE"], (
            "the latest first"
        )
        assert "past by 41 d" in text(answer)
    assert f'href="/court/{case_id(court)}/"' in text(english(court, "legal").get("/"))
    assert f'href="/court/{case_id(court)}/"' not in text(english(court, "branch_gm").get("/"))
    lead = english(court, "team_lead").get("/")
    assert [row.kind for row in lead.context["today"].court.rows] == ["REVIEW"]
    for role in ("collector", "cashier"):
        assert english(court, role).get("/").context["today"].court.count == 0
    told = english(court, "legal").get("/api/v1/reports/today/").json()["court"]
    assert (told["count"], told["late"], told["rows"][0]["days_over"]) == (2, 2, 41)
    assert english(cast.yunding, "legal").get("/").context["today"].court.count == 0


def test_the_case_says_that_no_demand_goes_out_by_itself_for_what_is_newer(court, english):
    with court.open():
        ladder.bill(court, date(2026, 2, 1))
    page = text(english(court, "collector").get(f"/cases/{case_id(court)}/"))
    assert "Past due, but not claimed" in page
    assert "no demand goes out by itself" in page


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
        "The court of the domicile is known",
    ):
        assert shown in page, shown
    assert english(court, "collector").get(f"/court/{case}/review/").status_code == 403
    assert english(cast.yunding, "branch_gm").get(f"/court/{case}/review/").status_code == 404


ANSWER = {
    "kind": "PAYMENT_ORDER",
    "court": "杭州市西湖区人民法院",
    "case_number": "（2026）浙0106民督1号",
    "served_on": "2026-05-20",
    "principal_fen": "210.02",
    "late_fee_fen": "6.80",
    "costs_fen": "16.67",
}
PDF = b"%PDF-1.7\n%%EOF\n"


@pytest.fixture
def filed(court, log_in):
    """D109: the payment order was filed."""
    log_in(court, "legal").post(f"/court/{case_id(court)}/", FILED)
    with court.open():
        return Filing.objects.get().pk


def test_the_answer_of_the_court_is_recorded_with_its_paper(court, english, filed):
    client = english(court, "legal")
    assert f'href="/court/filings/{filed}/result/"' in text(client.get("/court/?filed=true"))
    page = text(client.get(f"/court/filings/{filed}/result/"))
    for shown in (
        "Payment order issued",
        FILED["court"],
        "The court accepts or refuses by",
        "2026-05-25",
        # The sums to begin with are the filed paper's.
        'name="principal_fen" value="210.02"',
        'name="late_fee_fen" value="6.80"',
    ):
        assert shown in page, shown
    assert 'value="JUDGMENT"' not in page
    paper = SimpleUploadedFile("支付令.pdf", PDF, "application/pdf")
    done = client.post(f"/court/filings/{filed}/result/", ANSWER | {"file": paper}, follow=True)
    assert done.redirect_chain == [(f"/cases/{case_id(court)}/", 302)]
    assert f'hx-get="/court/{case_id(court)}/proceedings/"' in text(
        client.get(f"/cases/{case_id(court)}/legal/")
    )
    fragment = text(client.get(f"/court/{case_id(court)}/proceedings/"))
    for shown in ("¥233.49", "2026-06-05", "The debtor may object until", "2026-06-04", "The paper"):
        assert shown in fragment, shown
    with court.open():
        result = Result.objects.get()
        assert (result.perform_by.isoformat(), result.effective_on.isoformat()) == (
            "2026-06-04",
            "2026-06-05",
        )
        assert result.file.content_type == "application/pdf"


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"kind": ""}, "kind"),
        ({"kind": "JUDGMENT"}, "kind"),
        ({"court": ""}, "court"),
        ({"case_number": ""}, "case_number"),
        ({"served_on": "2026-05-21"}, "served_on"),
        ({"served_on": "2026-05-01"}, "served_on"),
        ({"served_on": "0026-05-20"}, "served_on"),
        ({"effective_on": "2026-05-19"}, "effective_on"),
        ({"perform_by": "2026-06-03"}, "perform_by"),
        ({"perform_by": "2030-06-03"}, "perform_by"),
        ({"principal_fen": ""}, "principal_fen"),
        ({"principal_fen": "9999"}, "principal_fen"),
        ({"late_fee_fen": "-1"}, "late_fee_fen"),
        ({"costs_fen": "viel"}, "costs_fen"),
        ({"file": SimpleUploadedFile("x.exe", b"MZ")}, "file"),
    ],
)
def test_a_wrong_answer_is_said_beside_its_field(court, english, filed, changed, field):
    response = english(court, "legal").post(f"/court/filings/{filed}/result/", ANSWER | changed)
    assert response.status_code == 422
    assert f'id="id_{field}_error"' in text(response)
    with court.open():
        assert Result.objects.count() == 0


def test_only_legal_records_an_answer_and_the_other_company_finds_nothing(cast, court, english, filed):
    case, url = case_id(court), f"/court/filings/{filed}/result/"
    for role in ("branch_gm", "project_manager", "collector"):
        assert english(court, role).post(url, ANSWER).status_code == 403
    assert english(court, "branch_gm").get(f"/court/{case}/proceedings/").status_code == 200
    assert english(court, "collector").get(f"/court/{case}/proceedings/").status_code == 403
    collector, counsel = english(court, "collector"), english(court, "legal")
    assert "proceedings" not in text(collector.get(f"/cases/{case}/legal/"))
    assert "Court and proof" not in text(collector.get(f"/cases/{case}/")), "no tab without anything in it"
    assert "proceedings" in text(counsel.get(f"/cases/{case}/legal/"))
    other = english(cast.yunding, "legal")
    for method, where in (("get", url), ("post", url), ("get", f"/court/{case}/proceedings/")):
        assert (
            getattr(other, method)(where, **({"data": ANSWER} if method == "post" else {})).status_code == 404
        )


def test_nothing_more_is_recorded_after_an_end(court, english, filed):
    client, url = english(court, "legal"), f"/court/filings/{filed}/result/"
    assert (
        client.post(url, {"kind": "REJECTED", "court": FILED["court"], "served_on": "2026-05-20"}).status_code
        == 302
    )
    assert "Nothing more can follow" in text(client.get(url))
    assert client.post(url, ANSWER).status_code == 422
    assert "Rejected or void" in text(client.get("/court/?filed=true"))


def test_what_is_not_claimed_and_what_is_late_is_said_on_the_papers_page(court, english, monkeypatch):
    with court.open():
        ladder.bill(court, date(2026, 2, 1))
    page = text(english(court, "legal").get("/court/"))
    assert "3-1-1602: 1 more charges, ¥210.02, are past due but not in this claim." in page
    assert "1 are in no demand that was delivered (due 2026-02-28 to 2026-02-28)" in page
    assert "past by" not in page
    monkeypatch.setattr(clock, "today", lambda: on(141))
    page = text(english(court, "legal").get("/court/"))
    assert (
        '<span class="date late">2026-06-18 Thu</span> <span class="badge tone-late">past by 3 d</span>'
        in page
    )
    shown = text(english(court, "legal").get(f"/court/{case_id(court)}/"))
    assert "Past due, but not claimed" in shown
    assert "past by 3 d" in shown
