"""Ask for an invoice, look at one, withdraw it, correct it, keep its file."""

from __future__ import annotations

from typing import Any, Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from billing.banking import services
from billing.banking.queries import invoices
from billing.banking.queries.invoice_draft import Draft, draft
from billing.banking.rules.invoice import Buyer
from billing.banking.web import invoice_forms as forms
from tenancy.kernel import clock
from tenancy.kernel.errors import NotFound
from tenancy.kernel.pages import StaffView
from tenancy.kernel.permissions import Permission
from values.capitals import capitals

ENDED: Final = ("REFUSED", "WITHDRAWN")  # its money is free again


class AskInvoice(StaffView):
    """What the invoice of some payments would say; then ask for it."""

    permission = Permission.INVOICE_ASK

    def get(self, request: HttpRequest) -> HttpResponse:
        if "payment" not in request.GET:
            return self.page("banking/invoice_ask.html", said=None)
        chosen = forms.Payments(request.GET)
        if not chosen.is_valid():
            raise NotFound(_("There is no such payment."))
        ids = chosen.cleaned_data["payment"]
        said = draft(ids)
        start = {"payment": ids, "buyer_kind": Buyer.PERSON, "buyer_name": said.party_name}
        return self._show(forms.AskInvoice(initial=start), said)

    def post(self, request: HttpRequest) -> HttpResponse:
        form = forms.AskInvoice(request.POST)
        made = self.attempt(form, lambda: self._ask(form)) if form.is_valid() else None
        if made is None:
            if "payment" in form.errors:
                raise NotFound(_("There is no such payment."))
            return self._show(form, draft(form.cleaned_data["payment"]), status=422)
        messages.success(request, _("The invoice is asked for."))
        return redirect("banking:invoice", made)

    def _ask(self, form: forms.AskInvoice) -> int:
        data = form.cleaned_data
        return services.ask_invoice(
            payment_ids=data["payment"],
            buyer_kind=Buyer(data["buyer_kind"]),
            on=clock.today(),
            at=clock.now(),
            **{name: data[name] for name in form.said},
        )

    def _show(self, form: forms.AskInvoice, said: Draft, *, status: int = 200) -> HttpResponse:
        words = capitals(said.amount.gross_fen)
        return self.page("banking/invoice_ask.html", status=status, form=form, said=said, in_capitals=words)


class InvoiceView(StaffView):
    """What the doors of one invoice share: its page."""

    permission = Permission.INVOICE_SEE

    def show(self, invoice_id: int, *, status: int = 200, **bound: Any) -> HttpResponse:
        """The invoice with its lines, its money and what happened."""
        row = invoices.invoice_row(invoice_id)
        can = self.request.staff.can
        paid = invoices.payments_on(invoice_id)
        red = bound.pop("red", None) or forms.AskRed()
        red.offer(paid)
        may_red = row.kind == "BLUE" and row.state == "ISSUED" and any(one.live_fen for one in paid)
        return self.page(
            "banking/invoice_show.html",
            status=status,
            row=row,
            lines=invoices.lines_of_invoice(invoice_id),
            events=invoices.events_of(invoice_id),
            paid=paid,
            reds=invoices.reds_of(invoice_id),
            blue=invoices.invoice_row(row.blue_id) if row.blue_id else None,
            is_due=bool(invoices.corrections_due(invoice_id)),
            red=red,
            end=bound.get("end") or forms.WhyEnded(auto_id="end_%s"),
            keep=bound.get("keep") or forms.KeepFile(),
            may_ask=can(Permission.INVOICE_ASK) and row.kind == "BLUE" and row.state in ENDED,
            may_withdraw=can(Permission.INVOICE_ASK) and row.state == "REQUESTED",
            may_red=can(Permission.INVOICE_ISSUE) and may_red,
            may_keep=can(Permission.INVOICE_ISSUE) and row.state == "ISSUED",
        )


class Invoice(InvoiceView):
    """One invoice."""

    def get(self, request: HttpRequest, invoice_id: int) -> HttpResponse:
        return self.show(invoice_id)


class Withdraw(InvoiceView):
    """Nobody sent it yet."""

    permission = Permission.INVOICE_ASK

    def post(self, request: HttpRequest, invoice_id: int) -> HttpResponse:
        invoices.invoice_row(invoice_id)
        form = forms.WhyEnded(request.POST, auto_id="end_%s")
        if not form.is_valid() or self.attempt(form, lambda: _withdraw(invoice_id, form)) is None:
            return self.show(invoice_id, end=form, status=422)
        messages.success(request, _("The request is withdrawn."))
        return redirect("banking:invoice", invoice_id)


def _withdraw(invoice_id: int, form: forms.WhyEnded) -> bool:
    services.withdraw_invoice(invoice_id=invoice_id, reason=form.cleaned_data["reason"], at=clock.now())
    return True


class Red(InvoiceView):
    """Take an issued one back."""

    permission = Permission.INVOICE_ISSUE

    def post(self, request: HttpRequest, invoice_id: int) -> HttpResponse:
        invoices.invoice_row(invoice_id)
        form = forms.AskRed(request.POST)
        form.offer(invoices.payments_on(invoice_id))
        made = self.attempt(form, lambda: _red(invoice_id, form)) if form.is_valid() else None
        if made is None:
            return self.show(invoice_id, red=form, status=422)
        messages.success(request, _("The red invoice is asked for."))
        return redirect("banking:invoice", made)


def _red(invoice_id: int, form: forms.AskRed) -> int:
    data = form.cleaned_data
    return services.ask_red(
        invoice_id=invoice_id,
        reason=data["reason"],
        payment_ids=data["payments"],
        confirmation_no=data["confirmation_no"],
        on=clock.today(),
        at=clock.now(),
    )


class KeepFile(InvoiceView):
    """The invoice as the bureau gave it out."""

    permission = Permission.INVOICE_ISSUE

    def post(self, request: HttpRequest, invoice_id: int) -> HttpResponse:
        invoices.invoice_row(invoice_id)
        form = forms.KeepFile(request.POST, request.FILES)
        if not form.is_valid() or self.attempt(form, lambda: _keep(invoice_id, form)) is None:
            return self.show(invoice_id, keep=form, status=422)
        messages.success(request, _("The invoice's file is kept."))
        return redirect("banking:invoice", invoice_id)


def _keep(invoice_id: int, form: forms.KeepFile) -> bool:
    file = form.cleaned_data["file"]
    services.keep_invoice_file(
        invoice_id=invoice_id, content=file.read(), name=file.name or "invoice", at=clock.now()
    )
    return True
