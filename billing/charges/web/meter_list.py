"""The list of meters."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from django.core.paginator import Page
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from billing.charges.queries.meters import meter_rows, metered_fee_items, meters
from billing.charges.web import meter_forms as forms
from owners.queries import communities
from tenancy.kernel.permissions import Permission
from tenancy.people.lists import Column, Empty, Kind, ListPage


class Meters(ListPage):
    """Every meter in walking order, with its newest reading."""

    permission = Permission.TARIFF_SEE
    title = gettext_lazy("Meters")
    template = "charges/meter_list.html"
    columns: ClassVar[tuple[Column, ...]] = (
        Column("unit_code", gettext_lazy("Room"), Kind.ROOM),
        Column("fee_item", gettext_lazy("Fee"), Kind.NAME),
        Column("serial", gettext_lazy("Meter number"), Kind.NUMBER),
        Column("place", gettext_lazy("Where it hangs")),
        Column("multiplier", gettext_lazy("Factor"), Kind.COUNT),
        Column("value", gettext_lazy("Last reading"), Kind.COUNT),
        Column("read_on", gettext_lazy("Read on"), Kind.DATE),
        Column("kind", gettext_lazy("Kind"), Kind.WORD),
        Column("removed_on", gettext_lazy("Taken out"), Kind.DATE),
    )

    def filter_form(self) -> forms.Filter:
        form = forms.Filter(self.request.GET)
        form.offer(communities(), metered_fee_items())
        return form

    def found(self) -> Any:
        return meters(self.asked.wanted())

    def rows(self, part: list[Any]) -> Sequence[Any]:
        return meter_rows(part)

    def link(self, row: Any) -> str:
        return reverse("charges:meter", args=[row.meter_id])

    def empty(self) -> Empty:
        may_edit = self.staff.can(Permission.TARIFF_EDIT)
        url = reverse("charges:new_meter") if may_edit else None
        return Empty(_("There are no meters yet."), url, _("New meter"))

    def more(self, found: Any, page: Page[Any]) -> dict[str, Any]:
        may_edit, may_read = self.staff.can(Permission.TARIFF_EDIT), self.staff.can(Permission.METER_READ)
        return {"may_edit": may_edit, "may_read": may_read}
