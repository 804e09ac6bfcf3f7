"""The weekly review: packs of frozen figures, minutes, and what is left open."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from functools import partial

import pytest

from arrears.cases.services import set_hold
from arrears.team import services
from arrears.team.models import Resolution, WeekPack
from arrears.team.queries.week import pack, packs
from config import timetable
from tenancy.kernel.errors import NotFound
from tenancy.people.models import AuditEntry
from tenancy.people.services import jobs
from tests import ladder
from tests.ladder import at, call, on, walk, walk_and_send
from tests.money import pay

# The bill is due on Saturday, 31 January 2026; the first meeting after is on Friday, 6 February (D6).
FIRST, SECOND = date(2026, 2, 6), date(2026, 2, 13)


@pytest.fixture
def week(jinxiu):
    """Cases opened on D1, 张三 was rung on D2 and promised the next day."""
    ladder.bill(jinxiu)
    walk_and_send(1)
    walk_and_send(2)
    call(jinxiu, at(on(2)), outcome="CONNECTED_PROMISED", promised_on=on(3), feedback="提醒后记起")
    for days in (3, 4, 5, 6):
        walk_and_send(days)
    return jinxiu


def make(meeting_on=FIRST):
    return services.make_packs(meeting_on=meeting_on, at=at(meeting_on, 15))


def figures(company, meeting_on=FIRST):
    return WeekPack.objects.get(community=company.community, meeting_on=meeting_on).figures


def show(company, role="team_lead", meeting_on=FIRST, as_of=None):
    row = WeekPack.objects.get(community=company.community, meeting_on=meeting_on)
    return pack(row.pk, company.staff(role), as_of=as_of or meeting_on)


def resolve(
    company, what="本周补打首次电话", who="collector", until_on=SECOND, meeting_on=FIRST, written_on=FIRST
):
    with company.open("team_lead"):
        return services.resolve(
            pack_id=show(company, meeting_on=meeting_on).row.pack_id, what=what,
            who_id=company.people[who].pk if who else None, until_on=until_on, by=company.staff("team_lead"),
            as_of=max(meeting_on, written_on), at=at(meeting_on, 16),
        )  # fmt: skip


def test_there_is_a_pack_for_each_community_and_one_for_the_company_and_never_two(week):
    assert make() == 2
    assert make() == 0
    assert set(WeekPack.objects.values_list("community_id", "from_on", "to_on")) == {
        (week.community.pk, on(-1), on(5)),
        (None, on(-1), on(5)),
    }
    assert AuditEntry.objects.filter(action="review.made").count() == 1


def test_the_figures_tell_the_week(week):
    make()
    told = figures(week)
    assert told["moved"]["opened"] == told["moved"]["standing"] == 4
    assert told["moved"]["calls"] == 1
    assert told["moved"]["levels"]["CALL"] == 2, "张三's, and the developer's, whom no number reaches"
    assert told["promises"]["made"] == 1
    (person,) = told["promises"]["people"]
    assert (person["due"], person["kept"], person["rate"]) == (1, 0, "0.00")
    (broken,) = told["promises"]["broken"]
    assert (broken["room"], broken["promised_on"], broken["fen"]) == ("3-1-1602", "2026-02-03", 21002)
    assert sum(row["fen"] for row in told["stuck"]) > 0


def test_who_was_called_too_late_or_too_seldom_is_named(week):
    make()
    late = figures(week)["late_first"]
    assert {row["room"] for row in late["rows"]} == {"3-1-1702", "3-2-201", "B1-001"}
    assert figures(week)["floor"]["count"] == 0, "no case was open the whole week"
    make(SECOND)
    floor = figures(week, SECOND)["floor"]
    assert floor["count"] == 4
    assert {row["contacts"] for row in floor["rows"]} == {0}


def test_whom_nobody_may_contact_is_nobodys_neglect(week):
    with week.open("team_lead"):
        set_hold(
            account_id=week.accounts["3-1-1702"].pk,
            kind="DISPUTE",
            from_on=on(6),
            to_on=None,
            reason="漏水",
            as_of=on(6),
        )
    make(SECOND)
    assert {row["room"] for row in figures(week, SECOND)["floor"]["rows"]} == {
        "3-1-1602",
        "3-2-201",
        "B1-001",
    }


def test_money_after_a_contact_and_the_fastest_closures_are_best_practice(week):
    pay(week, 21_100, paid_on=on(4), posted_on=on(4))
    walk(5)
    make()
    told = figures(week)
    assert told["moved"]["collected_fen"] == 21_100
    assert told["moved"]["closed"] == {"PAID": 1}
    (best,) = told["best"]["fastest"]
    assert (best["room"], best["days"], best["note"]) == ("3-1-1602", 4, "提醒后记起")


def test_unsigned_days_are_counted(week):
    services.tell_unsigned(day=on(2))
    make()
    assert figures(week)["unsigned"] == {"count": 1, "days": [["2026-02-02", 1]]}


def test_a_pack_is_frozen(week):
    make()
    before = figures(week)
    pay(week, 21_100, paid_on=on(4), posted_on=on(4))
    assert make() == 0
    assert figures(week) == before


def test_the_timetable_makes_it_on_fridays_only_and_once(week):
    job = timetable.JOBS["weekly"]
    assert job.done_on(FIRST - timedelta(days=1)) == {}
    first = jobs.once_a_day(job.name, partial(job.done_on, FIRST), as_of=FIRST)
    assert first == {"packs_made": 2}
    assert jobs.once_a_day(job.name, partial(job.done_on, FIRST), as_of=FIRST) is None


def test_what_was_decided_and_not_done_lies_on_the_next_table(week):
    make()
    first, second = resolve(week), resolve(week, "提高首次电话及时率")
    resolve(week, "仅作说明", who=None, until_on=None)
    assert [one.state for one in show(week).actions] == ["action.OPEN", "action.OPEN", "action.DONE"]
    with week.open("team_lead"):
        services.end_resolution(
            resolution_id=first, note="已补打", by=week.staff("team_lead"), as_of=on(9), at=at(on(9))
        )
        with pytest.raises(services.EndedAlready):
            services.end_resolution(
                resolution_id=first, note="又一次", by=week.staff("team_lead"), as_of=on(9), at=at(on(9), 17)
            )
    make(SECOND)
    later = show(week, meeting_on=SECOND, as_of=on(14))
    assert [(one.resolution_id, one.state) for one in later.earlier if one.who] == [(second, "action.LATE")]
    assert packs(week.staff("team_lead"))[0].meeting_on == SECOND


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"what": " "}, "what"),
        ({"until_on": None}, "until_on"),
        ({"until_on": FIRST - timedelta(days=1)}, "until_on"),
        ({"until_on": FIRST + timedelta(days=1), "written_on": FIRST + timedelta(days=2)}, "until_on"),
    ],
)
def test_a_decision_says_what_and_until_when(week, said, field):
    make()
    with pytest.raises(services.MinuteRefused) as refusal:
        resolve(week, **said)
    assert refusal.value.field == field
    assert not Resolution.objects.exists()


def test_the_companys_pack_is_for_who_sees_the_whole_company(week):
    make()
    whole = WeekPack.objects.get(community=None)
    lead = week.staff("team_lead")
    assert pack(whole.pk, lead, as_of=FIRST) is not None
    limited = replace(lead, communities=frozenset({week.community.pk}))
    assert pack(whole.pk, limited, as_of=FIRST) is None
    assert [row.community_id for row in packs(limited)] == [week.community.pk]
    with pytest.raises(NotFound):
        services.resolve(
            pack_id=whole.pk, what="x", who_id=None, until_on=None, by=limited, as_of=FIRST, at=at(FIRST)
        )


def test_every_open_case_is_in_a_line_of_where_the_money_stands(week):
    pay(week, 21_100, paid_on=on(6), posted_on=on(6))  # nobody has walked since: its case is open still
    make()
    told = figures(week)
    lines = {row["rung"]: row["cases"] for row in told["stuck"] if row["rung"] != "NO_CASE"}
    assert lines["NOTHING_DUE"] == 1
    assert sum(lines.values()) == told["moved"]["standing"] == 4
    assert lines.keys() <= {"NOTICE", "CALL", "NO_RUNG", "NOTHING_DUE"}, "words, not numbers"


def test_a_stage_that_waits_for_somebody_is_stuck_although_calls_go_on(week):
    """The demand opened when the promise was broken and nobody carried it; he is rung all the while."""
    for days in (16, 50):
        walk_and_send(days)
    call(week, at(on(50)), "NO_ANSWER")
    late = on(50) + timedelta(days=4)
    make(late)
    (row,) = [row for row in figures(week, late)["still"]["rows"] if row["room"] == "3-1-1602"]
    assert (row["rung"], row["event"], row["since"]) == ("DEMAND", "DUE", on(5).isoformat())
