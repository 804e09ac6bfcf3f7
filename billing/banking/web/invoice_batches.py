"""Hand requests over, read the answer; the VAT settings."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from billing.banking import services
from billing.banking.gateways import connector, connector_for
from billing.banking.queries import invoices, vat
from billing.banking.rules.invoice_file import BACK
from billing.banking.services.import_statement import StatementBad
from billing.banking.web import invoice_forms as forms
from tenancy.kernel import clock
from tenancy.kernel.pages import StaffView
from tenancy.kernel.permissions import Permission


class SendBatch(StaffView):
    """All requests of a community that wait."""

    permission = Permission.INVOICE_ISSUE

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._show(forms.SendBatch(request.GET if "community" in request.GET else None))

    def post(self, request: HttpRequest) -> HttpResponse:
        form = forms.SendBatch(request.POST)
        made = self.attempt(form, lambda: self._send(form)) if form.is_valid() else None
        if made is None:
            return self._show(form, status=422)
        messages.success(request, _("The file for the tax bureau is made."))
        return redirect("banking:invoice_batch", made)

    def _send(self, form: forms.SendBatch) -> int:
        data = form.cleaned_data
        return services.send_batch(
            community_id=data["community"],
            connector=connector(data["way"]),
            on=clock.today(),
            at=clock.now(),
        )

    def _show(self, form: forms.SendBatch, *, status: int = 200) -> HttpResponse:
        asked = form.cleaned_data.get("community") if form.is_bound and form.is_valid() else None
        waiting = invoices.invoice_rows(invoices.to_send(asked)) if asked else None
        return self.page("banking/invoice_batch_make.html", status=status, form=form, waiting=waiting)


class BatchView(StaffView):
    """What the doors of one batch share: its page."""

    permission = Permission.INVOICE_SEE

    def show(
        self, batch_id: int, form: forms.Results | None = None, *, wrong: object = (), status: int = 200
    ) -> HttpResponse:
        """The batch and each of its invoices."""
        row = invoices.batch_row(batch_id)
        page = self.paginate(invoices.in_batch(batch_id))
        return self.page(
            "banking/invoice_batch_show.html",
            status=status,
            row=row,
            page=page,
            items=invoices.invoice_rows(list(page.object_list)),
            form=form or forms.Results(),
            wrong=wrong,
            columns=BACK,
            may_issue=self.request.staff.can(Permission.INVOICE_ISSUE) and row.state == "SENT",
        )


class Batch(BatchView):
    """One batch."""

    def get(self, request: HttpRequest, invoice_batch_id: int) -> HttpResponse:
        return self.show(invoice_batch_id)


class ReadResults(BatchView):
    """The tax bureau's answer."""

    permission = Permission.INVOICE_ISSUE

    def post(self, request: HttpRequest, invoice_batch_id: int) -> HttpResponse:
        invoices.batch_row(invoice_batch_id)
        form = forms.Results(request.POST, request.FILES)
        done = self.attempt(form, lambda: _read(invoice_batch_id, form)) if form.is_valid() else None
        if done is None:
            return self.show(invoice_batch_id, form, status=422)
        if isinstance(done, StatementBad):
            form.add_error("file", str(done))
            return self.show(invoice_batch_id, form, wrong=done.params["lines"], status=422)
        text = _("Issued: %(issued)d, refused: %(refused)d.")
        messages.success(request, text % {"issued": done.issued, "refused": done.refused})
        return redirect("banking:invoice_batch", invoice_batch_id)


def _read(batch_id: int, form: forms.Results) -> services.Answered | StatementBad:
    file = form.cleaned_data["file"]
    content = file.read()
    try:
        return services.read_results(
            invoice_batch_id=batch_id,
            connector=connector_for(content),
            content=content,
            name=file.name or "results",
            on=clock.today(),
            at=clock.now(),
        )
    except StatementBad as bad:
        return bad


class Vat(StaffView):
    """Who sells, and how each fee item is taxed from which day on."""

    permission = Permission.INVOICE_ISSUE

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.show(forms.NewRate(initial={"from_on": clock.today()}), self.seller_form())

    def post(self, request: HttpRequest) -> HttpResponse:
        form = forms.NewRate(request.POST)
        if not form.is_valid() or self.attempt(form, lambda: _add_rate(form)) is None:
            return self.show(form, self.seller_form(), status=422)
        messages.success(request, _("The rate is added."))
        return redirect("banking:vat")

    def seller_form(self) -> forms.NewSeller:
        """What holds, to be written over."""
        row = vat.seller()
        start = {} if row is None else {"name": row.name, "tax_number": row.tax_number, "issuer": row.issuer}
        return forms.NewSeller(initial=start, auto_id="seller_%s")

    def show(self, form: forms.NewRate, seller: forms.NewSeller, *, status: int = 200) -> HttpResponse:
        """Both forms above the rates."""
        rows = vat.rate_rows()
        return self.page("banking/vat_list.html", status=status, form=form, seller=seller, rows=rows)


class Seller(Vat):
    """Whose name stands on invoices from now on."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return redirect("banking:vat")

    def post(self, request: HttpRequest) -> HttpResponse:
        form = forms.NewSeller(request.POST, auto_id="seller_%s")
        made = None
        if form.is_valid():
            made = self.attempt(form, lambda: services.set_seller(**form.cleaned_data, at=clock.now()))
        if made is None:
            return self.show(forms.NewRate(initial={"from_on": clock.today()}), form, status=422)
        messages.success(request, _("The seller is kept."))
        return redirect("banking:vat")


def _add_rate(form: forms.NewRate) -> int:
    data = dict(form.cleaned_data)
    return services.add_vat_rate(fee_item_id=data.pop("fee_item"), at=clock.now(), **data)
