"""What ends: a unit is sold and settled by the day, a contract ends, a unit pays a tariff no more."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from billing.charges.queries import contract_terms, subscription_row
from billing.payments import queries, services
from billing.payments.web import transfer_forms as forms
from owners.queries import unit_header
from tenancy.kernel import clock
from tenancy.kernel.pages import StaffView
from tenancy.kernel.permissions import Permission
from tenancy.people.lists import Column, Empty, Kind, ListPage
from values.fen import display


class Transfers(ListPage):
    """Every settlement sheet, the newest first."""

    permission = Permission.PAYMENT_SEE
    title = gettext_lazy("Transfer settlements")
    columns: ClassVar[tuple[Column, ...]] = (
        Column("unit_code", gettext_lazy("Room"), Kind.ROOM),
        Column("number", gettext_lazy("Number"), Kind.NUMBER),
        Column("on", gettext_lazy("First day of the new owner"), Kind.DATE),
        Column("seller", gettext_lazy("Owner before"), Kind.NAME),
        Column("buyer", gettext_lazy("New owner"), Kind.NAME),
        Column("free_fen", gettext_lazy("Credit of the owner before"), Kind.MONEY),
        Column("bill_number", gettext_lazy("Bill of the new owner"), Kind.NUMBER),
        Column("issued_on", gettext_lazy("Drawn up on"), Kind.DATE),
    )

    def found(self) -> Any:
        return queries.transfers()

    def rows(self, part: list[Any]) -> Sequence[queries.TransferRow]:
        return queries.transfer_rows(part)

    def link(self, row: Any) -> str:
        return reverse("payments:transfer", args=[row.transfer_id])

    def empty(self) -> Empty:
        return Empty(
            _("No sale was settled yet. Record the change of owner at the unit; its page has the button.")
        )


class TransferPage(StaffView):
    """What the doors of a unit's sale share: its page."""

    permission = Permission.PAYMENT_SEE

    def show(
        self, unit_id: int, asked: forms.On, form: forms.Settle | None, *, status: int = 200
    ) -> HttpResponse:
        changes = queries.changes_of(unit_id)
        past = [change for change in changes if change.on <= clock.today()]
        on = asked.day()
        change = next((one for one in past if one.on == on), past[0] if past else None)
        return self.page(
            "payments/transfer_split.html",
            status=status,
            unit=unit_header(unit_id),
            changes=changes,
            split=queries.split_of(change, as_of=clock.today()) if change else None,
            form=form or forms.Settle(initial={"on": change.on if change else None}),
            may_settle=self.request.staff.can(Permission.BILL_RUN),
        )


class UnitTransfer(TransferPage):
    """A unit that was sold: what its settlement would say."""

    def get(self, request: HttpRequest, unit_id: int) -> HttpResponse:
        return self.show(unit_id, forms.On(request.GET), None)


class SettleTransfer(TransferPage):
    """Settle it and draw up the sheet."""

    permission = Permission.BILL_RUN

    def post(self, request: HttpRequest, unit_id: int) -> HttpResponse:
        unit_header(unit_id)
        form = forms.Settle(request.POST)
        made = self.attempt(form, lambda: _settle(unit_id, form)) if form.is_valid() else None
        if made is None:
            return self.show(unit_id, forms.On(request.POST), form, status=422)
        messages.success(request, _("The sale is settled; the sheet is drawn up."))
        return redirect("payments:transfer", made)


class Transfer(StaffView):
    """One settlement sheet."""

    permission = Permission.PAYMENT_SEE

    def get(self, request: HttpRequest, transfer_id: int) -> HttpResponse:
        row, lines, facts = queries.transfer_card(transfer_id)
        return self.page(
            "payments/transfer_show.html",
            row=row,
            lines=lines,
            sums=queries.sums_of(lines),
            facts=facts,
            may_refund=row.free_fen and self.request.staff.can(Permission.PAYMENT_TAKE),
        )


