"""An offer that asks for a good standing: given to whoever stands well, withheld from whoever does not."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from arrears.cases.queries import party_standing
from arrears.cases.queries.owner_standing import may_have_offers
from arrears.cases.rules.standing import LOOK_BACK_MONTHS, Grade
from billing.charges.models import Adjustment
from billing.charges.queries import early_birds, good_standing, open_charges
from billing.charges.queries.early import birds_told, standing_offers
from billing.charges.services import issue_ahead
from billing.charges.services.adjust import LetOff, adjust_charges
from billing.charges.services.bill_notices import GOOD_STANDING
from tenancy.kernel.scope import acting_for, current_scope
from tests.bills_on_time import paid_on_time
from tests.ladder import at
from tests.money import owe
from tests.services.test_early_bird import JAN_3, JAN_15, ROOM, asked, off, offer, pay, told

OTHER = "3-1-1702"


@pytest.fixture
def year(jinxiu):
    """The year in twelve charges, and an offer that asks for a good standing and nothing else."""
    jinxiu.offer = offer(jinxiu, needs_clear=False, needs_good_standing=True)
    issue_ahead(account_id=jinxiu.accounts[ROOM].pk, months=12, on=JAN_3)
    return jinxiu


def grade(company, on=JAN_15):
    return party_standing(company.parties["张三"].pk, as_of=on).grade


def test_who_paid_well_is_asked_for_less_and_let_off(year):
    paid_on_time(year, ROOM, JAN_3)
    assert grade(year) is Grade.VERY_GOOD
    assert (asked(year).amount_fen, asked(year).off_fen) == (239_423, 12_601)
    taken = pay(year, expected_owed_fen=239_423)
    assert (sum(off()), taken.credit_fen) == (12_601, 0)


def test_of_whom_no_bills_are_known_is_asked_for_all_of_it(year):
    assert grade(year) is Grade.FAIR, "too few bills to say anything"
    assert (asked(year).amount_fen, asked(year).off_fen) == (252_024, 0)
    pay(year)
    assert off() == []


def test_who_owes_for_long_is_asked_for_all_of_it_and_told_why(year):
    paid_on_time(year, ROOM, JAN_3)
    owe(year, 5_000, date(2024, 12, 1), rate="0")
    assert early_birds([year.accounts[ROOM].pk], day=JAN_15) == {}
    (bird,) = birds_told([year.accounts[ROOM].pk], day=JAN_15)
    assert (bird.needs_good_standing, bird.withheld, bird.off.total_fen) == (True, True, 12_601)
    (row,) = standing_offers(year.community.pk, party_id=year.parties["张三"].pk, day=JAN_15)
    assert (row.needs_good_standing, row.withheld) == (True, True)


def test_the_payment_that_mends_a_standing_does_not_meet_the_offer_it_was_not_shown(year):
    """Old debt and the year less the share, in one payment: he was asked for all of it, nothing is let off."""
    paid_on_time(year, ROOM, JAN_3, bills=5)
    owe(year, 5_000, date(2023, 12, 1), rate="0")
    owe(year, 100, JAN_3 - timedelta(2), rate="0", item="parking")
    assert grade(year) is not Grade.VERY_GOOD
    assert asked(year).off_fen == 0
    pay(year, 5_000 + 100 + 239_423)
    assert grade(year) in (Grade.GOOD, Grade.VERY_GOOD)
    assert off() == []


def test_it_is_the_same_for_a_cashier_of_one_community_and_for_the_whole_company(year):
    paid_on_time(year, ROOM, JAN_3)
    party = year.parties["张三"].pk
    assert may_have_offers([party], JAN_15) == {party}
    scope = current_scope()
    with acting_for(scope.tenant_id, communities=[0]):
        assert may_have_offers([party], JAN_15) == {party}
        assert current_scope().communities == frozenset([0])


def test_however_many_owners_the_judge_reads_as_often(year):
    ids = [year.parties[name].pk for name in ("张三", "李四", "王五")]
    reads = []
    for some in (ids[:1], ids):
        with CaptureQueriesContext(
            connection,
        ) as seen:
            may_have_offers(some, JAN_15)
        reads.append(sum("FROM" in one["sql"] for one in seen))
    assert reads == [2, 2]


def test_nobody_is_judged_while_no_offer_asks_for_it(jinxiu, monkeypatch):
    monkeypatch.setattr(good_standing, "_judge", [])
    offer(jinxiu)
    issue_ahead(account_id=jinxiu.accounts[ROOM].pk, months=12, on=JAN_3)
    assert asked(jinxiu).off_fen == 12_601
    assert not standing_offers(jinxiu.community.pk, party_id=0, day=JAN_15)[0].withheld


def test_without_a_judge_it_is_an_error_and_never_granted(year, monkeypatch):
    monkeypatch.setattr(good_standing, "_judge", [])
    with pytest.raises(RuntimeError, match="good standing"):
        asked(year)
    with pytest.raises(RuntimeError, match="good standing"):
        standing_offers(year.community.pk, party_id=0, day=JAN_15)
    assert not Adjustment.objects.exists()


def test_one_owners_standing_is_not_anothers(year):
    paid_on_time(year, ROOM, JAN_3)
    issue_ahead(account_id=year.accounts[OTHER].pk, months=12, on=JAN_3)
    found = early_birds([year.accounts[ROOM].pk, year.accounts[OTHER].pk], day=JAN_15)
    assert list(found) == [year.accounts[ROOM].pk]


def test_the_bill_and_the_portal_say_that_it_asks_for_it(year):
    assert str(LOOK_BACK_MONTHS) in GOOD_STANDING
    assert f"需{GOOD_STANDING}" in Path(settings.BASE_DIR, "frontend/portal/words/zh.ts").read_text("utf-8")
    assert "一次缴清2026年度全年物业费，且近24个月缴费口碑良好的，优惠" in told(year)


def test_a_bill_says_both_conditions(jinxiu):
    offer(jinxiu, needs_good_standing=True)
    issue_ahead(account_id=jinxiu.accounts[ROOM].pk, months=12, on=JAN_3)
    assert "，且无以前年度欠费、近24个月缴费口碑良好的，优惠" in told(jinxiu)


def test_a_debt_that_is_written_off_does_not_make_a_good_standing(year):
    """He owed for a year; the company gives up. What was given up was not paid."""
    account, day = year.accounts[ROOM], date(2026, 12, 1)
    before = party_standing(account.party_id, as_of=day)
    debts = open_charges(account_ids=[account.pk], as_of=day)
    wanted = [LetOff(one.charge_id, "WRITE_OFF", "PRINCIPAL", one.unpaid_fen, "查无下落") for one in debts]
    adjust_charges(wanted=wanted, on=day, at=at(day))
    after = party_standing(account.party_id, as_of=day)
    assert after.points <= before.points
    assert after.lines[-1].because.code == "standing_written_off"
