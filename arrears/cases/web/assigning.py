"""Ticked cases of the list to one collector: first what it means in numbers, then the record."""

from __future__ import annotations

from django import forms as django_forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from arrears.cases import queries, services
from arrears.cases.web import forms
from tenancy.kernel import clock
from tenancy.kernel.errors import row_id
from tenancy.kernel.permissions import Permission
from tenancy.people.lists import BulkPage, Picked


class AssignCases(BulkPage):
    """Everybody at the desk with what he has now and would have then."""

    permission = Permission.CASE_ASSIGN
    list_name = "cases:cases"

    def post(self, request: HttpRequest) -> HttpResponse:
        picked = self.picked()
        offer = queries.offer(picked.keys, as_of=clock.today())
        if not offer.case_ids:
            messages.error(request, _("None of these is an open case with something past due."))
            return redirect(self.back())
        if "count" not in request.POST:
            return self._shown(picked, offer, forms.GiveCases(takers=offer.takers))
        form = forms.GiveCases(request.POST, takers=offer.takers)
        done = self._give(offer, form) if form.is_valid() and self._same(form, offer) else None
        if done is None:
            return self._shown(picked, offer, form, status=422)
        messages.success(request, _said(done, form.taker().name))
        return redirect(self.back())

    def _give(self, offer: queries.Offer, form: forms.GiveCases) -> services.Assigned | None:
        return self.attempt(
            form,
            lambda: services.assign_cases(
                case_ids=offer.case_ids, collector_id=form.cleaned_data["collector"]
            ),
        )

    def _same(self, form: forms.GiveCases, offer: queries.Offer) -> bool:
        """Whether as many can be given as the page said: what nobody meant must not change hands."""
        count = len(offer.case_ids)
        if row_id(self.request.POST.get("count", "")) == count:
            return True
        text = _("The list has changed: %(count)d cases fit now. Look again, then give them.")
        form.add_error(None, django_forms.ValidationError(text % {"count": count}, code="changed"))
        return False

    def _shown(
        self, picked: Picked, offer: queries.Offer, form: forms.GiveCases, *, status: int = 200
    ) -> HttpResponse:
        return self.page(
            "cases/case_assign.html",
            status=status,
            picked=picked,
            offer=offer,
            count=len(offer.case_ids),
            form=form,
            back=self.back(),
        )


def _said(done: services.Assigned, name: str) -> str:
    if not done.given:
        return _("Nothing changed hands: all of them are with %(name)s already.") % {"name": name}
    text = ngettext(
        "%(count)d case is with %(name)s now.", "%(count)d cases are with %(name)s now.", done.given
    )
    return text % {"count": done.given, "name": name}
