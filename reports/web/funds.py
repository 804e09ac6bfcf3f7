"""Business days: the list, one day's funds report, its closing, review and signature."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any, ClassVar, Final, cast

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from billing.payments import queries as payments
from billing.payments import services as payment_services
from owners.queries import CommunityRow, communities, community_card
from reports import documents, queries, services
from tenancy.kernel import clock
from tenancy.kernel.pages import StaffView
from tenancy.kernel.permissions import Permission
from tenancy.people.lists import Column, Empty, Kind, ListPage

XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
STATES: Final = (
    ("DAY_OPEN", gettext_lazy("Not closed")),
    ("DAY_CLOSED", gettext_lazy("Waits for review")),
    ("DAY_REVIEWED", gettext_lazy("Reviewed")),
    ("DAY_SIGNED", gettext_lazy("Reviewed and signed")),
)


class Filter(forms.Form):
    """Which days; without a first one, the last three months."""

    community = forms.TypedChoiceField(
        required=False, coerce=int, empty_value=None, label=gettext_lazy("Community")
    )
    state = forms.ChoiceField(
        required=False, choices=(("", gettext_lazy("All")), *STATES), label=gettext_lazy("State")
    )
    from_on = forms.DateField(required=False, label=gettext_lazy("From"))
    to_on = forms.DateField(required=False, label=gettext_lazy("To"))

    def __init__(self, *args: Any, communities: list[CommunityRow], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._today = today
        place = cast(forms.TypedChoiceField, self.fields["community"])
        place.choices = [("", _("All")), *((row.id, row.name) for row in communities)]
        for name in ("from_on", "to_on"):
            self.fields[name].widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")

    def where(self) -> dict[str, Any]:
        """The filter for `days`."""
        self.is_valid()
        cleaned = self.cleaned_data
        return {
            "community_id": cleaned.get("community"),
            "state": cleaned.get("state", ""),
            "from_on": cleaned.get("from_on") or self._today - queries.LOOK_BACK,
            "to_on": cleaned.get("to_on") or self._today,
        }


class DayForm(forms.Form):
    """Which day of a community."""

    day = forms.DateField()


class DaysPage(ListPage):
    """Every business day on which money moved, and how far it is closed."""

    permission = Permission.CASH_SEE
    title = gettext_lazy("Daily funds reports")
    quick = frozenset({"state"})
    columns: ClassVar[tuple[Column, ...]] = (
        Column("day", gettext_lazy("Business day"), Kind.DATE),
        Column("community_name", gettext_lazy("Community")),
        Column("payments", gettext_lazy("How many"), Kind.COUNT),
        Column("amount_fen", gettext_lazy("Amount"), Kind.MONEY),
        Column("difference_fen", gettext_lazy("Cash difference"), Kind.MONEY),
        Column("state", gettext_lazy("State"), Kind.BADGE, by="tone"),
        Column("number", gettext_lazy("Number"), Kind.NUMBER),
        Column("closed_by", gettext_lazy("Closed by"), Kind.NAME),
        Column("reviewed_by", gettext_lazy("Reviewed by"), Kind.NAME),
        Column("signed_by", gettext_lazy("Signed by"), Kind.NAME),
    )

    def filter_form(self) -> Filter:
        return Filter(self.request.GET, communities=communities(), today=clock.today())

    def found(self) -> Any:
        return payments.days(**self.asked.where())

    def rows(self, part: list[Any]) -> Sequence[payments.DayRow]:
        return part

    def totals(self, found: Any) -> dict[str, int]:
        names = ("payments", "amount_fen", "difference_fen")
        return {name: sum(getattr(row, name) for row in found) for name in names}

    def link(self, row: Any) -> str:
        return _address(row.community_id, row.day)

    def empty(self) -> Empty:
        return Empty(_("No business day yet. Days appear here once a cash session was opened."))


class DayView(StaffView):
    """What the doors of one day share: its page."""

    permission = Permission.CASH_SEE

    def show(
        self, community_id: int, day: date, *, form: DayForm | None = None, status: int = 200
    ) -> HttpResponse:
        """The report with what the reader may do about it."""
        staff, funds = self.request.staff, queries.funds_report(community_id, day)
        report = funds.report
        nobody = staff.user_id not in (report.closed_by_id, report.reviewed_by_id)
        return self.page(
            "reports/day_show.html",
            status=status,
            funds=funds,
            report=report,
            form=form,
            before=_address(community_id, day - timedelta(days=1)),
            after=_address(community_id, day + timedelta(days=1)) if day < clock.today() else None,
            may_export=staff.can(Permission.LIST_EXPORT),
            may_close=report.state == "DAY_OPEN" and staff.can(Permission.PAYMENT_TAKE),
            may_review=report.state == "DAY_CLOSED" and nobody and staff.can(Permission.CASH_REVIEW),
            may_sign=report.state == "DAY_REVIEWED" and nobody and staff.can(Permission.CASH_SIGN),
        )

    def do(
        self, request: HttpRequest, community_id: int, act: Callable[[date], Any], said: str
    ) -> HttpResponse:
        """Run a use case on the day that was sent."""
        community_card(community_id)
        form = DayForm(request.POST)
        if not form.is_valid():
            return self.show(community_id, clock.today(), form=form, status=422)
        day: date = form.cleaned_data["day"]
        if self.attempt(form, lambda: act(day) or True) is None:
            return self.show(community_id, day, form=form, status=422)
        messages.success(request, said)
        return redirect(_address(community_id, day))


class DayPage(DayView):
    """One day's report."""

    def get(self, request: HttpRequest, community_id: int) -> HttpResponse:
        return self.show(community_id, _day(request))


