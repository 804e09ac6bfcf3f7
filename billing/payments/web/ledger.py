"""The statement of an account as of any day, its workbook, and the certificate that nothing is owed."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from billing.payments import queries, services
from billing.payments.web import ledger_forms as forms
from tenancy.kernel import clock
from tenancy.kernel.pages import StaffView
from tenancy.kernel.permissions import Permission
from tenancy.people.services import audit
from tenancy.people.services.files import XLSX
from tenancy.people.services.sheets import write_sheet
from tenancy.people.words import WORDS
from values.fen import yuan

_HUNDRED: Final = 100


class LedgerPage(StaffView):
    """What the doors of a statement share: its page."""

    permission = Permission.UNIT_SEE

    def show(
        self, account_id: int, form: forms.AsOf, certify: forms.Certify | None = None, *, status: int = 200
    ) -> HttpResponse:
        """The statement as of the day asked for."""
        can = self.request.staff.can
        ledger = queries.account_ledger(account_id, as_of=form.day(clock.today()))
        return self.page(
            "payments/ledger.html",
            status=status,
            ledger=ledger,
            form=forms.AsOf(initial={"as_of": ledger.as_of}),
            certify=certify or forms.Certify(initial={"as_of": ledger.as_of}),
            clearances=queries.clearances_of(account_id),
            may_certify=can(Permission.NOTICE_PRINT),
            may_export=can(Permission.LIST_EXPORT),
        )


class Ledger(LedgerPage):
    """Line by line, with the balance after each."""

    def get(self, request: HttpRequest, account_id: int) -> HttpResponse:
        return self.show(account_id, forms.AsOf(request.GET))


class LedgerSheet(StaffView):
    """The same as a workbook."""

    permission = Permission.LIST_EXPORT

    def get(self, request: HttpRequest, account_id: int) -> HttpResponse:
        form = forms.AsOf(request.GET)
        ledger = queries.account_ledger(account_id, as_of=form.day(clock.today()))
        audit.record("ledger.exported", kind="account", pk=account_id, as_of=ledger.as_of.isoformat())
        response = HttpResponse(_workbook(ledger), content_type=XLSX)
        name = f"{ledger.card.unit_code}-{ledger.as_of:%Y%m%d}.xlsx"
        response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
        return response


class Certify(LedgerPage):
    """Certify that nothing is owed."""

    permission = Permission.NOTICE_PRINT

    def post(self, request: HttpRequest, account_id: int) -> HttpResponse:
        form = forms.Certify(request.POST)
        made = self.attempt(form, lambda: self._certify(account_id, form)) if form.is_valid() else None
        if made is None:
            return self.show(account_id, forms.AsOf({}), form, status=422)
        return redirect("payments:clearance", made)

    def _certify(self, account_id: int, form: forms.Certify) -> int:
        return services.certify(account_id=account_id, as_of=form.cleaned_data["as_of"], at=clock.now())


class Clearance(StaffView):
    """A copy of a certificate as PDF."""

    permission = Permission.UNIT_SEE

    def get(self, request: HttpRequest, clearance_id: int) -> HttpResponse:
        printed = services.fetch_clearance(clearance_id)
        response = HttpResponse(printed.pdf, content_type="application/pdf")
        name = f"{printed.number}.pdf"
        response["Content-Disposition"] = content_disposition_header(False, name) or "inline"
        response["Cache-Control"] = "private, no-store"
        return response


def _workbook(ledger: queries.Ledger) -> bytes:
    labels = (
        _("Day"), _("What"), _("About"), _("Number"), _("Owed"), _("Received"), _("Let off"), _("Balance"),
    )  # fmt: skip
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "ledger.xlsx"
        write_sheet(
            target,
            title=f"{ledger.card.unit_code} {ledger.card.party_name}",
            labels=labels,
            blocks=[list(_cells(ledger)), _safe(ledger)],
            totals=(
                None, None, None, _("Total"), ledger.debit_fen / _HUNDRED, ledger.received_fen / _HUNDRED,
                ledger.let_off_fen / _HUNDRED, ledger.balance_fen / _HUNDRED,
            ),
        )  # fmt: skip
        return target.read_bytes()


def _safe(ledger: queries.Ledger) -> list[list[Any]]:
    """A line that says what of the late fee a court will likely grant."""
    if not ledger.late_fee_fen:
        return []
    said = _("%(safe)s of %(fee)s") % {
        "safe": yuan(ledger.court_safe_fen), "fee": yuan(ledger.late_fee_fen)
    }  # fmt: skip
    return [[ledger.as_of, _("Court-safe late fee"), said]]


def _cells(ledger: queries.Ledger) -> Iterator[list[Any]]:
    for entry, balance_fen in ledger.lines:
        sums = (entry.debit_fen, entry.credit_fen, entry.let_off_fen)
        yield [
            entry.on,
            str(WORDS.get(entry.what, entry.what)),
            str(WORDS.get(entry.about, entry.about)),
            entry.number,
            *(fen / _HUNDRED if fen else None for fen in sums),
            balance_fen / _HUNDRED,
        ]
