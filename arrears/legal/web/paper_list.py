"""The list of court papers: what waits to be filed, or what was filed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from arrears.legal import queries
from arrears.legal.web import forms
from tenancy.kernel import clock
from tenancy.kernel.permissions import Permission
from tenancy.people.lists import Chip, Column, Empty, Kind, ListPage, choose

WAITING = (
    Column(
        "case.unit_code",
        gettext_lazy("Room"),
        Kind.ROOM,
        beside="case.community_name",
        beside_label=gettext_lazy("Community"),
    ),
    Column("case.party_name", gettext_lazy("Owner"), Kind.NAME),
    Column("rung", gettext_lazy("What"), Kind.WORD, template="legal/_cell_what.html"),
    Column("number", gettext_lazy("Document"), Kind.NUMBER, template="legal/_cell_document.html"),
    Column("principal_fen", gettext_lazy("Principal"), Kind.MONEY),
    Column("late_fee_fen", gettext_lazy("Late fee"), Kind.MONEY),
    Column("claim_fen", gettext_lazy("Claim"), Kind.MONEY),
    Column("owed_fen", gettext_lazy("Owed today"), Kind.LATE),
    Column("fee_fen", gettext_lazy("Court fee, estimated"), Kind.MONEY),
    Column("file_by", gettext_lazy("File by"), Kind.DEADLINE, by="days_over"),
)
FILED = (
    Column("filing.unit_code", gettext_lazy("Room"), Kind.ROOM),
    Column("filing.party_name", gettext_lazy("Owner"), Kind.NAME),
    Column("filing.kind_word", gettext_lazy("What"), Kind.WORD, template="legal/_cell_filed.html"),
    Column(
        "filing.court",
        gettext_lazy("Name of the court"),
        Kind.WRAP,
        beside="filing.court_reference",
        beside_label=gettext_lazy("Reference of the court"),
    ),
    Column("filing.filed_on", gettext_lazy("Filed on"), Kind.DATE, template="legal/_cell_filed_on.html"),
    Column("filing.claim_fen", gettext_lazy("Claim"), Kind.MONEY),
    Column("filing.fee_fen", gettext_lazy("Court fee, estimated"), Kind.MONEY),
    Column(
        "newest",
        gettext_lazy("Result"),
        Kind.WORD,
        value=lambda row: row.newest.kind_word if row.newest else "",
        template="legal/_cell_result.html",
    ),
    Column(
        "deadlines",
        gettext_lazy("Days that count"),
        Kind.WRAP,
        value=lambda row: " ".join(f"{one.last_on}" for one in row.deadlines),
        template="legal/_deadlines_of.html",
    ),
)
ACTION = Column("action", "", value=lambda row: "", template="legal/_cell_action.html")


class Papers(ListPage):
    """The waiting ones with claim and fee, the most urgent first; or the filed ones, the newest first."""

    permission = Permission.LEGAL_SEE
    title = gettext_lazy("Court papers")
    dense = True
    quick = frozenset({"filed"})
    columns: ClassVar[tuple[Column, ...]] = WAITING

    def filter_form(self) -> forms.PaperFilter:
        return forms.PaperFilter(self.request.GET)

    @property
    def filed(self) -> bool:
        """Whether the filed ones are asked for."""
        return bool(self.asked.cleaned_data.get("filed"))

    def shown_columns(self) -> tuple[Column, ...]:
        columns = FILED if self.filed else WAITING
        return (*columns, ACTION) if self.staff.can(Permission.FILING_RECORD) else columns

    @cached_property
    def waiting(self) -> list[queries.CourtPaper]:
        """What waits at the court's door."""
        return queries.court_papers(as_of=clock.today())

    def found(self) -> Any:
        return queries.filings() if self.filed else self.waiting

    def rows(self, part: list[Any]) -> Sequence[Any]:
        return queries.courses(part, as_of=clock.today()) if self.filed else part

    def totals(self, found: Any) -> Mapping[str, int]:
        if self.filed:
            return queries.filed_sums(found)
        return {
            name: sum(getattr(paper, name) for paper in found)
            for name in ("principal_fen", "late_fee_fen", "claim_fen", "owed_fen", "fee_fen")
        }

    def link(self, row: Any) -> str:
        return reverse("cases:case", args=[row.filing.case_id if self.filed else row.case.case_id])

    def chips(self) -> list[Chip]:
        return choose(self.request.GET, "filed", [("", _("To be filed")), ("true", _("Filed"))])

    def empty(self) -> Empty:
        return Empty(
            _(
                "Nothing waits to be filed. Papers come here when the branch general manager decides "
                "on the court."
            )
        )

    def no_match(self) -> Empty:
        return Empty(_("Nothing was filed yet."))

    @cached_property
    def cell_context(self) -> dict[str, Any]:
        return {"filed": self.filed}