class CloseDay(DayView):
    """Freeze the day."""

    permission = Permission.PAYMENT_TAKE

    def post(self, request: HttpRequest, community_id: int) -> HttpResponse:
        by, on, at = self.request.staff.user_id, clock.today(), clock.now()
        return self.do(
            request,
            community_id,
            lambda day: services.close_funds_day(community_id=community_id, day=day, by=by, on=on, at=at),
            _("The day is closed. Another person reviews it."),
        )


class ReviewDay(DayView):
    """A second person looked at it."""

    permission = Permission.CASH_REVIEW

    def post(self, request: HttpRequest, community_id: int) -> HttpResponse:
        by, at = self.request.staff, clock.now()
        return self.do(
            request,
            community_id,
            lambda day: payment_services.review_day(community_id=community_id, day=day, by=by, at=at),
            _("The day is reviewed."),
        )


class SignDay(DayView):
    """Finance signs it."""

    permission = Permission.CASH_SIGN

    def post(self, request: HttpRequest, community_id: int) -> HttpResponse:
        by, at = self.request.staff, clock.now()
        return self.do(
            request,
            community_id,
            lambda day: payment_services.sign_day(community_id=community_id, day=day, by=by, at=at),
            _("The day is signed."),
        )


class DayPdf(StaffView):
    """The report on paper."""

    permission = Permission.CASH_SEE

    def get(self, request: HttpRequest, community_id: int) -> HttpResponse:
        data = services.funds_data(queries.funds_report(community_id, _day(request)), at=clock.now())
        return _file(documents.funds_pdf(data), data, "pdf", "application/pdf")


class DaySheet(StaffView):
    """The report as a workbook."""

    permission = Permission.LIST_EXPORT

    def get(self, request: HttpRequest, community_id: int) -> HttpResponse:
        data = services.funds_data(queries.funds_report(community_id, _day(request)), at=clock.now())
        return _file(documents.funds_sheet(data), data, "xlsx", XLSX)


def _file(content: bytes, data: documents.FundsData, ending: str, kind: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    name = f"项目资金日报表-{data.community}-{data.day.isoformat()}.{ending}"
    response["Content-Disposition"] = content_disposition_header(ending == "xlsx", name) or "inline"
    response["Cache-Control"] = "private, no-store"
    return response


def _day(request: HttpRequest) -> date:
    form = DayForm(request.GET)
    return form.cleaned_data["day"] if form.is_valid() else clock.today()


def _address(community_id: int, day: date) -> str:
    return f"{reverse('reports:day', args=[community_id])}?day={day.isoformat()}"
