"""The list of units."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from owners.models import Unit
from owners.queries.units import UnitRow, area_of, unit_rows, units
from owners.web import forms
from tenancy.kernel import clock
from tenancy.kernel.permissions import Permission
from tenancy.people.lists import Chip, Column, Empty, Kind, ListPage, choose
from tenancy.people.words import WORDS


class Units(ListPage):
    """Every unit, in the order people count them."""

    permission = Permission.UNIT_SEE
    title = gettext_lazy("Units")
    template = "owners/unit_list.html"
    size = 100
    quick = frozenset({"kind"})
    columns: ClassVar[tuple[Column, ...]] = (
        Column("code", gettext_lazy("Unit"), Kind.ROOM),
        Column("community_name", gettext_lazy("Community"), Kind.NAME),
        Column("kind", gettext_lazy("Kind"), Kind.WORD),
        Column("area_cm2", gettext_lazy("Area"), Kind.AREA),
        Column("owner_name", gettext_lazy("Owner"), Kind.NAME),
        Column(
            "joint",
            gettext_lazy("Joint owners"),
            value=lambda row: f"+{row.joint}" if row.joint else "",
        ),
        Column("handover", gettext_lazy("Handover"), Kind.WORD),
        Column("handover_on", gettext_lazy("Since"), Kind.DATE),
        Column("occupancy", gettext_lazy("Occupancy"), Kind.WORD),
    )

    def filter_form(self) -> forms.Units:
        return forms.Units(self.request.GET)

    def found(self) -> Any:
        return units(self.wanted)

    def rows(self, part: list[Any]) -> Sequence[UnitRow]:
        return unit_rows(part, on=clock.today())

    def totals(self, found: Any) -> Mapping[str, int]:
        return {"area_cm2": area_of(found)}

    def link(self, row: UnitRow) -> str:
        return reverse("owners:unit", args=[row.unit_id])

    def chips(self) -> list[Chip]:
        kinds = [(kind, WORDS.get(kind, kind)) for kind in Unit.Kind.values]
        return choose(self.request.GET, "kind", [("", _("All")), *kinds])

    def no_match(self) -> Empty:
        if not self.wanted.text:
            return super().no_match()
        text = _(
            "Nothing answers to this. Try 31602 or 3-1-1602, the owner's name, "
            "or the last four digits of a phone."
        )
        return super().no_match()._replace(text=text)

    def empty(self) -> Empty:
        may_import = self.staff.can(Permission.IMPORT_RUN)
        url = _url("charges:import") if may_import else None
        return Empty(_("No units yet. Units come in with the house register."), url, _("Import a register"))

    @property
    def wanted(self) -> Any:
        """What the address asks for."""
        return self.asked.wanted()


def _url(name: str) -> str | None:
    try:
        return reverse(name)
    except NoReverseMatch:
        return None
