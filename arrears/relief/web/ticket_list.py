"""The list of service tickets: what waits for an answer, the most urgent first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from arrears.relief import queries
from arrears.relief.web import ticket_forms
from tenancy.kernel import clock
from tenancy.kernel.permissions import Permission
from tenancy.people.lists import OWNER, ROOM, Chip, Column, Empty, Kind, ListPage, choose
from tenancy.people.words import WORDS


class Tickets(ListPage):
    """Every service ticket of the communities the member sees."""

    permission = Permission.TICKET_SEE
    title = gettext_lazy("Service tickets")
    dense = True
    quick = frozenset({"state", "mine", "late"})
    columns: ClassVar[tuple[Column, ...]] = (
        ROOM,
        OWNER,
        Column("subject", gettext_lazy("Matter"), Kind.WRAP),
        Column("department_word", gettext_lazy("Department"), Kind.WORD),
        Column("state_word", gettext_lazy("State"), Kind.BADGE, by="tone"),
        Column("disputed_fen", gettext_lazy("Disputed"), Kind.MONEY),
        Column("opened_on", gettext_lazy("Opened"), Kind.DATE),
        Column("deadline_on", gettext_lazy("Answer by"), Kind.DEADLINE, by="days_over"),
        Column("assigned_to", gettext_lazy("Assigned to"), Kind.NAME),
        Column(
            "finding_word",
            gettext_lazy("Finding"),
            Kind.WORD,
            value=lambda row: row.finding_word if row.finding else "",
        ),
        Column("expires_on", gettext_lazy("Claim expires"), Kind.DATE),
    )

    def filter_form(self) -> ticket_forms.Filter:
        return ticket_forms.Filter(self.request.GET)

    def found(self) -> Any:
        return queries.find_tickets(self.asked.where(self.staff.user_id), as_of=clock.today())

    def rows(self, part: list[Any]) -> Sequence[Any]:
        return queries.ticket_rows(part, as_of=clock.today())

    def totals(self, found: Any) -> Mapping[str, int]:
        return {}

    def link(self, row: Any) -> str:
        return reverse("relief:ticket", args=[row.ticket_id])

    def chips(self) -> list[Chip]:
        states = [("", pgettext("tickets", "Not closed"))]
        states += [
            (code, str(WORDS[f"ticket.{code}"])) for code in ("OPEN", "DECIDING", "ANSWERED", "CLOSED")
        ]
        return [
            *choose(self.request.GET, "state", states),
            *choose(self.request.GET, "mine", [("true", _("Mine"))]),
            *choose(self.request.GET, "late", [("true", _("Late"))]),
        ]

    def empty(self) -> Empty:
        return Empty(_("No ticket waits. One is opened on the page of a case or of a unit, or by an owner."))

    def no_match(self) -> Empty:
        return Empty(_("No ticket fits."))
