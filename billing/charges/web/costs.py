"""Costs of collection: book one to an account, take one back."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from billing.charges import queries, services
from billing.charges.rules.costs import CostKind
from billing.charges.web.forms import Yuan
from tenancy.kernel import clock
from tenancy.kernel.pages import StaffView
from tenancy.kernel.permissions import Permission
from tenancy.people.words import WORDS


class Book(forms.Form):
    """What was spent, on which day, with which proof."""

    kind = forms.ChoiceField(label=gettext_lazy("What for"), widget=forms.RadioSelect, initial="EMS")
    amount = Yuan(label=gettext_lazy("Amount"), max_length=20)
    incurred_on = forms.DateField(
        label=gettext_lazy("Spent on"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    reference = forms.CharField(
        label=gettext_lazy("Proof"),
        max_length=60,
        help_text=gettext_lazy("The number of the waybill, the invoice or the court's notice"),
    )
    note = forms.CharField(label=gettext_lazy("Note"), max_length=200, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["kind"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        field.choices = [(kind.value, WORDS[f"cost.{kind}"]) for kind in CostKind]


class TakeBack(forms.Form):
    """Why it is no longer asked for."""

    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=200)


class BookCost(StaffView):
    """A form for an expense of pursuing an account, beside what it owes."""

    permission = Permission.COST_BOOK

    def get(self, request: HttpRequest, account_id: int) -> HttpResponse:
        return self._show(account_id, Book(initial={"incurred_on": clock.today(), "kind": "EMS"}))

    def post(self, request: HttpRequest, account_id: int) -> HttpResponse:
        unit_id = queries.account_card(account_id).unit_id
        form = Book(request.POST)
        if not form.is_valid() or self.attempt(form, lambda: _book(account_id, form)) is None:
            return self._show(account_id, form, status=422)
        messages.success(request, _("Booked. The next payment settles it first."))
        return redirect("owners:unit", unit_id)

    def _show(self, account_id: int, form: Book, *, status: int = 200) -> HttpResponse:
        found = queries.account_owed(account_id, as_of=clock.today())
        costs = queries.costs_of(account_id)
        return self.page(
            "charges/cost_book.html", status=status, account=found, form=form, costs=costs, back=TakeBack()
        )


class TakeCostBack(StaffView):
    """A cost that was booked by mistake."""

    permission = Permission.COST_BOOK

    def post(self, request: HttpRequest, charge_id: int) -> HttpResponse:
        why = queries.charge_why(charge_id, as_of=clock.today())
        form = TakeBack(request.POST)
        if form.is_valid() and self.attempt(form, lambda: _take_back(charge_id, form)) is not None:
            messages.success(request, _("The cost is no longer owed."))
        else:
            messages.error(request, " ".join(str(text) for texts in form.errors.values() for text in texts))
        return redirect("charges:book_cost", why.account_id)


def _book(account_id: int, form: Book) -> int:
    said = form.cleaned_data
    return services.book_cost(
        account_id=account_id,
        kind=CostKind(said["kind"]),
        amount_fen=said["amount"],
        incurred_on=said["incurred_on"],
        reference=said["reference"],
        note=said["note"],
        on=clock.today(),
    )


def _take_back(charge_id: int, form: TakeBack) -> int:
    reason = form.cleaned_data["reason"]
    return services.take_back_cost(charge_id=charge_id, reason=reason, on=clock.today())
