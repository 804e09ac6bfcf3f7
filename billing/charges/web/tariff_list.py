"""The list of tariffs."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.paginator import Page
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from billing.charges import queries
from billing.charges.queries.tariffs import TariffCard
from billing.charges.web import forms
from owners.queries import communities
from tenancy.kernel import clock
from tenancy.kernel.permissions import Permission
from tenancy.people.lists import Column, Empty, Kind, ListPage


class Tariffs(ListPage):
    """All tariffs with today's price."""

    permission = Permission.TARIFF_SEE
    title = gettext_lazy("Tariffs")
    template = "charges/tariff_list.html"
    columns: ClassVar[tuple[Column, ...]] = (
        Column("name", gettext_lazy("Tariff"), Kind.NAME),
        Column("community_name", gettext_lazy("Community"), Kind.NAME),
        Column("fee_item", gettext_lazy("Fee"), Kind.NAME),
        Column("basis", gettext_lazy("Charged"), Kind.WORD),
        Column(
            "rate",
            gettext_lazy("Price now"),
            Kind.COUNT,
            value=lambda row: f"¥{row.now.rate}" if row.now else None,
        ),
        Column(
            "surcharge_fen",
            gettext_lazy("Surcharge"),
            Kind.MONEY,
            value=lambda row: (row.now.surcharge_fen or None) if row.now else None,
        ),
        Column(
            "from_on", gettext_lazy("From"), Kind.DATE, value=lambda row: row.now.from_on if row.now else None
        ),
        Column("cycle_months", gettext_lazy("Cycle in months"), Kind.COUNT),
        Column("units", gettext_lazy("Units"), Kind.COUNT),
    )

    def filter_form(self) -> forms.TariffFilter:
        form = forms.TariffFilter(self.request.GET)
        form.offer(communities())
        return form

    @cached_property
    def _found(self) -> list[TariffCard]:
        chosen = self.asked.cleaned_data.get("community")
        return queries.tariffs(as_of=clock.today(), community_id=chosen)

    def found(self) -> list[TariffCard]:
        return self._found

    def link(self, row: TariffCard) -> str:
        return reverse("charges:tariff", args=[row.tariff_id])

    def empty(self) -> Empty:
        return Empty(_("There are no tariffs yet. An import of the register brings them, or add one."))

    def more(self, found: Any, page: Page[Any]) -> dict[str, Any]:
        return {"may_edit": self.staff.can(Permission.TARIFF_EDIT)}
