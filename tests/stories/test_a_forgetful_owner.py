"""A forgetful owner: reminded, called once, paid; nobody says another word."""

from __future__ import annotations

import pytest

from arrears.cases import services
from arrears.cases.models import Step, Task
from arrears.cases.queries import party_standing
from notices.models import Notice
from tests import ladder
from tests.ladder import at, call, case, on, steps, tasks, walk, walk_and_send
from tests.money import pay


def test_a_forgetful_owner_pays_after_one_friendly_call(jinxiu):
    ladder.bill(jinxiu)
    assert walk(0).cases_opened == 0, "on the due day nobody is late"

    # The morning after: a message with the amount and where to pay.
    walk_and_send(1)
    message = Notice.objects.get(kind="REMINDER", account_id=jinxiu.accounts["3-1-1602"].pk)
    assert "210.08" in message.body
    assert case(jinxiu).ladder_id == services.ensure_ladder()

    # Two days late the desk calls; he had simply forgotten and will pay on Friday.
    walk(2)
    logged = call(jinxiu, at(on(2)), "CONNECTED_PROMISED", promised_on=on(6), reason_code="FORGOT")
    assert logged.klass == "A_PROMISED"
    assert tasks(jinxiu) == [("CALL", on(5))], "he is reminded the day before"

    # He pays the same evening: the desk that still has him open is told at once.
    number = case(jinxiu)
    pay(jinxiu, None, paid_on=on(3), posted_on=on(3), at=at(on(3), 19))
    with jinxiu.open("collector"), pytest.raises(services.JustPaid):
        services.log_call(case_id=number.pk, outcome="NO_ANSWER", at=at(on(4)))

    # The night closes his case and everything that was to be done for it.
    assert walk(4).cases_closed == 1
    assert tasks(jinxiu) == []
    written = Step.objects.count(), Task.objects.count(), Notice.objects.count()
    for day in (16, 31, 61):
        walk(day)
    mine = [row for row in steps(jinxiu) if row[2] > 4]
    assert mine == [], "nothing follows a debt that is paid"
    assert written[0] <= Step.objects.count()
    standing = party_standing(jinxiu.parties["李四"].pk, as_of=on(62))
    assert party_standing(jinxiu.parties["张三"].pk, as_of=on(5)).points > standing.points