class TransferSheet(StaffView):
    """The sheet as PDF."""

    permission = Permission.PAYMENT_SEE

    def get(self, request: HttpRequest, transfer_id: int) -> HttpResponse:
        printed = services.fetch_transfer(transfer_id)
        response = HttpResponse(printed.pdf, content_type="application/pdf")
        response["Content-Disposition"] = (
            content_disposition_header(False, f"{printed.number}.pdf") or "inline"
        )
        response["Cache-Control"] = "private, no-store"
        return response


class EndContract(StaffView):
    """The last day of a contract: what it would take back and set free, and asking for it."""

    permission = Permission.TARIFF_EDIT

    def get(self, request: HttpRequest, contract_id: int) -> HttpResponse:
        asked = forms.LastDay(request.GET) if "last_on" in request.GET else forms.LastDay()
        return self._show(contract_id, asked, forms.EndContract(initial=request.GET.dict()))

    def post(self, request: HttpRequest, contract_id: int) -> HttpResponse:
        contract_terms(contract_id)
        form = forms.EndContract(request.POST)
        asked = self.attempt(form, lambda: self._ask(contract_id, form)) if form.is_valid() else None
        if asked is None:
            return self._show(contract_id, forms.LastDay(request.POST), form, status=422)
        messages.success(request, _("It waits for a decision."))
        return redirect("charges:contract", contract_id)

    def _ask(self, contract_id: int, form: forms.EndContract) -> int:
        said = form.cleaned_data
        return services.ask_contract_end(
            contract_id=contract_id,
            last_on=said["last_on"],
            reason=said["reason"],
            by=self.request.staff,
            at=clock.now(),
        )

    def _show(
        self, contract_id: int, asked: forms.LastDay, form: forms.EndContract, *, status: int = 200
    ) -> HttpResponse:
        shown = None
        if asked.is_bound and asked.is_valid():
            day = asked.cleaned_data["last_on"]
            shown = self.attempt(
                asked, lambda: services.preview_contract_end(contract_id=contract_id, last_on=day)
            )
        contract = contract_terms(contract_id)
        return self.page(
            "payments/contract_end.html",
            status=status,
            contract=contract,
            asked=asked,
            form=form,
            shown=shown,
        )


class EndAgreement(StaffView):
    """A unit pays a tariff no more, though it was billed beyond: what was paid for that is set free."""

    permission = Permission.TARIFF_EDIT

    def get(self, request: HttpRequest, subscription_id: int) -> HttpResponse:
        return self._show(subscription_id, forms.EndAgreement(initial=request.GET.dict()))

    def post(self, request: HttpRequest, subscription_id: int) -> HttpResponse:
        row = subscription_row(subscription_id)
        form = forms.EndAgreement(request.POST)
        done = self.attempt(form, lambda: _end_agreement(subscription_id, form)) if form.is_valid() else None
        if done is None:
            return self._show(subscription_id, form, status=422)
        free = display(sum(one.free_fen for one in done))
        messages.success(request, _("Ended. %(free)s became credit.") % {"free": free})
        return redirect("charges:tariff_units", row.tariff_id)

    def _show(self, subscription_id: int, form: forms.EndAgreement, *, status: int = 200) -> HttpResponse:
        row = subscription_row(subscription_id)
        return self.page("payments/agreement_end.html", status=status, row=row, form=form)


def _settle(unit_id: int, form: forms.Settle) -> int:
    return services.settle_transfer(
        unit_id=unit_id,
        changed_on=form.cleaned_data["on"],
        registered_on=form.cleaned_data["registered_on"],
        on=clock.today(),
        at=clock.now(),
    )


def _end_agreement(subscription_id: int, form: forms.EndAgreement) -> list[services.Released]:
    end_on = form.cleaned_data["end_on"]
    return services.end_agreement(
        subscription_id=subscription_id, end_on=end_on, on=clock.today(), at=clock.now()
    )
