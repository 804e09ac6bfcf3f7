"""The list of visit rounds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from arrears.team import queries
from arrears.team.web import round_forms as forms
from tenancy.kernel.permissions import Permission
from tenancy.people.lists import Chip, Column, Empty, Kind, ListPage, choose
from tenancy.people.words import WORDS


class Rounds(ListPage):
    """Who went where and when, and what is planned; the newest day first."""

    permission = Permission.CASE_SEE
    title = gettext_lazy("Visit rounds")
    quick = frozenset({"state"})
    columns: ClassVar[tuple[Column, ...]] = (
        Column("on", gettext_lazy("Day"), Kind.DATE),
        Column("community_name", gettext_lazy("Community"), Kind.NAME),
        Column("people", gettext_lazy("Who goes"), Kind.NAME),
        Column("state_word", gettext_lazy("State"), Kind.WORD),
        Column("doors", gettext_lazy("Doors"), Kind.COUNT),
        Column("visits", gettext_lazy("Visits"), Kind.COUNT),
        Column("visited", gettext_lazy("Visits made"), Kind.COUNT),
        Column("skipped", gettext_lazy("Skipped"), Kind.COUNT),
        Column("handed_over", gettext_lazy("Papers served"), Kind.COUNT),
        Column("note", gettext_lazy("Note"), Kind.WRAP),
        Column("created_by", gettext_lazy("Planned by"), Kind.NAME),
    )

    def filter_form(self) -> forms.RoundFilter:
        return forms.RoundFilter(self.request.GET)

    def found(self) -> Any:
        return queries.find_rounds(self.asked.chosen(self.staff.user_id))

    def rows(self, part: list[Any]) -> Sequence[queries.RoundRow]:
        return queries.round_rows(part)

    def link(self, row: queries.RoundRow) -> str:
        return reverse("team:round", args=[row.round_id])

    def chips(self) -> list[Chip]:
        states = [(state, WORDS.get(f"round.{state}", state)) for state in queries.ROUND_STATES]
        return choose(self.request.GET, "state", [("", _("All")), *states])

    def empty(self) -> Empty:
        text = _("No round yet. Tick visits that are due, then plan a round through their doors.")
        return Empty(text, reverse("cases:visits"), _("Visits to make"))
