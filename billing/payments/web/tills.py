"""Cash sessions: the list, one of them with its count, hand-overs and slips, and its line at the counter."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from django import forms as django_forms
from django.contrib import messages
from django.core.paginator import Page
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from billing.payments import queries, services
from billing.payments.web import till_forms as forms
from owners.queries import communities, community_card
from tenancy.kernel import clock
from tenancy.kernel.pages import StaffView
from tenancy.kernel.permissions import Permission, Role
from tenancy.people.lists import Column, Empty, Kind, ListPage
from tenancy.people.queries.members import members_playing
from values.fen import display, yuan

_DESK = "cash_point_id"


class Tills(ListPage):
    """Every cash session, the newest first."""

    permission = Permission.CASH_SEE
    title = gettext_lazy("Cash sessions")
    template = "payments/till_list.html"
    columns: ClassVar[tuple[Column, ...]] = (
        Column(
            "cash_point",
            gettext_lazy("Cash point"),
            Kind.TEXT,
            beside="community_name",
            beside_label=gettext_lazy("Community"),
        ),
        Column("day", gettext_lazy("Business day"), Kind.DATE),
        Column("cashier", gettext_lazy("Cashier"), Kind.NAME),
        Column("state", gettext_lazy("State"), Kind.BADGE, by="tone"),
        Column("opening_fen", gettext_lazy("Opening cash"), Kind.MONEY),
        Column("expected_fen", gettext_lazy("Should be"), Kind.MONEY),
        Column("counted_fen", gettext_lazy("Counted"), Kind.MONEY),
        Column("difference_fen", gettext_lazy("Difference"), Kind.MONEY),
        Column("reason", gettext_lazy("Reason"), Kind.WRAP),
        Column("opened_at", gettext_lazy("Opened at"), Kind.MOMENT, sheet_only=True),
        Column("closed_at", gettext_lazy("Closed at"), Kind.MOMENT, sheet_only=True),
    )

    def filter_form(self) -> forms.Filter:
        return forms.Filter(self.request.GET, communities=communities())

    def found(self) -> Any:
        return queries.tills(**self.asked.where())

    def rows(self, part: list[int]) -> Sequence[queries.TillRow]:
        return queries.till_rows(part)

    def link(self, row: Any) -> str:
        return reverse("payments:till", args=[row.session_id])

    def empty(self) -> Empty:
        return Empty(_("No cash session yet. One is opened at the counter, or here."))

    def more(self, found: Any, page: Page[Any]) -> dict[str, Any]:
        staff = self.staff
        may_open = staff.can(Permission.PAYMENT_TAKE)
        return {
            "waiting": queries.waiting_for(staff.user_id),
            "held": queries.held_by_finance() if staff.can(Permission.CASH_SIGN) else [],
            "opening": forms.OpenTill(desks=_desks()) if may_open else None,
            "deposit": forms.Deposit(),
        }


class TillView(StaffView):
    """What the doors of one session share: its page."""

    permission = Permission.PAYMENT_TAKE

    def show(self, session_id: int, *, status: int = 200, **given: django_forms.Form) -> HttpResponse:
        """The session with its forms; `given` stands in for the form that was refused."""
        till, staff = queries.till(session_id), self.request.staff
        mine = till.cashier_id == staff.user_id and staff.can(Permission.PAYMENT_TAKE)
        made = {
            "count": forms.Count(auto_id="count_%s"),
            "close": forms.Close(auto_id="close_%s"),
            "hand_over": forms.HandOver(receivers=_receivers(till, staff.user_id), auto_id="hand_over_%s"),
            "deposit": forms.Deposit(auto_id="deposit_%s"),
        }
        return self.page(
            "payments/till_show.html",
            status=status,
            till=till,
            mine=mine,
            may_count=mine or staff.can(Permission.CASH_REVIEW),
            me=staff.user_id,
            **{**made, **given},
        )

    def do(self, session_id: int, name: str, form: django_forms.Form, act: Callable[[], Any]) -> HttpResponse:
        """Run a use case of the form; back to the page, or the page with the refusal."""
        done = self.attempt(form, act) if form.is_valid() else None
        if done is None:
            return self.show(session_id, status=422, **{name: form})
        return redirect("payments:till", session_id)


class Till(TillView):
    """One session."""

    permission = Permission.CASH_SEE

    def get(self, request: HttpRequest, session_id: int) -> HttpResponse:
        return self.show(session_id)


class OpenTill(StaffView):
    """Open a session; from the counter back to the counter."""

    permission = Permission.PAYMENT_TAKE

    def get(self, request: HttpRequest) -> HttpResponse:
        return redirect("payments:tills")

    def post(self, request: HttpRequest) -> HttpResponse:
        form = forms.OpenTill(request.POST, desks=_desks())
        opened = self.attempt(form, lambda: self._open(form)) if form.is_valid() else None
        if opened is None:
            return self.page("payments/till_open.html", status=422, form=form)
        request.session[_DESK] = form.cleaned_data["cash_point"]
        till = queries.till(opened)
        said = _("The till is open with %(amount)s.") % {"amount": display(till.row.opening_fen)}
        messages.success(request, said)
        back = form.cleaned_data["back"]
        safe = url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()})
        return redirect(back) if back and safe else redirect("payments:till", opened)

    def _open(self, form: forms.OpenTill) -> int:
        data = form.cleaned_data
        return services.open_till(
            cash_point_id=data["cash_point"],
            by=self.request.staff.user_id,
            on=clock.today(),
            at=clock.now(),
            opening_fen=data["opening"],
            reason=data["opening_reason"],
        )


class CountTill(TillView):
    """Enter what lies there."""

    permission = Permission.CASH_SEE

    def post(self, request: HttpRequest, session_id: int) -> HttpResponse:
        queries.till(session_id)
        form = forms.Count(request.POST, auto_id="count_%s")
        by, at = self.request.staff, clock.now()
        return self.do(
            session_id,
            "count",
            form,
            lambda: services.count_till(session_id=session_id, pieces=form.pieces(), by=by, at=at) or True,
        )


class CloseTill(TillView):
    """Close with the last count."""

    permission = Permission.CASH_SEE

    def post(self, request: HttpRequest, session_id: int) -> HttpResponse:
        queries.till(session_id)
        form = forms.Close(request.POST, auto_id="close_%s")
        return self.do(session_id, "close", form, lambda: self._close(session_id, form))

    def _close(self, session_id: int, form: forms.Close) -> bool:
        services.close_till(
            session_id=session_id,
            by=self.request.staff,
            at=clock.now(),
            reason=form.cleaned_data["reason"],
        )
        return True


class HandOver(TillView):
    """Offer cash to another cashier or to finance."""

    def post(self, request: HttpRequest, session_id: int) -> HttpResponse:
        till, by = queries.till(session_id), self.request.staff
        form = forms.HandOver(request.POST, receivers=_receivers(till, by.user_id), auto_id="hand_over_%s")
        return self.do(
            session_id,
            "hand_over",
            form,
            lambda: services.offer_handover(
                session_id=session_id,
                to_user_id=form.cleaned_data["to_user"],
                amount_fen=form.cleaned_data["amount"],
                by=by,
                at=clock.now(),
                note=form.cleaned_data["note"],
            ),
        )


class Deposit(TillView):
    """Note the bank's slip."""

    def post(self, request: HttpRequest, session_id: int) -> HttpResponse:
        queries.till(session_id)
        form = forms.Deposit(request.POST, request.FILES, auto_id="deposit_%s")
        return self.do(
            session_id,
            "deposit",
            form,
            lambda: services.deposit_cash(session_id=session_id, **deposit(form, self)),
        )


