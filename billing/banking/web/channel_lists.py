"""The lists of channel days and of what does not agree."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django.core.paginator import Page
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from billing.banking import queries
from billing.banking.web import channel_forms as forms
from tenancy.kernel.permissions import Permission
from tenancy.people.lists import Chip, Column, Empty, Kind, ListPage, choose


class ChannelDays(ListPage):
    """Every reconciled day of WeChat Pay and Alipay, the newest first."""

    permission = Permission.BANK_SEE
    title = gettext_lazy("Channel days")
    template = "banking/channel_list.html"
    columns: ClassVar[tuple[Column, ...]] = (
        Column("day", gettext_lazy("Day"), Kind.DATE),
        Column("channel", gettext_lazy("Channel"), Kind.WORD, value=lambda row: f"channel.{row.channel}"),
        Column("community_name", gettext_lazy("Community")),
        Column("rows", gettext_lazy("Rows"), Kind.COUNT),
        Column("amount_fen", gettext_lazy("Amount"), Kind.MONEY),
        Column("refund_fen", gettext_lazy("Refunded"), Kind.MONEY),
        Column("fee_fen", gettext_lazy("Channel's fee"), Kind.MONEY),
        Column("matched", gettext_lazy("Agrees"), Kind.COUNT),
        Column("exceptions", gettext_lazy("Exceptions"), Kind.COUNT),
        Column("open_exceptions", gettext_lazy("Still to be settled"), Kind.COUNT),
        Column("prepared_by", gettext_lazy("Who"), Kind.NAME),
    )

    def found(self) -> Any:
        return queries.channel_day_ids()

    def rows(self, part: list[int]) -> Sequence[queries.ChannelDay]:
        return queries.channel_days(part)

    def link(self, row: Any) -> str:
        return reverse("banking:channel", args=[row.channel_file_id])

    def empty(self) -> Empty:
        url = reverse("banking:channel_import") if self.staff.can(Permission.BANK_EDIT) else None
        return Empty(_("No day was reconciled yet."), url, _("Reconcile a day"))

    def more(self, found: Any, page: Page[Any]) -> dict[str, Any]:
        return {"may_edit": self.staff.can(Permission.BANK_EDIT)}


class Exceptions(ListPage):
    """What does not agree: what waits for an answer or a review first."""

    permission = Permission.BANK_SEE
    title = gettext_lazy("Exceptions")
    quick = frozenset({"state"})
    columns: ClassVar[tuple[Column, ...]] = (
        Column("day", gettext_lazy("Day"), Kind.DATE),
        Column("channel", gettext_lazy("Channel"), Kind.WORD, value=lambda row: f"channel.{row.channel}"),
        Column(
            "outcome", gettext_lazy("What differs"), Kind.WORD, value=lambda row: f"outcome.{row.outcome}"
        ),
        Column("order_no", gettext_lazy("Order number"), Kind.NUMBER),
        Column("channel_fen", gettext_lazy("In the channel"), Kind.MONEY),
        Column("booked_fen", gettext_lazy("Booked here"), Kind.MONEY),
        Column(
            "state", gettext_lazy("State"), Kind.BADGE, by="tone", value=lambda row: f"exception.{row.state}"
        ),
        Column("owner", gettext_lazy("Owned by"), Kind.NAME),
        Column("reason", gettext_lazy("Reason"), Kind.WRAP),
        Column("closure", gettext_lazy("What was done"), Kind.WRAP, sheet_only=True),
        Column("reviewer", gettext_lazy("Closed by"), Kind.NAME, sheet_only=True),
    )

    def filter_form(self) -> forms.ExceptionFilter:
        return forms.ExceptionFilter(self.request.GET)

    def found(self) -> Any:
        return queries.exception_ids(**self.asked.where())

    def rows(self, part: list[int]) -> Sequence[queries.ExceptionRow]:
        return queries.exception_rows(part)

    def totals(self, found: Any) -> Mapping[str, int]:
        return queries.exception_sums(**self.asked.where())

    def link(self, row: Any) -> str:
        return reverse("banking:exception", args=[row.exception_id])

    def chips(self) -> Sequence[Chip]:
        return choose(self.request.GET, "state", self.asked.fields["state"].choices)

    def empty(self) -> Empty:
        return Empty(_("Every day of every channel agrees."))
