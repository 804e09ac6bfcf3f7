"""A week of the team, told: who gets the work, who is away, who signs, and what lies on Friday's table."""

from __future__ import annotations

from datetime import date

import pytest

from arrears.cases.models import Case
from arrears.cases.services import log_call, log_visit, review_cases
from arrears.team import services
from arrears.team.models import WeekPack
from arrears.team.queries.fair import fair_plan
from arrears.team.queries.record import RecordFilter, find_lines, record_lines
from arrears.team.queries.sheets import Key, find_sheet, queue, unfinished
from arrears.team.queries.week import pack
from arrears.team.rules.sheets import SheetState
from owners.models import Building
from tenancy.people.models import Membership, User
from tests import ladder
from tests.ladder import at, on, walk_and_send
from tests.money import pay


def test_a_collector_falls_ill_and_nothing_falls_under_the_table(jinxiu):
    """Two collectors; the steward's building stays his; during his leave the other one has it all."""
    wang = jinxiu.people["collector"]
    zhou = User.objects.create_user("jinxiu-zhou", None, name="周敏")
    Membership.objects.create(tenant=jinxiu.tenant, user=zhou, roles=["collector"])
    with jinxiu.open("team_lead"):
        services.set_steward(building_id=Building.objects.get().pk, user_id=wang.pk, as_of=on(0))
    ladder.bill(jinxiu)
    services.hand_over(as_of=on(1))
    walk_and_send(1)

    # The steward gets his building until he is ahead by more than the heaviest case; no plan would move a case.
    assert Case.objects.filter(collector=wang).count() >= 2
    assert fair_plan(as_of=on(1)).moves == ()
    mine = set(Case.objects.filter(collector=wang).values_list("pk", flat=True))

    # He calls in sick on D3, for three days; his cases are the other one's the same morning.
    with jinxiu.open("team_lead"):
        services.enter_leave(
            user_id=wang.pk, from_on=on(3), to_on=on(5), reason="病假", as_of=on(3), at=at(on(3), 8)
        )
    assert set(Case.objects.values_list("collector_id", flat=True)) == {zhou.pk}
    for days in (4, 5):
        assert services.hand_over(as_of=on(days)) == (0, 0, 0)
        walk_and_send(days)

    # Back on D6: the night before brought everything back, and the ladder opened nothing for the wrong person.
    services.hand_over(as_of=on(6))
    assert set(Case.objects.filter(collector=wang).values_list("pk", flat=True)) == mine


FRIDAY = date(2026, 2, 6)


def key_of(company, days):
    return Key("RECORD", company.community.pk, company.people["collector"].pk, on(days))


@pytest.fixture
def promised(jinxiu):
    """D2: before the first call the collector looks at the case; then the owner promises D4."""
    ladder.bill(jinxiu)
    walk_and_send(1)
    walk_and_send(2)
    case = ladder.case(jinxiu)
    with jinxiu.open("collector"):
        assert review_cases(case_ids=[case.pk], at=at(on(2), 9)) == 1
        log_call(
            case_id=case.pk,
            outcome="CONNECTED_PROMISED",
            at=at(on(2)),
            promised_on=on(4),
            feedback="后天转账",
        )
    return jinxiu


@pytest.fixture
def corrected(promised):
    """The team lead misses the amount and returns the sheet; the collector adds it; it is signed the same day."""
    lead, key = promised.staff("team_lead"), key_of(promised, 2)
    with promised.open("team_lead"):
        services.send_back(key=key, comment="没有写承诺金额", by=lead, at=at(on(2), 17))
    with promised.open("collector"):
        entry = find_sheet(key).entries[0].key
        by = promised.staff("collector")
        services.correct(key=key, text="承诺 210.02 元", entry=entry, by=by, at=at(on(2), 18))
    with promised.open("team_lead"):
        services.sign(key=key, by=lead, at=at(on(2), 19))
    assert services.tell_unsigned(day=on(2)) == 0
    return promised


@pytest.fixture
def visited(corrected):
    """The promise is broken. On D5 somebody goes there; the manager signs late, so midnight tells of the visit."""
    lead, boss = corrected.staff("team_lead"), corrected.staff("project_manager")
    for days in (3, 4, 5):
        walk_and_send(days)
    with corrected.open("collector"):
        visit_id = log_visit(case_id=ladder.case(corrected).pk, on=on(5), as_of=on(5), result="NOBODY_HOME")
    with corrected.open("team_lead"):
        for row in queue(lead, from_on=on(5), to_on=on(5)):
            key = Key(row.kind, row.community_id, row.subject_id, row.day)
            services.sign(key=key, by=lead, at=at(on(5), 18))
    assert services.tell_unsigned(day=on(5)) == 1
    assert unfinished(as_of=on(6)).total == 1
    with corrected.open("project_manager"):
        key = Key("VISIT", corrected.community.pk, visit_id, on(5))
        services.sign(key=key, by=boss, at=at(on(6), 9))
    assert unfinished(as_of=on(6)).total == 0
    return corrected


def test_all_of_the_week_lies_on_the_table_of_friday(visited):
    services.make_packs(meeting_on=FRIDAY, at=at(FRIDAY, 15))
    figures = WeekPack.objects.get(community=visited.community).figures
    assert [row["room"] for row in figures["promises"]["broken"]] == ["3-1-1602"]
    assert figures["unsigned"]["days"] == [[on(5).isoformat(), 1]]
    assert figures["late_first"]["count"] == 3


def test_what_was_decided_lies_there_again_a_week_later_beside_what_was_paid(visited):
    lead, boss = visited.staff("team_lead"), visited.staff("project_manager")
    services.make_packs(meeting_on=FRIDAY, at=at(FRIDAY, 15))
    with visited.open("project_manager"):
        made = services.resolve(
            pack_id=WeekPack.objects.get(community=visited.community).pk, what="三户补打首次电话",
            who_id=lead.user_id, until_on=on(13), by=boss, as_of=FRIDAY, at=at(FRIDAY, 16),
        )  # fmt: skip
    pay(visited, 21_100, paid_on=on(8), posted_on=on(8))
    walk_and_send(9)
    services.make_packs(meeting_on=on(13), at=at(on(13), 15))
    later = WeekPack.objects.get(community=visited.community, meeting_on=on(13))
    assert later.figures["moved"]["closed"] == {"PAID": 1}
    assert later.figures["best"]["fastest"][0]["note"] == "后天转账"
    assert [one.resolution_id for one in pack(later.pk, boss, as_of=on(13)).earlier] == [made]


def test_the_record_sheet_tells_the_story_of_the_room(visited):
    pay(visited, 21_100, paid_on=on(8), posted_on=on(8))
    walk_and_send(9)
    found = find_lines(RecordFilter(on(0), on(13), acted=True))
    lines = record_lines(found[:], to_on=on(13), as_of=on(13))
    assert [(line.kind, line.is_paid, line.correction) for line in lines] == [
        ("call", True, "承诺 210.02 元"),
        ("visit", True, ""),
    ]
    checks = lines[0].lead_name, lines[1].boss_name
    assert checks == (visited.people["team_lead"].name, visited.people["project_manager"].name)
    assert find_sheet(key_of(visited, 2)).row.state is SheetState.SIGNED
