"""One round in the office: its doors, what was done, its papers; leaving a door out, closing, calling off."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import content_disposition_header
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from arrears.team import queries, services
from arrears.team.web import round_forms as forms
from tenancy.kernel import clock
from tenancy.kernel.pages import StaffView
from tenancy.kernel.permissions import Permission
from tenancy.people.services import audit
from tenancy.people.services.files import PDF, XLSX
from tenancy.people.services.sheets import write_sheet
from tenancy.people.words import WORDS

_HUNDRED = 100
_NOTHING = (None,) * 10  # the columns of an entry, at a door where nothing was entered


class RoundView(StaffView):
    """What the page of a round and the acts on it have in common."""

    permission = Permission.CASE_SEE

    def show(self, round_id: int, *, form: forms.CallOff | None = None, status: int = 200) -> HttpResponse:
        """The page of one round."""
        page = queries.round_page(round_id, as_of=clock.today())
        staff = self.request.staff
        walks = staff.user_id in (page.row.main_id, page.row.second_id)
        shown: dict[str, Any] = {
            "round": page.row,
            "round_page": page,
            "entries": queries.entries_of_round(round_id),
            "may_plan": staff.can(Permission.ROUND_PLAN) and page.row.state == "OPEN",
            "may_walk": walks and staff.can(Permission.ROUND_WALK),
            "may_export": staff.can(Permission.LIST_EXPORT),
            "form": form or forms.CallOff(),
        }
        return self.page("team/round_show.html", status=status, **shown)


class Round(RoundView):
    """Doors in walking order, as they stand now."""

    def get(self, request: HttpRequest, round_id: int) -> HttpResponse:
        return self.show(round_id)


class DropStop(StaffView):
    """Leave a door out."""

    permission = Permission.ROUND_PLAN

    def post(self, request: HttpRequest, stop_id: int) -> HttpResponse:
        round_id = queries.round_of_stop(stop_id)
        services.drop_stop(stop_id=stop_id, at=clock.now())
        messages.success(request, _("The door is left out; it may be planned again."))
        return redirect("team:round", round_id)


class CloseRound(StaffView):
    """The round is over."""

    permission = Permission.ROUND_PLAN

    def post(self, request: HttpRequest, round_id: int) -> HttpResponse:
        queries.get_round(round_id)
        services.close_round(round_id=round_id, at=clock.now())
        messages.success(request, _("The round is closed. What nobody reached may be planned again."))
        return redirect("team:round", round_id)


class CallOff(RoundView):
    """Nobody walks it."""

    permission = Permission.ROUND_PLAN

    def post(self, request: HttpRequest, round_id: int) -> HttpResponse:
        queries.get_round(round_id)
        form = forms.CallOff(request.POST)
        done = self.attempt(form, lambda: self._call_off(round_id, form)) if form.is_valid() else None
        if done is None:
            return self.show(round_id, form=form, status=422)
        messages.success(request, _("The round is called off."))
        return redirect("team:round", round_id)

    def _call_off(self, round_id: int, form: forms.CallOff) -> bool:
        services.call_off_round(round_id=round_id, reason=form.cleaned_data["reason"], at=clock.now())
        return True


class RouteSheet(StaffView):
    """The A4 sheet one walks with."""

    permission = Permission.CASE_SEE

    def get(self, request: HttpRequest, round_id: int) -> HttpResponse:
        row = queries.get_round(round_id)
        content = services.route_sheet(
            round_id=round_id, as_of=clock.today(), private=not row.visits and bool(row.doors)
        )
        return pdf(content, f"{_('Route sheet')}-{row.on:%Y%m%d}-{round_id}.pdf")


class RoundRecord(StaffView):
    """上门走访记录 of the whole round."""

    permission = Permission.CASE_SEE

    def get(self, request: HttpRequest, round_id: int) -> HttpResponse:
        row = queries.get_round(round_id)
        content = services.round_record(round_id=round_id, as_of=clock.today())
        return pdf(content, f"上门走访记录-{row.on:%Y%m%d}-{round_id}.pdf")


class VisitRecord(StaffView):
    """上门走访记录 of one visit."""

    permission = Permission.CASE_SEE

    def get(self, request: HttpRequest, visit_id: int) -> HttpResponse:
        card = queries.visit_card(visit_id)
        content = services.visit_record(visit_id=visit_id, as_of=clock.today())
        return pdf(content, f"上门走访记录-{card.unit_code}-{card.on:%Y%m%d}.pdf")


class RoundSheet(StaffView):
    """The round as a workbook."""

    permission = Permission.LIST_EXPORT

    def get(self, request: HttpRequest, round_id: int) -> HttpResponse:
        page = queries.round_page(round_id, as_of=clock.today())
        entered = queries.entries_of_round(round_id)
        audit.record("round.exported", kind="round", pk=round_id, count=len(page.stops))
        response = HttpResponse(_workbook(page, entered), content_type=XLSX)
        name = f"{_('Visit round')}-{page.row.on:%Y%m%d}-{round_id}.xlsx"
        response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
        return response


def pdf(content: bytes, name: str) -> HttpResponse:
    """A paper that the browser shows."""
    response = HttpResponse(content, content_type=PDF)
    response["Content-Disposition"] = content_disposition_header(False, name) or "inline"
    response["Cache-Control"] = "private, no-store"
    return response


def _workbook(page: queries.RoundPage, entered: dict[int, list[queries.EntryRow]]) -> bytes:
    labels = (
        _("Place on the way"), _("Unit"), _("Owner"), _("Class"), _("Past due"), _("Days late"), _("State"),
        _("What"), _("From"), _("To"), _("Received"), _("By"), _("Second person"), _("Result"),
        _("Promised day"), _("What was said"), _("Who signed"),
    )  # fmt: skip
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "round.xlsx"
        title = f"{page.row.community_name} {page.row.on:%Y-%m-%d}"
        write_sheet(target, title=title, labels=labels, blocks=[list(_cells(page, entered))])
        return target.read_bytes()


def _cells(page: queries.RoundPage, entered: dict[int, list[queries.EntryRow]]) -> Iterator[tuple[Any, ...]]:
    for stop in page.stops:
        head = (
            stop.position, stop.unit_code, stop.party_name, _word(stop.klass), stop.overdue_fen / _HUNDRED,
            stop.days_late, _word(stop.state_word),
        )  # fmt: skip
        entries = entered.get(stop.stop_id, [])
        if not entries:
            yield (*head, *_NOTHING)
        for entry in entries:
            yield (*head, *_said(entry))


def _said(entry: queries.EntryRow) -> tuple[Any, ...]:
    left = entry.left_at and localtime(entry.left_at).replace(tzinfo=None)
    result = entry.result or (f"skip.{entry.skip_reason}" if entry.skip_reason else "")
    return (
        _word(f"entry.{entry.kind}"), localtime(entry.came_at).replace(tzinfo=None), left,
        localtime(entry.received_at).replace(tzinfo=None), entry.by, entry.second_person, _word(result),
        entry.promised_on, entry.feedback, entry.signer_name,
    )  # fmt: skip


def _word(code: str) -> str:
    return str(WORDS.get(code, code))
