"""The lists of a company's administrators: members and the audit trail."""

from __future__ import annotations

from typing import Any, ClassVar, NamedTuple

from django.core.paginator import Page
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tenancy.kernel.permissions import Permission
from tenancy.people import places
from tenancy.people.lists import Chip, Column, Empty, Kind, ListPage, choose, without
from tenancy.people.models import AuditEntry
from tenancy.people.names import names_of
from tenancy.people.queries import audit
from tenancy.people.queries.members import MemberRow, members
from tenancy.people.templatetags.house import figure, word
from tenancy.people.web import forms


class ShownMember(NamedTuple):
    """A member with the names of the communities; "" for those who see the whole company."""

    member: MemberRow
    communities: str

    @property
    def gone(self) -> str:
        """The word for those who left."""
        return "" if self.member.is_active else "member.gone"


class Members(ListPage):
    """Who works here, in which parts, over which communities."""

    follows_choice = False
    permission = Permission.STAFF_SEE
    title = gettext_lazy("People")
    template = "people/member_list.html"
    quick = frozenset({"left"})
    columns: ClassVar[tuple[Column, ...]] = (
        Column("member.name", gettext_lazy("Name"), Kind.NAME),
        Column("member.username", gettext_lazy("Log-in name"), Kind.NUMBER),
        Column("member.roles", gettext_lazy("Roles"), Kind.WORDS),
        Column(
            "communities",
            gettext_lazy("Communities"),
            Kind.WRAP,
            value=lambda row: row.communities or _("The whole company"),
        ),
        Column("gone", gettext_lazy("State"), Kind.BADGE),
    )

    def filter_form(self) -> forms.MemberFilter:
        return forms.MemberFilter(self.request.GET)

    @cached_property
    def _found(self) -> list[ShownMember]:
        names = dict(places.communities())
        rows = self.asked.narrow(members())
        return [
            ShownMember(row, " · ".join(names.get(pk, "—") for pk in row.community_ids or ())) for row in rows
        ]

    def found(self) -> list[ShownMember]:
        return self._found

    def link(self, row: ShownMember) -> str | None:
        if not self.staff.can(Permission.STAFF_EDIT):
            return None
        return reverse("people:member", args=[row.member.membership_id])

    def chips(self) -> list[Chip]:
        return choose(
            self.request.GET, "left", [("", _("All")), ("no", _("Work here")), ("yes", _("No longer here"))]
        )

    def more(self, found: Any, page: Page[Any]) -> dict[str, Any]:
        return {"may_edit": self.staff.can(Permission.STAFF_EDIT)}


# What owners do themselves; nobody of the company acts then.
BY_OWNERS = frozenset({"receipt.fetched"})


class ShownEntry(NamedTuple):
    """An entry with what its object is called; "" where nobody knows."""

    entry: AuditEntry
    name: str

    @property
    def who(self) -> str:
        """The member, an owner in the portal, or the timetable."""
        if self.entry.user:
            return self.entry.user.name
        return _("Owner (portal)") if self.entry.action in BY_OWNERS else _("Timetable")

    @property
    def about(self) -> str:
        """The object: its kind, and its name or number."""
        return f"{word(self.entry.object_kind)} {self.name or self.entry.object_id or ''}".strip()


class Audit(ListPage):
    """Who did what, when; the newest first."""

    follows_choice = False
    permission = Permission.AUDIT_SEE
    title = gettext_lazy("Audit trail")
    columns: ClassVar[tuple[Column, ...]] = (
        Column("entry.at", gettext_lazy("When"), Kind.MOMENT),
        Column("who", gettext_lazy("Who"), Kind.NAME),
        Column("entry.action", gettext_lazy("What"), Kind.WORD),
        Column("about", gettext_lazy("About")),
        Column(
            "entry.detail",
            gettext_lazy("Details"),
            Kind.WRAP,
            value=lambda row: _details(row.entry.detail),
            template="people/_cell_details.html",
        ),
    )

    def rows(self, part: list[Any]) -> list[ShownEntry]:
        names = names_of((entry.object_kind, entry.object_id) for entry in part)
        return [ShownEntry(entry, names.get((entry.object_kind, entry.object_id or 0), "")) for entry in part]

    def filter_form(self) -> forms.AuditFilter:
        return forms.AuditFilter(self.request.GET or {}, actions=audit.actions(), actors=audit.actors())

    def found(self) -> Any:
        return audit.entries(**self.asked.wanted())

    def link(self, row: ShownEntry) -> str | None:
        if row.entry.object_id is None:
            return None
        about = {"object_kind": row.entry.object_kind, "object_id": row.entry.object_id}
        return f"?{without(self.request.GET, 'page', **about)}"

    def empty(self) -> Empty:
        return Empty(_("Nothing was written down yet."))

    def no_match(self) -> Empty:
        return super().no_match()._replace(text=_("No entries match these filters."))


def _details(detail: dict[str, Any]) -> str:
    return " · ".join(f"{word(name)} {figure(value, name)}" for name, value in detail.items())
