"""The lists of banking: transfers and statements."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django.core.paginator import Page
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from billing.banking import queries
from billing.banking.web import forms
from tenancy.kernel.permissions import Permission
from tenancy.people.lists import Act, Chip, Column, Empty, Kind, ListPage, choose


class Lines(ListPage):
    """Every transfer that came in: what waits for a person first."""

    permission = Permission.BANK_SEE
    title = gettext_lazy("Bank transfers")
    template = "banking/line_list.html"
    quick = frozenset({"state"})
    acts = (
        Act(gettext_lazy("Book what is proposed"), "banking:confirm", Permission.BANK_EDIT, "check", "b"),
    )
    columns: ClassVar[tuple[Column, ...]] = (
        Column("on", gettext_lazy("Value date"), Kind.DATE),
        Column("payer_name", gettext_lazy("Payer"), Kind.NAME),
        Column("amount_fen", gettext_lazy("Amount"), Kind.MONEY),
        Column("remark", gettext_lazy("Remark"), Kind.WRAP),
        Column("state", gettext_lazy("State"), Kind.BADGE, by="tone"),
        Column(
            "unit_code",
            gettext_lazy("Room"),
            Kind.ROOM,
            beside="party_name",
            beside_label=gettext_lazy("Owner"),
        ),
        Column("reasons", gettext_lazy("Why"), Kind.WORDS),
        Column("score", gettext_lazy("Score"), Kind.COUNT),
        Column("serial", gettext_lazy("Bank's number"), Kind.NUMBER, sheet_only=True),
        Column("bank", gettext_lazy("Bank"), sheet_only=True),
        Column("note", gettext_lazy("Reason"), sheet_only=True),
    )

    def filter_form(self) -> forms.LineFilterForm:
        return forms.LineFilterForm(self.request.GET)

    def found(self) -> Any:
        return queries.lines(self.asked.where())

    def rows(self, part: list[int]) -> Sequence[queries.LineRow]:
        return queries.line_rows(part)

    def totals(self, found: Any) -> Mapping[str, int]:
        return {"amount_fen": queries.line_sum(self.asked.where())}

    def key(self, row: Any) -> int | None:
        return row.line_id if row.state == "PROPOSED" else None

    def link(self, row: Any) -> str:
        return reverse("banking:line", args=[row.line_id])

    def chips(self) -> Sequence[Chip]:
        counts = {row.state: row.lines for row in queries.state_sums()}
        counts["WAITING"] = sum(counts.get(state, 0) for state in ("NEW", "PROPOSED", "SUSPENSE"))
        state = self.asked.fields["state"]
        return choose(self.request.GET, "state", state.choices, counts)

    def empty(self) -> Empty:
        url = reverse("banking:import") if self.staff.can(Permission.BANK_EDIT) else None
        return Empty(_("No statement was imported yet."), url, _("Import a statement"))

    def more(self, found: Any, page: Page[Any]) -> dict[str, Any]:
        return {"sums": queries.state_sums(), "may_edit": self.staff.can(Permission.BANK_EDIT)}


class Statements(ListPage):
    """Every statement that was read, the newest first."""

    permission = Permission.BANK_SEE
    title = gettext_lazy("Bank statements")
    template = "banking/statement_list.html"
    columns: ClassVar[tuple[Column, ...]] = (
        Column("file_name", gettext_lazy("File")),
        Column("bank", gettext_lazy("Bank"), beside="bank_tail", beside_label=gettext_lazy("Account number")),
        Column("community_name", gettext_lazy("Community")),
        Column("first_on", gettext_lazy("From"), Kind.DATE),
        Column("last_on", gettext_lazy("To"), Kind.DATE),
        Column("lines", gettext_lazy("New"), Kind.COUNT),
        Column("known", gettext_lazy("Known before"), Kind.COUNT),
        Column("amount_fen", gettext_lazy("Amount"), Kind.MONEY),
        Column("imported_by", gettext_lazy("Who"), Kind.NAME),
        Column("imported_at", gettext_lazy("When"), Kind.MOMENT),
    )

    def found(self) -> Any:
        return queries.statement_ids()

    def rows(self, part: list[int]) -> Sequence[queries.StatementRow]:
        return queries.statement_rows(part)

    def link(self, row: Any) -> str:
        return f"{reverse('banking:lines')}?statement={row.statement_id}"

    def empty(self) -> Empty:
        url = reverse("banking:import") if self.staff.can(Permission.BANK_EDIT) else None
        return Empty(_("No statement was imported yet."), url, _("Import a statement"))

    def more(self, found: Any, page: Page[Any]) -> dict[str, Any]:
        return {"may_edit": self.staff.can(Permission.BANK_EDIT)}
