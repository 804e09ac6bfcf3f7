"""The outbox and what waits to be delivered, as lists."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar
from urllib.parse import urlencode

from django.middleware.csrf import get_token
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from notices import queries
from notices.web import forms
from tenancy.kernel.permissions import Permission
from tenancy.people.lists import Act, Chip, Column, Empty, Kind, ListPage, choose
from tenancy.people.words import WORDS


class Notices(ListPage):
    """What waits, what went, what did not and why. Names are masked."""

    permission = Permission.NOTICE_SEE
    title = gettext_lazy("Outbox")
    quick = frozenset({"state"})
    acts = (
        Act(
            gettext_lazy("Print in one file"), "notices:print_chosen", Permission.NOTICE_PRINT, "printer", "p"
        ),
        Act(
            gettext_lazy("Record the delivery"),
            "notices:deliver_chosen",
            Permission.DELIVERY_RECORD,
            "send",
            "d",
        ),
        Act(gettext_lazy("Plan a round"), "team:plan_papers", Permission.ROUND_PLAN, "walk", "g"),
    )
    columns: ClassVar[tuple[Column, ...]] = (
        Column(
            "unit_code",
            gettext_lazy("Unit"),
            Kind.ROOM,
            beside="community_name",
            beside_label=gettext_lazy("Community"),
        ),
        Column("kind", gettext_lazy("Kind"), Kind.WORD),
        Column("channel", gettext_lazy("Channel"), Kind.WORD),
        Column("number", gettext_lazy("Number"), Kind.NUMBER),
        Column("party_name", gettext_lazy("Owner"), Kind.MASKED),
        Column("issued_on", gettext_lazy("Issued"), Kind.DATE),
        Column("state", gettext_lazy("State"), Kind.WORD, template="notices/_state.html"),
        Column("delivered_on", gettext_lazy("Delivered"), Kind.DATE),
        Column("reason", gettext_lazy("Why"), Kind.REASON, template="notices/_cell_why.html"),
    )

    def filter_form(self) -> forms.NoticeFilter:
        return forms.NoticeFilter(self.request.GET)

    @cached_property
    def chosen(self) -> queries.Filter:
        """What the address asks for; what is not valid narrows nothing."""
        form = self.filters
        if form is None or not form.is_valid():
            return queries.Filter()
        data = dict(form.cleaned_data)
        renamed = {"community_id": data.pop("community"), "unit_id": data.pop("unit")}
        return queries.Filter(**data, **renamed)

    def found(self) -> Any:
        return queries.notices(self.chosen)

    def rows(self, part: list[Any]) -> Sequence[queries.NoticeRow]:
        return queries.as_rows(part)

    def keys(self) -> list[int]:
        return list(self.found().values_list("id", flat=True))

    def key(self, row: queries.NoticeRow) -> int:
        return row.id

    def link(self, row: queries.NoticeRow) -> str:
        return reverse("notices:notice", args=[row.id])

    def chips(self) -> list[Chip]:
        counts = queries.counts(self.chosen)
        states = [(state, WORDS.get(state, state)) for state in queries.STATES]
        return choose(self.request.GET, "state", [("", _("All")), *states], counts)

    def empty(self) -> Empty:
        return Empty(_("No notice yet. Bills, reminders and demands appear here as soon as they are made."))


class Deliveries(ListPage):
    """Per building, kind and day of issue: how many wait, print them, take them along."""

    permission = Permission.DELIVERY_SEE
    title = gettext_lazy("Deliveries")
    columns: ClassVar[tuple[Column, ...]] = (
        Column(
            "building_name",
            gettext_lazy("Building"),
            Kind.ROOM,
            value=lambda row: (
                _("Building %(name)s") % {"name": row.building_name}
                if row.building_id
                else _("Outside the buildings")
            ),
        ),
        Column("community_name", gettext_lazy("Community"), Kind.NAME),
        Column("kind", gettext_lazy("Kind"), Kind.WORD),
        Column("issued_on", gettext_lazy("Issued"), Kind.DATE),
        Column("papers", gettext_lazy("Wait"), Kind.COUNT),
        Column("handed_over", gettext_lazy("Of these handed over, proof missing"), Kind.COUNT),
    )
    PRINT = Column(
        "print",
        "",
        value=lambda row: "",
        template="notices/_cell_print.html",
    )

    def filter_form(self) -> forms.WaitingFilter:
        return forms.WaitingFilter(self.request.GET)

    def shown_columns(self) -> tuple[Column, ...]:
        may_print = self.staff.can(Permission.NOTICE_PRINT)
        return (*self.columns, self.PRINT) if may_print else self.columns

    @cached_property
    def _found(self) -> list[queries.WaitingRow]:
        chosen = self.asked.cleaned_data
        return queries.waiting_by_building(
            community_id=chosen.get("community"), kind=chosen.get("kind") or ""
        )

    def found(self) -> list[queries.WaitingRow]:
        return self._found

    def totals(self, found: Any) -> Mapping[str, int]:
        papers, handed_over = sum(row.papers for row in found), sum(row.handed_over for row in found)
        return {"papers": papers, "handed_over": handed_over}

    def link(self, row: queries.WaitingRow) -> str | None:
        if not self.staff.can(Permission.DELIVERY_RECORD):
            return None
        asked = {
            "community": row.community_id,
            "building": row.building_id,
            "kind": row.kind,
            "issued_on": row.issued_on.isoformat(),
        }
        return f"{reverse('notices:delivery_round')}?{urlencode(asked)}"

    @cached_property
    def cell_context(self) -> dict[str, Any]:
        return {"csrf_token": get_token(self.request)}

    def empty(self) -> Empty:
        return Empty(_("Everything is delivered. New bills and demands appear here when they are issued."))
