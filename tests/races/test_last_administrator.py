"""Two administrators take each other's part away at the same moment: one of them stays."""

from __future__ import annotations

import threading

from django.db import connection

from tenancy.people.models import Membership
from tenancy.people.services.members import LastAdministrator, change_member


def _demote(company, membership_id: int, start: threading.Barrier, outcomes: list[str]) -> None:
    try:
        with company.open():
            start.wait()
            change_member(
                membership_id=membership_id, roles=["collector"], community_ids=None, is_active=True
            )
        outcomes.append("done")
    except LastAdministrator:
        outcomes.append("refused")
    finally:
        connection.close()


def test_two_administrators_cannot_remove_each_other_at_once(committed):
    company = committed.jinxiu
    both = Membership.objects.filter(
        tenant=company.tenant, user__username__in=["jinxiu-finance", "jinxiu-company_admin"]
    )
    both.update(roles=["company_admin"])
    start, outcomes = threading.Barrier(2), []
    threads = [
        threading.Thread(target=_demote, args=(company, pk, start, outcomes))
        for pk in both.values_list("pk", flat=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["done", "refused"]
    assert Membership.objects.filter(tenant=company.tenant, roles__contains=["company_admin"]).count() == 1
