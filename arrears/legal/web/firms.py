"""Law firms of the company: the list, one more, other data of one, its agreements."""

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
from django.utils.translation import gettext_lazy, pgettext_lazy

from arrears.legal import queries, services
from arrears.legal.web.forms import Day
from arrears.legal.web.process_forms import Paper, paper_of
from tenancy.kernel import clock
from tenancy.kernel.pages import StaffView
from tenancy.kernel.permissions import Permission
from tenancy.people.lists import Column, Empty, Kind, ListPage


class FirmForm(forms.Form):
    """What is known of a firm."""

    name = forms.CharField(label=gettext_lazy("Law firm"), max_length=80)
    lawyer = forms.CharField(label=pgettext_lazy("person", "Lawyer"), max_length=40)
    licence = forms.CharField(label=gettext_lazy("Licence number"), max_length=40, required=False)
    phone = forms.CharField(label=gettext_lazy("Phone"), max_length=30, required=False)
    address = forms.CharField(label=gettext_lazy("Address"), max_length=200, required=False)
    is_active = forms.BooleanField(label=gettext_lazy("Works for us"), required=False, initial=True)


class AddAgreementForm(forms.Form):
    """For what, which data, how long, and the paper."""

    purpose = forms.CharField(label=pgettext_lazy("of a hand-over", "Purpose"), max_length=200)
    scope = forms.CharField(label=gettext_lazy("Which data"), max_length=200)
    from_on = Day(label=gettext_lazy("From"))
    until = Day(label=gettext_lazy("Until"))
    file = Paper(label=gettext_lazy("The paper"))

    def entry(self) -> dict[str, Any]:
        """As add_agreement takes it."""
        return {**self.cleaned_data, "file": paper_of(self.cleaned_data["file"])}


class Firms(ListPage):
    """Every firm with its agreement."""

    permission = Permission.LEGAL_SEE
    title = gettext_lazy("Law firms")
    template = "legal/firms.html"
    follows_choice = False
    columns: ClassVar[tuple[Column, ...]] = (
        Column("name", gettext_lazy("Law firm"), Kind.NAME),
        Column("lawyer", pgettext_lazy("person", "Lawyer"), Kind.NAME),
        Column("licence", gettext_lazy("Licence number"), Kind.TEXT),
        Column("phone", gettext_lazy("Phone"), Kind.TEXT),
        Column("word", gettext_lazy("Agreement on data"), Kind.BADGE, by="tone"),
        Column("agreed_until", gettext_lazy("Agreement in force until"), Kind.DATE),
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
        return self.page("legal/firm_edit.html", form=FirmForm(), may_edit=True)

    def post(self, request: HttpRequest) -> HttpResponse:
        form = FirmForm(request.POST)
        made = _saved(self, form, None)
        if made is None:
            return self.page("legal/firm_edit.html", status=422, form=form, may_edit=True)
        messages.success(request, _("Saved."))
        return redirect("legal:firm", made)


class FirmView(StaffView):
    """What the doors of one firm share: its page."""

    permission = Permission.LEGAL_SEE
    follows_choice = False

    def show(
        self,
        firm_id: int,
        *,
        form: FirmForm | None = None,
        agreement: AddAgreementForm | None = None,
        status: int = 200,
    ) -> HttpResponse:
        """Who it is and its agreements, with the forms for those who may."""
        today = clock.today()
        firm = queries.law_firm(firm_id, as_of=today)
        return self.page(
            "legal/firm_edit.html",
            status=status,
            firm=firm,
            form=form or FirmForm(initial=firm._asdict()),
            rows=[(row, row.in_force(today)) for row in queries.agreements_of(firm_id)],
            agreement=agreement or AddAgreementForm(initial={"from_on": today}),
            may_edit=self.request.staff.can(Permission.DRAFT_EDIT),
            may_add=self.request.staff.can(Permission.FILING_RECORD),
        )


class Firm(FirmView):
    """One firm."""

    def get(self, request: HttpRequest, firm_id: int) -> HttpResponse:
        return self.show(firm_id)


class EditFirm(FirmView):
    """Other data of one."""

    permission = Permission.DRAFT_EDIT

    def get(self, request: HttpRequest, firm_id: int) -> HttpResponse:
        queries.law_firm(firm_id, as_of=clock.today())
        return redirect("legal:firm", firm_id)

    def post(self, request: HttpRequest, firm_id: int) -> HttpResponse:
        queries.law_firm(firm_id, as_of=clock.today())
        form = FirmForm(request.POST)
        if _saved(self, form, firm_id) is None:
            return self.show(firm_id, form=form, status=422)
        messages.success(request, _("Saved."))
        return redirect("legal:firms")


class AddAgreement(FirmView):
    """Note an agreement."""

    permission = Permission.FILING_RECORD

    def get(self, request: HttpRequest, firm_id: int) -> HttpResponse:
        queries.law_firm(firm_id, as_of=clock.today())
        return redirect("legal:firm", firm_id)

    def post(self, request: HttpRequest, firm_id: int) -> HttpResponse:
        queries.law_firm(firm_id, as_of=clock.today())
        form = AddAgreementForm(request.POST, request.FILES)
        done = None
        if form.is_valid():
            done = self.attempt(form, lambda: services.add_agreement(firm_id=firm_id, **form.entry()))
        if done is None:
            return self.show(firm_id, agreement=form, status=422)
        messages.success(request, _("The agreement is noted."))
        return redirect("legal:firm", firm_id)


class EndAgreement(FirmView):
    """Nothing more is handed to this firm."""

    permission = Permission.FILING_RECORD

    def post(self, request: HttpRequest, firm_id: int, processing_id: int) -> HttpResponse:
        services.end_agreement(firm_id=firm_id, agreement_id=processing_id, on=clock.today())
        messages.success(request, _("The agreement has ended."))
        return redirect("legal:firm", firm_id)


def _saved(view: StaffView, form: FirmForm, firm_id: int | None) -> int | None:
    if not form.is_valid():
        return None
    fields = services.FirmFields(**form.cleaned_data)
    return view.attempt(form, lambda: services.save_firm(fields=fields, firm_id=firm_id))
