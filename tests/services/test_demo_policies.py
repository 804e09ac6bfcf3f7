"""The demo's last morning: a gentler version, one case on it, one stage relaxed, a quiet day."""

from __future__ import annotations

from arrears.cases.models import Case, QuietDay, Rebase, Relaxation
from config.demo import policies
from config.demo.company import Place
from tests import ladder
from tests.ladder import at, call, on, walk, walk_and_send


def test_the_demo_shows_a_version_a_moved_case_a_relaxed_stage_and_a_quiet_day(cast):
    company = cast.jinxiu
    with company.open():
        ladder.bill(company)
        walk_and_send(1)
        walk(2)
    call(company, at(on(2)))
    parts = {"admin": "company_admin", "jingli": "project_manager", "lingban": "team_lead"}
    place = Place(
        company.tenant.pk,
        {company.community.pk: company.cash_point.pk},
        {name: company.people[role].pk for name, role in parts.items()},
    )
    policies.morning(place, on(3))
    with company.open():
        moved = Rebase.objects.get()
        assert Case.objects.get(pk=moved.case_id).ladder_id == moved.to_ladder_id
        assert Relaxation.objects.get().level in (3, 4, 5)
        assert QuietDay.objects.get().name == "小区消防演练"
