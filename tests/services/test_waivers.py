"""Late fee and principal that are let off: who decides, what is let off, what an offer does until its day."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from arrears.cases import services as cases
from billing.charges import services
from billing.charges.models import Adjustment, Charge, Waiver
from billing.charges.queries import charge_why, waiver_card
from billing.charges.services import waivers
from billing.payments.queries import preview_allocation
from billing.payments.services import reverse_payment
from tenancy.people.models import Approval
from tests.money import AT, PAID_ON, owe, pay, still_open

DUE = date(2026, 1, 31)
ROOM = "3-1-1602"
FEE = 9073  # 252,024 fen x 0.0003 x 120 days
FRIDAY = date(2026, 6, 5)


def ask(company, charge, *, kind="LATE_FEE", part="LATE_FEE", fen=None, role="collector", until=None):
    with company.open(role):
        return services.ask_waiver(
            account_id=company.accounts[ROOM].pk, kind=kind, parts=[waivers.Part(charge.pk, part, fen)],
            reason="首次逾期", by=company.staff(role), on=PAID_ON, at=AT, offered_until=until,
        )  # fmt: skip


def decide(company, waiver_id, role, *, approve=True):
    asked = Waiver.objects.get(pk=waiver_id).approval
    assert asked.role == role
    with company.open(role):
        cases.decide(
            approval_id=asked.pk,
            by=company.staff(role),
            approve=approve,
            reason="" if approve else "不同意",
            at=AT,
        )


def state(waiver_id):
    return Waiver.objects.get(pk=waiver_id).state


def on(day):
    return datetime.combine(day, AT.timetz())


class TestLateFee:
    def test_granted_it_is_not_owed_any_more_and_the_principal_is(self, jinxiu):
        charge = owe(jinxiu, 252024, DUE)
        waiver = ask(jinxiu, charge)
        assert still_open(jinxiu) == {charge.pk: (252024, FEE)}
        decide(jinxiu, waiver, "team_lead")
        assert still_open(jinxiu) == {charge.pk: (252024, 0)}
        assert still_open(jinxiu, date(2026, 6, 10))[charge.pk] == (252024, 756)
        row, lines = waiver_card(waiver)
        assert (row.state, row.granted_fen, [line.amount_fen for line in lines]) == ("GRANTED", FEE, [FEE])
        why = charge_why(charge.pk, as_of=PAID_ON)
        assert (why.late_fee_waived_fen, why.late_fee_paid_fen) == (FEE, 0)

    @pytest.mark.parametrize(
        ("fen", "role"),
        [
            (10_000, "team_lead"),
            (10_001, "project_manager"),
            (100_001, "branch_gm"),
            (1_000_001, "company_admin"),
        ],
    )
    def test_the_sum_says_who_decides(self, jinxiu, fen, role):
        charge = owe(jinxiu, 100_000_000, DUE)
        waiver = ask(jinxiu, charge, fen=fen)
        assert Waiver.objects.get(pk=waiver).approval.role == role

    def test_never_who_asked(self, jinxiu):
        charge = owe(jinxiu, 252024, DUE)
        waiver = ask(jinxiu, charge, role="team_lead")
        assert Waiver.objects.get(pk=waiver).approval.role == "project_manager"

    def test_what_was_paid_meanwhile_is_not_let_off_a_second_time(self, jinxiu):
        charge = owe(jinxiu, 252024, DUE)
        waiver = ask(jinxiu, charge)
        pay(jinxiu, FEE - 100)
        decide(jinxiu, waiver, "team_lead")
        assert waiver_card(waiver)[0].granted_fen == 100
        assert still_open(jinxiu) == {charge.pk: (252024, 0)}

    def test_all_paid_meanwhile_the_decision_says_so_and_changes_nothing(self, jinxiu):
        charge = owe(jinxiu, 252024, DUE)
        waiver = ask(jinxiu, charge)
        pay(jinxiu, 252024 + FEE)
        with pytest.raises(waivers.NothingToWaive):
            decide(jinxiu, waiver, "team_lead")

    def test_rejected_it_stays_owed(self, jinxiu):
        charge = owe(jinxiu, 252024, DUE)
        waiver = ask(jinxiu, charge)
        decide(jinxiu, waiver, "team_lead", approve=False)
        assert (state(waiver), still_open(jinxiu)) == ("REJECTED", {charge.pk: (252024, FEE)})

    def test_withdrawn_by_who_asked_only(self, jinxiu):
        waiver = ask(jinxiu, owe(jinxiu, 252024, DUE))
        with pytest.raises(waivers.NotYourWaiver):
            services.withdraw_waiver(waiver_id=waiver, by=jinxiu.staff("cashier"), on=PAID_ON)
        services.withdraw_waiver(waiver_id=waiver, by=jinxiu.staff("collector"), on=PAID_ON)
        assert (state(waiver), Approval.objects.get().decision) == ("WITHDRAWN", "WITHDRAWN")
        with pytest.raises(waivers.NotAsked):
            services.withdraw_waiver(waiver_id=waiver, by=jinxiu.staff("collector"), on=PAID_ON)

    def test_the_late_fee_of_a_paid_principal_is_let_off_visibly(self, jinxiu):
        charge = owe(jinxiu, 252024, DUE)
        pay(jinxiu, FEE + 252024 - 100)
        pay(jinxiu, 100, key="k2", paid_on=date(2026, 5, 31))
        late = owe(jinxiu, 252024, DUE)
        pay(jinxiu, 252024 + FEE - 50, key="k3")
        assert still_open(jinxiu) == {late.pk: (50, 0)}
        assert charge.adjustments.count() == 0

    def test_bad_requests_are_refused_with_a_reason(self, jinxiu):
        charge = owe(jinxiu, 252024, DUE)
        for given, refusal in (
            ({"fen": FEE + 1}, waivers.NothingToWaive),
            ({"fen": -1}, waivers.NothingToWaive),
            ({"fen": 0}, waivers.NothingToWaive),
            ({"part": "PRINCIPAL"}, waivers.NothingToWaive),
            ({"kind": "GIFT"}, waivers.NothingToWaive),
            ({"until": date(2026, 5, 30)}, waivers.BadOffer),
            ({"until": date(2026, 7, 2)}, waivers.BadOffer),
            ({"until": FRIDAY, "kind": "WRITE_OFF", "part": "PRINCIPAL"}, waivers.BadOffer),
        ):
            with pytest.raises(refusal):
                ask(jinxiu, charge, **given)
        ask(jinxiu, charge)
        with pytest.raises(waivers.WaiverAsked):
            ask(jinxiu, charge)
        assert Waiver.objects.count() == 1


class TestPrincipal:
    def test_needs_the_branch_and_then_finance(self, jinxiu):
        charge = owe(jinxiu, 252024, DUE)
        waiver = ask(jinxiu, charge, kind="PRINCIPAL", part="PRINCIPAL", fen=52024, role="project_manager")
        decide(jinxiu, waiver, "branch_gm")
        assert (state(waiver), still_open(jinxiu)[charge.pk][0]) == ("ASKED", 252024)
        decide(jinxiu, waiver, "finance")
        assert still_open(jinxiu) == {charge.pk: (200000, FEE)}
        charge.refresh_from_db()
        assert (charge.amount_fen, charge.settled_fen, charge.waived_fen) == (252024, 52024, 52024)
        assert still_open(jinxiu, date(2026, 6, 10))[charge.pk][1] == FEE + 600

    def test_a_write_off_leaves_nothing_owed_and_says_what_it_was(self, jinxiu):
        charge = owe(jinxiu, 252024, DUE)
        account = jinxiu.accounts[ROOM].pk
        with jinxiu.open("project_manager"):
            waiver = services.ask_waiver(
                account_id=account, kind="WRITE_OFF", reason="诉讼时效已过", by=jinxiu.staff("project_manager"),
                parts=[waivers.Part(charge.pk, "PRINCIPAL"), waivers.Part(charge.pk, "LATE_FEE")], on=PAID_ON, at=AT,
            )  # fmt: skip
        decide(jinxiu, waiver, "branch_gm")
        decide(jinxiu, waiver, "finance")
        assert still_open(jinxiu, date(2027, 5, 31)) == {}
        assert {(row.kind, row.part): row.amount_fen for row in Adjustment.objects.all()} == {
            ("WRITE_OFF", "PRINCIPAL"): 252024, ("WRITE_OFF", "LATE_FEE"): FEE,
        }  # fmt: skip

    def test_what_was_let_off_is_owed_again_when_it_is_taken_back(self, jinxiu):
        charge = owe(jinxiu, 252024, DUE)
        (made,) = services.adjust_charges(
            wanted=[services.LetOff(charge.pk, "DISCOUNT", "PRINCIPAL", 31505, "空置")], on=DUE, at=AT
        )
        assert still_open(jinxiu)[charge.pk][0] == 252024 - 31505
        services.take_back(adjustment_id=made, reason="提前入住", on=PAID_ON, at=AT)
        assert still_open(jinxiu)[charge.pk][0] == 252024
        with pytest.raises(services.TakenBack):
            services.take_back(adjustment_id=made, reason="提前入住", on=PAID_ON, at=AT)


class TestOffer:
    @pytest.fixture
    def offered(self, jinxiu):
        charge = owe(jinxiu, 252024, DUE)
        waiver = ask(jinxiu, charge, until=FRIDAY)
        decide(jinxiu, waiver, "team_lead")
        assert state(waiver) == "OFFERED"
        return charge, waiver

    def due_at_counter(self, company, day):
        return preview_allocation(account_id=company.accounts[ROOM].pk, paid_on=day).owed_fen

    def test_paid_by_friday_without_late_fee(self, jinxiu, offered):
        charge, waiver = offered
        assert self.due_at_counter(jinxiu, FRIDAY) == 252024
        with jinxiu.open("cashier"):
            pay(jinxiu, None, paid_on=FRIDAY, posted_on=FRIDAY, at=on(FRIDAY))
        assert (state(waiver), still_open(jinxiu, date(2027, 1, 1))) == ("GRANTED", {})
        why = charge_why(charge.pk, as_of=FRIDAY)
        assert (why.late_fee_total_fen, why.late_fee_waived_fen, why.late_fee_fen) == (9451, 9451, 0)

    def test_on_saturday_all_of_it_is_owed_again(self, jinxiu, offered):
        _charge, waiver = offered
        saturday = date(2026, 6, 6)
        assert services.expire_offers(as_of=FRIDAY) == 0
        assert services.expire_offers(as_of=saturday) == 1
        assert state(waiver) == "EXPIRED"
        assert self.due_at_counter(jinxiu, saturday) == 252024 + 9527

    def test_a_part_by_friday_keeps_the_offer_open_and_then_loses_it(self, jinxiu, offered):
        charge, waiver = offered
        pay(jinxiu, 100000, paid_on=FRIDAY, posted_on=FRIDAY, at=on(FRIDAY))
        assert (state(waiver), self.due_at_counter(jinxiu, FRIDAY)) == ("OFFERED", 152024)
        services.expire_offers(as_of=date(2026, 6, 6))
        assert still_open(jinxiu, date(2026, 6, 6)) == {charge.pk: (152024, 9451 + 46)}

    def test_a_payment_taken_back_takes_back_what_it_earned(self, jinxiu, offered):
        charge, _waiver = offered
        taken = pay(jinxiu, None, paid_on=FRIDAY, posted_on=FRIDAY, at=on(FRIDAY))
        reverse_payment(payment_id=taken.payment_id, reason="退票", posted_on=FRIDAY, at=on(FRIDAY))
        assert still_open(jinxiu, FRIDAY) == {charge.pk: (252024, 9451)}

    @pytest.mark.parametrize("role", ["collector", "team_lead"])
    def test_who_asked_or_agreed_does_not_take_the_money(self, jinxiu, offered, role):
        with jinxiu.open(role), pytest.raises(waivers.NotYourWaiver):
            pay(jinxiu, None, paid_on=FRIDAY, posted_on=FRIDAY, at=on(FRIDAY))


def test_a_charge_that_disagrees_with_its_entries_cannot_be_committed(committed):
    with committed.jinxiu.open():
        charge = owe(committed.jinxiu, 252024, DUE)
    for lie in ({"settled_fen": 1}, {"settled_fen": 1, "waived_fen": 1}, {"late_fee_waived_fen": 1}):
        with pytest.raises(IntegrityError) as failure, committed.jinxiu.open():
            Charge.objects.filter(pk=charge.pk).update(**lie)
        assert failure.value.__cause__.diag.constraint_name == "charge_agrees_with_its_entries"
    with pytest.raises(IntegrityError), committed.jinxiu.open():
        Adjustment.objects.create(
            charge=charge, kind="WAIVER", part="PRINCIPAL", amount_fen=1, on=DUE, reason="x", created_at=AT
        )


def test_adjustments_are_never_edited(jinxiu):
    charge = owe(jinxiu, 252024, DUE)
    services.adjust_charges(wanted=[services.LetOff(charge.pk, "WAIVER", "PRINCIPAL", 1, "x")], on=DUE, at=AT)
    for act in ("UPDATE charges_adjustment SET amount_fen = 2", "DELETE FROM charges_adjustment"):
        refused = pytest.raises(ProgrammingError, match="permission denied")
        with refused, transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(act)


def test_a_payment_dated_back_before_a_waiver_owes_the_late_fee_of_its_day(jinxiu):
    """Found by the model: the waiver's day closed the fee's segment, and the earlier day asked for all of it."""
    charge = owe(jinxiu, 252024, DUE)
    services.adjust_charges(
        wanted=[services.LetOff(charge.pk, "WAIVER", "PRINCIPAL", 52024, "x")], on=PAID_ON, at=AT
    )
    day = date(2026, 5, 11)
    taken = pay(jinxiu, 200000 + 7561, paid_on=day)
    assert [line.amount_fen for line in taken.lines] == [7561, 200000]
    assert still_open(jinxiu, date(2027, 1, 1)) == {charge.pk: (0, 312)}


@pytest.mark.parametrize("fen", [0, -100])
def test_nothing_and_less_cannot_be_let_off(jinxiu, fen):
    with pytest.raises(waivers.NothingToWaive):
        ask(jinxiu, owe(jinxiu, 252024, DUE), fen=fen)


def test_a_charge_stands_once_in_a_request(jinxiu):
    charge = owe(jinxiu, 252024, DUE)
    twice = [waivers.Part(charge.pk, "LATE_FEE", 100), waivers.Part(charge.pk, "LATE_FEE", 200)]
    with jinxiu.open("collector"), pytest.raises(waivers.NothingToWaive):
        services.ask_waiver(
            account_id=jinxiu.accounts[ROOM].pk, kind="LATE_FEE", parts=twice, reason="首次逾期",
            by=jinxiu.staff("collector"), on=PAID_ON, at=AT,
        )  # fmt: skip
    assert not Waiver.objects.exists()
