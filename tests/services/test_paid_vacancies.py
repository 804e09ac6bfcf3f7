"""S4 where the money came first: months that were paid are let off too, and what was paid of it is credit."""

from __future__ import annotations

from datetime import date

import pytest

from billing.charges.models import Adjustment, Tariff
from billing.charges.queries import vacancy_card
from billing.charges.services import issue_ahead
from billing.payments.models import Payment
from billing.payments.queries import account_ledger, check_books, credit_of
from billing.payments.services import use_credit_held
from billing.payments.services.days import DayClosed
from billing.payments.services.reversals import NotReversible, ask_reversal, reverse_payment
from reports.queries.funds import known_of
from tenancy.people.models import AuditEntry
from tests.meters import run
from tests.money import still_open
from tests.services.test_transfers import at, closed, pay
from tests.services.test_vacancies import ACCEPTED, MOVED_IN, OFF, ROOM, ask, decide, end, granted, net, ruled

__all__ = ["ruled"]

JAN_15 = date(2026, 1, 15)
NIGHT = date(2026, 12, 6)
YEAR = 252_024


def credit(company):
    account = company.accounts[ROOM].pk
    return credit_of([account])[account]


def ahead(company, months):
    """So many months of the year, billed and paid in January."""
    issue_ahead(account_id=company.accounts[ROOM].pk, months=months, on=date(2026, 1, 3))
    pay(company, JAN_15)
    return company


@pytest.fixture
def prepaid(ruled):
    """The whole year in twelve charges."""
    return ahead(ruled, 12)


def test_s4_a_year_paid_ahead_keeps_eight_months_as_credit(prepaid):
    vacancy = granted(prepaid)
    assert net() == [21_002] * 3 + [14_701] * 9
    assert (credit(prepaid), still_open(prepaid, ACCEPTED)) == (9 * OFF, {})
    assert end(vacancy) == "ENDED"
    (december,) = still_open(prepaid, MOVED_IN).values()
    assert december == (OFF, 0)
    assert credit(prepaid) == 9 * OFF, "what is owed again takes no credit silently"
    assert use_credit_held(as_of=NIGHT, at=at(NIGHT)) == 1
    assert (credit(prepaid), sum(net()), still_open(prepaid, NIGHT)) == (50_408, 201_616, {})
    assert vacancy_card(vacancy).off_fen == 50_408
    assert check_books().wrong == 0


def test_s4_one_bill_of_a_year_that_was_paid(ruled):
    Tariff.objects.filter(pk=ruled.tariffs["property"].pk).update(cycle_months=12)
    run(ruled, 2026, 1)
    pay(ruled, JAN_15)
    vacancy = granted(ruled)
    assert (credit(ruled), net()) == (9 * OFF, [YEAR - 9 * OFF])
    assert end(vacancy) == "ENDED"
    assert (credit(ruled), list(still_open(ruled, MOVED_IN).values())) == (9 * OFF, [(OFF, 0)])
    use_credit_held(as_of=MOVED_IN, at=at(MOVED_IN))
    assert (credit(ruled), net(), still_open(ruled, MOVED_IN)) == (50_408, [201_616], {})
    assert check_books().wrong == 0


def test_s4_too_short_after_five_paid_months_all_is_owed_again(ruled):
    ahead(ruled, 8)
    vacancy = granted(ruled)
    assert credit(ruled) == 31_505
    moved_in = date(2026, 9, 20)
    assert end(vacancy, moved_in) == "FAILED"
    owed = still_open(ruled, moved_in)
    assert [fen for fen, _late in owed.values()] == [OFF] * 5
    assert sum(fen + late for fen, late in owed.values()) == 31_505, "no late fee for days it was paid"
    assert credit(ruled) == 31_505, "what is owed again takes no credit silently"
    assert use_credit_held(as_of=moved_in, at=at(moved_in)) == 1
    assert (credit(ruled), still_open(ruled, moved_in), sum(net())) == (0, {}, 8 * 21_002)
    assert check_books().wrong == 0


def test_what_is_half_paid_is_let_off_the_unpaid_half_first(ruled):
    issue_ahead(account_id=ruled.accounts[ROOM].pk, months=4, on=date(2026, 1, 3))
    pay(ruled, JAN_15, fen=4 * 21_002 - 2_000)
    granted(ruled)
    assert (credit(ruled), still_open(ruled, ACCEPTED), net()[-1]) == (OFF - 2_000, {}, 14_701)


def test_the_entry_says_why_and_earlier_days_of_the_statement_stay(prepaid):
    account = prepaid.accounts[ROOM].pk
    before = account_ledger(account, as_of=date(2026, 3, 9))
    granted(prepaid)
    assert account_ledger(account, as_of=date(2026, 3, 9)) == before
    entry = Payment.objects.get(kind="RELEASE")
    assert (entry.amount_fen, entry.method, entry.paid_on, entry.posted_on) == (
        -9 * OFF, "CREDIT", ACCEPTED, ACCEPTED,
    )  # fmt: skip
    assert "2026-04-01" in entry.note
    assert entry.note in set(Adjustment.objects.values_list("reason", flat=True))
    now = account_ledger(account, as_of=date(2026, 12, 31))
    assert (now.received_fen, now.let_off_fen, now.balance_fen) == (YEAR, 9 * OFF, -9 * OFF)
    (free,) = [line.entry for line in now.lines if line.entry.what == "payment.RELEASE"]
    assert (free.on, free.about, free.credit_fen) == (ACCEPTED, entry.note, 0)
    said = known_of(prepaid.community.pk, ACCEPTED)
    assert (said["released"], said["released_fen"]) == (1, 9 * OFF), "the daily report has it as set free"
    assert AuditEntry.objects.get(action="payment.released").detail["amount_fen"] == 9 * OFF


def test_what_is_rejected_or_on_a_closed_day_sets_nothing_free(prepaid):
    rejected = ask(prepaid)
    decide(prepaid, rejected, approve=False)
    vacancy = ask(prepaid)
    closed(prepaid, ACCEPTED)
    with pytest.raises(DayClosed):
        decide(prepaid, vacancy)
    assert (credit(prepaid), Payment.objects.filter(kind="RELEASE").count()) == (0, 0)
    assert vacancy_card(vacancy).state == "ASKED"


def test_a_payment_that_was_let_off_afterwards_is_not_taken_back_twice(prepaid):
    granted(prepaid)
    paid = Payment.objects.get(kind="RECEIVED")
    by = prepaid.staff("cashier")
    with pytest.raises(NotReversible):
        ask_reversal(payment_id=paid.pk, reason="跨行退票", by=by, at=at(ACCEPTED))
    with pytest.raises(NotReversible):
        reverse_payment(payment_id=paid.pk, reason="跨行退票", posted_on=ACCEPTED, at=at(ACCEPTED))
    assert check_books().wrong == 0
