"""A running case stays on its version; a person re-bases it, relaxes a stage of it, or tries a version first."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction

from arrears.cases import services
from arrears.cases.models import Case, Hold, Rebase, Relaxation, Step, Task
from arrears.cases.queries import rebase_preview
from arrears.cases.queries.case_facts import case_facts
from arrears.cases.queries.ladders import current_ladders
from arrears.cases.queries.night import WALK, next_walk
from arrears.cases.services import RungDays, walk_ladder
from arrears.cases.services.foresight import foresee, reading_only
from arrears.cases.services.foresight_job import tried_by
from arrears.cases.services.rebasing import RebaseRefused
from arrears.cases.services.relaxing import RelaxationOver, RelaxationRefused
from billing.charges.models import Charge, Contract
from notices.models import Notice
from owners.models import Contact
from tenancy.kernel.errors import NotFound
from tenancy.people.models import AuditEntry, Job
from tenancy.people.services import jobs
from tests import ladder
from tests.ladder import at, call, case, on, steps, walk, walk_and_send
from tests.money import owe


@pytest.fixture
def billed(jinxiu):
    """The bill of January, issued and delivered on the 5th, due on the 31st."""
    ladder.bill(jinxiu)
    return jinxiu


def called(company):
    """Reminder and call: the demand is next, by the default ladder on D16."""
    walk_and_send(1)
    walk(2)
    call(company, at(on(2)))


def later_demand(day: date, min_days: int = 20) -> int:
    return services.new_version(
        community_id=None, name="later", active_from=day, days={3: RungDays(min_days, 15)}
    )


def test_a_case_is_opened_on_the_version_that_holds_and_stays_on_it(billed):
    called(billed)
    first = case(billed).ladder_id
    assert first == services.ensure_ladder()
    later_demand(on(10))
    walk(16)
    assert ("DEMAND", "DUE", 16) in steps(billed), "its own version opens the demand on D16"
    newer = current_ladders(as_of=on(16))
    assert newer.id_of(billed.community.pk) != first == case(billed).ladder_id


def test_a_case_that_opens_later_starts_on_the_newer_version(billed):
    newer = later_demand(on(1))
    walk(1)
    assert set(Case.objects.values_list("ladder_id", flat=True)) == {newer}


def test_rebasing_moves_a_case_with_a_reason_and_the_next_rung_opens_by_the_new_days(billed):
    called(billed)
    first, newer = case(billed).ladder_id, later_demand(on(10))
    preview = rebase_preview([case(billed).pk], as_of=on(16))
    assert (preview.case_ids, preview.opens_before, preview.opens_after) == ((case(billed).pk,), 1, 0)
    (line,) = preview.lines
    assert (line.before.code, line.after.code) == ("days_overdue", "too_early")
    with billed.open("team_lead"):
        assert services.rebase(case_ids=[case(billed).pk], reason="新规从宽", as_of=on(16)) == 1
    walk(16)
    assert ("DEMAND", "DUE", 16) not in steps(billed)
    walk(20)
    assert ("DEMAND", "DUE", 20) in steps(billed)
    row = Rebase.objects.get()
    assert (row.from_ladder_id, row.to_ladder_id, row.by_id) == (first, newer, billed.people["team_lead"].pk)
    told = AuditEntry.objects.get(action="case.rebased")
    assert (told.detail["from_version"], told.detail["to_version"]) == (1, 2)


def test_rebasing_needs_a_reason_and_something_to_move(billed):
    called(billed)
    with pytest.raises(RebaseRefused):
        services.rebase(case_ids=[case(billed).pk], reason=" ", as_of=on(3))
    with pytest.raises(RebaseRefused):
        services.rebase(case_ids=[case(billed).pk], reason="x", as_of=on(3))
    with pytest.raises(NotFound):
        services.rebase(case_ids=[10**9], reason="x", as_of=on(3))


def test_a_rebased_case_is_history_that_nobody_edits(billed):
    called(billed)
    later_demand(on(3))
    services.rebase(case_ids=[case(billed).pk], reason="x", as_of=on(3))
    with pytest.raises(DatabaseError), transaction.atomic():
        Rebase.objects.update(reason="y")


def relaxed(company, days: int, level: int = 3, *, by: str = "project_manager", as_of: int = 10) -> int:
    with company.open(by):
        return services.relax(
            case_id=case(company).pk, level=level, opens_on=on(days), reason="老人住院",
            by=company.staff(by), as_of=on(as_of),
        )  # fmt: skip


def test_a_relaxed_stage_opens_on_its_day_and_by_itself(billed):
    called(billed)
    relaxed(billed, 30)
    walk(16)
    walk(29)
    assert ("DEMAND", "DUE", 16) not in steps(billed)
    walk(30)
    assert ("DEMAND", "DUE", 30) in steps(billed)
    assert Relaxation.objects.get().ended_on is None, "its day ended it, nobody had to"


def test_a_relaxation_is_taken_back_and_then_the_policy_holds_again(billed):
    called(billed)
    pk = relaxed(billed, 30)
    with billed.open("project_manager"):
        services.end_relaxation(relaxation_id=pk, by=billed.staff("project_manager"), as_of=on(12))
        with pytest.raises(RelaxationOver):
            services.end_relaxation(relaxation_id=pk, by=billed.staff("project_manager"), as_of=on(13))
    walk(16)
    assert ("DEMAND", "DUE", 16) in steps(billed)


def test_what_is_taken_or_open_or_past_cannot_be_relaxed(billed):
    called(billed)
    for level, days, why in (
        (2, 30, "relaxed_rung_taken"),
        (3, 10, "relaxed_in_past"),
        (3, 500, "relaxed_too_long"),
    ):
        with pytest.raises(RelaxationRefused) as refused:
            relaxed(billed, days, level)
        assert refused.value.params["why"] == why
    walk(16)
    with pytest.raises(RelaxationRefused) as refused:
        relaxed(billed, 40, as_of=17)
    assert refused.value.params["why"] == "relaxed_rung_open"


def test_near_the_end_of_limitation_only_legal_relaxes(billed):
    called(billed)
    charge = owe(billed, 5000, date(2023, 6, 30))
    Charge.objects.filter(pk=charge.pk).update(kind="OPENING")
    with pytest.raises(RelaxationRefused) as refused:
        relaxed(billed, 100, level=5)
    assert refused.value.params["why"] == "relaxed_past_limitation"
    assert relaxed(billed, 100, level=5, by="legal")


def counted(foresight, night="then"):
    total: dict[str, int] = {}
    for one in foresight.as_json()["communities"]:
        for name, number in one[night].items():
            total[name] = total.get(name, 0) + number
    return {name: number for name, number in total.items() if number}


def everything() -> tuple[int, ...]:
    return tuple(model.objects.count() for model in (Case, Step, Task, Notice, Hold, AuditEntry))


@pytest.mark.parametrize("day", [1, 2, 16, 32, 62])
def test_tonight_foreseen_is_tonight_walked_and_foreseeing_writes_nothing(billed, day):
    for before in (1, 2, 3, 16, 32):
        if before < day:
            walk_and_send(before)
            if before == 2:
                call(billed, at(on(2)))
            if before == 16:
                ladder.deliver_bills(on(16))
                for notice in Notice.objects.filter(kind="DEMAND", state="QUEUED"):
                    ladder.hand_over(notice.pk, on(16))
            if before == 32:
                ladder.visit(billed, on(33))
    ladders = current_ladders(as_of=on(day))
    rows = everything()
    foreseen = foresee(tried=ladders.company, community_id=None, as_of=on(day))
    assert everything() == rows
    assert counted(foreseen, "now") == counted(foreseen, "then"), "what is tried is what holds"
    tasks = Task.objects.count()
    done = walk(day)
    assert dict(foreseen.then.steps) == dict(done.steps)
    seen = counted(foreseen)
    assert seen.get("messages", 0) == done.reminders_queued
    assert seen.get("letters", 0) == done.documents_queued
    assert seen.get("closed", 0) == done.cases_closed
    made = Task.objects.count() - tasks
    work = sum(seen.get(kind, 0) for kind in ("calls", "visits", "letters", "filings", "reviews"))
    assert work - made in (0, 1), "the developer is to be visited already: a task of a kind is open once"
    asked = sum(number for code, number in done.steps.items() if code in ("SECOND_DEMAND", "LEGAL_REVIEW"))
    assert seen.get("approvals", 0) == asked


def test_a_drafted_ladder_is_tried_on_cases_that_run_under_another(billed):
    called(billed)
    tried = services.draft_ladder(community_id=None, days={3: RungDays(10, 15)}, as_of=on(12))
    found = foresee(tried=tried, community_id=None, as_of=on(12))
    assert (counted(found, "now"), counted(found, "then")) == ({}, {"letters": 2})
    assert foresee(tried=tried, community_id=billed.community.pk, as_of=on(12)).then.steps == {"DEMAND": 2}


def test_whom_no_number_reaches_is_foreseen_as_a_visit_and_without_a_contract_no_letter(billed):
    walk_and_send(1)
    Contact.objects.filter(party__name="张三").update(state="VOID")
    company = current_ladders(as_of=on(2)).company
    assert counted(foresee(tried=company, community_id=None, as_of=on(2))) == {"visits": 3, "calls": 1}
    walk(2)
    Contract.objects.update(held=("2022-01-01", "2026-02-10"))
    found = foresee(tried=company, community_id=None, as_of=on(16))
    assert "letters" not in counted(found)
    assert walk(16).documents_queued == 0


def test_inside_a_look_ahead_postgres_itself_refuses_to_write(billed):
    with pytest.raises(DatabaseError), reading_only():
        Case.objects.update(klass="B_UNDECIDED")
    Case.objects.update(klass="")  # and afterwards everything is as before
    with connection.cursor() as cursor:
        cursor.execute("SHOW transaction_read_only")
        assert cursor.fetchone() == ("off",)


def test_the_job_keeps_the_figures_for_the_screen(billed):
    walk_and_send(1)
    with billed.open("company_admin"):
        job_id = services.request_foresight(days={2: RungDays(5, 0)}, today=on(2))
        arguments = Job.objects.get(pk=job_id).arguments
    assert arguments["days"] == {"2": [5, 0]}
    services.request_foresight(ladder_id=services.ensure_ladder(), today=on(2))


def test_what_is_foreseen_is_the_next_night_that_has_not_run(billed):
    """Asked after today's run, it answers for tomorrow's: today's would always say nothing."""
    walk_and_send(1)
    with billed.open("company_admin"):
        jobs.once_a_day(WALK, lambda: walk_ladder(as_of=on(2)).as_json(), as_of=on(2))
        assert case_facts(case(billed).pk, as_of=on(2)).night == on(3)
        assert rebase_preview([case(billed).pk], as_of=on(2)).night == on(3)
        job_id = services.request_foresight(ladder_id=services.ensure_ladder(), today=on(2))
        asked = Job.objects.get(pk=job_id).arguments
    assert asked["as_of"] == "2026-02-03"
    told = foresee(tried=tried_by(asked, on(3)), community_id=None, as_of=on(3)).as_json()
    assert next_walk(today=on(1)) == on(3), "a run that was ahead is done too"
    assert next_walk(today=on(4)) == on(4), "today's has not run"
    demand = next(line for line in told["rungs"] if line["level"] == 3)
    assert demand["now"] == demand["then"]
    assert demand["now"]["min_days"] == 16
