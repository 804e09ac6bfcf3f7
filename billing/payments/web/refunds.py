"""Money that goes back: ask that a payment be taken back or credit refunded; pay what was agreed to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from billing.charges.queries import account_card
from billing.payments import queries, services
from billing.payments.web import refund_forms as forms
from tenancy.kernel import clock
from tenancy.kernel.pages import StaffView
from tenancy.kernel.permissions import Permission
from tenancy.people.lists import Column, Empty, Kind, ListPage


class Refunds(ListPage):
    """Every refund that was asked for, the newest first."""

    permission = Permission.PAYMENT_SEE
    title = gettext_lazy("Refunds")
    columns: ClassVar[tuple[Column, ...]] = (
        Column("unit_code", gettext_lazy("Room"), Kind.ROOM),
        Column("party_name", gettext_lazy("Owner"), Kind.NAME),
        Column("amount_fen", gettext_lazy("Amount"), Kind.MONEY),
        Column("method", gettext_lazy("Goes back by"), Kind.WORD),
        Column("state_word", gettext_lazy("State"), Kind.BADGE, by="tone"),
        Column("reason", gettext_lazy("Reason"), Kind.WRAP),
        Column("asked_by", gettext_lazy("Asked by"), Kind.NAME),
        Column("asked_on", gettext_lazy("Asked on"), Kind.DATE),
        Column("decided_by", gettext_lazy("Decided by"), Kind.NAME),
        Column("paid_by", gettext_lazy("Paid by"), Kind.NAME),
    )

    def found(self) -> Any:
        return queries.refunds()

    def rows(self, part: list[Any]) -> Sequence[queries.RefundRow]:
        return queries.refund_rows(part)

    def link(self, row: Any) -> str:
        return reverse("payments:refund", args=[row.refund_id])

    def empty(self) -> Empty:
        return Empty(_("No refund was asked for yet. A payment that left credit has the button."))


class RefundPage(StaffView):
    """What the doors of one refund share: its page."""

    permission = Permission.PAYMENT_SEE

    def show(self, refund_id: int, form: forms.Pay | None = None, *, status: int = 200) -> HttpResponse:
        """The refund as it stands, with the form for whoever may pay it."""
        staff = self.request.staff
        found = queries.refund_card(refund_id)
        form = form or forms.Pay()
        form.offer(queries.cash_points(), found)
        others = staff.user_id not in (found.asked_by_id, found.decided_by_id)
        return self.page(
            "payments/refund_show.html",
            status=status,
            refund=found,
            form=form,
            may_pay=found.state == "APPROVED" and staff.can(Permission.REFUND_PAY) and others,
            may_withdraw=found.state == "ASKED" and found.asked_by_id == staff.user_id,
        )


class Refund(RefundPage):
    """One refund: who asked, who agreed, who paid."""

    def get(self, request: HttpRequest, refund_id: int) -> HttpResponse:
        return self.show(refund_id)


class PayRefund(RefundPage):
    """Pay it by the way the money came."""

    permission = Permission.REFUND_PAY

    def post(self, request: HttpRequest, refund_id: int) -> HttpResponse:
        found = queries.refund_card(refund_id)
        form = forms.Pay(request.POST)
        form.offer(queries.cash_points(), found)
        paid = self.attempt(form, lambda: self._pay(refund_id, form)) if form.is_valid() else None
        if paid is None:
            return self.show(refund_id, form, status=422)
        messages.success(request, _("The refund is booked."))
        return redirect("payments:payment", paid)

    def _pay(self, refund_id: int, form: forms.Pay) -> int:
        data = form.cleaned_data
        return services.pay_refund(
            refund_id=refund_id,
            by=self.request.staff,
            posted_on=clock.today(),
            at=clock.now(),
            reference=data["reference"],
            cash_point_id=data["cash_point"],
        )


class WithdrawRefund(StaffView):
    """Take one's own request back before anybody decides."""

    permission = Permission.PAYMENT_TAKE

    def post(self, request: HttpRequest, refund_id: int) -> HttpResponse:
        services.withdraw_refund(refund_id=refund_id, by=self.request.staff, on=clock.today())
        messages.success(request, _("The request was taken back."))
        return redirect("payments:refund", refund_id)


class AskRefund(StaffView):
    """Which payment's money goes back, how much of it, and why."""

    permission = Permission.PAYMENT_TAKE

    def get(self, request: HttpRequest, account_id: int) -> HttpResponse:
        return self._show(account_id, None)

    def post(self, request: HttpRequest, account_id: int) -> HttpResponse:
        account_card(account_id)
        form = forms.Ask(request.POST)
        asked = self.attempt(form, lambda: self._ask(account_id, form)) if form.is_valid() else None
        if asked is None:
            return self._show(account_id, form, status=422)
        messages.success(request, _("It waits for a decision."))
        return redirect("payments:refund", asked)

    def _ask(self, account_id: int, form: forms.Ask) -> int:
        data = form.cleaned_data
        return services.ask_refund(
            account_id=account_id,
            payment_id=data["payment"],
            amount_fen=data["amount"],
            reason=data["reason"],
            by=self.request.staff,
            on=clock.today(),
            at=clock.now(),
        )

    def _show(self, account_id: int, form: forms.Ask | None, *, status: int = 200) -> HttpResponse:
        account = account_card(account_id)
        rows = queries.refundable(account_id)
        form = form or forms.Ask(initial=forms.first_of(rows))
        return self.page("payments/refund_ask.html", status=status, account=account, rows=rows, form=form)


class AskReversal(StaffView):
    """Ask that a payment be taken back; its page says what became of it."""

    permission = Permission.PAYMENT_TAKE

    def post(self, request: HttpRequest, payment_id: int) -> HttpResponse:
        queries.payment_detail(payment_id)
        form = forms.Reverse(request.POST)
        if form.is_valid():
            services.ask_reversal(
                payment_id=payment_id,
                reason=form.cleaned_data["reason"],
                by=self.request.staff,
                at=clock.now(),
            )
            messages.success(request, _("It waits for a decision."))
        else:
            messages.error(request, _("Say why the payment is taken back."))
        return redirect("payments:payment", payment_id)
