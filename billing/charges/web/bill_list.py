"""The list of bills."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from billing.charges import queries
from billing.charges.queries.bills import STATES, BillFilter, totals
from billing.charges.web import forms
from owners.queries import communities
from tenancy.kernel import clock
from tenancy.kernel.permissions import Permission
from tenancy.people.lists import Chip, Column, Empty, Kind, ListPage, choose
from tenancy.people.words import WORDS


class Bills(ListPage):
    """Every bill, the newest issue first."""

    permission = Permission.BILL_SEE
    title = gettext_lazy("Bills")
    quick = frozenset({"state"})
    columns: ClassVar[tuple[Column, ...]] = (
        Column("unit_code", gettext_lazy("Room"), Kind.ROOM),
        Column("party_name", gettext_lazy("Owner"), Kind.NAME),
        Column("number", gettext_lazy("Number"), Kind.NUMBER),
        Column("period", gettext_lazy("Period"), value=lambda row: row.period.label),
        Column("due_on", gettext_lazy("Due"), Kind.DATE),
        Column("amount_fen", gettext_lazy("Amount"), Kind.MONEY),
        Column("unpaid_fen", gettext_lazy("Unpaid"), Kind.LATE, by="is_late"),
        Column("state", gettext_lazy("State"), Kind.BADGE, by="tone"),
        Column("delivered_on", gettext_lazy("Delivered"), Kind.DATE),
    )

    def filter_form(self) -> forms.Filter:
        form = forms.Filter(self.request.GET)
        form.offer(communities())
        return form

    def found(self) -> Any:
        return queries.bills(self.wanted, as_of=clock.today())

    def rows(self, part: list[Any]) -> Sequence[Any]:
        return queries.bill_rows(part, as_of=clock.today())

    def totals(self, found: Any) -> Mapping[str, int]:
        return totals(found)

    def link(self, row: Any) -> str:
        return reverse("charges:bill", args=[row.bill_id])

    def chips(self) -> list[Chip]:
        states = [(state, WORDS.get(state, state)) for state in STATES]
        return choose(self.request.GET, "state", [("", _("All")), *states])

    def no_match(self) -> Empty:
        text = self.wanted.text
        if not text:
            return super().no_match()
        return Empty(
            _("No bill answers to this. A receipt or another paper is found by the search over everything."),
            f"{reverse('reports:search')}?{urlencode({'q': text})}",
            _("Search everything"),
        )

    def empty(self) -> Empty:
        url = reverse("charges:run") if self.staff.can(Permission.BILL_RUN) else None
        return Empty(_("No bill was issued yet. The month run issues them."), url, _("Month run"))

    @property
    def wanted(self) -> BillFilter:
        """What the address asks for."""
        wanted: BillFilter = self.asked.wanted()
        return wanted
