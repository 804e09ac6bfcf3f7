"""The lists of mandates and of batches of direct debits."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from django.core.paginator import Page
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from billing.banking.queries import debits
from billing.banking.web import debit_forms as forms
from tenancy.kernel.permissions import Permission
from tenancy.people.lists import Column, Empty, Kind, ListPage


class Mandates(ListPage):
    """Every mandate, those that stand first."""

    permission = Permission.BANK_SEE
    title = gettext_lazy("Mandates")
    template = "banking/mandate_list.html"
    columns: ClassVar[tuple[Column, ...]] = (
        Column(
            "unit_code",
            gettext_lazy("Room"),
            Kind.ROOM,
            beside="party_name",
            beside_label=gettext_lazy("Owner"),
        ),
        Column("agreement_no", gettext_lazy("Agreement number"), Kind.NUMBER),
        Column("holder_name", gettext_lazy("Account holder"), Kind.NAME),
        Column("bank", gettext_lazy("Bank"), beside="tail", beside_label=gettext_lazy("Account number")),
        Column("limit_fen", gettext_lazy("Limit"), Kind.MONEY),
        Column("from_on", gettext_lazy("From"), Kind.DATE),
        Column("to_on", gettext_lazy("To"), Kind.DATE),
        Column("revoked_on", gettext_lazy("Revoked on"), Kind.DATE),
    )

    def filter_form(self) -> forms.MandateFilter:
        return forms.MandateFilter(self.request.GET)

    def found(self) -> Any:
        return debits.mandate_ids(self.asked.cleaned_data.get("words", ""))

    def rows(self, part: list[int]) -> Sequence[debits.MandateRow]:
        return debits.mandate_rows(part)

    def link(self, row: Any) -> str:
        return reverse("banking:mandate", args=[row.mandate_id])

    def empty(self) -> Empty:
        url = reverse("banking:mandate_add") if self.staff.can(Permission.BANK_EDIT) else None
        return Empty(_("Nobody has signed a mandate yet."), url, _("Add a mandate"))

    def more(self, found: Any, page: Page[Any]) -> dict[str, Any]:
        return {"may_edit": self.staff.can(Permission.BANK_EDIT)}


class Batches(ListPage):
    """Every batch of direct debits, the newest first."""

    permission = Permission.BANK_SEE
    title = gettext_lazy("Direct debits")
    template = "banking/batch_list.html"
    columns: ClassVar[tuple[Column, ...]] = (
        Column("number", gettext_lazy("Batch"), Kind.NUMBER),
        Column("community_name", gettext_lazy("Community")),
        Column("debit_on", gettext_lazy("Debit on"), Kind.DATE),
        Column("items", gettext_lazy("Debits"), Kind.COUNT),
        Column("amount_fen", gettext_lazy("To be debited"), Kind.MONEY),
        Column("booked_fen", gettext_lazy("Booked"), Kind.MONEY),
        Column("state", gettext_lazy("State"), Kind.BADGE, by="tone", value=lambda row: f"batch.{row.state}"),
        Column("made_by", gettext_lazy("Who"), Kind.NAME),
        Column("made_at", gettext_lazy("When"), Kind.MOMENT),
    )

    def found(self) -> Any:
        return debits.batch_ids()

    def rows(self, part: list[int]) -> Sequence[debits.BatchRow]:
        return debits.batch_rows(part)

    def link(self, row: Any) -> str:
        return reverse("banking:batch", args=[row.batch_id])

    def empty(self) -> Empty:
        url = reverse("banking:batch_make") if self.staff.can(Permission.BANK_EDIT) else None
        return Empty(_("No bank was asked to debit anybody yet."), url, _("Make a batch"))

    def more(self, found: Any, page: Page[Any]) -> dict[str, Any]:
        return {"may_edit": self.staff.can(Permission.BANK_EDIT)}
