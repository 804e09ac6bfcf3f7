"""The day's sheets: signed, returned, corrected, and told when nobody signed by midnight."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from arrears.cases.models import Call, Case, Step
from arrears.cases.services import log_call, log_visit
from arrears.team import services
from arrears.team.models import Correction, SheetMark, Unsigned
from arrears.team.queries.sheets import Key, find_sheet, queue, record_sheets, signed_acts, unfinished
from arrears.team.rules.sheets import SheetState
from notices.models import Notice
from tenancy.people.models import Approval, AuditEntry
from tests import ladder
from tests.house.world import world
from tests.ladder import at, call, on, visit, walk, walk_and_send


@pytest.fixture
def called(jinxiu):
    """The collector rang 张三 on D2 and heard nothing definite."""
    ladder.bill(jinxiu)
    walk_and_send(1)
    walk_and_send(2)
    call(jinxiu, at(on(2)), feedback="考虑一下")
    return jinxiu


def key_of(company, days=2, role="collector"):
    return Key("RECORD", company.community.pk, company.people[role].pk, on(days))


def state(company, days=2):
    return find_sheet(key_of(company, days)).row.state


def sign(company, role="team_lead", days=2, **more):
    with company.open(role):
        return services.sign(key=key_of(company, days), by=company.staff(role), at=at(on(days), 18), **more)


def go_there(company):
    """One more entry of the same day and person."""
    with company.open("collector"):
        log_visit(case_id=ladder.case(company).pk, on=on(2), as_of=on(2), result="NOBODY_HOME")


def send_back(company, comment="写清楚承诺日期", days=2):
    with company.open("team_lead"):
        return services.send_back(
            key=key_of(company, days), comment=comment, by=company.staff("team_lead"), at=at(on(days), 18)
        )


def correct(company, entry, text="业主说十五号前缴", days=2, hour=19):
    with company.open("collector"):
        return services.correct(
            key=key_of(company, days),
            text=text,
            entry=entry,
            by=company.staff("collector"),
            at=at(on(days), hour),
        )


def test_a_day_of_calls_is_one_sheet_of_the_collector(called):
    (sheet,) = record_sheets(from_on=on(0), to_on=on(5))
    assert (sheet.person_id, sheet.day, sheet.calls, sheet.visits, sheet.state) == (
        called.people["collector"].pk, on(2), 1, 0, SheetState.WAITING,
    )  # fmt: skip
    assert sheet.needs == "team_lead"
    entries = find_sheet(key_of(called)).entries
    assert [(entry.kind, entry.unit_code, entry.said) for entry in entries] == [
        ("call", "3-1-1602", "考虑一下")
    ]


def test_signing_freezes_what_was_looked_at(called):
    looked = find_sheet(key_of(called)).digest
    sign(called, digest=looked)
    mark = SheetMark.objects.get()
    assert mark.digest == looked
    assert mark.facts["entries"][0][7] == "考虑一下"
    assert mark.sampled == [f"call:{Call.objects.get().pk}"], "one call: it is the one to look at"
    sheet = find_sheet(key_of(called))
    assert (sheet.row.state, sheet.holds) == (SheetState.SIGNED, True)
    assert AuditEntry.objects.filter(action="sheet.signed").count() == 1
    with pytest.raises(services.NotToSign):
        sign(called)


def test_what_came_while_one_looked_is_not_signed_unseen(called):
    looked = find_sheet(key_of(called)).digest
    go_there(called)
    with pytest.raises(services.NotToSign):
        sign(called, digest=looked)


def test_what_came_after_the_signature_must_be_signed_too(called):
    sign(called)
    go_there(called)
    assert state(called) is SheetState.CHANGED
    assert not find_sheet(key_of(called)).holds
    sign(called)
    assert state(called) is SheetState.SIGNED
    assert SheetMark.objects.count() == 2


def test_a_returned_sheet_waits_for_a_correction_and_then_comes_back(called):
    send_back(called)
    assert state(called) is SheetState.RETURNED
    with called.open("team_lead"):
        assert queue(called.staff("team_lead"), from_on=on(0), to_on=on(5)) == []
    with pytest.raises(services.NotToSign):
        sign(called)
    one = Call.objects.get()
    correct(called, f"call:{one.pk}")
    assert Call.objects.get().feedback == "考虑一下", "what was entered stays as it was"
    added = Correction.objects.get()
    assert (added.call_id, added.answers_id) == (one.pk, SheetMark.objects.get().pk)
    assert state(called) is SheetState.ANSWERED
    with called.open("team_lead"):
        assert len(queue(called.staff("team_lead"), from_on=on(0), to_on=on(5))) == 1
    sign(called)
    assert state(called) is SheetState.SIGNED


def test_a_sheet_goes_back_with_a_comment_or_not_at_all(called):
    with pytest.raises(services.CommentMissing):
        send_back(called, " ")
    with pytest.raises(IntegrityError, match="sheetmark_returned_with_a_comment"), transaction.atomic():
        _raw(called, event="RETURNED", comment="")


def test_nobody_signs_his_own_sheet_nor_one_above_his_part(called):
    with pytest.raises(services.NotYours):
        sign(called, "collector")
    with pytest.raises(services.NotYours):
        sign(called, "cashier")
    ladder.look(called, at(on(2), 9))
    with called.open("team_lead"):
        log_call(case_id=ladder.case(called, "3-1-1702").pk, outcome="NO_ANSWER", at=at(on(2), 17))
    own = key_of(called, role="team_lead")
    assert find_sheet(own).row.needs == "project_manager"
    with pytest.raises(services.NotYours), called.open("team_lead"):
        services.sign(key=own, by=called.staff("team_lead"), at=at(on(2), 18))
    with pytest.raises(IntegrityError, match="sheetmark_not_ones_own"), transaction.atomic():
        _raw(called, by_id=called.people["collector"].pk)
    with called.open("project_manager"):
        services.sign(key=own, by=called.staff("project_manager"), at=at(on(2), 18))


def test_who_stands_higher_signs_for_a_missing_team_lead(called):
    sign(called, "branch_gm")
    assert state(called) is SheetState.SIGNED


def test_only_who_made_the_entries_corrects_them_and_only_those_on_the_sheet(called):
    with pytest.raises(services.NotYours), called.open("team_lead"):
        services.correct(
            key=key_of(called), text="x", entry="", by=called.staff("team_lead"), at=at(on(2), 19)
        )
    with pytest.raises(services.NothingToCorrect):
        correct(called, "call:0")
    with pytest.raises(services.NothingToCorrect):
        correct(called, "", text=" ")
    correct(called, "", text="补充：当日停电")
    assert Correction.objects.get().call_id is None


def test_the_same_facts_are_signed_once_even_in_a_race(called):
    sign(called)
    mark = SheetMark.objects.get()
    with pytest.raises(IntegrityError, match="sheetmark_signed_once"), transaction.atomic():
        _raw(called, digest=mark.digest)


def _raw(company, **more):
    values = {
        "community": company.community, "kind": "RECORD", "subject_id": company.people["collector"].pk, "day": on(2),
        "person": company.people["collector"], "event": "SIGNED", "entries": 1, "digest": "x",
        "by_id": company.people["team_lead"].pk, "at": at(on(2)),
    }  # fmt: skip
    return SheetMark.objects.create(**values | more)


# -- the project manager's part


def test_a_visit_waits_for_the_project_manager_and_his_own_for_the_branch(called):
    with called.open("collector"):
        log_visit(case_id=ladder.case(called).pk, on=on(2), as_of=on(2), result="NOBODY_HOME")
    visit(called, on(3))
    first, second = sorted(signed_acts(from_on=on(0), to_on=on(5)), key=lambda row: row.day)
    assert (first.kind, first.needs, first.unit_code) == ("VISIT", "project_manager", "3-1-1602")
    assert second.needs == "branch_gm"
    with called.open("project_manager"):
        boss = called.staff("project_manager")
        mine = {row.key for row in queue(boss, from_on=on(0), to_on=on(5))}
        assert first.key in mine
        assert second.key not in mine
        services.sign(key=_key(first), by=boss, at=at(on(2), 18))
        assert first.key not in {row.key for row in queue(boss, from_on=on(0), to_on=on(5))}
    with called.open("team_lead"):
        lead = called.staff("team_lead")
        assert {row.kind for row in queue(lead, from_on=on(0), to_on=on(5))} == {"RECORD"}


def _key(row):
    return Key(row.kind, row.community_id, row.subject_id, row.day)


def test_a_returned_visit_is_corrected_by_who_made_it(called):
    with called.open("collector"):
        visit_id = log_visit(case_id=ladder.case(called).pk, on=on(2), as_of=on(2), result="NOBODY_HOME")
    key = Key("VISIT", called.community.pk, visit_id, on(2))
    with called.open("project_manager"):
        services.send_back(key=key, comment="没有照片", by=called.staff("project_manager"), at=at(on(2), 18))
    assert find_sheet(key).row.state is SheetState.RETURNED
    with called.open("collector"):
        services.correct(key=key, text="照片已补", entry="", by=called.staff("collector"), at=at(on(2), 19))
    assert find_sheet(key).row.state is SheetState.ANSWERED
    assert Correction.objects.get().visit_id == visit_id


def test_a_second_demand_that_the_manager_approved_that_day_is_signed_by_his_decision(jinxiu):
    world(jinxiu)
    notice = Notice.objects.get(kind="DEMAND")
    Notice.objects.filter(pk=notice.pk).update(kind="SECOND_DEMAND", issued_on=on(20))
    (row,) = [one for one in signed_acts(from_on=on(20), to_on=on(20)) if one.kind == "SECOND_DEMAND"]
    assert (row.kind, row.state, row.needs) == ("SECOND_DEMAND", SheetState.WAITING, "project_manager")
    boss = jinxiu.people["project_manager"]
    asked = Approval.objects.create(
        kind="ladder.SECOND_DEMAND", subject="3-1-1602", role="project_manager", asked_at=at(on(20), 9),
        asked_by=None, decided_by=boss, decided_at=at(on(20), 10), decision="APPROVED", reason="同意",
        community_id=jinxiu.community.pk,
    )  # fmt: skip
    case = Case.objects.get()
    Step.objects.create(
        case=case, account_id=notice.account_id, level=5, code="SECOND_DEMAND", event="DUE", on=on(21), because="due",
        notice=notice, approval=asked,
    )  # fmt: skip
    (row,) = [one for one in signed_acts(from_on=on(20), to_on=on(20)) if one.kind == "SECOND_DEMAND"]
    assert (row.state, row.marked_by) == (SheetState.SIGNED, boss.name)


# -- midnight


def test_what_nobody_signed_by_midnight_is_told_once_and_settled_by_a_later_signature(called):
    assert services.tell_unsigned(day=on(2)) == 1
    assert services.tell_unsigned(day=on(2)) == 0
    alert = Unsigned.objects.get()
    assert (alert.day, alert.person_id, alert.role, alert.entries) == (
        on(2), called.people["collector"].pk, "team_lead", 1,
    )  # fmt: skip
    assert AuditEntry.objects.filter(action="sheets.unsigned").count() == 1
    assert unfinished(as_of=on(3)) == (1, on(2))
    sign(called)
    assert unfinished(as_of=on(3)) == (0, None)
    assert Unsigned.objects.count() == 1, "that it was late stays known"


def test_a_signed_day_and_a_day_without_work_are_no_alert(called):
    sign(called)
    assert services.tell_unsigned(day=on(2)) == 0
    assert services.tell_unsigned(day=on(1)) == 0


def test_a_broken_promise_stands_on_the_sheet_of_the_morning_after(called):
    ladder.look(called, at(on(2), 9))
    with called.open("collector"):
        log_call(
            case_id=ladder.case(called, "3-1-1702").pk,
            outcome="CONNECTED_PROMISED",
            at=at(on(3)),
            promised_on=on(5),
        )
    walk(6)
    row = find_sheet(key_of(called, 6)).row
    assert (row.broken, row.entries) == (1, 0)
    assert services.tell_unsigned(day=on(6)) == 0, "nothing was entered that day"
