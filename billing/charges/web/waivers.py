"""Waivers: ask for one, the list of all, one with what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from billing.charges import queries, services
from billing.charges.web import waiver_forms as forms
from tenancy.kernel import clock
from tenancy.kernel.pages import StaffView
from tenancy.kernel.permissions import Permission
from tenancy.people.lists import Column, Empty, Kind, ListPage


class Waivers(ListPage):
    """Everything that was asked to be let off, the newest first."""

    permission = Permission.BILL_SEE
    title = gettext_lazy("Waivers")
    columns: ClassVar[tuple[Column, ...]] = (
        Column("unit_code", gettext_lazy("Room"), Kind.ROOM),
        Column("party_name", gettext_lazy("Owner"), Kind.NAME),
        Column("kind_word", gettext_lazy("What"), Kind.WORD),
        Column("amount_fen", gettext_lazy("To be let off"), Kind.MONEY),
        Column("granted_fen", gettext_lazy("Let off"), Kind.MONEY, value=lambda row: row.granted_fen or None),
        Column("state_word", gettext_lazy("State"), Kind.BADGE, by="tone"),
        Column("offered_until", gettext_lazy("Only if paid by"), Kind.DATE),
        Column("reason", gettext_lazy("Reason"), Kind.WRAP),
        Column("asked_by", gettext_lazy("Asked by"), Kind.NAME),
        Column("asked_on", gettext_lazy("Asked on"), Kind.DATE),
    )

    def found(self) -> Any:
        return queries.waivers()

    def rows(self, part: list[Any]) -> Sequence[queries.WaiverRow]:
        return queries.waiver_rows(part)

    def link(self, row: Any) -> str:
        return reverse("charges:waiver", args=[row.waiver_id])

    def empty(self) -> Empty:
        return Empty(_("Nothing was ever asked to be let off. The unit page has the button."))


class Waiver(StaffView):
    """One waiver: what it is about, who decides, what was let off."""

    permission = Permission.BILL_SEE

    def get(self, request: HttpRequest, waiver_id: int) -> HttpResponse:
        waiver, lines = queries.waiver_card(waiver_id)
        mine = waiver.asked_by_id == self.request.staff.user_id and waiver.state == "ASKED"
        return self.page("charges/waiver_show.html", waiver=waiver, lines=lines, may_withdraw=mine)


class WithdrawWaiver(StaffView):
    """Take one's own request back before anybody decides."""

    permission = Permission.WAIVER_ASK

    def post(self, request: HttpRequest, waiver_id: int) -> HttpResponse:
        services.withdraw_waiver(waiver_id=waiver_id, by=self.request.staff, on=clock.today())
        messages.success(request, _("The request was taken back."))
        return redirect("charges:waiver", waiver_id)


class AskWaiver(StaffView):
    """Tick what should be let off and say why."""

    permission = Permission.WAIVER_ASK

    def get(self, request: HttpRequest, account_id: int) -> HttpResponse:
        found = queries.account_owed(account_id, as_of=clock.today())
        ticked = [charge.charge_id for charge in found.charges if charge.late_fee_fen]
        return self._show(found, forms.Ask(initial={"charge": ticked}))

    def post(self, request: HttpRequest, account_id: int) -> HttpResponse:
        found = queries.account_owed(account_id, as_of=clock.today())
        form = forms.Ask(request.POST)
        form.offer(found.charges)
        asked = self.attempt(form, lambda: self._ask(account_id, form)) if form.is_valid() else None
        if asked is None:
            return self._show(found, form, status=422)
        messages.success(request, _("It waits for a decision."))
        return redirect("charges:waiver", asked)

    def _ask(self, account_id: int, form: forms.Ask) -> int:
        data = form.cleaned_data
        return services.ask_waiver(
            account_id=account_id,
            kind=data["kind"],
            parts=form.parts(),
            reason=data["reason"],
            offered_until=data["offered_until"],
            by=self.request.staff,
            on=clock.today(),
            at=clock.now(),
        )

    def _show(self, found: Any, form: forms.Ask, *, status: int = 200) -> HttpResponse:
        form.offer(found.charges)
        ticked = {str(value) for value in form["charge"].value() or ()}
        rows = [(charge, str(charge.charge_id) in ticked) for charge in found.charges]
        return self.page("charges/waiver_ask.html", status=status, account=found, form=form, rows=rows)
