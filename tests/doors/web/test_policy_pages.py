"""The screens of policies: facts, relaxed stages, deviations, re-basing, quiet days, a ladder tried on tonight."""

from __future__ import annotations

import pytest

from arrears.cases import services
from arrears.cases.models import Dial, QuietDay, Rebase, Relaxation
from arrears.cases.services import RungDays, foresee
from arrears.cases.services.foresight_job import tried_by
from arrears.cases.web import foresight
from owners.models import Contact
from tenancy.kernel import clock
from tenancy.people.models import Job
from tests import ladder
from tests.ladder import at, call, look, on, walk, walk_and_send
from tests.money import pay

HTMX = {"HX-Request": "true"}


@pytest.fixture
def now(monkeypatch):
    """now(D) sets the clock of the doors to that day at four."""

    def set_to(days: int, hour: int = 16):
        monkeypatch.setattr(clock, "now", lambda: at(on(days), hour))
        monkeypatch.setattr(clock, "today", lambda: on(days))

    set_to(3)
    return set_to


@pytest.fixture
def late(cast, now):
    """3-1-1602 was called on D2; the demand is next."""
    with cast.jinxiu.open():
        ladder.bill(cast.jinxiu)
        walk_and_send(1)
        walk(2)
    call(cast.jinxiu, at(on(2)))
    return cast.jinxiu


@pytest.fixture
def case(late):
    with late.open():
        return ladder.case(late)


def english(client):
    client.cookies["django_language"] = "en"
    return client


def text(response) -> str:
    return response.content.decode()


def rebased(company) -> list[Rebase]:
    with company.open():
        return list(Rebase.objects.all())


def looked_ahead(company, role: str) -> Job:
    """The job, and what the worker wrote into it."""
    with company.open(role):
        job = Job.objects.get(kind="ladder_foresight")
        found = foresee(tried=tried_by(job.arguments, on(12)), community_id=None, as_of=on(12))
        Job.objects.filter(pk=job.pk).update(state="DONE", result=found.as_json(), finished_at=at(on(12)))
    return job


def test_the_facts_of_a_case_are_computed_and_say_what_tonight_brings(late, case, log_in):
    page = text(english(log_in(late, "collector")).get(f"/cases/{case.pk}/facts/"))
    for said in (
        "What the ladder knows",
        "2026-01-31",
        "¥210.02",
        "2026-02-02",
        "Bill notice",
        "Company v1",
        "60",
    ):
        assert said in page, said
    assert "Relax a stage" not in page, "a collector relaxes nothing"


def test_a_manager_relaxes_a_stage_and_the_auditor_reads_it_in_the_list(late, case, log_in):
    manager = english(log_in(late, "project_manager"))
    form = text(manager.get(f"/cases/{case.pk}/relax/"))
    assert "Without it, the night of 2026-02-03" in form
    refused = manager.post(
        f"/cases/{case.pk}/relax/", {"level": "3", "opens_on": "2026-01-01", "reason": "x"}
    )
    assert refused.status_code == 422
    done = manager.post(
        f"/cases/{case.pk}/relax/", {"level": "3", "opens_on": "2026-03-31", "reason": "老人住院"}
    )
    assert done.status_code == 302
    with late.open():
        row = Relaxation.objects.get()
    assert (row.level, row.reason) == (3, "老人住院")
    assert "relaxed for this case" in text(manager.get(f"/cases/{case.pk}/facts/"))
    listed = text(english(log_in(late, "auditor")).get("/deviations/"))
    assert "老人住院" in listed
    assert "3-1-1602" in listed
    assert manager.post(f"/relaxations/{row.pk}/end/").status_code == 302
    assert "老人住院" not in text(manager.get("/deviations/"))
    assert "老人住院" in text(manager.get("/deviations/?ended=on"))


def test_running_cases_move_to_the_version_in_force_after_a_look_at_what_changes(late, case, now, log_in):
    with late.open("company_admin"):
        services.new_version(community_id=None, name="later", active_from=on(3), days={3: RungDays(25, 15)})
    now(16)
    lead = english(log_in(late, "team_lead"))
    assert "v2 is in force" in text(lead.get(f"/cases/{case.pk}/facts/"))
    look = lead.post("/cases/rebase/", {"pick": str(case.pk)})
    for said in ("Rungs that open in the night of 2026-02-16", "3-1-1602", "v1", "v2"):
        assert said in text(look)
    assert not rebased(late)
    lead.post("/cases/rebase/", {"pick": str(case.pk), "count": "1", "reason": ""})
    assert not rebased(late)
    moved = lead.post("/cases/rebase/", {"pick": str(case.pk), "count": "1", "reason": "统一新规"})
    assert moved.status_code == 302
    assert "Company v1 → Company v2" in text(lead.get(f"/cases/{case.pk}/facts/"))
    (row,) = rebased(late)
    assert row.reason == "统一新规"
    assert "1 open case walks by it" in text(lead.get(f"/ladder/{row.to_ladder_id}/"))


def test_a_ladder_is_tried_on_tonight_and_the_figures_stand_beside_those_of_today(late, case, now, log_in):
    now(12)
    manager = english(log_in(late, "project_manager"))
    with late.open():
        version = services.ensure_ladder()
    asked = manager.post(f"/ladder/{version}/tonight/")
    job = looked_ahead(late, "project_manager")
    assert asked.headers["Location"] == f"/ladder/tonight/{job.pk}/"
    page = text(manager.get(f"/ladder/tonight/{job.pk}/"))
    assert "The night of 2026-02-12" in page
    assert "锦绣花园" in page


