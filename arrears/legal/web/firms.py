"""Law firms of the company: the list, one more, other data of one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.core.paginator import Page
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from arrears.legal import queries, services
from arrears.legal.web.forms import Day
from tenancy.kernel import clock
from tenancy.kernel.pages import StaffView
from tenancy.kernel.permissions import Permission
from tenancy.people.lists import Column, Empty, Kind, ListPage


class FirmForm(forms.Form):
    """What is known of a firm and its agreement on the processing of data."""

    name = forms.CharField(label=gettext_lazy("Law firm"), max_length=80)
    lawyer = forms.CharField(label=gettext_lazy("Lawyer"), max_length=40)
    licence = forms.CharField(label=gettext_lazy("Licence number"), max_length=40, required=False)
    phone = forms.CharField(label=gettext_lazy("Phone"), max_length=30, required=False)
    address = forms.CharField(label=gettext_lazy("Address"), max_length=200, required=False)
    agreement_signed_on = Day(
        label=gettext_lazy("Agreement on data signed on"),
        required=False,
        help_text=gettext_lazy("Without an agreement in force the firm is given no data of owners."),
    )
    agreement_until = Day(label=gettext_lazy("Agreement in force until"), required=False)
    is_active = forms.BooleanField(label=gettext_lazy("Works for us"), required=False, initial=True)


class Firms(ListPage):
    """Every firm with its agreement."""

    permission = Permission.LEGAL_SEE
    title = gettext_lazy("Law firms")
    template = "legal/firms.html"
    follows_choice = False
    columns: ClassVar[tuple[Column, ...]] = (
        Column("name", gettext_lazy("Law firm"), Kind.NAME),
        Column("lawyer", gettext_lazy("Lawyer"), Kind.NAME),
        Column("licence", gettext_lazy("Licence number"), Kind.TEXT),
        Column("phone", gettext_lazy("Phone"), Kind.TEXT),
        Column("word", gettext_lazy("Agreement on data"), Kind.BADGE, by="tone"),
        Column("agreement_signed_on", gettext_lazy("Agreement on data signed on"), Kind.DATE),
        Column("agreement_until", gettext_lazy("Agreement in force until"), Kind.DATE),
    )

    def found(self) -> Any:
        return queries.law_firms()

    def rows(self, part: list[Any]) -> Sequence[queries.FirmRow]:
        return queries.firm_rows(part, as_of=clock.today())

    def link(self, row: Any) -> str:
        return reverse("legal:firm", args=[row.firm_id])

    def empty(self) -> Empty:
        return Empty(_("No law firm was entered. Letters then have blank lines for the firm to fill."))

    def more(self, found: Any, page: Page[Any]) -> dict[str, Any]:
        return {"may_edit": self.staff.can(Permission.DRAFT_EDIT)}


class NewFirm(StaffView):
    """One more."""

    permission = Permission.DRAFT_EDIT
    follows_choice = False

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.page("legal/firm_edit.html", form=FirmForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        return _save(self, None)


class EditFirm(StaffView):
    """Other data of one."""

    permission = Permission.DRAFT_EDIT
    follows_choice = False

    def get(self, request: HttpRequest, firm_id: int) -> HttpResponse:
        firm = queries.law_firm(firm_id, as_of=clock.today())
        return self.page("legal/firm_edit.html", form=FirmForm(initial=firm._asdict()), firm=firm)

    def post(self, request: HttpRequest, firm_id: int) -> HttpResponse:
        return _save(self, queries.law_firm(firm_id, as_of=clock.today()))


def _save(view: StaffView, firm: queries.FirmRow | None) -> HttpResponse:
    form = FirmForm(view.request.POST)
    saved = None
    if form.is_valid():
        fields = services.FirmFields(**form.cleaned_data)
        firm_id = firm.firm_id if firm else None
        saved = view.attempt(form, lambda: services.save_firm(fields=fields, firm_id=firm_id))
    if saved is None:
        return view.page("legal/firm_edit.html", form=form, firm=firm, status=422)
    messages.success(view.request, _("Saved."))
    return redirect("legal:firms")
