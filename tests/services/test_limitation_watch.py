"""What a clock that runs out asks of people: demands by EMS, alerts, proofs by hand, a lawyer's word."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from arrears.cases import services
from arrears.cases.models import ClockAlert, ClockEvent, Task
from arrears.cases.queries.clocks import clocks
from arrears.cases.rules.clock_proofs import Claimed, Proof
from arrears.cases.services.clock_proofs import ProofGone, ProofRefused
from arrears.cases.services.limitation import DemandWaits, NothingRunsOut
from arrears.cases.services.recording import TaskRow, add_tasks
from notices.models import Notice
from tenancy.kernel.errors import NotFound
from tenancy.people.models import AuditEntry
from tests.clocks import demand, hand_over, open_case
from tests.money import owe
from values.because import because

DUE = date(2023, 3, 31)
LAST = date(2026, 3, 31)
PNG = b"\x89PNG\r\n\x1a\n screenshot"


def asked():
    """(kind, due, cancelled) of the tasks that the clock asked for."""
    return [
        (t.due_on, t.cancelled_at is not None) for t in Task.objects.filter(kind="EMS_DEMAND").order_by("pk")
    ]


def told():
    """(days, role, last day) of the alerts, in order."""
    return list(ClockAlert.objects.order_by("pk").values_list("days", "role", "last_on"))


def test_at_180_days_a_demand_by_ems_is_asked_for_whatever_the_rung_and_once_only(jinxiu):
    owe(jinxiu, 100_000, DUE)
    open_case(jinxiu, DUE + timedelta(1))
    assert services.watch_clocks(as_of=date(2025, 10, 1)).demands_asked == 0
    assert services.watch_clocks(as_of=date(2025, 10, 2)).demands_asked == 1
    assert services.watch_clocks(as_of=date(2025, 10, 2)) == services.Watched()
    assert services.watch_clocks(as_of=date(2025, 10, 3)) == services.Watched()
    assert asked() == [(date(2025, 10, 16), False)]
    task = Task.objects.get(kind="EMS_DEMAND")
    assert (task.because, task.because_params) == ("limitation_near", {"last_on": "2026-03-31"})


def test_the_project_manager_hears_of_it_at_90_days_the_branch_at_30_and_the_lawyer_when_it_is_over(jinxiu):
    owe(jinxiu, 100_000, DUE)
    for day in (date(2025, 12, 30), date(2025, 12, 31), date(2026, 1, 1), date(2026, 3, 1), LAST):
        services.watch_clocks(as_of=day)
    assert told() == [(90, "project_manager", LAST), (30, "branch_gm", LAST)]
    services.watch_clocks(as_of=LAST + timedelta(1))
    services.watch_clocks(as_of=LAST + timedelta(2))
    assert told()[-1] == (0, "legal", LAST)
    assert len(told()) == 3


def test_a_delivered_demand_ends_the_task_and_a_new_last_day_alerts_anew(jinxiu):
    charge = owe(jinxiu, 100_000, DUE)
    case = open_case(jinxiu, DUE)
    services.watch_clocks(as_of=date(2026, 1, 1))
    notice_id = services.demand_by_ems(case_id=case.pk, as_of=date(2026, 1, 2))
    paper = Notice.objects.get(pk=notice_id)
    assert (paper.kind, list(paper.charge_ids), paper.data["period_days"]) == ("DEMAND", [charge.pk], 15)
    with pytest.raises(DemandWaits):
        services.demand_by_ems(case_id=case.pk, as_of=date(2026, 1, 3))
    assert services.watch_clocks(as_of=date(2026, 1, 3)).demands_ended == 0, "printed is not delivered"
    hand_over(paper, date(2026, 1, 10), method="EMS", waybill="EZ2")
    done = services.watch_clocks(as_of=date(2026, 1, 11))
    assert (done.demands_ended, done.alerts) == (1, 0)
    with pytest.raises(NothingRunsOut):
        services.demand_by_ems(case_id=case.pk, as_of=date(2026, 1, 11))
    services.watch_clocks(as_of=date(2028, 10, 12))
    assert told() == [(90, "project_manager", LAST), (90, "project_manager", date(2029, 1, 10))]
    assert AuditEntry.objects.filter(action="clock.demanded").count() == 1


def test_what_has_expired_asks_for_no_demand_because_none_would_help(jinxiu):
    owe(jinxiu, 100_000, date(2022, 1, 31))
    case = open_case(jinxiu, DUE)
    add_tasks([TaskRow(case.pk, "EMS_DEMAND", DUE, because("limitation_near", last_on=DUE))])
    assert services.watch_clocks(as_of=date(2026, 1, 1)).demands_ended == 1
    assert asked() == [(DUE, True)]
    with pytest.raises(NothingRunsOut):
        services.demand_by_ems(case_id=case.pk, as_of=date(2026, 1, 1))


def test_a_charge_before_a_court_alerts_nobody(jinxiu):
    from arrears.cases.services.clocks import note_clock_event

    charge = owe(jinxiu, 100_000, DUE)
    open_case(jinxiu, DUE)
    note_clock_event(
        account_id=charge.account_id,
        charge_ids=[charge.pk],
        kind="PROCEEDING",
        on=date(2025, 9, 1),
        source="filing:1",
    )
    assert services.watch_clocks(as_of=date(2026, 3, 20)) == services.Watched()


def prove(charge, on, as_of=None, **said):
    """A WeChat message at the agreed address that was answered, unless told otherwise."""
    claimed = {
        "proof": Proof.MESSAGE_AGREED, "has_file": True, "evidence": "微信号 zhang3，对方回复“收到”", "at_agreed_address": True,
        "arrived": True,
    }  # fmt: skip
    return services.record_proof(
        account_id=charge.account_id, charge_ids=[charge.pk], on=on, claimed=Claimed(**(claimed | said)), content=PNG,
        file_name="微信.png", as_of=as_of or on,
    )  # fmt: skip


def test_a_message_at_the_agreed_address_proved_by_hand_restarts_the_clock_with_its_file(jinxiu):
    charge = owe(jinxiu, 100_000, DUE)
    with jinxiu.open("legal"):
        source = prove(charge, date(2025, 11, 5))
    (found,) = clocks(charge_ids=[charge.pk], as_of=date(2026, 1, 1))
    assert found.clock.last_on == date(2028, 11, 5)
    (event,) = found.events
    assert (event.counts, event.undo_source, event.method) == (True, source, "MESSAGE_AGREED")
    assert event.file_id is not None
    assert event.who == jinxiu.people["legal"].name
    assert AuditEntry.objects.filter(action="clock.proved").count() == 1


@pytest.mark.parametrize(
    ("said", "field", "why"),
    [
        ({"arrived": False}, "arrived", "proof_not_arrived"),
        ({"at_agreed_address": False}, "at_agreed_address", "proof_no_agreed_address"),
        ({"has_file": False}, "file", "proof_without_file"),
        ({"proof": Proof.RECORDED_PROMISE, "by_debtor": True}, "told_of_recording", "proof_secret_recording"),
    ],
)
def test_what_proves_no_arrival_is_refused_and_nothing_is_written(jinxiu, said, field, why):
    charge = owe(jinxiu, 100_000, DUE)
    with pytest.raises(ProofRefused) as refused:
        prove(charge, date(2025, 11, 5), **said)
    assert (refused.value.field, refused.value.params["why"]) == (field, why)
    assert not ClockEvent.objects.exists()


def test_a_proof_of_tomorrow_or_about_a_strangers_charge_is_refused(jinxiu):
    mine, other = owe(jinxiu, 100_000, DUE), owe(jinxiu, 100_000, DUE, unit="3-1-1702")
    with pytest.raises(ProofRefused):
        prove(mine, date(2025, 11, 6), as_of=date(2025, 11, 5))
    other.account_id = mine.account_id
    with pytest.raises(ProofRefused):
        prove(other, date(2025, 11, 5))


def test_an_entry_is_taken_back_once_and_stays_in_the_record(jinxiu):
    charge = owe(jinxiu, 100_000, DUE)
    source = prove(charge, date(2025, 11, 5))
    undo = {"account_id": charge.account_id, "source": source, "as_of": date(2025, 11, 6)}
    with pytest.raises(ProofRefused):
        services.take_back_proof(**undo, reason=" ")
    services.take_back_proof(**undo, reason="截图是另一户的")
    (found,) = clocks(charge_ids=[charge.pk], as_of=date(2026, 1, 1))
    assert found.clock.last_on == LAST
    assert [(one.why.code, one.undo_source) for one in found.events] == [("clock_taken_back", "")]
    with pytest.raises(ProofGone):
        services.take_back_proof(**undo, reason="再一次")
    with pytest.raises(NotFound):
        services.take_back_proof(**undo | {"source": "plan:1"}, reason="不是手工")
    assert prove(charge, date(2025, 11, 7)) != source


def test_the_ladder_does_not_move_by_a_demand_for_limitation(jinxiu):
    owe(jinxiu, 100_000, DUE)
    case = open_case(jinxiu, DUE)
    before = demand(jinxiu, [owe(jinxiu, 500, DUE)], DUE)
    services.demand_by_ems(case_id=case.pk, as_of=date(2026, 1, 2))
    assert not case.steps.exists()
    assert Notice.objects.filter(kind="DEMAND").exclude(pk=before.pk).count() == 1
