"""The call list and the list of cases against a slow and plain reading of the same rows."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest
from django.utils import timezone

from arrears.cases import queries
from arrears.cases.models import Call, Case, Hold, Promise, Step, Task
from arrears.cases.queries import CaseFilter, Due, WorkFilter
from arrears.cases.rules.queue import Waiting
from arrears.cases.rules.queue import place as placed_at
from billing.charges.models import Account, Charge
from owners.models import Contact, LegacyIssue, Unit
from tenancy.kernel.scope import acting_for
from tests.ladder import at
from tests.money import owe, paid_but

TODAY = date(2026, 3, 2)
KINDS = ("CALL", "CHECK_PAYMENT", "VISIT", "PM_VISIT", "REVIEW")


def overdue(account_id):
    rows = Charge.objects.filter(account_id=account_id, reversed_on=None)
    late = [row for row in rows if row.due_on < TODAY and row.settled_fen < row.amount_fen]
    return sum(row.amount_fen - row.settled_fen for row in late), min(
        (row.due_on for row in late), default=None
    )


def standing(case):
    """The rung of the highest step that lists the oldest charge still owed (opening charges: no bill to wait for)."""
    rows = Charge.objects.filter(account_id=case.account_id, reversed_on=None, due_on__lt=TODAY)
    late = sorted(
        (row for row in rows if row.settled_fen < row.amount_fen), key=lambda row: (row.due_on, row.pk)
    )
    covered = [step for step in case.steps.all() if late and late[0].pk in step.charge_ids]
    return max(covered, key=lambda step: step.level).code if covered else None


def due_by_hand(kinds, chosen, until=TODAY):
    found = []
    for task in Task.objects.select_related("case"):
        fen, _oldest = overdue(task.account_id)
        if (
            task.kind in kinds and task.done_at is None and task.cancelled_at is None and task.due_on <= until
            and task.case.closed_on is None and fen > 100
            and chosen.community_id in (None, task.community_id)
            and chosen.collector_id in (None, task.case.collector_id)
        ):  # fmt: skip
            found.append((task.due_on, Due(task.pk, task.case_id, fen, task.due_on)))
    return [due for _on, due in sorted(found, key=lambda pair: (pair[0], pair[1].task_id))]


def in_order_of_the_desk(chosen):
    """The due calls, each placed by the rule from what its own rows say."""
    placed = []
    for due in due_by_hand(("CALL", "CHECK_PAYMENT"), chosen):
        task = Task.objects.select_related("case").get(pk=due.task_id)
        fen, oldest = overdue(task.account_id)
        promise = Promise.objects.filter(case_id=task.case_id).order_by("-made_on", "-pk").first()
        day = promise.promised_on if promise and oldest < promise.made_on else None
        monday = TODAY - timedelta(TODAY.weekday())
        spoken = {timezone.localtime(one.at).date() for one in Call.objects.filter(case_id=task.case_id)}
        call = Waiting(
            task.kind, task.due_on, fen, (TODAY - oldest).days, task.case.klass, day,
            sum(on >= monday for on in spoken),
        )  # fmt: skip
        where = placed_at(call, as_of=TODAY)
        placed.append((where.key, due.task_id, due._replace(place=where.because)))
    return [due for *_key, due in sorted(placed, key=lambda row: row[:2])]


@pytest.fixture
def crowd(jinxiu):
    """Forty rooms with debts, cases, tasks and steps by the roll of a die that always falls the same."""
    dice = random.Random(7)
    people = [None, jinxiu.people["collector"].pk, jinxiu.people["team_lead"].pk]
    for number in range(40):
        code = f"9-1-{100 + number}"
        jinxiu.units[code] = Unit.objects.create(
            community=jinxiu.community, room=str(100 + number), code=code, sort_key=code, area_cm2=1_000_000
        )
        party = jinxiu.parties[dice.choice(["张三", "李四", "王五"])]
        jinxiu.accounts[code] = Account.objects.create(
            community=jinxiu.community, unit=jinxiu.units[code], party=party, opened_on=date(2025, 1, 1)
        )
        for _each in range(dice.randint(0, 3)):
            charge = owe(
                jinxiu, dice.choice([60, 100, 101, 5000]), TODAY - timedelta(dice.randint(-3, 40)), unit=code
            )
            charge.kind = "OPENING"
            charge.save()
            if dice.random() < 0.3:
                paid_but(charge, dice.choice([0, 50]))
        _case(jinxiu, code, dice, dice.choice(people))
    return jinxiu


def _case(company, code, dice, collector_id):
    closed = dice.random() < 0.15
    case = Case.objects.create(
        community=company.community, account=company.accounts[code], unit=company.units[code],
        opened_on=TODAY - timedelta(30), klass=dice.choice(["", "B_UNDECIDED", "E_REFUSED"]),
        collector_id=collector_id, closed_on=TODAY if closed else None, close_reason="PAID" if closed else "",
    )  # fmt: skip
    for kind in dice.sample(KINDS, 2):
        Task.objects.create(
            community=company.community, case=case, account=case.account, kind=kind, because="days_overdue",
            due_on=TODAY - timedelta(dice.randint(-2, 5)), because_params={"rung": "CALL", "days": 2},
            done_at=at(TODAY) if dice.random() < 0.2 else None,
            cancelled_at=at(TODAY) if dice.random() < 0.1 else None,
        )  # fmt: skip
    owing = list(
        Charge.objects.filter(account=case.account).order_by("due_on", "pk").values_list("pk", flat=True)
    )
    for n, rung in enumerate(["REMINDER", "CALL", "DEMAND"][: dice.randint(0, 3)]):
        Step.objects.create(
            case=case, account=case.account, level=n + 1, code=rung, event="TAKEN", on=TODAY, because="handed_over",
            because_params={"rung": rung}, charge_ids=owing[: dice.randint(0, 3)],
        )  # fmt: skip


def choices(company):
    collector = company.people["collector"].pk
    return [
        WorkFilter(),
        WorkFilter(collector_id=collector),
        WorkFilter(community_id=company.community.pk),
        WorkFilter(community_id=-1),
    ]


def test_the_due_calls_visits_and_reports_are_those_found_by_hand(crowd):
    assert queries.worklist(WorkFilter(), as_of=TODAY)
    for chosen in choices(crowd):
        assert queries.worklist(chosen, as_of=TODAY) == in_order_of_the_desk(chosen)
        assert queries.visits_due(chosen, as_of=TODAY) == due_by_hand(("VISIT", "PM_VISIT"), chosen, date.max)
        assert queries.reviews_due(chosen, as_of=TODAY) == due_by_hand(("REVIEW",), chosen)


def test_nobody_is_called_or_visited_while_a_hold_asks_for_silence(crowd):
    calls, visits = (read(WorkFilter(), as_of=TODAY) for read in (queries.worklist, queries.visits_due))
    task = next(one for one in map(_task, calls) if one.kind == "CALL")
    check = next(one for one in map(_task, calls) if one.kind == "CHECK_PAYMENT")
    visit = _task(visits[0])
    for one, kind, days in (
        (task, "LEGAL_PROCEEDING", None),
        (check, "PAYMENT_PENDING", 0),
        (visit, "ESTATE", None),
    ):
        to_on = None if days is None else TODAY + timedelta(days)
        Hold.objects.create(account=one.account, kind=kind, from_on=TODAY, to_on=to_on, reason="测试")
    silent = {one.account_id for one in (task, check, visit)}

    def spoken(due):
        return _task(due).kind != "CHECK_PAYMENT" and _task(due).account_id in silent

    assert queries.worklist(WorkFilter(), as_of=TODAY) == [due for due in calls if not spoken(due)]
    assert queries.visits_due(WorkFilter(), as_of=TODAY) == [due for due in visits if not spoken(due)]


@pytest.mark.parametrize("only_listed", [True, False])
def test_who_disputes_all_of_it_is_not_asked_to_pay_and_of_single_charges_the_rest_is(crowd, only_listed):
    before = queries.worklist(WorkFilter(), as_of=TODAY)
    for due in before[:5]:
        account = Case.objects.get(pk=due.case_id).account
        Hold.objects.create(
            account=account, kind="DISPUTE", from_on=TODAY, reason="测试", only_listed=only_listed
        )
    calls = [] if only_listed else [due for due in before[:5] if _task(due).kind == "CALL"]
    assert queries.worklist(WorkFilter(), as_of=TODAY) == [due for due in before if due not in calls]


def _task(due):
    return Task.objects.get(pk=due.task_id)


def test_the_cases_found_are_those_found_by_hand_the_heaviest_first(crowd):
    def by_hand(chosen):
        found = []
        for case in Case.objects.prefetch_related("steps"):
            fen, _oldest = overdue(case.account_id)
            newest = max(case.steps.all(), key=lambda step: step.pk, default=None)
            stood = newest.code if newest else None
            if (
                (fen > 100 if case.closed_on is None else chosen.closed) and (case.closed_on is not None) is chosen.closed
                and chosen.klass in ("", case.klass) and chosen.collector_id in (None, case.collector_id)
                and chosen.rung in ("", stood if chosen.closed else standing(case))
            ):  # fmt: skip
                found.append((case.pk, 0 if chosen.closed else fen))
        return sorted(found, key=lambda pair: (-pair[1], pair[0]))

    for chosen in (
        CaseFilter(), CaseFilter(closed=True), CaseFilter(closed=True, rung="CALL"), CaseFilter(rung="CALL"), CaseFilter(klass="E_REFUSED"),
        CaseFilter(rung="DEMAND", collector_id=crowd.people["collector"].pk),
    ):  # fmt: skip
        found = [tuple(one)[:2] for one in queries.find_cases(chosen, as_of=TODAY)]
        assert found == by_hand(chosen)
        assert queries.find_cases(chosen, as_of=TODAY).total_fen == sum(fen for _pk, fen in found)
        assert found


def test_a_line_shows_the_first_good_number_the_last_promise_and_what_to_know(crowd):
    due = queries.worklist(WorkFilter(), as_of=TODAY)[0]
    case = Case.objects.get(pk=due.case_id)
    party = case.account.party
    Contact.objects.filter(party=party).delete()
    for place, (kind, state, masked) in enumerate(
        [("MOBILE", "GOOD", "138****1"), ("LANDLINE", "VOID", "0571-1"), ("LANDLINE", "UNCHECKED", "0571-2"),
         ("EMAIL", "GOOD", "a@b")]
    ):  # fmt: skip
        Contact.objects.create(
            party=party,
            kind=kind,
            value=b"",
            value_hash=str(place),
            masked=masked,
            state=state,
            position=place,
        )
    for day in (1, 5):
        Promise.objects.create(
            case=case, account=case.account, made_on=TODAY, promised_on=TODAY + timedelta(day), amount_fen=1
        )
    for text, closed_on in (("漏水", None), ("旧事", TODAY)):
        LegacyIssue.objects.create(
            unit=case.unit, text=text, source="测试", recorded_on=TODAY, closed_on=closed_on
        )
    for hour, outcome in ((10, "BUSY"), (11, "NO_ANSWER")):
        Call.objects.create(
            case=case, account=case.account, at=at(TODAY, hour), outcome=outcome, overdue_fen=1,
            by=crowd.people["collector"],
        )  # fmt: skip
    (line,) = queries.task_lines([due], as_of=TODAY)
    fen, oldest = overdue(case.account_id)
    assert (line.overdue_fen, line.days_late) == (fen, (TODAY - oldest).days)
    assert (line.phone, line.promised_on, line.legacy_issue) == ("0571-2", TODAY + timedelta(5), "漏水")
    assert (line.last_outcome, line.last_at) == ("NO_ANSWER", at(TODAY, 11))
    assert (line.because.code, dict(line.because.params)) == ("days_overdue", {"rung": "CALL", "days": 2})


def test_lines_come_in_the_order_asked_for(crowd):
    tasks = queries.worklist(WorkFilter(), as_of=TODAY)
    for order in (tasks, tasks[::-1]):
        assert [line.task_id for line in queries.task_lines(order, as_of=TODAY)] == [
            due.task_id for due in order
        ]


def test_a_case_shows_its_newest_event_and_the_hold_that_stands(crowd):
    found = queries.find_cases(CaseFilter(rung="DEMAND"), as_of=TODAY)[0]
    account = Case.objects.get(pk=found.case_id).account
    for kind, from_on, to_on, released_on in (
        ("DISPUTE", TODAY - timedelta(9), TODAY - timedelta(1), None),
        ("HARDSHIP", TODAY - timedelta(9), None, TODAY - timedelta(2)),
        ("DEFERRAL", TODAY, TODAY, None),
        ("ESTATE", TODAY + timedelta(1), None, None),
    ):
        Hold.objects.create(
            account=account, kind=kind, from_on=from_on, to_on=to_on, released_on=released_on, reason="测试"
        )
    line = queries.case_line(found.case_id, as_of=TODAY)
    assert (line.rung, line.event, line.held, line.held_until) == ("DEMAND", "TAKEN", "DEFERRAL", TODAY)
    assert line.is_open


def test_a_member_of_other_communities_is_given_nothing_to_do(crowd):
    with acting_for(crowd.tenant.pk, communities=[0]):
        assert queries.worklist(WorkFilter(), as_of=TODAY) == []
        assert list(queries.find_cases(CaseFilter(), as_of=TODAY)) == []
