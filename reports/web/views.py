"""The page of the day and the ageing report."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from reports import documents, queries
from reports.rules.ageing import Bucket
from reports.web import cards
from tenancy.kernel import clock
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
            cards=cards.of_the_day(day, staff),
            overnight=cards.overnight(day, staff),
            show_calls=staff.can(Permission.CALL_LOG),
            may_file=staff.can(Permission.FILING_RECORD),
            show_nights=staff.can(Permission.REPORT_SEE),
        )


class SearchPage(StaffView):
    """The box in the top bar: rooms, owners, phones, and the numbers of bills, receipts and papers."""

    permission = Permission.UNIT_SEE

    def get(self, request: HttpRequest) -> HttpResponse:
        found = queries.search(request.GET.get("q", "")[:80], self.request.staff, as_of=clock.today())
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
