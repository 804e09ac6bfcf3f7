"""The page of the day, the dashboard, targets, the search and the ageing report."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from owners.queries import communities
from reports import documents, queries, services
from reports.rules.ageing import Bucket
from reports.rules.heat import LATE
from reports.web import board, cards, forms, guide
from tenancy.kernel import clock
from tenancy.kernel.errors import row_id
from tenancy.kernel.pages import StaffView
from tenancy.kernel.permissions import Permission

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class TodayPage(StaffView):
    permission = Permission.TODAY_SEE

    def get(self, request: HttpRequest) -> HttpResponse:
        staff = self.request.staff
        day = queries.today(staff, as_of=clock.today())
        return self.page(
            "reports/today.html",
            today=day,
            starts=cards.starts(day, staff),
            in_queue=cards.in_queue(day),
            cards=cards.of_the_day(day, staff),
            guide=guide.steps(staff),
            overnight=cards.overnight(day, staff),
            show_calls=staff.can(Permission.CALL_LOG),
            may_file=staff.can(Permission.FILING_RECORD),
            show_nights=staff.can(Permission.REPORT_SEE),
            may_check=staff.can(Permission.AUDIT_SEE),
            may_see_clocks=staff.can(Permission.LEGAL_SEE),
        )


class DashboardPage(StaffView):
    """A manager's 8:30: on track, stuck where, done by whom, waiting for me."""

    permission = Permission.DASHBOARD_SEE

    def get(self, request: HttpRequest) -> HttpResponse:
        staff, today = self.request.staff, clock.today()
        asked = {"month": f"{today:%Y-%m}", **request.GET.dict()}
        form = forms.Filter(asked, communities=communities(), today=today)
        found = queries.dashboard(
            staff,
            as_of=form.as_of(),
            at=clock.now(),
            community_id=form.community_id(),
            fresh="fresh" in request.GET,
        )
        return self.page(
            "reports/dashboard.html",
            form=form,
            board=found,
            tiles=board.tiles(found),
            other_rates=board.other_rates(found),
            ages=LATE,
            table=board.table(found),
            bottom=board.bottom(found),
            months=board.months(found),
            needs=board.needs(found, staff),
            may_set=staff.can(Permission.TARGET_EDIT),
            may_see_payments=staff.can(Permission.PAYMENT_SEE),
            may_see_clocks=staff.can(Permission.LEGAL_SEE),
        )


class TargetsView(StaffView):
    """What the doors of the targets share: their page."""

    permission = Permission.DASHBOARD_SEE

    def show(self, form: forms.Target, *, status: int = 200) -> HttpResponse:
        rows = queries.targets(as_of=clock.today())
        may_set = self.request.staff.can(Permission.TARGET_EDIT)
        return self.page("reports/target_list.html", status=status, rows=rows, form=form, may_set=may_set)


class TargetsPage(TargetsView):
    """What each community means to collect in a year, and how that came about."""

    def get(self, request: HttpRequest) -> HttpResponse:
        wanted = {
            "community": row_id(request.GET.get("community", "")),
            "year": clock.today().year,
        }
        return self.show(forms.Target(initial=wanted, communities=communities()))


class SetTarget(TargetsView):
    """A target from today on."""

    permission = Permission.TARGET_EDIT

    def get(self, request: HttpRequest) -> HttpResponse:
        return redirect("reports:targets")

    def post(self, request: HttpRequest) -> HttpResponse:
        form = forms.Target(request.POST, communities=communities())
        made = self.attempt(form, lambda: _set_target(form)) if form.is_valid() else None
        if made is None:
            return self.show(form, status=422)
        messages.success(request, _("The target is noted."))
        return redirect("reports:targets")


class SearchPage(StaffView):
    """The box in the top bar: rooms, owners, phones, and the numbers of bills, receipts and papers."""

    permission = Permission.UNIT_SEE

    def get(self, request: HttpRequest) -> HttpResponse:
        words = request.GET.get("q", "")[:80].replace("\x00", "")  # no text of the database holds one
        found = queries.search(words, self.request.staff, as_of=clock.today())
        only = _number_meant(found)
        return redirect(only) if only else self.page("reports/search.html", found=found)


class AgeingPage(StaffView):
    permission = Permission.REPORT_SEE

    def get(self, request: HttpRequest) -> HttpResponse:
        report = queries.ageing_report(as_of=clock.today())
        return self.page("reports/ageing.html", report=report, buckets=list(Bucket))


class AgeingSheet(StaffView):
    permission = Permission.REPORT_SEE

    def get(self, request: HttpRequest) -> HttpResponse:
        report = queries.ageing_report(as_of=clock.today())
        rows = [
            documents.SheetRow(row.name or _("Total"), row.accounts_overdue, row.amounts_fen)
            for row in (*report.rows, report.total)
        ]
        content = documents.ageing_sheet(rows, as_of=report.as_of)
        response = HttpResponse(content, content_type=XLSX)
        response["Content-Disposition"] = f'attachment; filename="ageing-{report.as_of}.xlsx"'
        return response


def _set_target(form: forms.Target) -> int:
    data = form.cleaned_data
    return services.set_target(
        community_id=data["community"],
        year=data["year"],
        amount_fen=data["amount"],
        from_on=clock.today(),
    )


def _number_meant(found: queries.Found) -> str | None:
    """Whoever typed the number of one paper wants to see it."""
    if found.count != 1 or found.units:
        return None
    targets = (
        *(("charges:bill", bill.bill_id) for bill in found.bills),
        *(("payments:payment", receipt.payment_id) for receipt in found.receipts),
        *(("notices:notice", paper.id) for paper in found.papers),
    )
    return next((reverse(name, args=[pk]) for name, pk in targets), None)
