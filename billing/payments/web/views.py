"""The counter, the list of payments, a payment with its receipts."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from billing.payments import queries, services
from billing.payments.web import forms
from billing.payments.web.refund_forms import Reverse
from owners.queries import communities, unit_header
from tenancy.kernel import clock
from tenancy.kernel.errors import row_id
from tenancy.kernel.pages import StaffView
from tenancy.kernel.permissions import Permission, StaffMember

_DESK = "cash_point_id"


class CounterPage(StaffView):
    """What the doors of the counter share: the whole page, or only its inside for htmx."""

    permission = Permission.PAYMENT_TAKE

    def show(
        self, counter: queries.Counter, form: forms.Entry | None = None, *, status: int = 200, **more: Any
    ) -> HttpResponse:
        """The counter with whatever stands at it."""
        if counter.preview is not None:
            form = form or self._fresh(counter.preview)
            form.offer(counter.desks)
        inside = bool(self.request.headers.get("HX-Request"))
        template = "payments/_counter.html" if inside else "payments/counter_take.html"
        more["may_backdate"] = self.request.staff.can(Permission.PAYMENT_BACKDATE)
        return self.page(template, status=status, counter=counter, form=form, credit_key=uuid4().hex, **more)

    def _fresh(self, preview: queries.Preview) -> forms.Entry:
        return forms.Entry(
            initial={
                "account": preview.account_id,
                "paid_on": preview.paid_on,
                "key": uuid4().hex,
                "cash_point": self.request.session.get(_DESK),
            }
        )


class Counter(CounterPage):
    """Type a room, see what is owed."""

    def get(self, request: HttpRequest) -> HttpResponse:
        look = forms.Look(request.GET)
        look.is_valid()
        wanted = look.cleaned_data
        counter = queries.counter(
            words=wanted.get("room", ""),
            unit_id=wanted.get("unit"),
            account_id=wanted.get("account"),
            paid_on=clock.today(),
        )
        taken = wanted.get("taken")
        return self.show(counter, done=queries.payment_detail(taken) if taken else None)


class Preview(CounterPage):
    """Redraw the allocation after a tick, an amount or a day changed."""

    def get(self, request: HttpRequest) -> HttpResponse:
        form = forms.Entry(request.GET)
        counter = queries.counter(**form.shown(clock.today()))
        return self.page("payments/_allocation.html", counter=counter, form=form, redrawn=True)


class Confirm(CounterPage):
    """What would be taken, from what, with which change. Nothing is written: Enter again takes it."""

    def get(self, request: HttpRequest) -> HttpResponse:
        form = forms.Entry(request.GET)
        counter = queries.counter(**form.shown(clock.today()))
        if counter.preview is None or "change" in request.GET:
            return self.show(counter, form)
        if not form.check(counter.preview) or not self._may_date(form):
            return self.show(counter, form, status=422)
        confirm = forms.Take.of(form, counter.preview)
        return self.show(counter, form, confirm=confirm, same_number=_same_number(form.cleaned_data))

    def _may_date(self, form: forms.Entry) -> bool:
        """Whether this cashier may date it so; if not, it stands beside the day."""
        data = form.cleaned_data
        self.attempt(form, lambda: _check_days(data, self.request.staff))
        return form.is_valid()


def _same_number(data: dict[str, Any]) -> list[queries.PaymentRow]:
    """What was booked under the transfer's number before, for the cashier to see."""
    return queries.transfers_with(data["reference"]) if data["method"] == forms.TRANSFER else []


def _check_days(data: dict[str, Any], staff: StaffMember) -> None:
    today, paid_on = clock.today(), data["paid_on"]
    services.check_days(paid_on=paid_on, posted_on=today, at=clock.now())
    services.check_value_date(
        paid_on=paid_on,
        posted_on=today,
        method=data["method"],
        by=staff,
        reason=data["backdate_reason"],
    )


class Take(CounterPage):
    """Take the money that was confirmed; the server computes everything again."""

    def post(self, request: HttpRequest) -> HttpResponse:
        form = forms.Take(request.POST)
        taken = self.attempt(form, lambda: _take(form, self.request.staff)) if form.is_valid() else None
        if taken is None:
            entry = form.back()
            return self.show(queries.counter(**entry.shown(clock.today())), entry, status=422)
        request.session[_DESK] = form.cleaned_data["cash_point"]
        if not request.headers.get("HX-Request"):
            return redirect(_counter(taken=taken.payment_id))
        answer = self.show(queries.Counter(), done=queries.payment_detail(taken.payment_id))
        answer["HX-Push-Url"] = reverse("payments:counter")  # this room is done with
        return answer


class UseCredit(CounterPage):
    """Pay from the account's credit, then come back for the rest."""

    def post(self, request: HttpRequest, account_id: int) -> HttpResponse:
        form = forms.Credit(request.POST)
        today = clock.today()
        taken = None
        if form.is_valid():
            taken = self.attempt(
                form,
                lambda: services.use_credit(
                    account_id=account_id,
                    paid_on=today,
                    posted_on=today,
                    at=clock.now(),
                    idempotency_key=form.cleaned_data["key"],
                    by=self.request.staff,
                ),
            )
        if taken is None:
            counter = queries.counter(account_id=account_id, paid_on=today)
            return self.show(counter, status=422, refused=form)
        return redirect(_counter(account=account_id, taken=taken.payment_id))


