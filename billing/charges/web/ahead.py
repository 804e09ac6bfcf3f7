"""预缴: how many months, what they cost, and the bill; from the counter and back to it."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from billing.charges import queries, services
from tenancy.kernel import clock
from tenancy.kernel.pages import StaffView
from tenancy.kernel.permissions import Permission

_USUAL: Final = 12


class Months(forms.Form):
    """How far ahead, and the sum that was shown for it."""

    months = forms.IntegerField(
        label=gettext_lazy("Months paid ahead"), min_value=1, widget=forms.NumberInput(attrs={"size": "3"})
    )
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)


class PayAhead(StaffView):
    """The coming months of an account: shown first, then issued as one bill."""

    permission = Permission.PAYMENT_TAKE

    def get(self, request: HttpRequest, account_id: int) -> HttpResponse:
        most = services.most_ahead(queries.account_card(account_id).community_id, clock.today())
        months = request.GET.get("months", str(min(_USUAL, most)))
        return self._show(account_id, Months({"months": months}), most)

    def post(self, request: HttpRequest, account_id: int) -> HttpResponse:
        most = services.most_ahead(queries.account_card(account_id).community_id, clock.today())
        form = Months(request.POST)
        if not form.is_valid() or self.attempt(form, lambda: _issue(account_id, form)) is None:
            return self._show(account_id, form, most, status=422)
        messages.success(request, _("The coming months are billed. Take the money for them here."))
        return redirect(f"{reverse('payments:counter')}?{urlencode({'account': account_id})}")

    def _show(self, account_id: int, form: Months, most: int, *, status: int = 200) -> HttpResponse:
        bill = None
        if form.is_valid():
            asked = form.cleaned_data["months"]
            bill = self.attempt(
                form,
                lambda: services.preview_ahead(account_id=account_id, months=asked, on=clock.today()),
            )
        return self.page(
            "charges/pay_ahead.html",
            status=status,
            account=queries.account_card(account_id),
            form=form,
            bill=bill,
            choices=[months for months in (3, 6, 12) if months <= most],
        )


def _issue(account_id: int, form: Months) -> int:
    said = form.cleaned_data
    return services.issue_ahead(
        account_id=account_id, months=said["months"], on=clock.today(), expected_fen=said["seen"]
    )
