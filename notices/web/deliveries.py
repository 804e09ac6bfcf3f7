"""What waits to be delivered, building by building; who may record it need not see a name."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from notices import queries, services
from notices.web import forms
from tenancy.kernel import clock
from tenancy.kernel.errors import NotFound
from tenancy.kernel.pages import StaffView
from tenancy.kernel.permissions import Permission


class DeliveryRound(StaffView):
    """The papers of one building: record all in one go, or open one."""

    permission = Permission.DELIVERY_RECORD

    def get(self, request: HttpRequest) -> HttpResponse:
        if not request.GET:
            return redirect("notices:deliveries")
        chosen = self._chosen(request.GET)
        return self._shown(chosen, forms.RoundHandOver(initial=self._initial()))

    def post(self, request: HttpRequest) -> HttpResponse:
        chosen = self._chosen(request.GET)
        form = forms.RoundHandOver(request.POST, request.FILES)
        done = self._record(chosen, form) if form.is_valid() else None
        if done is None:
            return self._shown(chosen, form, status=422)
        messages.success(request, _("%(count)d deliveries recorded.") % {"count": done})
        return redirect("notices:deliveries")

    def _record(self, chosen: dict[str, Any], form: forms.RoundHandOver) -> int | None:
        entry = form.hand_over()
        return self.attempt(
            form, lambda: services.record_round(**chosen, hand_over=entry, as_of=clock.today())
        )

    def _chosen(self, asked: Any) -> dict[str, Any]:
        choice = forms.RoundChoice(asked)
        if not choice.is_valid():
            raise NotFound()
        return choice.chosen()

    def _shown(self, chosen: dict[str, Any], form: forms.RoundHandOver, *, status: int = 200) -> HttpResponse:
        rows = queries.waiting_notices(**chosen)
        fresh = sum(row.state == "QUEUED" for row in rows)
        around = queries.waiting_by_building(community_id=chosen["community_id"], kind=chosen["kind"])
        place = next((row for row in around if row.building_id == chosen["building_id"]), None)
        return self.page(
            "notices/delivery_round.html",
            status=status,
            form=form,
            rows=rows,
            fresh=fresh,
            chosen=chosen,
            place=place,
            may_plan=self.request.staff.can(Permission.ROUND_PLAN),
        )

    def _initial(self) -> dict[str, Any]:
        return {"on": clock.today(), "handed_over_by": self.request.staff.name}


class DeliveryOf(StaffView):
    """One paper: how it was handed over, to whom, as what."""

    permission = Permission.DELIVERY_RECORD

    def get(self, request: HttpRequest, notice_id: int) -> HttpResponse:
        initial = {"on": clock.today(), "handed_over_by": self.request.staff.name}
        return self._shown(notice_id, forms.DeliveryForm(initial=initial))

    def post(self, request: HttpRequest, notice_id: int) -> HttpResponse:
        form = forms.DeliveryForm(request.POST, request.FILES)
        before = queries.paper(notice_id).delivered_on
        done = self._record(notice_id, form) if form.is_valid() else None
        if done is None:
            return self._shown(notice_id, form, status=422)
        messages.success(request, _sentence(done.delivered, done.opens_gates, before))
        return redirect("notices:deliveries")

    def _record(self, notice_id: int, form: forms.DeliveryForm) -> Any:
        entry = form.entry()
        return self.attempt(
            form, lambda: services.record_delivery(notice_id=notice_id, as_of=clock.today(), **entry)
        )

    def _shown(self, notice_id: int, form: forms.DeliveryForm, *, status: int = 200) -> HttpResponse:
        paper = queries.paper(notice_id)
        return self.page("notices/delivery_record.html", status=status, form=form, paper=paper)


def _sentence(delivered: bool, opens_gates: bool, before: date | None) -> str:
    if before is not None and not delivered:
        return _("Recorded beside the delivery of %(day)s, which counts as before.") % {"day": before}
    if not delivered:
        return _("Recorded. It does not count as delivered: the paper stays on the list.")
    if not opens_gates:
        return _("Recorded. It counts as delivered, but opens no next step.")
    return _("Recorded. It counts as delivered.")
