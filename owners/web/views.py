"""Screens of units: the list with its search, a unit's page, and what can be done on it."""

from __future__ import annotations

from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from owners import services
from owners.queries.unit_page import UnitPage, unit_page
from owners.web import forms
from tenancy.kernel import clock
from tenancy.kernel.pages import StaffView
from tenancy.kernel.permissions import Permission


class Part(NamedTuple):
    """A part of the unit page that another app serves."""

    title: Any
    url_name: str
    permission: Permission


class Tab(NamedTuple):
    """A tab of the unit page: its name in the address, and the part that another app serves in it."""

    key: str
    title: Any
    part: Part | None = None


# The first tab is what a telephone call asks for: who they are, and what is owed.
TABS = (
    Tab(
        "",
        gettext_lazy("Owners and debts"),
        Part(gettext_lazy("Statement"), "charges:unit_statement", Permission.BILL_SEE),
    ),
    Tab(
        "payments",
        gettext_lazy("Payments"),
        Part(gettext_lazy("Payments"), "payments:unit_payments", Permission.PAYMENT_SEE),
    ),
    Tab(
        "papers",
        gettext_lazy("Notices"),
        Part(gettext_lazy("Notices"), "notices:unit_notices", Permission.NOTICE_SEE),
    ),
    Tab(
        "standing",
        gettext_lazy("Standing"),
        Part(gettext_lazy("Standing"), "cases:unit_standing", Permission.CASE_SEE),
    ),
    Tab(
        "tickets",
        gettext_lazy("Tickets and disputes"),
        Part(gettext_lazy("Tickets and disputes"), "relief:unit_tickets", Permission.TICKET_SEE),
    ),
    Tab("unit", gettext_lazy("Unit and legacy issues")),
)
HEAD = Part("", "cases:unit_head", Permission.CASE_SEE)
TIMELINE = Part(gettext_lazy("Timeline"), "cases:unit_timeline", Permission.CASE_SEE)


class Unit(StaffView):
    """One unit: the head, one of its tabs, the timeline beside it."""

    permission = Permission.UNIT_SEE

    def get(self, request: HttpRequest, unit_id: int) -> HttpResponse:
        return self.show(unit_id, tab=request.GET.get("tab", ""))

    def show(self, unit_id: int, *, tab: str = "", status: int = 200, **more: Any) -> HttpResponse:
        """The page on a tab (the first, if there is none of this name), with whatever form was refused."""
        staff = self.request.staff
        tabs = [each for each in TABS if each.part is None or staff.can(each.part.permission) or not each.key]
        here = next((each for each in tabs if each.key == tab), tabs[0])
        unit = unit_page(unit_id, on=clock.today())
        more.setdefault("issue_form", forms.LegacyIssue())
        more.setdefault("contact_form", forms.NewContact(people=[holder.party for holder in unit.now]))
        return self.page(
            "owners/unit.html",
            status=status,
            unit=unit,
            tabs=tabs,
            here=here.key,
            parts=[part for part in [here.part and self._part(here.part, unit_id)] if part],
            head=self._part(HEAD, unit_id),
            timeline=self._part(TIMELINE, unit_id),
            payer_url=_url("payments:unit_payer", unit_id),
            transfer_url=self._transfer_url(unit),
            counter_url=_url("payments:counter") if staff.can(Permission.PAYMENT_TAKE) else None,
            may_edit=staff.can(Permission.UNIT_EDIT),
            may_reveal=staff.can(Permission.CONTACT_REVEAL),
            **more,
        )

    def _transfer_url(self, unit: UnitPage) -> str | None:
        """Where a sale is settled, once somebody has left."""
        if not unit.before or not self.request.staff.can(Permission.PAYMENT_SEE):
            return None
        return _url("payments:unit_transfer", unit.header.unit_id)

    def _part(self, part: Part, unit_id: int) -> dict[str, Any] | None:
        url = _url(part.url_name, unit_id)
        if url is None or not self.request.staff.can(part.permission):
            return None
        return {"title": part.title, "url": url}


