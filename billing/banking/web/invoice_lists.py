"""The lists of invoices and of their batches."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from django.core.paginator import Page
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from billing.banking.queries import invoices
from billing.banking.web import invoice_forms as forms
from tenancy.kernel.permissions import Permission
from tenancy.people.lists import Column, Empty, Kind, ListPage


class Invoices(ListPage):
    """Every invoice that was asked for, the newest first."""

    permission = Permission.INVOICE_SEE
    title = gettext_lazy("Invoices")
    template = "banking/invoice_list.html"
    columns: ClassVar[tuple[Column, ...]] = (
        Column(
            "unit_code",
            gettext_lazy("Room"),
            Kind.ROOM,
            beside="party_name",
            beside_label=gettext_lazy("Owner"),
        ),
        Column("serial", gettext_lazy("Request"), Kind.NUMBER),
        Column("kind", gettext_lazy("Kind"), Kind.WORD, value=lambda row: f"invoice.{row.kind}"),
        Column("buyer_name", gettext_lazy("Name on the invoice"), Kind.NAME),
        Column("gross_fen", pgettext_lazy("with tax", "Total"), Kind.MONEY),
        Column("tax_fen", gettext_lazy("Tax"), Kind.MONEY),
        Column(
            "state", gettext_lazy("State"), Kind.BADGE, by="tone", value=lambda row: f"invoice.{row.state}"
        ),
        Column("number", gettext_lazy("Invoice number"), Kind.NUMBER),
        Column("issued_on", gettext_lazy("Issued"), Kind.DATE),
        Column("requested_at", gettext_lazy("Asked for at"), Kind.MOMENT, sheet_only=True),
    )

    def filter_form(self) -> forms.InvoiceFilter:
        return forms.InvoiceFilter(self.request.GET)

    def found(self) -> Any:
        asked = self.asked.cleaned_data
        return invoices.invoice_ids(
            words=asked.get("words", ""), state=asked.get("state", ""), due=asked.get("due", False)
        )

    def rows(self, part: list[int]) -> Sequence[invoices.InvoiceRow]:
        return invoices.invoice_rows(part)

    def link(self, row: Any) -> str:
        return reverse("banking:invoice", args=[row.invoice_id])

    def empty(self) -> Empty:
        return Empty(_("Nobody has asked for an invoice: a payment's page has the button."))

    def more(self, found: Any, page: Page[Any]) -> dict[str, Any]:
        return {
            "may_issue": self.staff.can(Permission.INVOICE_ISSUE),
            "due": len(invoices.corrections_due()),
        }


class InvoiceBatches(ListPage):
    """What was handed over to the tax bureau, the newest first."""

    permission = Permission.INVOICE_SEE
    title = gettext_lazy("Batches of invoices")
    template = "banking/invoice_batch_list.html"
    columns: ClassVar[tuple[Column, ...]] = (
        Column("number", gettext_lazy("Batch"), Kind.NUMBER),
        Column("community_name", gettext_lazy("Community")),
        Column("items", gettext_lazy("Invoices"), Kind.COUNT),
        Column("amount_fen", pgettext_lazy("with tax", "Total"), Kind.MONEY),
        Column(
            "state",
            gettext_lazy("State"),
            Kind.BADGE,
            by="tone",
            value=lambda row: f"invoice_batch.{row.state}",
        ),
        Column("made_by", gettext_lazy("Who"), Kind.NAME),
        Column("made_at", gettext_lazy("When"), Kind.MOMENT),
    )

    def found(self) -> Any:
        return invoices.batch_ids()

    def rows(self, part: list[int]) -> Sequence[invoices.InvoiceBatchRow]:
        return invoices.batch_rows(part)

    def link(self, row: Any) -> str:
        return reverse("banking:invoice_batch", args=[row.batch_id])

    def empty(self) -> Empty:
        return Empty(_("Nothing was handed over to the tax bureau yet."))

    def more(self, found: Any, page: Page[Any]) -> dict[str, Any]:
        return {"may_issue": self.staff.can(Permission.INVOICE_ISSUE)}
