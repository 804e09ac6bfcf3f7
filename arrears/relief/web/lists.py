"""Applications for time to pay: everything that was asked for, with what became of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from arrears.relief import queries
from arrears.relief.web import forms
from tenancy.kernel.permissions import Permission
from tenancy.people.lists import Chip, Column, Empty, Kind, ListPage, choose


class Applications(ListPage):
    """Deferrals, instalment plans and hardships, the newest first."""

    permission = Permission.CASE_SEE
    title = gettext_lazy("Time to pay")
    quick = frozenset({"state"})
    columns: ClassVar[tuple[Column, ...]] = (
        Column("unit_code", gettext_lazy("Room"), Kind.ROOM),
        Column("party_name", gettext_lazy("Owner"), Kind.NAME),
        Column("kind_word", gettext_lazy("What"), Kind.WORD),
        Column("state_word", gettext_lazy("State"), Kind.BADGE, by="tone"),
        Column("total_fen", gettext_lazy("Amount"), Kind.MONEY),
        Column("parts", gettext_lazy("Instalments"), Kind.NUMBER, value=lambda row: row.parts or ""),
        Column("from_on", gettext_lazy("From"), Kind.DATE, value=lambda row: row.from_on or row.first_on),
        Column("last_on", gettext_lazy("Until"), Kind.DATE),
        Column("reason_word", gettext_lazy("Reason"), Kind.WORD),
        Column("asked_on", gettext_lazy("Asked on"), Kind.DATE),
        Column("asker", gettext_lazy("Asked by"), Kind.NAME),
    )

    def filter_form(self) -> forms.Filter:
        return forms.Filter(self.request.GET)

    def found(self) -> Any:
        asked = self.asked
        return queries.applications(asked.chosen() if isinstance(asked, forms.Filter) else _ALL)

    def rows(self, part: list[Any]) -> Sequence[queries.ApplicationRow]:
        return queries.application_rows([one.pk for one in part])

    def totals(self, found: Any) -> Mapping[str, int]:
        return queries.application_sums(found)

    def link(self, row: Any) -> str:
        return reverse("relief:application", args=[row.application_id])

    def chips(self) -> list[Chip]:
        states = [
            ("", _("All")),
            ("OPEN", _("Waiting or running")),
            ("RUNNING", _("Running")),
            ("BROKEN", _("Broken")),
        ]
        return choose(self.request.GET, "state", states)

    def empty(self) -> Empty:
        return Empty(_("Nobody has asked for time to pay. The unit page and the case have the button."))


_ALL = queries.ApplicationFilter()
