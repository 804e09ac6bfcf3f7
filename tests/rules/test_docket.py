"""What may follow what before a court: days, objections, finality; and no course outside the table."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arrears.legal.models import DocketEntry
from arrears.legal.rules.docket import (
    FOLLOWS,
    Docket,
    Entry,
    EntryKind,
    Ground,
    Verdict,
    alert_stage,
    judge_objection,
    may_follow,
    next_days,
    refuse_entry,
)
from arrears.legal.words.process import ENTRIES, SAID

K = EntryKind
FILED = date(2026, 3, 1)
LATE = date(2026, 12, 31)


def after(*kinds, filing="PAYMENT_ORDER", **last):
    """A docket with one entry a day."""
    entries = [Entry(kind, FILED + timedelta(n + 1)) for n, kind in enumerate(kinds)]
    if last:
        entries[-1] = entries[-1]._replace(**last)
    return Docket(filing, FILED, tuple(entries))


def refused(docket, kind, days, **more):
    found = refuse_entry(docket, Entry(kind, FILED + timedelta(days), **more), as_of=LATE)
    return found and found[1].code


TO_SERVED = (K.ACCEPTED, K.ISSUED, K.SERVED)


@pytest.mark.parametrize(
    ("docket", "kind", "days", "code"),
    [
        (after(), K.ISSUED, 2, "entry_cannot_follow"),
        (after(), K.ACCEPTED, -1, "entry_before_the_last"),
        (after(K.ACCEPTED, K.ISSUED), K.NOT_SERVED, 32, "service_runs"),
        (after(K.ACCEPTED, K.ISSUED), K.NOT_SERVED, 33, None),
        (after(*TO_SERVED), K.EFFECTIVE, 18, "objection_runs"),
        (after(*TO_SERVED), K.EFFECTIVE, 19, None),
        (after(*TO_SERVED), K.WITHDRAWN, 9, "entry_cannot_follow"),
        (after(*TO_SERVED, K.OBJECTED, verdict=Verdict.COUNTS), K.EFFECTIVE, 40, "objection_stands"),
        (after(*TO_SERVED, K.OBJECTED, verdict=Verdict.NO_OBJECTION), K.EFFECTIVE, 40, None),
        (after(*TO_SERVED, K.OBJECTED, K.OBJECTION_REJECTED), K.EFFECTIVE, 40, None),
        (after(*TO_SERVED, K.OBJECTED, K.VOID), K.CONVERSION_REFUSED, 12, None),
        (after(*TO_SERVED, K.OBJECTED, K.VOID), K.CONVERSION_REFUSED, 13, "conversion_too_late"),
        (after(*TO_SERVED, K.OBJECTED, K.VOID), K.CONVERTED, 13, None),
        (after(K.ACCEPTED, filing="COMPLAINT"), K.HEARING_SET, 9, "entry_needs_next_day"),
        (after(K.ACCEPTED, K.JUDGMENT, filing="COMPLAINT"), K.EFFECTIVE, 17, "appeal_runs"),
        (after(K.ACCEPTED, K.JUDGMENT, filing="COMPLAINT"), K.EFFECTIVE, 18, None),
        (after(K.ACCEPTED, K.JUDGMENT, filing="COMPLAINT", final=True), K.EFFECTIVE, 3, None),
        (after(K.ACCEPTED, K.JUDGMENT, filing="COMPLAINT", final=True), K.APPEALED, 3, "judgment_is_final"),
        (after(K.ACCEPTED, K.JUDGMENT, filing="COMPLAINT"), K.APPEALED, 18, "appeal_too_late"),
        (after(K.ACCEPTED, K.WITHDRAWN, filing="COMPLAINT"), K.HEARING_SET, 9, "entry_cannot_follow"),
        (after(K.ACCEPTED, filing="ENFORCEMENT"), K.ENDED, 9, None),
    ],
)  # fmt: skip
def test_what_may_follow_and_when(docket, kind, days, code):
    assert refused(docket, kind, days) == code


def test_nothing_happens_in_the_future():
    assert refuse_entry(after(), Entry(K.ACCEPTED, LATE), as_of=FILED)[1].code == "docket_in_future"


@pytest.mark.parametrize(
    ("written", "ground", "days", "verdict"),
    [
        (True, Ground.SUBSTANCE, 15, Verdict.COUNTS),
        (True, Ground.SUBSTANCE, 16, Verdict.LATE),
        (False, Ground.SUBSTANCE, 1, Verdict.ORAL),
        (True, Ground.CANNOT_PAY, 1, Verdict.NO_OBJECTION),
        (True, Ground.MORE_TIME, 1, Verdict.NO_OBJECTION),
        (False, Ground.CANNOT_PAY, 99, Verdict.ORAL),
    ],
)
def test_what_an_objection_is_worth(written, ground, days, verdict):
    on = FILED + timedelta(days)
    assert judge_objection(written=written, ground=ground, on=on, served_on=FILED) is verdict


@pytest.mark.parametrize(
    ("docket", "code", "days"),
    [
        (after(), "ACCEPTANCE", 5),
        (after(K.ACCEPTED), "ISSUE", 1 + 15),
        (after(K.ACCEPTED, K.ISSUED), "SERVICE", 2 + 30),
        (after(*TO_SERVED), "OBJECTION", 3 + 15),
        (after(*TO_SERVED, K.OBJECTED, K.VOID), "CONVERSION", 5 + 7),
        (after(K.ACCEPTED, K.JUDGMENT, filing="COMPLAINT"), "APPEAL", 2 + 15),
    ],
)
def test_the_timers_five_fifteen_thirty_fifteen_seven(docket, code, days):
    assert next_days(docket) == ((code, FILED + timedelta(days)),)


def test_a_hearing_and_a_settlement_have_their_own_days():
    hearing = after(K.ACCEPTED, K.HEARING_SET, filing="COMPLAINT", next_on=date(2026, 4, 9))
    assert next_days(hearing) == (("HEARING", date(2026, 4, 9)),)
    settled = Docket(
        "COMPLAINT", FILED, (*hearing.entries, Entry(K.SETTLEMENT, date(2026, 3, 9), date(2026, 3, 20)))
    )
    assert next_days(settled) == (("SETTLEMENT", date(2026, 3, 20)), ("HEARING", date(2026, 4, 9)))
    assert settled.stage is K.HEARING_SET, "a settlement ends nothing until it is paid"


def test_an_order_in_force_and_every_end_end_the_docket():
    for kind in (K.REFUSED, K.NOT_SERVED, K.CONVERSION_REFUSED, K.EFFECTIVE, K.WITHDRAWN, K.CLAIM_DISMISSED):
        assert after(K.ACCEPTED, kind).is_over


@pytest.mark.parametrize(
    ("code", "left", "stage"),
    [("ENFORCEMENT", 61, None), ("ENFORCEMENT", 60, 60), ("ENFORCEMENT", 30, 30), ("ENFORCEMENT", 7, 7),
     ("ENFORCEMENT", -1, -1), ("ISSUE", 4, None), ("ISSUE", 3, 3), ("ISSUE", 0, 0), ("ISSUE", -9, -1)],
)  # fmt: skip
def test_when_a_day_is_told(code, left, stage):
    assert alert_stage(code, left) == stage


@given(st.sampled_from(sorted(FOLLOWS)), st.lists(st.sampled_from(K), max_size=8))
def test_no_course_ever_leaves_the_table(filing, kinds):
    docket = Docket(filing, FILED)
    for n, kind in enumerate(kinds):
        on = FILED + timedelta(40 * (n + 1))
        entry = Entry(kind, on, on + timedelta(1))
        if refuse_entry(docket, entry, as_of=date(2040, 1, 1)) is None:
            assert kind in FOLLOWS[filing][docket.stage]
            docket = Docket(filing, FILED, (*docket.entries, entry))
    assert docket.stage is None or docket.stage in {k for kinds in FOLLOWS[filing].values() for k in kinds}
    assert all(kind in may_follow(docket) for kind in may_follow(docket))


def test_tables_words_and_columns_agree():
    assert {kind.value for kind in K} == set(DocketEntry.Kind.values)
    assert {f"entry.{kind}" for kind in K} <= ENTRIES.keys()
    assert {f"verdict.{one}" for one in Verdict} | {f"ground.{one}" for one in Ground} <= ENTRIES.keys()
    assert {"entry_cannot_follow", "service_runs", "objection_stands"} <= SAID.keys()
