"""The desk as people used it: keys for a refusal, the faulty field, what follows, what is asked for."""

from __future__ import annotations

import re

from arrears.cases.models import Hold, Task
from arrears.cases.queries import WorkFilter, call_desk
from arrears.cases.queries.worklist import due_tasks
from tests.doors.web.test_cases_desk import said, text
from tests.ladder import on


def test_a_refusal_is_logged_by_keys_and_without_a_reason_the_cursor_stands_there(desk, case):
    page = text(desk.get(f"/calls/{case.pk}/"))
    assert re.search(r'value="CONNECTED_REFUSED" data-key="3"[^>]*data-then="id_reason_code"', page)
    assert re.search(r'<select name="reason_code"[^>]*data-key="r"', page)
    refused = desk.post(f"/calls/{case.pk}/", said(outcome="CONNECTED_REFUSED"))
    assert refused.status_code == 422
    fields = re.findall(r"<(?:select|input|textarea)[^>]*autofocus[^>]*>", text(refused))
    assert ["reason_code" in one for one in fields] == [True]


def test_what_follows_is_the_consequence_of_this_call(desk, late, case):
    with late.open():
        Task.objects.create(
            community_id=late.community.pk, case_id=case.pk, account=late.accounts["3-1-1602"], kind="REVIEW",
            due_on=on(-9), because="after_call", because_params={},
        )  # fmt: skip
    answer = desk.post(f"/calls/{case.pk}/", said(outcome="NO_ANSWER"), follow=True)
    (line,) = re.findall(r"3-1-1602 saved[^<]*", text(answer))
    assert line == "3-1-1602 saved. Nobody was reached: to be tried again today from 16:30 on."


def test_part_of_the_debt_may_be_promised(desk, late, case):
    desk.post(
        f"/calls/{case.pk}/",
        said(outcome="CONNECTED_PROMISED", promised_on="2026-02-09", promised_fen="100"),
    )
    with late.open():
        promise = call_desk(case.pk, as_of=on(3)).promise
    assert promise.amount_fen == 10_000
    assert promise.left_fen > 0


def test_a_paper_to_file_waits_while_a_plan_stands(late, case):
    with late.open():
        Task.objects.create(
            community_id=late.community.pk, case_id=case.pk, account=late.accounts["3-1-1602"], kind="FILE",
            due_on=on(-29), because="after_call", because_params={},
        )  # fmt: skip
        assert len(due_tasks(["FILE"], WorkFilter(), as_of=on(3))) == 1
        Hold.objects.create(
            account=late.accounts["3-1-1602"],
            kind="INSTALMENT",
            from_on=on(2),
            reason="分期",
            agreed_days=[on(30)],
        )
        assert not due_tasks(["FILE"], WorkFilter(), as_of=on(3))
        waiting = next(task for task in call_desk(case.pk, as_of=on(3)).tasks if task.kind == "FILE")
        assert (waiting.waits, waiting.days_over) == ("INSTALMENT", 0)
