"""《催缴记录表》: its lines as they stand, in the order of the rooms, in two statements."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from arrears.cases.models import Case
from arrears.cases.services import log_visit
from arrears.team import services
from arrears.team.queries.record import RecordFilter, find_lines, record_lines
from arrears.team.queries.sheets import Key
from owners.models import Building, LegacyIssue
from tests import ladder
from tests.ladder import at, call, on, visit, walk, walk_and_send
from tests.money import pay


@pytest.fixture
def late(jinxiu):
    ladder.bill(jinxiu)
    walk_and_send(1)
    walk_and_send(2)
    LegacyIssue.objects.create(
        unit=jinxiu.units["3-1-1602"], text="外墙渗水", source="register", recorded_on=on(0)
    )
    call(jinxiu, at(on(2), 15), outcome="NO_ANSWER")
    call(jinxiu, at(on(2)), outcome="CONNECTED_PROMISED", promised_on=on(9), feedback="下周缴")
    return jinxiu


def lines(as_of=None, **wanted):
    found = find_lines(RecordFilter(on(0), on(8), **wanted))
    return record_lines(found[:], to_on=on(8), as_of=as_of or on(3))


def test_each_call_is_a_line_and_a_case_without_one_too(late):
    assert [(line.unit_code, line.outcome) for line in lines()] == [
        ("3-1-1602", "NO_ANSWER"),
        ("3-1-1602", "CONNECTED_PROMISED"),
        ("3-1-1702", ""),
        ("3-2-201", ""),
        ("B1-001", ""),
    ]
    found = find_lines(RecordFilter(on(0), on(8)))
    assert (len(found), found.cases) == (5, 4)
    assert len(lines(acted=True)) == 2


def test_a_line_tells_all_columns_of_the_sheet(late):
    line = lines()[1]
    assert (line.party_name, line.overdue_fen, line.days_late, line.klass) == (
        "张三",
        21_002,
        3,
        "A_PROMISED",
    )
    assert (line.caller, line.answered_by, line.feedback) == (
        late.people["collector"].name,
        "answered.OWNER",
        "下周缴",
    )
    assert (line.promised_on, line.next_kind, line.next_on) == (on(9), "CALL", on(8))
    assert line.phone.count("*") >= 4
    assert line.legacy == "外墙渗水"
    assert line.points == 1 + 1 + 0 + 2
    assert not line.is_paid


def test_who_paid_is_marked_with_day_and_amount(late):
    pay(late, 21_100, paid_on=on(4), posted_on=on(4))
    walk(5)
    line = lines(as_of=on(5))[1]
    assert line.is_paid
    assert (line.paid_on, line.paid_fen, line.points) == (on(4), 21_100, 0)


def test_whoever_paid_today_has_no_next_step_though_the_night_has_not_closed_the_case(late):
    pay(late, 21_100, paid_on=on(4), posted_on=on(4))
    assert {(line.next_kind, line.next_on) for line in lines(as_of=on(4))[:2]} == {("", None)}


def test_the_checks_of_the_team_lead_and_the_manager_stand_beside_the_act(late):
    visit_id = _visit_by_the_collector(late)
    with late.open("team_lead"):
        key = Key("RECORD", late.community.pk, late.people["collector"].pk, on(2))
        services.sign(key=key, by=late.staff("team_lead"), at=at(on(2), 18))
    with late.open("project_manager"):
        key = Key("VISIT", late.community.pk, visit_id, on(3))
        services.sign(key=key, by=late.staff("project_manager"), at=at(on(3), 18))
    by_kind = {line.kind: line for line in lines() if line.kind}
    assert (by_kind["call"].lead_name, by_kind["call"].boss_name) == (late.people["team_lead"].name, "")
    assert (by_kind["visit"].lead_name, by_kind["visit"].boss_name) == (
        "",
        late.people["project_manager"].name,
    )


def test_a_signature_does_not_cover_what_was_entered_after_it(late):
    with late.open("team_lead"):
        key = Key("RECORD", late.community.pk, late.people["collector"].pk, on(2))
        services.sign(key=key, by=late.staff("team_lead"), at=at(on(2), 17))
    with late.open("collector"):
        log_visit(case_id=ladder.case(late).pk, on=on(2), as_of=on(2), result="NOBODY_HOME")
    assert {line.kind: line.lead_name for line in lines() if line.kind} == {
        "call": late.people["team_lead"].name,
        "visit": "",
    }


def _visit_by_the_collector(company):
    with company.open("collector"):
        return log_visit(case_id=ladder.case(company).pk, on=on(3), as_of=on(3), result="NOBODY_HOME")


def test_filters_narrow_it(late):
    assert len(lines(community_id=late.community.pk)) == 5
    assert len(lines(building_id=Building.objects.get().pk)) == 4, "the bay stands in no building"
    assert len(lines(klass="A_PROMISED")) == 2
    assert lines(collector_id=late.people["team_lead"].pk) == []
    assert lines(cluster="东区") == []
    assert find_lines(RecordFilter(on(-9), on(-2))).cases == 0, "no case was open then"


def test_documents_stand_with_the_day_they_were_delivered(late):
    walk_and_send(3)
    walk(26)
    ladder.hand_over(ladder.document(late, "DEMAND").pk, on(27))
    found = find_lines(RecordFilter(on(20), on(28), klass=ladder.case(late).klass))
    line = record_lines(found[:1], to_on=on(28), as_of=on(28))[0]
    assert [(paper.kind, paper.delivered_on) for paper in line.papers] == [("DEMAND", on(27))]


def test_a_closed_case_belongs_to_the_days_it_was_open(late):
    Case.objects.update(closed_on=on(4), close_reason="PAID")
    assert find_lines(RecordFilter(on(4), on(8))).cases == 4
    assert find_lines(RecordFilter(on(5), on(8))).cases == 0


def test_it_is_two_statements_however_long(late):
    visit(late, on(3))
    with CaptureQueriesContext(connection) as seen:
        lines()
    assert len(seen) == 2
