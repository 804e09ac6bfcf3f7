"""Papers for the court: a debtor whose home nobody knew, who pays in time, or who is sued."""

from __future__ import annotations

import pytest

from arrears.legal.models import Draft, DraftVersion, Filing
from arrears.legal.queries import at_court
from arrears.legal.rules.results import Days
from arrears.legal.services import (
    draft_withdrawals,
    finish_draft,
    mark_filed,
    open_draft,
    record_result,
    save_draft,
)
from arrears.legal.services.filing import DraftUnfinished
from arrears.legal.services.finishing import DraftNotReady
from notices.documents.complaint import ComplaintData
from notices.models import Notice
from owners.models import Party
from tests import ladder
from tests.ladder import at, case, on, steps, walk
from tests.money import pay
from tests.services.test_filing import climb_to_the_court, decide

HOME = "杭州市余杭区人民法院"


class Lawyer:
    """The legal member of staff, at a desk on some day."""

    def __init__(self, company):
        self.company = company

    def draft(self, kind):
        return Draft.objects.filter(kind=kind).latest("pk")

    def version(self, kind):
        return DraftVersion.objects.filter(draft=self.draft(kind)).latest("number").number

    def begins(self, kind, day):
        with self.company.open("legal"):
            open_draft(case_id=case(self.company).pk, kind=kind, as_of=on(day))

    def writes(self, kind, day, **given):
        fields = {key.replace("__", "."): value for key, value in given.items()}
        with self.company.open("legal"):
            save_draft(
                draft_id=self.draft(kind).pk, version=self.version(kind), given=fields, as_of=on(day)
            )  # fmt: skip

    def finishes(self, kind, day):
        with self.company.open("legal"):
            pk = finish_draft(draft_id=self.draft(kind).pk, version=self.version(kind), as_of=on(day))
        return Notice.objects.get(pk=pk)

    def files(self, day):
        with self.company.open("legal"):
            return mark_filed(case_id=case(self.company).pk, court=HOME, filed_on=on(day), as_of=on(day),
                              court_reference="（2026）浙0110民督1号")  # fmt: skip

    def hears(self, filing_id, kind, day, **more):
        with self.company.open("legal"):
            record_result(
                filing_id=filing_id, kind=kind, court=HOME, days=Days(on(day)), as_of=on(day), **more
            )  # fmt: skip


@pytest.fixture
def lawyer(jinxiu):
    """D108: the letter's days are over, and the branch general manager decides on the court."""
    Party.objects.filter(name="张三").update(domicile="", id_number=b"")
    ladder.bill(jinxiu)
    climb_to_the_court(jinxiu)
    decide(jinxiu, "COURT", "branch_gm", 108)
    return Lawyer(jinxiu)


ORDER, COMPLAINT, WITHDRAWAL = "PAYMENT_ORDER_APPLICATION", "COMPLAINT", "PAYMENT_ORDER_WITHDRAWAL"


def test_he_pays_a_part_while_the_lawyer_looks_for_his_home_and_all_while_the_court_reads(lawyer):
    company = lawyer.company
    with pytest.raises(DraftUnfinished):
        lawyer.files(109)
    pay(company, 10_000, paid_on=on(110), posted_on=on(110), at=at(on(110)))
    walk(111)
    assert steps(company)[-1] == ("COURT", "APPROVED", 108), "there was no paper that could be untrue"
    lawyer.writes(
        ORDER, 112,
        respondents__0__domicile="浙江省杭州市余杭区五常大道8号", respondents__0__id_number="330102198505051234",
    )  # fmt: skip
    order = lawyer.finishes(ORDER, 112)
    assert order.number == "ORDER-JX-2026-000001", "the first number: none was spent on drafts"
    assert order.data["principal_fen"] < 21_002
    lawyer.files(113)
    assert Filing.objects.get().claim_fen == order.data["total_fen"]
    assert draft_withdrawals(as_of=on(114)) == 0

    pay(company, None, paid_on=on(115), posted_on=on(115), at=at(on(115)), key="all")
    walk(116)
    assert draft_withdrawals(as_of=on(116)) == 1
    paper = lawyer.finishes(WITHDRAWAL, 116)
    assert (paper.data["reference"], paper.data["application"]) == ("（2026）浙0110民督1号", order.number)
    lawyer.hears(Filing.objects.get().pk, "WITHDRAWN", 118)
    assert draft_withdrawals(as_of=on(119)) == 0


def test_he_objects_and_the_application_becomes_a_lawsuit_about_the_same_money(lawyer):
    company = lawyer.company
    lawyer.writes(
        ORDER, 109,
        respondents__0__domicile="浙江省杭州市余杭区五常大道8号", respondents__0__id_number="330102198505051234",
    )  # fmt: skip
    lawyer.finishes(ORDER, 109)
    filing_id = lawyer.files(110)
    lawyer.hears(filing_id, "CONVERTED", 120)
    lawyer.begins(COMPLAINT, 121)
    with pytest.raises(DraftNotReady):
        lawyer.finishes(COMPLAINT, 121)
    lawyer.writes(
        COMPLAINT, 122,
        plaintiff__domicile="杭州市西湖区文一路1号", plaintiff__legal_representative="赵总",
        plaintiff__credit_code="91330100MA27000000", jurisdiction="no", mediation="yes",
        defendants__0__domicile="浙江省杭州市余杭区五常大道8号", defendants__0__id_number="330102198505051234",
    )  # fmt: skip
    data = ComplaintData.from_json(lawyer.finishes(COMPLAINT, 122).data)
    assert data.principal_fen == Filing.objects.get().principal_fen, "what was applied for, not more"
    assert data.court == HOME
    assert "律师函" in data.facts.demands
    assert [one.filing.filing_id for one in at_court(case(company).pk, as_of=on(122)).courses] == [filing_id]
