"""Days before a court for tests: the climb to it, filings, docket entries, files."""

from __future__ import annotations

from datetime import date
from typing import Any

from arrears.cases import services as cases
from arrears.legal.models import Filing, Review
from arrears.legal.queries import checklist
from arrears.legal.rules.docket import EntryKind, Ground
from arrears.legal.rules.gates import BY_HAND, State
from arrears.legal.rules.results import Award
from arrears.legal.services import NewEntry, enter, mark_filed, note_gate, write_review
from notices.services import Photo
from owners.models import Party
from tenancy.kernel.crypto import encrypt
from tenancy.people.models import Approval
from tests import ladder
from tests.cast import Company
from tests.firms import firm_for_letters
from tests.ladder import at, call, document, hand_over, on, walk, walk_and_send

_ANSWERED = frozenset(BY_HAND) - {"court_of_domicile"}
COURT, NUMBER = "杭州市余杭区人民法院", "（2026）浙0110民督1号"
PDF = Photo("paper.pdf", b"%PDF-1.7\n%%EOF\n")


def home_of_the_debtor() -> None:
    """张三's domicile and identity, as a court asks for them."""
    Party.objects.filter(name="张三").update(
        domicile="浙江省杭州市余杭区五常大道8号", id_number=encrypt("330102199001011234")
    )


def assess(company: Company, approval: Approval, day: date) -> None:
    """The review sheet of a request that waits, unless somebody wrote it."""
    if Review.objects.filter(approval=approval).exists():
        return
    with company.open("project_manager"):
        write_review(
            case_id=approval.facts["case_id"],
            need="多次催收无果",
            chance="HIGH",
            chance_reason="合同与送达齐全",
            advice="LAWYER_LETTER",
            by=company.staff("project_manager"),
            on=day,
        )


def decide(company: Company, kind: str, role: str, day: int, *, approve: bool = True) -> Approval:
    """Answer the request of a rung."""
    approval = Approval.objects.get(kind=f"ladder.{kind}", decision="PENDING")
    if kind == "LEGAL_REVIEW" and approve:
        assess(company, approval, on(day))
    if approve:
        answer_for(company, kind, on(day))
    with company.open(role):
        cases.decide(
            approval_id=approval.pk, by=company.staff(role), approve=approve, reason="同意", at=at(on(day))
        )
    return approval


def answer_for(company: Company, kind: str, day: date) -> None:
    """What must be there before a rung's paper is finished by itself: a firm, answers to every check."""
    if kind == "LAWYER_LETTER":
        firm_for_letters(company)
    if kind == "COURT":
        confirm(company, day)


def confirm(company: Company, day: date) -> None:
    """Legal notes an answer to every check of the case that data cannot answer, but which court it is."""
    pk = ladder.case(company).pk
    with company.open("legal"):
        for one in checklist(pk, as_of=day).findings:
            if one.state is State.UNKNOWN and one.code in _ANSWERED:
                note_gate(
                    case_id=pk, code=one.code, holds=True, reason="已核实", by=company.staff("legal"), on=day
                )  # fmt: skip


def to_the_second_demand(company: Company) -> None:
    """D1 to D61: reminder, call, demand delivered, visit; the second demand is proposed."""
    walk_and_send(1)
    walk(2)
    call(company, at(on(2)))
    walk(16)
    hand_over(document(company, "DEMAND").pk, on(16))
    walk(32)
    ladder.visit(company, on(32))
    walk(61)


def to_the_review(company: Company) -> None:
    """D61 to D91: the second demand delivered; the review is proposed."""
    to_the_second_demand(company)
    decide(company, "SECOND_DEMAND", "project_manager", 61)
    hand_over(document(company, "SECOND_DEMAND").pk, on(61))
    walk(91)


def to_the_letter(company: Company) -> None:
    """D92: the review decided, the lawyer letter is proposed."""
    to_the_review(company)
    decide(company, "LEGAL_REVIEW", "branch_gm", 91)
    walk(92)


def to_the_court(company: Company) -> None:
    """D108: the letter is over, the court is proposed."""
    to_the_letter(company)
    decide(company, "LAWYER_LETTER", "branch_gm", 92)
    hand_over(document(company, "LAWYER_LETTER").pk, on(92))
    walk(108)


def file_order(company: Company, day: int = 110) -> int:
    """The payment order is approved on D108 and filed."""
    decide(company, "COURT", "branch_gm", 108)
    with company.open("legal"):
        return mark_filed(
            case_id=ladder.case(company).pk, court=COURT, filed_on=on(day), as_of=on(day),
            court_reference=NUMBER,
        )  # fmt: skip


def happens(company: Company, kind: EntryKind, day: int, **more: Any) -> int:
    """Legal enters what the court or a party did, on its day."""
    filing_id = more.pop("filing_id", None) or Filing.objects.earliest("pk").pk
    as_of = on(more.pop("as_of", day))
    with company.open("legal"):
        return enter(filing_id=filing_id, new=NewEntry(kind=kind, on=on(day), **more), as_of=as_of)


def objects(company: Company, day: int, ground: Ground = Ground.SUBSTANCE, *, written: bool = True) -> int:
    """The debtor objects."""
    return happens(company, EntryKind.OBJECTED, day, ground=ground, written=written)


def judged(company: Company, day: int, *, principal_fen: int = 21_002, **more: Any) -> int:
    """The court decides for us."""
    award = Award(principal_fen, 500, 5_000)
    return happens(company, EntryKind.JUDGMENT, day, award=award, case_number="（2026）浙0110民初9号", **more)
