"""Limitation: the worklist of clocks that run out, the clocks of a case, and what people enter about them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from arrears.cases import queries, services
from arrears.cases.queries.limitation import RunningOut, clock_figures, clock_lines, find_running_out
from arrears.cases.web import limitation_forms as forms
from tenancy.kernel import clock
from tenancy.kernel.errors import Refused
from tenancy.kernel.pages import StaffView
from tenancy.kernel.permissions import Permission
from tenancy.people.lists import OWNER, ROOM, Chip, Column, Empty, Kind, ListPage, choose


class Limitation(ListPage):
    """Accounts whose claims expire soon or have expired, the earliest last day first."""

    permission = Permission.LEGAL_SEE
    title = gettext_lazy("Limitation")
    dense = True
    quick = frozenset({"within"})
    columns: ClassVar[tuple[Column, ...]] = (
        ROOM,
        OWNER,
        Column("unpaid_fen", gettext_lazy("Principal that expires"), Kind.LATE),
        Column("charges", gettext_lazy("Charges"), Kind.COUNT),
        Column("last_on", gettext_lazy("Last day"), Kind.DEADLINE, by="days_over"),
        Column("days_left", gettext_lazy("Days left"), Kind.COUNT),
        Column("next_step", gettext_lazy("What to do"), Kind.WORD),
        Column("task_due_on", gettext_lazy("Letter by"), Kind.DEADLINE, by="task_over"),
        Column("number", gettext_lazy("Waits for delivery"), Kind.NUMBER),
        Column(
            "alert_word",
            gettext_lazy("Alert"),
            Kind.WORD,
            beside="alert_on",
            beside_label=gettext_lazy("Told on"),
        ),
        Column("collector_name", gettext_lazy("Collector"), Kind.NAME),
    )

    def filter_form(self) -> forms.ClockChoice:
        return forms.ClockChoice(self.request.GET)

    @cached_property
    def _found(self) -> list[RunningOut]:
        return find_running_out(self.asked.chosen(), as_of=clock.today())

    def found(self) -> list[RunningOut]:
        return self._found

    def rows(self, part: list[Any]) -> Sequence[Any]:
        return clock_lines(part, as_of=clock.today())

    def totals(self, found: Any) -> Mapping[str, int]:
        return {
            "unpaid_fen": sum(one.unpaid_fen for one in found),
            "charges": sum(len(one.charge_ids) for one in found),
        }

    def link(self, row: Any) -> str:
        if row.case_id is None:
            return reverse("owners:unit", args=[row.unit_id])
        return reverse("cases:case", args=[row.case_id])

    def chips(self) -> list[Chip]:
        offered = [
            ("", _("Within 180 days")),
            ("90", _("Within 90 days")),
            ("30", _("Within 30 days")),
            ("0", _("Expired")),
        ]
        return choose(self.request.GET, "within", offered)

    def empty(self) -> Empty:
        return Empty(_("No claim expires within 180 days."))

    def no_match(self) -> Empty:
        return Empty(_("No claim of this choice expires in these days."))


class LimitationTile(StaffView):
    """How much expires soon, for the page of the day and the dashboard."""

    permission = Permission.LEGAL_SEE

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.page("cases/_limitation_tile.html", figures=clock_figures(as_of=clock.today()))


class CaseClocks(StaffView):
    """Until when each charge of a case may be sued for, and why; loaded into its page."""

    permission = Permission.CASE_SEE

    def get(self, request: HttpRequest, case_id: int) -> HttpResponse:
        case = queries.case_line(case_id, as_of=clock.today())
        found = queries.clocks(account_ids=[case.account_id], as_of=clock.today())
        can = self.request.staff.can
        return self.page(
            "cases/_case_clocks.html",
            case=case,
            clocks=found,
            expired=any(one.is_expired for one in found),
            may_record=can(Permission.CLOCK_RECORD) and bool(found),
            may_decide=can(Permission.CLOCK_DECIDE),
        )


class DemandByEms(StaffView):
    """Make a demand for what expires soon."""

    permission = Permission.CLOCK_RECORD

    def post(self, request: HttpRequest, case_id: int) -> HttpResponse:
        queries.case_line(case_id, as_of=clock.today())  # what is not there is 404, not a message
        try:
            notice_id = services.demand_by_ems(case_id=case_id, as_of=clock.today())
        except Refused as refusal:
            messages.error(request, str(refusal))
            return redirect("cases:case", case_id)
        messages.success(request, _("The demand is made. Print it, send it by EMS, and record its delivery."))
        return redirect("notices:notice", notice_id)


class OfCase(StaffView):
    """What the forms about some charges of a case share."""

    template: ClassVar[str]
    form_class: ClassVar[type[forms.AboutCharges]]

    def offered(self, case_id: int) -> tuple[queries.CaseLine, list[queries.ChargeClock]]:
        """The case and the charges that the form is about."""
        case = queries.case_line(case_id, as_of=clock.today())
        return case, queries.clocks(account_ids=[case.account_id], as_of=clock.today())

    def record(self, case: queries.CaseLine, form: Any) -> Any:
        """Do what was entered."""
        raise NotImplementedError

    def initial(self) -> dict[str, Any]:
        """What stands in an empty form."""
        return {}

    def get(self, request: HttpRequest, case_id: int) -> HttpResponse:
        case, found = self.offered(case_id)
        form = self.form_class(clocks=found, initial=self.initial())
        return self._shown(case, form, offered=found)

    def post(self, request: HttpRequest, case_id: int) -> HttpResponse:
        case, found = self.offered(case_id)
        form = self.form_class(request.POST, request.FILES, clocks=found)
        done = self.attempt(form, lambda: self.record(case, form)) if form.is_valid() else None
        if done is None:
            return self._shown(case, form, offered=found, status=422)
        messages.success(request, _("It is noted."))
        return redirect("cases:case", case_id)

    def _shown(
        self, case: queries.CaseLine, form: Form, *, offered: list[queries.ChargeClock], status: int = 200
    ) -> HttpResponse:
        return self.page(self.template, status=status, case=case, form=form, offered=offered)


class ProveClock(OfCase):
    """A person proves an interruption."""

    permission = Permission.CLOCK_RECORD
    template = "cases/clock_prove.html"
    form_class = forms.ProveClock

    def initial(self) -> dict[str, Any]:
        return {"on": clock.today()}

    def record(self, case: queries.CaseLine, form: Any) -> str:
        return services.record_proof(account_id=case.account_id, as_of=clock.today(), **form.entry())


class DecideExpired(OfCase):
    """A lawyer decides on what expired."""

    permission = Permission.CLOCK_DECIDE
    template = "cases/clock_decide.html"
    form_class = forms.DecideExpired

    def offered(self, case_id: int) -> tuple[queries.CaseLine, list[queries.ChargeClock]]:
        case, found = super().offered(case_id)
        return case, [one for one in found if one.is_expired]

    def record(self, case: queries.CaseLine, form: Any) -> int:
        return services.record_lawyer_decision(
            by=self.request.staff, as_of=clock.today(), account_id=case.account_id, **form.cleaned_data
        )


class TakeBackProof(StaffView):
    """An entry was a mistake."""

    permission = Permission.CLOCK_RECORD

    def post(self, request: HttpRequest, case_id: int) -> HttpResponse:
        case = queries.case_line(case_id, as_of=clock.today())
        form = forms.TakeBack(request.POST)
        if not form.is_valid():
            messages.error(request, _("Write the reason."))
            return redirect("cases:case", case_id)
        try:
            services.take_back_proof(account_id=case.account_id, as_of=clock.today(), **form.cleaned_data)
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("The entry is taken back; it stays in the record."))
        return redirect("cases:case", case_id)
