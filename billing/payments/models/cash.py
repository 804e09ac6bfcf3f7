"""The till: sessions of a desk, counts, hand-overs, deposits; and the parts of mixed payments."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import F, Q

from billing.payments.models.money import CashPoint, Payment
from owners.models import Community
from tenancy.kernel.models import PINNED, TenantModel
from tenancy.people.models import StoredFile, User

_USER: Any = {"on_delete": models.PROTECT, "related_name": "+", "db_index": False}


class CashSession(TenantModel):
    """A cashier's hours at a desk on a business day. Closed once, by a count; then nothing changes it.

    `left_fen`: what the session before left at the desk, null at a desk that is new.
    """

    community = models.ForeignKey(Community, related_name="+", **PINNED)
    cash_point = models.ForeignKey(CashPoint, related_name="+", **PINNED)
    cashier = models.ForeignKey(User, **_USER)
    day = models.DateField()
    opened_at = models.DateTimeField()
    left_fen = models.BigIntegerField(null=True)
    opening_fen = models.BigIntegerField()
    opening_reason = models.CharField(max_length=200, blank=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(User, null=True, **_USER)
    expected_fen = models.BigIntegerField(null=True)
    counted_fen = models.BigIntegerField(null=True)
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "cash_point"],
                condition=Q(closed_at__isnull=True),
                name="cash_session_one_open_per_desk",
            ),
            models.CheckConstraint(
                condition=Q(opening_fen__gte=0, left_fen__isnull=True)
                | Q(opening_fen__gte=0, opening_fen=F("left_fen"))
                | (Q(opening_fen__gte=0) & ~Q(opening_reason="")),
                name="cash_session_opens_with_what_was_left",
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None, closed_by=None, expected_fen=None, counted_fen=None)
                | Q(
                    closed_at__isnull=False,
                    closed_by__isnull=False,
                    expected_fen__isnull=False,
                    counted_fen__gte=0,
                ),
                name="cash_session_is_closed_by_a_count",
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None) | Q(expected_fen=F("counted_fen")) | ~Q(reason=""),
                name="cash_difference_has_a_reason",
            ),
        ]
        indexes = [models.Index(fields=["tenant", "-day", "-id"], name="cash_session_newest_first")]

    def __str__(self) -> str:
        return f"cash session {self.pk}"


class CashCount(TenantModel):
    """What lay in the till by notes and coins, before anybody was told what should. Append-only.

    `pieces`: how many of each, by their worth in fen. There is one recount.
    """

    session = models.ForeignKey(CashSession, related_name="counts", **PINNED)
    turn = models.SmallIntegerField()
    pieces = models.JSONField()
    counted_fen = models.BigIntegerField()
    counted_at = models.DateTimeField()
    counted_by = models.ForeignKey(User, **_USER)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "session", "turn"], name="cash_count_once_a_turn"),
            models.CheckConstraint(condition=Q(turn__gte=1, turn__lte=2), name="cash_count_one_recount"),
            models.CheckConstraint(condition=Q(counted_fen__gte=0), name="cash_count_not_negative"),
        ]

    def __str__(self) -> str:
        return f"count {self.counted_fen}"


class CashHandover(TenantModel):
    """交接: cash that leaves a session for the next cashier of the desk or for finance; both confirm it."""

    class Purpose(models.TextChoices):
        TILL = "TILL"
        FINANCE = "FINANCE"

    community = models.ForeignKey(Community, related_name="+", **PINNED)
    session = models.ForeignKey(CashSession, related_name="handovers", **PINNED)
    day = models.DateField()
    purpose = models.CharField(max_length=10, choices=Purpose)
    amount_fen = models.BigIntegerField()
    offered_by = models.ForeignKey(User, **_USER)
    offered_at = models.DateTimeField()
    to_user = models.ForeignKey(User, **_USER)
    accepted_at = models.DateTimeField(null=True)
    declined_at = models.DateTimeField(null=True)
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount_fen__gt=0), name="cash_handover_moves_something"),
            models.CheckConstraint(
                condition=~Q(to_user=F("offered_by")), name="cash_handover_is_between_two"
            ),
            models.CheckConstraint(
                condition=Q(accepted_at=None) | Q(declined_at=None), name="cash_handover_answered_once"
            ),
        ]

    def __str__(self) -> str:
        return f"hand-over {self.amount_fen}"


class CashDeposit(TenantModel):
    """存款: cash that was taken to the bank, out of a session or of what finance was handed. Append-only."""

    community = models.ForeignKey(Community, related_name="+", **PINNED)
    session = models.ForeignKey(CashSession, null=True, related_name="deposits", **PINNED)
    handover = models.ForeignKey(CashHandover, null=True, related_name="deposits", **PINNED)
    day = models.DateField()
    bank = models.CharField(max_length=60)
    slip_number = models.CharField(max_length=40)
    amount_fen = models.BigIntegerField()
    file = models.ForeignKey(StoredFile, null=True, related_name="+", **PINNED)
    made_by = models.ForeignKey(User, **_USER)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount_fen__gt=0), name="cash_deposit_moves_something"),
            models.CheckConstraint(
                condition=Q(session=None, handover__isnull=False) | Q(session__isnull=False, handover=None),
                name="cash_deposit_comes_from_one_place",
            ),
            models.CheckConstraint(
                condition=~Q(bank="") & ~Q(slip_number=""), name="cash_deposit_names_its_slip"
            ),
            models.UniqueConstraint(fields=["tenant", "bank", "slip_number"], name="cash_deposit_slip_once"),
        ]

    def __str__(self) -> str:
        return f"deposit {self.slip_number}"


class Tender(TenantModel):
    """One way of several in which a MIXED payment was paid; they add up to it. Append-only."""

    payment = models.ForeignKey(Payment, related_name="tenders", **PINNED)
    method = models.CharField(max_length=10, choices=Payment.Method)
    amount_fen = models.BigIntegerField()
    reference = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(amount_fen=0), name="tender_moves_something"),
            models.CheckConstraint(
                condition=~Q(method__in=["MIXED", "CREDIT"]), name="tender_is_one_way_to_pay"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.method} {self.amount_fen}"


class Tendered(TenantModel):
    """A view: every payment by the way it was paid; a mixed one stands there once for each of its parts.

    `id` is the payment's. Whatever adds up by method reads here and nowhere else.
    """

    community_id = models.BigIntegerField()
    account_id = models.BigIntegerField()
    session_id = models.BigIntegerField(null=True)
    kind = models.CharField(max_length=10)
    method = models.CharField(max_length=10)
    amount_fen = models.BigIntegerField()
    reference = models.CharField(max_length=80)
    paid_on = models.DateField()
    posted_on = models.DateField()
    created_at = models.DateTimeField()

    class Meta:
        managed = False
        db_table = "payments_tendered"

    def __str__(self) -> str:
        return f"{self.method} {self.amount_fen}"


class DayClose(TenantModel):
    """项目资金日报表: a business day of a community, closed by one, reviewed by another, signed by finance.

    `figures`: all that the report says, frozen. After it nothing is booked on this day or before it.
    """

    community = models.ForeignKey(Community, related_name="+", **PINNED)
    day = models.DateField()
    number = models.CharField(max_length=60)
    opening_fen = models.BigIntegerField()
    cash_in_fen = models.BigIntegerField()
    cash_out_fen = models.BigIntegerField()
    deposited_fen = models.BigIntegerField()
    handed_fen = models.BigIntegerField()
    expected_fen = models.BigIntegerField()
    counted_fen = models.BigIntegerField()
    received_fen = models.BigIntegerField()
    returned_fen = models.BigIntegerField()
    figures = models.JSONField()
    closed_by = models.ForeignKey(User, **_USER)
    closed_at = models.DateTimeField()
    reviewed_by = models.ForeignKey(User, null=True, **_USER)
    reviewed_at = models.DateTimeField(null=True)
    signed_by = models.ForeignKey(User, null=True, **_USER)
    signed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "community", "day"], name="day_closed_once"),
            models.UniqueConstraint(fields=["tenant", "number"], name="day_close_number_once"),
            models.CheckConstraint(
                condition=Q(
                    expected_fen=F("opening_fen") + F("cash_in_fen") - F("cash_out_fen")
                    - F("deposited_fen") - F("handed_fen")
                ),
                name="day_close_adds_up",
            ),
            models.CheckConstraint(
                condition=Q(reviewed_by=None, reviewed_at=None)
                | (Q(reviewed_by__isnull=False, reviewed_at__isnull=False) & ~Q(reviewed_by=F("closed_by"))),
                name="day_close_reviewed_by_another",
            ),
            models.CheckConstraint(
                condition=Q(signed_by=None, signed_at=None)
                | (
                    Q(signed_by__isnull=False, signed_at__isnull=False, reviewed_by__isnull=False)
                    & ~Q(signed_by=F("closed_by"))
                    & ~Q(signed_by=F("reviewed_by"))
                ),
                name="day_close_signed_by_a_third",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.number
