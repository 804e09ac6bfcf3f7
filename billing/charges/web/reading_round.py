"""抄表: a round of readings by keyboard, the sheet to take along, and the sheet that comes back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import NamedTuple
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.request import QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from billing.charges.queries.meters import Position, metered_fee_items, positions
from billing.charges.rules.metered import to_milli, units_text
from billing.charges.rules.readings import ReadingKind
from billing.charges.services import NewReading, enter_readings, import_readings
from billing.charges.services.reading_sheet import reading_sheet
from billing.charges.web import meter_forms as forms
from billing.charges.web.reading_file import rows_of
from owners.queries import communities
from owners.queries.units import buildings
from tenancy.kernel import clock
from tenancy.kernel.errors import row_id
from tenancy.kernel.pages import StaffView
from tenancy.kernel.permissions import Permission
from tenancy.people.services.files import XLSX
from values.because import Because, because

PAGE = 100
_UNREADABLE = because("value_unreadable")


class RoundRow(NamedTuple):
    """A meter's line: what it showed, what is typed, what that means."""

    position: Position
    before: str
    before_on: date | None
    typed: str
    usage: str
    usual: str
    is_taken: bool
    is_estimated: bool
    fault: Because | None
    may_insist: bool


class Typed(NamedTuple):
    """What stands in a line of the form."""

    value: str
    is_estimated: bool
    is_sure: bool


class Round(StaffView):
    """Units in walking order; a line is saved as soon as the cursor leaves it."""

    permission = Permission.METER_READ

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._show(_form(request.GET or None), {}, {})

    def post(self, request: HttpRequest) -> HttpResponse:
        form = _form(request.POST)
        if not form.is_valid():
            return self._show(form, {}, {}, status=422)
        typed = _typed(request.POST)
        faults = _take(typed, form.cleaned_data["read_on"])
        if request.headers.get("HX-Request"):
            rows = _rows(positions(form.cleaned_data["read_on"], meter_ids=list(typed)), form, typed, faults)
            return self.page("charges/_reading_row.html", row=rows[0] if rows else None, form=form)
        if not faults:
            messages.success(request, _("Saved."))
            return redirect(f"{reverse('charges:round')}?{_address(form, request)}")
        return self._show(form, typed, faults, status=422)

    def _show(
        self,
        form: forms.Round,
        typed: dict[int, Typed],
        faults: dict[int, tuple[Because, bool]],
        *,
        status: int = 200,
    ) -> HttpResponse:
        found: list[Position] = []
        if form.is_bound and form.is_valid():
            found = _positions(form)
        page = self.paginate(found, size=PAGE)
        rows = _rows(list(page.object_list), form, typed, faults)
        context = {
            "form": form,
            "page": page,
            "rows": rows,
            "meters": len(found),
            "done": sum(position.own is not None for position in found),
            "asked": _address(form, self.request) if found else "",
            "may_edit": self.request.staff.can(Permission.TARIFF_EDIT),
        }
        return self.page("charges/reading_round.html", status=status, **context)


class RoundSheet(StaffView):
    """抄表单: the round as a workbook to fill in and to bring back."""

    permission = Permission.METER_READ

    def get(self, request: HttpRequest) -> HttpResponse:
        form = _form(request.GET or None)
        if not form.is_bound or not form.is_valid():
            return redirect("charges:round")
        day = form.cleaned_data["read_on"]
        response = HttpResponse(reading_sheet(_positions(form), day=day), content_type=XLSX)
        name = f"抄表单-{day:%Y%m%d}.xlsx"
        response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
        response["Cache-Control"] = "private, no-store"
        return response


class ImportReadings(StaffView):
    """A filled sheet comes back."""

    permission = Permission.METER_READ

    def get(self, request: HttpRequest) -> HttpResponse:
        known, items = communities(), metered_fee_items()
        wanted = {"community": row_id(request.GET.get("community", ""))}
        return self._show(forms.Sheet(initial=forms.Round.suggested(known, items, clock.today()) | wanted))

    def post(self, request: HttpRequest) -> HttpResponse:
        form = forms.Sheet(request.POST, request.FILES)
        form.offer(communities(), metered_fee_items())
        done = self.attempt(form, lambda: _import(form)) if form.is_valid() else None
        return self._show(form, done=done, status=200 if done else 422)

    def _show(self, form: forms.Sheet, *, done: object = None, status: int = 200) -> HttpResponse:
        form.offer(communities(), metered_fee_items())
        return self.page("charges/reading_import.html", status=status, form=form, done=done)


