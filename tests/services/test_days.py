"""A business day is closed by one, reviewed by another, signed by finance; then nothing changes it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from billing.charges.models import Charge
from billing.payments import queries, services
from billing.payments.models import CashDeposit, DayClose, Payment, Receipt
from billing.payments.services.days import (
    DayAhead,
    DayClosed,
    DaySignedBefore,
    EarlierDayOpen,
    NotClosed,
    SamePerson,
    SessionsOpen,
)
from tests.money import AT, PAID_ON, owe, pay
from tests.till import closed, counted, deposited, handed, opened

NEXT = PAID_ON + timedelta(days=1)


def worked(company, fen=100000, *, on=PAID_ON, key="day", short=0):
    """A day of the desk: money came, most of it went to the bank, the till was counted."""
    with company.open("cashier"):
        till = opened(company, fen=50000 if on == PAID_ON else None, on=on)
        days = {"paid_on": on, "posted_on": on, "at": AT + (on - PAID_ON)}
        pay(company, fen, key=key, by=company.staff("cashier"), **days)
        held = queries.till(till).row.opening_fen + fen
        counted(company, till, held - short)
        closed(company, till, reason="短款" if short else "")
    return till


def close(company, day=PAID_ON, role="cashier"):
    return services.close_day(
        community_id=company.community.pk, day=day, by=company.people[role].pk, on=NEXT, at=AT
    )


def review(company, role="team_lead", day=PAID_ON):
    services.review_day(community_id=company.community.pk, day=day, by=company.staff(role), at=AT)


def sign(company, role="finance", day=PAID_ON):
    services.sign_day(community_id=company.community.pk, day=day, by=company.staff(role), at=AT)


def report(company, day=PAID_ON):
    return queries.day_report(company.community.pk, day)


class TestFigures:
    def test_s16_stands_in_the_report(self, jinxiu):
        owe(jinxiu, 310050, date(2026, 5, 31))
        with jinxiu.open("cashier"):
            till = opened(jinxiu, fen=50000)
            pay(jinxiu, 326050, by=jinxiu.staff("cashier"))
            deposited(jinxiu, till, 300000, slip="88")
            handover = handed(jinxiu, till, 10000)
        services.answer_handover(handover_id=handover, accept=True, by=jinxiu.staff("finance"), at=AT)
        counted(jinxiu, till, 66000)
        closed(jinxiu, till, reason="短款五角")
        close(jinxiu)
        figures = report(jinxiu).figures
        cash = figures.cash
        assert (cash.opening_fen, cash.in_fen, cash.deposited_fen, cash.handed_fen) == (
            50000,
            326050,
            300000,
            10000,
        )
        assert (cash.expected_fen, cash.counted_fen, cash.difference_fen) == (66050, 66000, -50)
        assert figures.deposits == (("中国银行文一路支行", "88", 300000, "jinxiu-cashier员工"),)
        assert figures.tills[0][-1] == "短款五角"

    def test_money_by_method_fee_and_class(self, jinxiu):
        charge = owe(jinxiu, 20000, PAID_ON)
        Charge.objects.filter(pk=charge.pk).update(period=DateRange(date(2024, 1, 1), date(2025, 1, 1)))
        pay(jinxiu, 30000, key="a")
        pay(jinxiu, 500, key="b", method="TRANSFER", reference="B1", unit="3-1-1702")
        figures = report(jinxiu).figures
        assert figures.taken == [("CASH", 1, 30000), ("TRANSFER", 1, 500)]
        assert {(fee, of): fen for fee, of, _n, fen in figures.items} == {
            ("", "AHEAD"): 10500,
            ("物业费", "PRIOR_YEARS"): 20000,
        }
        assert (figures.received_fen, figures.month_fen, figures.year_fen) == (30500, 30500, 30500)
        assert figures.untilled_fen == 30000

    def test_receipts_from_to_and_voids(self, jinxiu):
        taken = pay(jinxiu, 100, key="a")
        pay(jinxiu, 100, key="b")
        services.void_receipt(
            receipt_id=taken.receipt_id, reason="户名写错", on=PAID_ON, by=jinxiu.staff("project_manager")
        )
        ((desk, first, last, count, voided),) = report(jinxiu).figures.receipts
        assert (desk, first[-6:], last[-6:], count) == ("前台一", "000001", "000003", 3)
        assert voided == (taken.receipt_number,)

    def test_they_are_frozen(self, jinxiu):
        worked(jinxiu)
        before = report(jinxiu).figures
        close(jinxiu)
        assert report(jinxiu).figures == before
        worked(jinxiu, on=NEXT, key="next")
        assert report(jinxiu).figures == before

    def test_the_next_day_opens_with_what_this_one_left(self, jinxiu):
        worked(jinxiu, short=50)
        worked(jinxiu, on=NEXT, key="next")
        assert report(jinxiu, NEXT).figures.cash.opening_fen == 149950


class TestClosing:
    def test_numbers_have_no_gap(self, jinxiu):
        worked(jinxiu)
        worked(jinxiu, on=NEXT, key="next")
        assert close(jinxiu) == "FUNDS-JX-2026-000001"
        with pytest.raises(DayClosed):
            close(jinxiu)
        assert close(jinxiu, NEXT) == "FUNDS-JX-2026-000002"

    def test_waits_for_its_tills(self, jinxiu):
        opened(jinxiu, fen=0)
        with pytest.raises(SessionsOpen):
            close(jinxiu)
        with pytest.raises(IntegrityError, match="is open"), transaction.atomic():
            _bare(jinxiu, PAID_ON)

    def test_goes_in_order(self, jinxiu):
        worked(jinxiu)
        worked(jinxiu, on=NEXT, key="next")
        with pytest.raises(EarlierDayOpen, match="2026-05-31"):
            close(jinxiu, NEXT)
        _bare(jinxiu, NEXT)
        with pytest.raises(IntegrityError, match="later day"), transaction.atomic():
            _bare(jinxiu, PAID_ON)

    def test_a_day_that_has_not_come_stays_open(self, jinxiu):
        with pytest.raises(DayAhead):
            close(jinxiu, NEXT + timedelta(days=1))

    def test_others_freeze_along_what_they_know(self, jinxiu):
        services.close_day(
            community_id=jinxiu.community.pk, day=PAID_ON, by=jinxiu.people["cashier"].pk, on=PAID_ON, at=AT,
            more={"calls": 3},
        )  # fmt: skip
        assert report(jinxiu).figures.more == {"calls": 3}


class TestSignatures:
    @pytest.fixture
    def day(self, jinxiu):
        worked(jinxiu)
        close(jinxiu)
        return jinxiu

    def test_three_people_stand_under_a_day(self, day):
        with pytest.raises(SamePerson):
            review(day, "cashier")
        with pytest.raises(DaySignedBefore):
            sign(day)
        review(day)
        with pytest.raises(DaySignedBefore):
            review(day, "project_manager")
        for same in ("cashier", "team_lead"):
            with pytest.raises(SamePerson):
                sign(day, same)
        sign(day)
        with pytest.raises(DaySignedBefore):
            sign(day, "project_manager")
        found = report(day)
        assert (found.state, found.closed_by, found.reviewed_by, found.signed_by) == (
            "DAY_SIGNED",
            "jinxiu-cashier员工",
            "jinxiu-team_lead员工",
            "jinxiu-finance员工",
        )

    def test_what_is_not_closed_is_not_reviewed(self, day):
        with pytest.raises(NotClosed):
            review(day, day=NEXT)

    def test_the_database_wants_another_person_too(self, day):
        for wrong in (
            {"reviewed_by_id": day.people["cashier"].pk, "reviewed_at": AT},
            {"signed_by_id": day.people["finance"].pk, "signed_at": AT},
        ):
            with pytest.raises(IntegrityError, match="day_close_"), transaction.atomic():
                DayClose.objects.update(**wrong)
        review(day)
        with pytest.raises(DatabaseError, match="closed"), transaction.atomic():
            DayClose.objects.update(reviewed_by_id=day.people["project_manager"].pk)
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            DayClose.objects.update(counted_fen=0)
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            DayClose.objects.filter(pk__gt=0).delete()


class TestAClosedDay:
    @pytest.fixture
    def shut(self, jinxiu):
        worked(jinxiu)
        taken = pay(jinxiu, 100, key="receipt")
        close(jinxiu)
        self.taken = taken
        return jinxiu

    @pytest.mark.parametrize("on", [PAID_ON, PAID_ON - timedelta(days=3)])
    def test_takes_no_payment_and_neither_do_days_before_it(self, shut, on):
        before = Payment.objects.count()
        with pytest.raises(DayClosed) as refusal:
            pay(shut, 100, key="late", posted_on=on, paid_on=on)
        assert refusal.value.code == "payments.day_closed"
        assert "2026-05" in str(refusal.value)
        assert Payment.objects.count() == before

    def test_value_dates_are_free(self, shut):
        pay(shut, 100, key="late", paid_on=PAID_ON, posted_on=NEXT, at=AT + timedelta(days=1))

    def test_takes_no_void_no_till_no_credit_no_slip(self, shut):
        cashier = {"cash_point_id": shut.cash_point.pk, "by": shut.people["cashier"].pk}
        for act in (
            lambda: services.void_receipt(
                receipt_id=self.taken.receipt_id, reason="x", on=PAID_ON, by=shut.staff("project_manager")
            ),
            lambda: services.open_till(on=PAID_ON, at=AT, **cashier),
            lambda: services.use_credit(
                account_id=shut.accounts["3-1-1602"].pk, paid_on=PAID_ON, posted_on=PAID_ON, at=AT,
                idempotency_key="c",
            ),
        ):  # fmt: skip
            with pytest.raises(DayClosed):
                act()

    def test_the_nights_credit_waits(self, shut):
        owe(shut, 100, PAID_ON - timedelta(days=30))
        assert services.use_credit_held(as_of=PAID_ON, at=AT) == 0
        assert services.use_credit_held(as_of=NEXT, at=AT + timedelta(days=1)) == 1

    def test_is_closed_in_the_database(self, shut):
        payment = Payment.objects.latest("pk")
        columns = {f.attname: getattr(payment, f.attname) for f in Payment._meta.concrete_fields}
        handover = {
            "community": shut.community,
            "day": PAID_ON,
            "made_by": shut.people["cashier"],
            "made_at": AT,
        }
        for row in (
            lambda: Payment.objects.create(**columns | {"id": None, "idempotency_key": "direct"}),
            lambda: Receipt.objects.filter(pk=self.taken.receipt_id).update(
                voided_on=PAID_ON, void_reason="x"
            ),
            lambda: CashDeposit.objects.create(
                bank="b", slip_number="s", amount_fen=1, session_id=queries.tills()[0], **handover
            ),
        ):
            with pytest.raises(IntegrityError, match="is closed"), transaction.atomic():
                row()

    def test_another_community_goes_on(self, shut):
        assert not services.is_closed(0, on=PAID_ON)


class TestTheList:
    def test_shows_what_is_open_closed_reviewed_and_signed(self, jinxiu):
        worked(jinxiu)
        worked(jinxiu, on=NEXT, key="next")
        close(jinxiu)
        rows = queries.days(from_on=PAID_ON, to_on=NEXT)
        assert [(row.day, row.state, row.amount_fen) for row in rows] == [
            (NEXT, "DAY_OPEN", 100000),
            (PAID_ON, "DAY_CLOSED", 100000),
        ]
        review(jinxiu)
        assert [row.state for row in queries.days(from_on=PAID_ON, to_on=PAID_ON)] == ["DAY_REVIEWED"]
        assert queries.days(from_on=PAID_ON, to_on=NEXT, state="DAY_CLOSED") == []

    def test_begins_with_the_first_till(self, jinxiu):
        pay(jinxiu, 100)
        assert queries.days(from_on=PAID_ON, to_on=PAID_ON) == []


def _bare(company, day):
    return DayClose.objects.create(
        community=company.community, day=day, number=f"F-{day}", opening_fen=0, cash_in_fen=0, cash_out_fen=0,
        deposited_fen=0, handed_fen=0, expected_fen=0, counted_fen=0, received_fen=0, returned_fen=0, figures={},
        closed_by=company.people["cashier"], closed_at=AT,
    )  # fmt: skip