class Payment(StaffView):
    """One payment: where it went, its receipts."""

    permission = Permission.PAYMENT_SEE

    def get(self, request: HttpRequest, payment_id: int) -> HttpResponse:
        return _payment(self, payment_id, forms.Void())


class Receipt(StaffView):
    """A copy of a receipt as PDF. Every copy handed out is counted; from the second on it says 补打."""

    permission = Permission.PAYMENT_SEE
    http_method_names = ["get", "options"]  # looking at the headers (HEAD) must not count as a copy

    def get(self, request: HttpRequest, receipt_id: int) -> HttpResponse:
        printed = services.print_receipt(receipt_id=receipt_id, at=clock.now())
        response = HttpResponse(printed.pdf, content_type="application/pdf")
        name = f"{printed.number}.pdf"
        response["Content-Disposition"] = content_disposition_header(False, name) or "inline"
        response["Cache-Control"] = "private, no-store"
        return response


class VoidReceipt(StaffView):
    """Ask that a receipt be voided; another person decides, then the replacement is issued."""

    permission = Permission.PAYMENT_TAKE

    def post(self, request: HttpRequest, receipt_id: int) -> HttpResponse:
        form = forms.Void(request.POST)
        payment_id = queries.receipt_detail(receipt_id).payment.payment_id
        asked = self.attempt(form, lambda: self._ask(receipt_id, form)) if form.is_valid() else None
        if asked is None:
            return _payment(self, payment_id, form, status=422)
        messages.success(request, _("It waits for a decision."))
        return redirect("payments:payment", payment_id)

    def _ask(self, receipt_id: int, form: forms.Void) -> int:
        reason = form.cleaned_data["reason"]
        return services.ask_void(receipt_id=receipt_id, reason=reason, by=self.request.staff, at=clock.now())


class CashPoints(StaffView):
    """Where money is taken; open one more."""

    permission = Permission.TARIFF_EDIT

    def get(self, request: HttpRequest) -> HttpResponse:
        wanted = {"community": row_id(request.GET.get("community", ""))}
        return self._show(forms.OpenDesk(communities=communities(), initial=wanted))

    def post(self, request: HttpRequest) -> HttpResponse:
        form = forms.OpenDesk(request.POST, communities=communities())
        opened = None
        if form.is_valid():
            data = form.cleaned_data
            opened = self.attempt(
                form,
                lambda: services.open_cash_point(
                    community_id=data["community"], code=data["code"], name=data["name"]
                ),
            )
        return self._show(form, status=422) if opened is None else redirect("payments:cash_points")

    def _show(self, form: forms.OpenDesk, *, status: int = 200) -> HttpResponse:
        desks = queries.cash_points()
        return self.page("payments/cash_point_list.html", status=status, rows=desks, form=form)


class UnitPayments(StaffView):
    """The payments of a unit, for its page."""

    permission = Permission.PAYMENT_SEE

    def get(self, request: HttpRequest, unit_id: int) -> HttpResponse:
        unit = unit_header(unit_id)
        return self.page("payments/_unit_payments.html", unit=unit, rows=queries.payments_of_unit(unit_id))


def _take(form: forms.Take, by: StaffMember) -> services.Taken:
    data, tenders = form.cleaned_data, form.tenders()
    return services.take_payment(
        account_id=data["account"],
        amount_fen=data["amount"],
        method=services.MIXED if tenders else data["method"],
        tenders=tenders,
        paid_on=data["paid_on"],
        posted_on=clock.today(),
        at=clock.now(),
        cash_point_id=data["cash_point"],
        idempotency_key=data["key"],
        designated=data["charge"],
        tendered_fen=data["tendered"],
        reference="" if tenders else data["reference"],
        payer_name=data["payer_name"],
        note=data["note"],
        expected_owed_fen=data["seen"],
        by=by,
        backdate_reason=data["backdate_reason"],
    )


def _payment(view: StaffView, payment_id: int, form: forms.Void, *, status: int = 200) -> HttpResponse:
    payment = queries.payment_detail(payment_id)
    can = view.request.staff.can
    return view.page(
        "payments/payment_show.html",
        status=status,
        payment=payment,
        form=form,
        reverse_form=Reverse(auto_id="reverse_%s"),
        void_asked=payment.receipt is not None and queries.void_asked(payment.receipt.receipt_id),
        may_void=can(Permission.PAYMENT_TAKE),
        may_reverse=can(Permission.PAYMENT_TAKE) and payment.can_reverse,
        may_refund=can(Permission.PAYMENT_TAKE) and payment.is_received,
        may_invoice=can(Permission.INVOICE_ASK) and payment.is_received and payment.reversed is None,
    )


def _counter(**parameters: int) -> str:
    return f"{reverse('payments:counter')}?{urlencode(parameters)}"
