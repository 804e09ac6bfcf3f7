"""S4: an empty home pays 70 percent from the month after the application, if it stays empty long enough."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from arrears.cases import services as cases
from billing.charges.models import Adjustment, Bill, Charge, Tariff, Vacancy
from billing.charges.queries import charge_why, vacancy_card
from billing.charges.rules.local import LocalKind
from billing.charges.services import Proof, add_local_rule, ask_vacancy, end_vacancy, issue_ahead, void_bill
from billing.charges.services.vacancies import NoVacancyRule, VacancyNotOpen, VacancyNotValid, VacancyThere
from notices.models import Notice
from tenancy.people.services.files import FileNotAccepted
from tests.meters import run
from tests.money import still_open

ROOM = "3-1-1602"
ACCEPTED, MOVED_IN = date(2026, 3, 10), date(2026, 12, 5)
AT = datetime(2026, 3, 10, 10, tzinfo=ZoneInfo("Asia/Shanghai"))
PDF = b"%PDF-1.7\n%%EOF\n"
OFF = 6_301


@pytest.fixture
def ruled(jinxiu):
    """The city lets empty homes pay 70 percent, after six months."""
    for kind, value in ((LocalKind.VACANCY_RATIO, "0.7"), (LocalKind.VACANCY_MONTHS, "6")):
        add_local_rule(kind=kind, value=value, from_on=date(2024, 1, 1), basis="物业管理条例")
    return jinxiu


def ask(company, role="collector", **more):
    said = {
        "account_id": company.accounts[ROOM].pk, "accepted_on": ACCEPTED, "reason": "在外地工作",
        "proof": Proof("水表.pdf", PDF), "on": ACCEPTED, "at": AT,
    }  # fmt: skip
    with company.open(role):
        return ask_vacancy(**(said | more), by=company.staff(role))


def decide(company, vacancy_id, *, approve=True, role="project_manager"):
    asked = Vacancy.objects.get(pk=vacancy_id).approval
    assert asked.role == role
    with company.open(role):
        cases.decide(approval_id=asked.pk, by=company.staff(role), approve=approve, reason="不符合", at=AT)


def granted(company, **more):
    vacancy = ask(company, **more)
    decide(company, vacancy)
    return vacancy


def net():
    found = Charge.objects.filter(unit__code=ROOM, reversed_on=None).order_by("period")
    return [charge.amount_fen - charge.waived_fen for charge in found]


def end(vacancy, moved_in_on=MOVED_IN):
    return end_vacancy(vacancy_id=vacancy, moved_in_on=moved_in_on, on=moved_in_on, at=AT)


def test_s4_a_year_with_eight_empty_months(ruled):
    run(ruled, 2026, 1)
    run(ruled, 2026, 2)
    run(ruled, 2026, 3)
    vacancy = granted(ruled)
    for month in range(4, 13):
        if month == 12:
            assert end(vacancy) == "ENDED"
        run(ruled, 2026, month)
    assert net() == [21_002] * 3 + [14_701] * 8 + [21_002]
    assert sum(net()) == 201_616
    assert vacancy_card(vacancy).off_fen == 50_408
    assert {row.amount_fen for row in Adjustment.objects.all()} == {OFF}
    assert Charge.objects.filter(unit__code=ROOM).first().amount_fen == 21_002


def test_s4_the_bill_says_what_is_let_off_and_why(ruled):
    granted(ruled)
    run(ruled, 2026, 4)
    charge = Charge.objects.get(unit__code=ROOM)
    said = Notice.objects.get(number=charge.bill.number).data
    assert said["payable_fen"] == 14_701
    line = said["lines"][0]
    assert (line["gross_fen"], line["discount_fen"], line["net_fen"]) == (21_002, OFF, 14_701)
    assert "2026-04-01" in line["discount_reason"]
    why = charge_why(charge.pk, as_of=date(2026, 4, 6))
    assert (why.waived_fen, why.unpaid_fen) == (OFF, 14_701)
    others = Charge.objects.exclude(unit__code=ROOM).filter(waived_fen__gt=0)
    assert not others.exists()


def test_s4_lived_in_after_five_months_all_is_owed_again(ruled):
    vacancy = granted(ruled)
    for month in range(4, 9):
        run(ruled, 2026, month)
    assert sum(net()) == 5 * 14_701
    assert end(vacancy, date(2026, 9, 20)) == "FAILED"
    assert net() == [21_002] * 5
    back = Adjustment.objects.filter(amount_fen__lt=0)
    assert sum(row.amount_fen for row in back) == -31_505
    assert all("5" in row.reason for row in back)
    assert vacancy_card(vacancy).off_fen == 0
    run(ruled, 2026, 10)
    assert net()[-1] == 21_002


def test_months_billed_before_the_decision_are_reduced_at_it(ruled):
    Tariff.objects.filter(pk=ruled.tariffs["property"].pk).update(cycle_months=12)
    run(ruled, 2026, 1)
    vacancy = granted(ruled)
    assert net() == [252_024 - 9 * OFF]
    assert end(vacancy) == "ENDED"
    assert net() == [201_616]


def test_what_is_rejected_changes_nothing(ruled):
    vacancy = ask(ruled)
    decide(ruled, vacancy, approve=False)
    run(ruled, 2026, 4)
    assert (net(), Vacancy.objects.get().state) == ([21_002], "REJECTED")
    with pytest.raises(VacancyNotOpen):
        end(vacancy)


def test_who_asked_as_project_manager_does_not_decide(ruled):
    vacancy = ask(ruled, role="project_manager")
    decide(ruled, vacancy, role="branch_gm")
    assert Vacancy.objects.get().state == "GRANTED"


def test_share_and_months_are_those_of_the_city(jinxiu):
    with pytest.raises(NoVacancyRule):
        ask(jinxiu)
    add_local_rule(kind=LocalKind.VACANCY_RATIO, value="60%", from_on=date(2024, 1, 1), basis="滨州")
    card = vacancy_card(granted(jinxiu))
    assert (card.share, card.min_months, card.from_on) == ("60%", 6, date(2026, 4, 1))
    run(jinxiu, 2026, 4)
    assert net() == [12_601]


def test_applications_that_cannot_be(ruled):
    with pytest.raises(VacancyNotValid):
        ask(ruled, accepted_on=date(2026, 3, 11))
    with pytest.raises(VacancyNotValid):
        ask(ruled, reason=" ")
    with pytest.raises(FileNotAccepted):
        ask(ruled, proof=Proof("x.exe", b"MZ"))
    vacancy = granted(ruled)
    with pytest.raises(VacancyThere):
        ask(ruled)
    with pytest.raises(VacancyNotValid):
        end(vacancy, date(2026, 3, 1))


def test_a_reduced_bill_is_voided_as_long_as_nobody_paid(ruled):
    vacancy = granted(ruled)
    run(ruled, 2026, 4)
    bill = Bill.objects.get(account=ruled.accounts[ROOM])
    void_bill(bill_id=bill.pk, reason="面积有误", voided_on=date(2026, 4, 6))
    assert (vacancy_card(vacancy).off_fen, net()) == (0, [])
    run(ruled, 2026, 4)
    assert net() == [14_701]


def test_what_is_paid_ahead_is_reduced_at_once(ruled):
    granted(ruled)
    issue_ahead(account_id=ruled.accounts[ROOM].pk, months=3, on=date(2026, 3, 11))
    assert net() == [21_002, 14_701, 14_701]


def test_a_parking_space_is_not_lived_in(ruled):
    granted(ruled)
    run(ruled, 2026, 4)
    parking = Charge.objects.filter(fee_item=ruled.items["parking"])
    assert not parking.filter(waived_fen__gt=0).exists()
    assert sum(fen for fen, _late in still_open(ruled, date(2026, 4, 6)).values()) == 14_701