class AnswerHandover(StaffView):
    """Confirm that one has the cash, or say that one has not."""

    permission = Permission.PAYMENT_TAKE

    def post(self, request: HttpRequest, handover_id: int) -> HttpResponse:
        queries.handover(handover_id)
        accept = request.POST.get("answer") == "accept"
        services.answer_handover(
            handover_id=handover_id, accept=accept, by=self.request.staff, at=clock.now()
        )
        done = _("The cash is yours now.") if accept else _("The cash stays where it was.")
        messages.success(request, done)
        return redirect("payments:tills")


class DepositHeld(StaffView):
    """Finance takes what it was handed to the bank."""

    permission = Permission.CASH_SIGN

    def post(self, request: HttpRequest, handover_id: int) -> HttpResponse:
        queries.handover(handover_id)
        form = forms.Deposit(request.POST, request.FILES)
        made = None
        if form.is_valid():
            made = self.attempt(
                form, lambda: services.deposit_cash(handover_id=handover_id, **deposit(form, self))
            )
        if made is None:
            return self.page("payments/deposit_held.html", status=422, form=form, handover_id=handover_id)
        messages.success(request, _("The deposit is booked."))
        return redirect("payments:tills")


class CounterTill(StaffView):
    """The line of the counter about its till: open it with one key, or whose it is."""

    permission = Permission.PAYMENT_TAKE

    def get(self, request: HttpRequest, community_id: int) -> HttpResponse:
        place = community_card(community_id)
        desks = queries.cash_points(community_id=place.id)
        known = request.session.get(_DESK)
        desk = next((row for row in desks if row.cash_point_id == known), desks[0] if desks else None)
        till = queries.desk_till(desk.cash_point_id, desk.name) if desk else None
        return self.page(
            "payments/_counter_till.html",
            till=till,
            me=self.request.staff.user_id,
            today=clock.today(),
            opening="" if till is None or till.left_fen is None else yuan(till.left_fen),
            back=f"{reverse('payments:counter')}?{request.GET.urlencode()}",
        )


def deposit(form: forms.Deposit, view: StaffView) -> dict[str, Any]:
    """A slip as the service wants it."""
    data = form.cleaned_data
    return {
        "bank": data["bank"],
        "slip_number": data["slip_number"],
        "amount_fen": data["amount"],
        "file": form.photo(),
        "by": view.request.staff,
        "on": clock.today(),
        "at": clock.now(),
    }


def _desks() -> list[tuple[int, str]]:
    return [(row.cash_point_id, f"{row.community_name} {row.name}") for row in queries.cash_points()]


def _receivers(till: queries.Till, giver_id: int) -> list[tuple[int, str]]:
    rows = [
        row
        for role in (Role.CASHIER, Role.FINANCE)
        for row in members_playing(role, community_id=till.community_id)
    ]
    return list({row.user_id: row.name for row in rows if row.user_id != giver_id}.items())
