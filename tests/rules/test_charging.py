"""One unit in a run: who answers for which days, at which price, due when, or why for none."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from billing.charges.rules.charging import Pricer, Subject
from billing.charges.rules.cycles import cycles_of
from billing.charges.rules.due import DEFAULT_RULE, DueKind, DueRule
from billing.charges.rules.pricing import Basis, Rounding, TariffVersion
from owners.rules.ownership import HandoverRule, Ownership
from values.period import Period

APRIL = Period.month(2026, 4)
ALWAYS = Period(date.min, date.max)
SALE = date(2026, 4, 18)
SELLER = Ownership(7, date(2019, 1, 1), SALE)
BUYER = Ownership(8, SALE, None)
OWNER = Ownership(1, date(2019, 1, 1), None)


def pricer(
    run=APRIL, months=1, *, in_arrears=False, due=DEFAULT_RULE, tariffs=None, handover=HandoverRule.BY_DAY
):
    return Pricer(
        cycles=cycles_of(run, months=months, in_arrears=in_arrears),
        tariffs=[TariffVersion(1, Basis.AREA, 2_350_000)] if tariffs is None else tariffs,
        rounding=Rounding.PER_MONTH,
        due_rule=due,
        handover=handover,
        in_arrears=in_arrears,
    )


def decide(subject, **rest):
    debts, reasons = pricer(**rest).debts(subject)
    return [(d.party, str(d.period), d.priced.total_fen) for d in debts], [reason.code for reason in reasons]


def subject(owners=(OWNER,), *, held=ALWAYS, taken=(), area=893700):
    return Subject(area, held, owners, taken)


def test_one_owner_owes_the_whole_cycle():
    assert decide(subject()) == ([(1, "2026-04-01..2026-05-01", 21002)], [])


def test_a_sale_splits_the_month_at_its_day():
    debts, _reasons = decide(subject((SELLER, BUYER)))
    assert debts == [(7, "2026-04-01..2026-04-18", 11901), (8, "2026-04-18..2026-05-01", 9101)]


def test_who_comes_in_mid_cycle_has_until_the_end_of_his_own_month():
    debts, _ = pricer(Period.month(2026, 1), 12).debts(subject((SELLER, BUYER)))
    assert [(debt.party, debt.due_on) for debt in debts] == [(7, date(2026, 1, 31)), (8, date(2026, 4, 30))]


def test_a_developer_answers_for_the_month_of_handover_where_the_rule_says_so():
    developer = Ownership(1, date(2019, 1, 1), SALE, developer=True)
    buyer = Ownership(2, SALE, None)
    rule = HandoverRule.NEXT_MONTH
    assert decide(subject((developer, buyer)), handover=rule)[0] == [(1, "2026-04-01..2026-05-01", 21002)]
    assert decide(subject((developer, buyer)), run=Period.month(2026, 5), handover=rule)[0][0][0] == 2


def test_days_that_nobody_owns_are_left_out_with_a_reason():
    assert decide(subject(())) == ([], ["no_owner"])
    debts, reasons = decide(subject((BUYER,)))
    assert (debts, reasons) == ([(8, "2026-04-18..2026-05-01", 9101)], ["no_owner"])


def test_a_register_that_contradicts_itself_bills_nobody():
    both = Ownership(9, date(2026, 1, 1), None)
    assert decide(subject((OWNER, both))) == ([], ["owners_overlap"])


def test_what_is_billed_already_is_said_only_when_the_cycle_is_new():
    taken = [Period.of_months(date(2026, 4, 1), 3)]
    assert decide(subject(taken=taken)) == ([], ["already_billed"])
    assert decide(subject(taken=taken), run=Period.month(2026, 5), months=3) == ([], [])


def test_only_the_days_of_the_subscription_are_billed():
    held = Period(date(2026, 4, 16), date(2026, 12, 31))
    assert decide(subject(held=held))[0] == [(1, "2026-04-16..2026-05-01", 10501)]
    assert decide(subject(held=Period(date(2026, 5, 1), date(2026, 6, 1)))) == ([], [])


def test_missing_data_is_named():
    assert decide(subject(area=0)) == ([], ["no_area"])
    assert decide(subject(), tariffs=[]) == ([], ["no_tariff"])
    late = [TariffVersion(1, Basis.AREA, 2_350_000, from_on=date(2026, 4, 2))]
    assert decide(subject(), tariffs=late) == ([], ["no_tariff"])


def test_the_due_rule_and_arrears_move_the_due_day():
    twentieth = DueRule(DueKind.DAY_OF_MONTH, 20)
    assert pricer(due=twentieth).debts(subject())[0][0].due_on == date(2026, 4, 20)
    behind = pricer(in_arrears=True).debts(subject())[0][0]
    assert (str(behind.period), behind.due_on) == ("2026-03-01..2026-04-01", date(2026, 4, 30))


@given(st.lists(st.integers(1, 364), max_size=4, unique=True), st.sampled_from([1, 3, 12]))
def test_however_often_it_is_sold_the_parties_together_owe_the_whole(sales, months):
    first = date(2026, 1, 1)
    days = [date(2020, 1, 1), *(first + timedelta(n) for n in sorted(sales)), None]
    owners = [Ownership(n, start, end) for n, (start, end) in enumerate(pairwise(days), start=1)]
    total = 0
    for month in range(1, 13):
        debts, reasons = pricer(Period.month(2026, month), months).debts(subject(owners))
        assert reasons == []
        total += sum(debt.priced.total_fen for debt in debts) if (month - 1) % months == 0 else 0
    assert total == 252024
