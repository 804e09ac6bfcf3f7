"""The list of payments."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django.core.paginator import Page
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from billing.payments import queries
from billing.payments.web import forms
from owners.queries import communities
from tenancy.kernel.permissions import Permission
from tenancy.people.lists import OWNER, ROOM, Column, Empty, Kind, ListPage


class Payments(ListPage):
    """Every payment, the newest first, with what each method brought."""

    permission = Permission.PAYMENT_SEE
    title = gettext_lazy("Payments")
    template = "payments/payment_list.html"
    columns: ClassVar[tuple[Column, ...]] = (
        ROOM,
        OWNER,
        Column("amount_fen", gettext_lazy("Amount"), Kind.MONEY),
        Column("method", gettext_lazy("Method"), Kind.WORD),
        Column("kind_word", gettext_lazy("Kind"), Kind.WORD),
        Column("paid_on", gettext_lazy("Value date"), Kind.DATE),
        Column("posted_on", gettext_lazy("Business day"), Kind.DATE),
        Column("receipt_number", gettext_lazy("Receipt"), Kind.NUMBER),
        Column("taken_by", gettext_lazy("Taken by"), Kind.NAME),
        Column("reference", gettext_lazy("Reference"), sheet_only=True),
    )

    def filter_form(self) -> forms.Filter:
        return forms.Filter(self.request.GET, communities=communities())

    def found(self) -> Any:
        return queries.payment_ids(self.asked.where())

    def rows(self, part: list[int]) -> Sequence[queries.PaymentRow]:
        return queries.payment_rows(part)

    @cached_property
    def sums(self) -> queries.Sums:
        """By method and in all: one statement."""
        return queries.sums(self.asked.where())

    def totals(self, found: Any) -> Mapping[str, int]:
        return {"amount_fen": self.sums.amount_fen}

    def link(self, row: Any) -> str:
        return reverse("payments:payment", args=[row.payment_id])

    def empty(self) -> Empty:
        url = reverse("payments:counter") if self.staff.can(Permission.PAYMENT_TAKE) else None
        return Empty(_("No payment was taken yet. The counter takes them."), url, _("Counter"))

    def more(self, found: Any, page: Page[Any]) -> dict[str, Any]:
        can = self.staff.can
        return {
            "sums": self.sums,
            "may_open_desks": can(Permission.TARIFF_EDIT),
            "may_take": can(Permission.PAYMENT_TAKE),
        }
