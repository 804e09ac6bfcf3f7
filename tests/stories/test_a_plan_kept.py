"""A plan that is kept: asked for with proof, granted, signed, paid part by part; the case closes by itself."""

from __future__ import annotations

from datetime import date, timedelta

from arrears.cases.models import Case, Hold
from billing.payments.queries import check_books
from notices.models import Notice
from tests import ladder
from tests.ladder import call, case, steps, walk_and_send
from tests.money import pay
from tests.relief import ask, grant, judged, night, nights, noon, plan, sign, state

SIGNED = date(2026, 2, 20)
FEBRUARY, MARCH = date(2026, 2, 28), date(2026, 3, 31)


def late(company):
    """January's bill, reminded of and called about; the demand is printed but not delivered."""
    ladder.bill(company)
    walk_and_send(1)
    walk_and_send(2)
    call(company, ladder.at(ladder.on(2)))
    walk_and_send(16)


def test_the_owner_pays_as_agreed_and_hears_only_reminders(jinxiu):
    late(jinxiu)
    application_id = ask(jinxiu, "INSTALMENT", SIGNED, plan=plan(2, FEBRUARY, 20))
    grant(jinxiu, application_id, SIGNED)
    demand = ladder.document(jinxiu, "DEMAND")
    sign(jinxiu, application_id, SIGNED)
    demand.refresh_from_db()
    assert demand.state == "WITHDRAWN", "what was printed is not delivered any more"
    assert [step[:2] for step in steps(jinxiu)][-2:] == [("DEMAND", "VOID"), ("DEMAND", "TAKEN")]
    row = judged(application_id, SIGNED)
    down, first, second = (one.part.amount_fen for one in row.parts)
    assert down + first + second == row.total_fen == 21_002 + 126
    pay(jinxiu, down, key="down", paid_on=SIGNED, posted_on=SIGNED, at=noon(SIGNED))
    before = len(steps(jinxiu))
    nights(SIGNED + timedelta(1), FEBRUARY)
    assert Notice.objects.get(kind="INSTALMENT_DUE").issued_on == date(2026, 2, 25), "three days before"
    late_day = date(2026, 3, 5)
    pay(jinxiu, first, key="first", paid_on=late_day, posted_on=late_day, at=noon(late_day))
    nights(date(2026, 3, 1), date(2026, 3, 30))
    assert [one.state for one in judged(application_id, date(2026, 3, 30)).parts] == [
        "PAID", "PAID_LATE", "UPCOMING",
    ]  # fmt: skip
    pay(jinxiu, second, key="second", paid_on=MARCH, posted_on=MARCH, at=noon(MARCH))
    assert len(steps(jinxiu)) == before, "the ladder was silent"
    assert night(MARCH) == {}, "the day of the payment is not over"
    assert night(MARCH + timedelta(1)) == {"plans_kept": 1}
    assert state(application_id) == "KEPT"
    assert Hold.objects.get(kind="INSTALMENT").released_on == MARCH + timedelta(1)
    closed = Case.objects.get(account=jinxiu.accounts["3-1-1602"])
    assert closed.closed_on is not None
    assert closed.close_reason == "PAID"
    assert Notice.objects.filter(kind="RELIEF_NEWS", body__contains="已全部付清").count() == 1
    assert check_books().as_json()["books_wrong"] == 0


def test_who_never_pays_loses_it_eight_days_after_the_first_part(jinxiu):
    late(jinxiu)
    application_id = ask(jinxiu, "INSTALMENT", SIGNED, plan=plan(2, FEBRUARY))
    grant(jinxiu, application_id, SIGNED)
    sign(jinxiu, application_id, SIGNED)
    nights(SIGNED + timedelta(1), date(2026, 3, 7))
    assert state(application_id) == "RUNNING"
    night(date(2026, 3, 8))
    assert state(application_id) == "BROKEN", "unpaid when the grace ended"
    assert case(jinxiu).closed_on is None