class EditUnit(StaffView):
    """Remark and special needs."""

    permission = Permission.UNIT_EDIT

    def get(self, request: HttpRequest, unit_id: int) -> HttpResponse:
        unit = unit_page(unit_id, on=clock.today())
        form = forms.EditUnit({"remark": unit.header.remark, "special_needs": unit.special_needs})
        return self.page("owners/unit_edit.html", unit=unit, form=form)

    def post(self, request: HttpRequest, unit_id: int) -> HttpResponse:
        unit = unit_page(unit_id, on=clock.today())
        form = forms.EditUnit(request.POST)
        if not form.is_valid():
            return self.page("owners/unit_edit.html", status=422, unit=unit, form=form)
        services.edit_unit(unit_id=unit_id, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("owners:unit", unit_id)


class AddIssue(Unit):
    """Record a legacy issue."""

    permission = Permission.UNIT_EDIT

    def get(self, request: HttpRequest, unit_id: int) -> HttpResponse:
        return self.show(unit_id, tab="unit")

    def post(self, request: HttpRequest, unit_id: int) -> HttpResponse:
        form = forms.LegacyIssue(request.POST)
        done = form.is_valid() and self.attempt(form, lambda: _add_issue(unit_id, form))
        if not done:
            return self.show(unit_id, tab="unit", status=422, issue_form=form)
        return _back(unit_id, tab="unit")


class CloseIssue(StaffView):
    """A legacy issue is settled."""

    permission = Permission.UNIT_EDIT

    def post(self, request: HttpRequest, unit_id: int, issue_id: int) -> HttpResponse:
        services.close_legacy_issue(unit_id=unit_id, issue_id=issue_id, on=clock.today())
        return _back(unit_id, tab="unit")


class AddContact(Unit):
    """Another number of one of the unit's people."""

    permission = Permission.UNIT_EDIT

    def get(self, request: HttpRequest, unit_id: int) -> HttpResponse:
        return self.show(unit_id)

    def post(self, request: HttpRequest, unit_id: int) -> HttpResponse:
        people = [holder.party for holder in unit_page(unit_id, on=clock.today()).now]
        form = forms.NewContact(request.POST, people=people)
        done = form.is_valid() and self.attempt(form, lambda: _add_contact(form))
        return redirect("owners:unit", unit_id) if done else self.show(unit_id, status=422, contact_form=form)


class MarkContact(StaffView):
    """A number works, is out of service, or is another person's."""

    permission = Permission.UNIT_EDIT

    def post(self, request: HttpRequest, unit_id: int, contact_id: int) -> HttpResponse:
        unit_page(unit_id, on=clock.today())
        form = forms.MarkContact(request.POST)
        if form.is_valid():
            services.mark_contact(contact_id=contact_id, state=form.cleaned_data["state"])
        return redirect("owners:unit", unit_id)


class VerifyContact(StaffView):
    """Staff called the number, or had the person at the counter: it is his, and the portal lets it in."""

    permission = Permission.UNIT_EDIT

    def post(self, request: HttpRequest, unit_id: int, contact_id: int) -> HttpResponse:
        unit_page(unit_id, on=clock.today())
        how = request.POST.get("how", "")
        services.verify_contact(contact_id=contact_id, how=how, on=clock.today())
        messages.success(request, _("The number is verified. It opens the owners' portal for this person."))
        return redirect("owners:unit", unit_id)


class RevealContact(StaffView):
    """The whole number, once; who looked is written down."""

    permission = Permission.CONTACT_REVEAL

    def post(self, request: HttpRequest, contact_id: int) -> HttpResponse:
        number = services.reveal_contact(contact_id, reason=request.POST.get("reason", ""))
        response = self.page("owners/_number.html", number=number)
        response["Cache-Control"] = "no-store"
        return response


class HandOver(StaffView):
    """A unit changes hands."""

    permission = Permission.UNIT_EDIT

    def get(self, request: HttpRequest, unit_id: int) -> HttpResponse:
        form = forms.HandOver(initial={"on": clock.today()})
        return self.page("owners/unit_hand_over.html", unit=unit_page(unit_id, on=clock.today()), form=form)

    def post(self, request: HttpRequest, unit_id: int) -> HttpResponse:
        unit = unit_page(unit_id, on=clock.today())
        form = forms.HandOver(request.POST)
        done = form.is_valid() and self.attempt(form, lambda: _hand_over(unit_id, form))
        if not done:
            return self.page("owners/unit_hand_over.html", status=422, unit=unit, form=form)
        messages.success(request, _("The change of owner is recorded."))
        return redirect("owners:unit", unit_id)


def _back(unit_id: int, *, tab: str) -> HttpResponse:
    return redirect(f"{reverse('owners:unit', args=[unit_id])}?{urlencode({'tab': tab})}")


def _add_issue(unit_id: int, form: forms.LegacyIssue) -> bool:
    text = form.cleaned_data["text"]
    return bool(services.add_legacy_issue(unit_id=unit_id, text=text, recorded_on=clock.today()))


def _add_contact(form: forms.NewContact) -> bool:
    return bool(services.add_contact(party_id=form.cleaned_data["party"], value=form.cleaned_data["value"]))


def _hand_over(unit_id: int, form: forms.HandOver) -> bool:
    on = form.cleaned_data["on"]
    return bool(services.hand_over(unit_id=unit_id, on=on, holders=form.holders()))


def _url(name: str, *arguments: int) -> str | None:
    try:
        return reverse(name, args=arguments)
    except NoReverseMatch:
        return None