def test_an_administrator_tries_typed_days_before_they_are_saved(late, now, log_in):
    now(12)
    admin = english(log_in(late, "company_admin"))
    days = {
        f"min_days_{level}": str(day) for level, day in enumerate((1, 2, 10, 31, 61, 91, 91, 91, 91), start=1)
    }
    typed = {
        "name": "x",
        "active_from": "2026-03-01",
        "period_days_3": "15",
        "period_days_5": "15",
        "period_days_7": "15",
    }
    answer = admin.post("/ladder/new/", {**typed, **days, "try": "1"})
    job = looked_ahead(late, "company_admin")
    assert answer.headers["Location"] == f"/ladder/tonight/{job.pk}/"
    page = text(admin.get(f"/ladder/tonight/{job.pk}/"))
    assert "0 → <strong>2</strong>" in page
    assert "<mark>16</mark>" in page, "the demand's day in force"
    assert "<mark>10</mark>" in page, "beside the one that is typed"
    refused = admin.post("/ladder/new/", {**typed, **days, "min_days_4": "5", "try": "1"})
    assert refused.status_code == 422


def test_quiet_days_are_entered_by_the_manager_and_read_by_everybody_at_the_desk(late, log_in):
    manager = english(log_in(late, "project_manager"))
    page = text(manager.get("/quiet-days/"))
    for said in ("Spring Festival", "College entrance examination", "2027-02-05", "Holds for everybody"):
        assert said in page, said
    assert manager.post("/quiet-days/add/", {"name": "", "first_on": "+3"}).status_code == 422
    assert manager.post("/quiet-days/add/", {"name": "停水", "first_on": "+3"}).status_code == 302
    with late.open():
        row = QuietDay.objects.get()
    assert (row.first_on, row.community_id) == (on(6), None)
    desk = english(log_in(late, "collector"))
    assert "停水" in text(desk.get("/quiet-days/"))
    assert desk.post(f"/quiet-days/{row.pk}/drop/").status_code == 403
    assert manager.post(f"/quiet-days/{row.pk}/drop/").status_code == 302


def test_showing_the_number_reads_the_balance_again_and_a_payment_turns_the_card_green(late, case, log_in):
    look(late, at(on(2), 9))
    desk = english(log_in(late, "collector"))
    with late.open():
        number = Contact.objects.get(party__name="张三", kind="LANDLINE")
    shown = text(desk.post(f"/calls/{case.pk}/numbers/{number.pk}/", headers=HTMX))
    assert "0571-88006864" in shown
    assert "¥210.02" in shown
    with late.open():
        assert Dial.objects.get().overdue_fen == 21002
        pay(late, None, paid_on=on(3), posted_on=on(3), at=at(on(3), 15, 59))
    green = desk.post(f"/calls/{case.pk}/numbers/{number.pk}/", headers=HTMX)
    assert green.headers["HX-Retarget"] == "#to-ring"
    assert "Paid in the meantime" in text(green)
    assert "0571-88006864" not in text(green)
    with late.open():
        assert Dial.objects.count() == 1


def test_the_call_list_says_why_each_row_stands_where_it_does(late, now, log_in):
    now(3)
    with late.open():
        walk_and_send(3)
    page = text(english(log_in(late, "collector")).get("/calls/"))
    assert "Why it stands here" in page
    assert "by class, then amount, then age" in page


def test_the_script_names_the_months_and_class_d_is_told_where_to_pay(late, case, now, log_in):
    now(4)
    desk = english(log_in(late, "collector"))
    assert "2026年1月" in text(desk.get(f"/calls/{case.pk}/"))
    call(late, at(on(3)), "CONNECTED_REMOTE")
    page = text(desk.get(f"/calls/{case.pk}/"))
    for said in ("6217000000000000001", "附言请写3-1-1602", "please transfer it to"):
        assert said in page, said
    call(late, at(on(4), 15), "CONNECTED_REFUSED", reason_code="SERVICE")
    now(5)
    page = text(desk.get(f"/calls/{case.pk}/"))
    assert "您不交是因为什么" in page
    assert "您打算哪一天交" not in page


def test_a_units_page_shows_how_its_owner_stands_rule_by_rule(late, log_in):
    page = text(english(log_in(late, "collector")).get(f"/units/{late.units['3-1-1602'].pk}/standing/"))
    for said in ("张三", "Everybody begins with 60 points", "past due for 3 days", "How it is reckoned"):
        assert said in page, said


def test_the_worker_reckons_it_and_the_page_shows_the_bar_until_then(committed, log_in, monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: on(1))
    with committed.jinxiu.open():
        ladder.bill(committed.jinxiu)
    sent = []
    monkeypatch.setattr(foresight.foresee_ladder, "delay", lambda **message: sent.append(message))
    manager = english(log_in(committed.jinxiu, "project_manager"))
    with committed.jinxiu.open():
        version = services.ensure_ladder()
    answer = manager.post(f"/ladder/{version}/tonight/")
    assert "the work goes on" in text(manager.get(answer.url))
    foresight.foresee_ladder(**sent.pop())
    page = text(manager.get(answer.url))
    assert "the work goes on" not in page
    assert '<td class="n">3</td>' in page, "three reminders, as they are and as they would be"