def _form(data: QueryDict | None) -> forms.Round:
    known = communities()
    community_id = row_id(data.get("community", "")) if data else (known[0].id if known else None)
    items = metered_fee_items(community_id)
    form = forms.Round(data, initial=forms.Round.suggested(known, items, clock.today()))
    form.offer(known, items, buildings(community_id) if community_id else [])
    return form


def _positions(form: forms.Round) -> list[Position]:
    said = form.cleaned_data
    return positions(
        said["read_on"],
        community_id=said["community"],
        fee_item_id=said["fee_item"],
        building_id=said["building"],
    )


def _typed(data: QueryDict) -> dict[int, Typed]:
    """The lines in which something stands, by meter."""
    found = {}
    for name, value in data.items():
        meter_id = row_id(name.removeprefix("value-")) if name.startswith("value-") else None
        if meter_id is not None and str(value).strip():
            found[meter_id] = Typed(str(value).strip(), f"est-{meter_id}" in data, f"sure-{meter_id}" in data)
    return found


def _take(typed: dict[int, Typed], day: date) -> dict[int, tuple[Because, bool]]:
    """Save what can be saved; why the others were not, and whether a tick helps."""
    readings, faults = [], {}
    for meter_id, one in typed.items():
        milli = _milli(one.value)
        if milli is None:
            faults[meter_id] = (_UNREADABLE, False)
            continue
        kind = ReadingKind.ESTIMATED if one.is_estimated else ReadingKind.READ
        readings.append(NewReading(meter_id, day, milli, kind, is_sure=one.is_sure))
    for no in enter_readings(readings, today=clock.today()).refused:
        faults[no.reading.meter_id] = (no.fault.why, no.fault.may_insist)
    return faults


def _rows(
    found: Sequence[Position],
    form: forms.Round,
    typed: dict[int, Typed],
    faults: dict[int, tuple[Because, bool]],
) -> list[RoundRow]:
    if not found:
        return []
    day = form.cleaned_data["read_on"]
    return [
        _row(position, day, typed.get(position.meter_id), faults.get(position.meter_id)) for position in found
    ]


def _row(position: Position, day: date, typed: Typed | None, fault: tuple[Because, bool] | None) -> RoundRow:
    own, last, usual = position.own, position.last, position.usual_milli(day)
    value = typed.value if typed and fault else units_text(own.milli) if own else ""
    milli = _milli(value)
    usage = position.usage_milli(milli) if milli is not None else None
    return RoundRow(
        position=position,
        before=units_text(last.milli) if last else "",
        before_on=last.on if last else None,
        typed=value,
        usage="" if usage is None else units_text(usage),
        usual="" if usual is None else units_text(round(usual, -3)),
        is_taken=own is not None and fault is None,
        is_estimated=own.kind is ReadingKind.ESTIMATED if own else bool(typed and typed.is_estimated),
        fault=fault[0] if fault else None,
        may_insist=bool(fault and fault[1]),
    )


def _milli(text: str) -> int | None:
    try:
        number = Decimal(text)
        return to_milli(number) if number.is_finite() and 0 <= number < 10**9 else None
    except (InvalidOperation, ValueError):
        return None


def _address(form: forms.Round, request: HttpRequest) -> str:
    said = form.cleaned_data
    asked = {name: said[name] for name in ("community", "fee_item", "read_on")}
    if said["building"]:
        asked["building"] = said["building"]
    page = row_id(request.GET.get("page", "")) or row_id(request.POST.get("page", ""))
    return urlencode(asked | ({"page": page} if page else {}))


def _import(form: forms.Sheet) -> object:
    said = form.cleaned_data
    return import_readings(
        community_id=said["community"],
        fee_item_id=said["fee_item"],
        rows=rows_of(said["file"].read()),
        on=said["read_on"],
        today=clock.today(),
        are_sure=said["are_sure"],
    )
