"""Awards stay within the claim and can be mended; an order is in force on its day and not before."""

from __future__ import annotations

import pytest

from arrears.legal.models import DocketEntry, Filing, Result
from arrears.legal.queries import docket_of, instrument_of
from arrears.legal.rules.docket import EntryKind as K
from arrears.legal.rules.docket import Ground
from arrears.legal.rules.results import Award, Days
from arrears.legal.services import EntryRefused, record_result
from tests import ladder
from tests.court import (
    COURT,
    NUMBER,
    file_order,
    happens,
    home_of_the_debtor,
    judged,
    objects,
    to_the_court,
)
from tests.ladder import case, on, steps, walk


@pytest.fixture
def filed(jinxiu):
    """The order of 210.02 lies with the court since D110."""
    ladder.bill(jinxiu)
    home_of_the_debtor()
    to_the_court(jinxiu)
    file_order(jinxiu)
    return jinxiu


def stage(day):
    return docket_of(Filing.objects.earliest("pk").pk, as_of=on(day)).docket.stage


def offered(day):
    return set(docket_of(Filing.objects.earliest("pk").pk, as_of=on(day)).may_follow)


def to_the_suit(company):
    """D136: the order fell, it is a lawsuit."""
    for kind, day in ((K.ACCEPTED, 112), (K.ISSUED, 120), (K.SERVED, 125)):
        happens(company, kind, day)
    objects(company, 130)
    happens(company, K.VOID, 135)
    happens(company, K.CONVERTED, 136)


def order_recorded(company, day=115):
    with company.open("legal"):
        return record_result(
            filing_id=Filing.objects.earliest("pk").pk, kind="PAYMENT_ORDER", court=COURT, case_number=NUMBER,
            days=Days(on(day)), award=Award(21_002, 600, 1_667), as_of=on(day),
        )  # fmt: skip


@pytest.mark.parametrize(
    ("award", "field"),
    [
        (Award(2_721_360), "principal_fen"),
        (Award(21_002, 8_888_800), "late_fee_fen"),
        (Award(21_002, 500, 5_001), "costs_fen"),
        (Award(0, 500), "principal_fen"),
    ],
)
def test_the_docket_takes_no_judgment_beyond_the_claim(filed, award, field):
    to_the_suit(filed)
    with pytest.raises(EntryRefused) as refused:
        happens(filed, K.JUDGMENT, 150, award=award, case_number="（2026）浙0110民初9号")
    assert refused.value.field == field
    assert not DocketEntry.objects.filter(kind="JUDGMENT").exists()


def test_a_mistyped_judgment_is_corrected_before_it_comes_into_force(filed):
    to_the_suit(filed)
    judged(filed, 150, principal_fen=12_002)
    with pytest.raises(EntryRefused) as refused:
        happens(filed, K.CORRECTED, 151, award=Award(21_002, 500, 5_000))
    assert refused.value.field == "note"
    happens(filed, K.CORRECTED, 151, award=Award(21_002, 500, 5_000), note="本金录入错误")
    assert stage(151) is K.JUDGMENT, "the appeal runs as before"
    happens(filed, K.EFFECTIVE, 166)
    assert instrument_of(case(filed).pk, as_of=on(166)).award == Award(21_002, 500, 5_000)


def test_a_mistyped_judgment_is_corrected_after_it_came_into_force(filed):
    to_the_suit(filed)
    judged(filed, 150, principal_fen=12_002)
    happens(filed, K.EFFECTIVE, 166)
    happens(filed, K.CORRECTED, 170, award=Award(21_002, 500, 5_000), note="本金录入错误")
    found = instrument_of(case(filed).pk, as_of=on(170))
    assert (found.award, found.effective_on) == (Award(21_002, 500, 5_000), on(166))
    assert stage(170) is K.EFFECTIVE


def test_an_order_recorded_on_the_day_of_its_service_is_in_force_after_its_fifteen_days(filed):
    order_recorded(filed)
    assert stage(115) is stage(130) is K.SERVED
    assert K.OBJECTED in offered(120)
    assert not any(row.final for row in docket_of(Filing.objects.get().pk, as_of=on(120)).rows)
    assert stage(131) is K.EFFECTIVE


def test_an_objection_within_the_period_keeps_a_recorded_order_out_of_force(filed):
    order_recorded(filed)
    objects(filed, 125)
    assert instrument_of(case(filed).pk, as_of=on(126)) is None
    walk(131)
    assert steps(filed)[-1] == ("COURT", "TAKEN", 110), "nothing is enforced"
    assert stage(140) is K.OBJECTED
    happens(filed, K.VOID, 135)
    happens(filed, K.CONVERTED, 136)
    assert Result.objects.latest("pk").kind == "CONVERTED"


def test_an_objection_that_we_learn_of_late_stops_the_enforcement(filed):
    order_recorded(filed)
    walk(131)
    assert steps(filed)[-1] == ("ENFORCEMENT", "DUE", 131)
    with pytest.raises(EntryRefused) as refused:
        happens(filed, K.OBJECTED, 131, as_of=132, ground=Ground.SUBSTANCE)
    assert refused.value.params["why"] == "objection_too_late"
    happens(filed, K.OBJECTED, 129, as_of=132, ground=Ground.SUBSTANCE)
    assert steps(filed)[-1] == ("ENFORCEMENT", "VOID", 132)
    assert instrument_of(case(filed).pk, as_of=on(132)) is None


def test_an_objection_that_is_none_leaves_the_order_in_force(filed):
    order_recorded(filed)
    objects(filed, 125, Ground.CANNOT_PAY)
    assert stage(130) is K.OBJECTED
    assert stage(131) is K.EFFECTIVE
    assert instrument_of(case(filed).pk, as_of=on(131)) is not None


def test_a_hearing_is_held_on_its_day_and_not_before(filed):
    to_the_suit(filed)
    happens(filed, K.HEARING_SET, 140, next_on=on(170))
    with pytest.raises(EntryRefused) as refused:
        happens(filed, K.HEARING_HELD, 169)
    assert refused.value.field == "on"
    happens(filed, K.HEARING_HELD, 170)
