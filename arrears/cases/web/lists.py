"""The lists of the desk: cases, calls, visits, requests."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django.core.paginator import Page
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from arrears.cases import queries
from arrears.cases.web import forms
from arrears.cases.web.desk import narrowed
from tenancy.kernel import clock
from tenancy.kernel.permissions import Permission
from tenancy.people.lists import OWNER, ROOM, Act, Chip, Column, Empty, Kind, ListPage, choose

OVERDUE = Column("overdue_fen", gettext_lazy("Past due"), Kind.LATE)
DAYS_LATE = Column("days_late", gettext_lazy("Days late"), Kind.COUNT)
CLASS = Column("klass", gettext_lazy("Class"), Kind.WORD)
COLLECTOR = Column("collector_name", gettext_lazy("Collector"), Kind.NAME)
DUE = Column("due_on", gettext_lazy("Due"), Kind.DEADLINE, by="days_over")
LEGACY = Column("legacy_issue", gettext_lazy("To know first"), Kind.WRAP, template="cases/_cell_legacy.html")

PRINCIPAL_THEN = Column("request.about_fen", gettext_lazy("Principal decided on"), Kind.MONEY)
DAYS_LATE_THEN = Column("request.days_late", gettext_lazy("Days late then"), Kind.COUNT)


class Cases(ListPage):
    """Every case with filters, the heaviest first."""

    permission = Permission.CASE_SEE
    title = gettext_lazy("Cases")
    dense = True
    quick = frozenset({"closed"})
    acts = (
        Act(gettext_lazy("Give to somebody"), "cases:assign", Permission.CASE_ASSIGN, "user", "g"),
        Act(gettext_lazy("I have looked at them"), "cases:review", Permission.CALL_LOG, "check", "v"),
        Act(
            gettext_lazy("Move to the version in force"),
            "cases:rebase",
            Permission.CASE_REBASE,
            "ladder",
            "b",
        ),
    )
    columns: ClassVar[tuple[Column, ...]] = (
        ROOM,
        OWNER,
        Column(
            "overdue_fen",
            gettext_lazy("Past due"),
            Kind.LATE,
            value=lambda row: _while_open(row, row.overdue_fen),
        ),
        Column(
            "days_late",
            gettext_lazy("Days late"),
            Kind.COUNT,
            value=lambda row: _while_open(row, row.days_late),
        ),
        Column(
            "covering",
            gettext_lazy("Rung"),
            Kind.WORD,
            value=lambda row: row.covering or row.rung,
            template="cases/_cell_rung.html",
        ),
        Column(
            "because",
            gettext_lazy("Why"),
            Kind.REASON,
            value=lambda row: row.because if row.rung else "",
            template="cases/_cell_why.html",
        ),
        CLASS,
        Column(
            "promised_on",
            gettext_lazy("Promise"),
            Kind.DEADLINE,
            by="promise_over",
            template="cases/_cell_promise.html",
        ),
        COLLECTOR,
        Column("opened_on", gettext_lazy("Since"), Kind.DATE),
    )

    def filter_form(self) -> forms.CaseFilter:
        return forms.CaseFilter(self.request.GET)

    @cached_property
    def _found(self) -> queries.FoundCases:
        chosen = self.asked.chosen(self.staff.user_id)
        return queries.find_cases(chosen, as_of=clock.today())

    def found(self) -> queries.FoundCases:
        return self._found

    def rows(self, part: list[Any]) -> Sequence[Any]:
        return queries.case_lines(part, as_of=clock.today())

    def totals(self, found: Any) -> Mapping[str, int]:
        return {"overdue_fen": found.total_fen}

    def key(self, row: Any) -> int:
        return int(row.case_id)

    def keys(self) -> list[int]:
        return list(self.found().case_ids)

    def link(self, row: Any) -> str:
        return reverse("cases:case", args=[row.case_id])

    def chips(self) -> list[Chip]:
        return choose(self.request.GET, "closed", [("", _("Open cases")), ("on", _("Closed cases"))])

    def empty(self) -> Empty:
        return Empty(_("No case is open. A case opens the day after something fell due unpaid."))


class WorkList(ListPage):
    """A list of tasks: who must be reached, the longest waiting first."""

    def tasks(self, where: Any) -> list[Any]:
        """The tasks that are due."""
        raise NotImplementedError

    def filter_form(self) -> forms.WorkFilter:
        return forms.WorkFilter(self.request.GET)

    @cached_property
    def _found(self) -> list[Any]:
        return self.tasks(self.asked.where(self.staff.user_id))

    def found(self) -> list[Any]:
        return self._found

    def rows(self, part: list[Any]) -> Sequence[Any]:
        return queries.task_lines(part, as_of=clock.today())

    def totals(self, found: Any) -> Mapping[str, int]:
        return {"overdue_fen": sum(due.overdue_fen for due in found)}


class CallList(WorkList):
    """Who to call today, or what the desk reported to the team lead."""

    permission = Permission.CALL_LOG
    title = gettext_lazy("To call today")
    template = "cases/call_list.html"
    dense = True
    quick = frozenset({"show"})
    columns: ClassVar[tuple[Column, ...]] = (
        ROOM,
        OWNER,
        OVERDUE,
        DAYS_LATE,
        CLASS,
        Column(
            "because", gettext_lazy("Why it is on the list"), Kind.REASON, template="cases/_cell_call.html"
        ),
        Column("place", gettext_lazy("Why it stands here"), Kind.REASON),
        Column("phone", gettext_lazy("Phone"), Kind.NUMBER),
        Column("promised_on", gettext_lazy("Promise"), Kind.DATE, template="cases/_cell_promise.html"),
        LEGACY,
        DUE,
        COLLECTOR,
    )

    def filter_form(self) -> forms.CallFilter:
        return forms.CallFilter(self.request.GET)

    @property
    def reviews(self) -> bool:
        """Whether the reports are asked for."""
        return bool(self.asked.reviews())

    def heading(self) -> Any:
        return _("Reported to the team lead") if self.reviews else self.title

    def tasks(self, where: Any) -> list[Any]:
        return (queries.reviews_due if self.reviews else queries.worklist)(where, as_of=clock.today())

    def link(self, row: Any) -> str:
        if self.reviews:
            return reverse("cases:case", args=[row.case_id])
        return reverse("cases:call", args=[row.case_id]) + narrowed(self.request)

    def chips(self) -> list[Chip]:
        offered = [("", _("Calls")), ("reviews", _("Reported to the team lead"))]
        whose = [("", _("Everybody's")), (forms.MINE, _("Mine"))]
        return [
            *choose(self.request.GET, "show", offered),
            *choose(self.request.GET, "collector", whose),
        ]

    def empty(self) -> Empty:
        return Empty(_("No call is due. New ones appear after the night's run."))

    def no_match(self) -> Empty:
        if self.reviews:
            return Empty(_("Nothing was reported. Whoever refuses on the phone appears here."))
        return (
            super()
            .no_match()
            ._replace(text=_("No call is due with these filters. New ones appear after the night's run."))
        )

    def more(self, found: Any, page: Page[Any]) -> dict[str, Any]:
        resting = queries.just_tried(at=clock.now())
        ready = (due.case_id for due in found if due.case_id not in resting)
        first = None if self.reviews else next(ready, None)
        return {"first": first, "narrowed": narrowed(self.request), "reviews": self.reviews}


class Visits(WorkList):
    """The visits to make, the earliest deadline first."""

    permission = Permission.VISIT_LOG
    title = gettext_lazy("Visits to make")
    template = "cases/visit_list.html"
    acts = (Act(gettext_lazy("Plan a round"), "team:plan_visits", Permission.ROUND_PLAN, "walk", "g"),)
    columns: ClassVar[tuple[Column, ...]] = (
        ROOM,
        OWNER,
        Column("kind", gettext_lazy("Kind"), Kind.WORD),
        OVERDUE,
        DAYS_LATE,
        Column("because", gettext_lazy("Why"), Kind.REASON),
        Column(
            "last_word",
            gettext_lazy("Last call"),
            Kind.WORD,
            value=lambda row: row.last_word if row.last_at else "",
            template="cases/_cell_last_call.html",
        ),
        LEGACY,
        DUE,
    )

    def tasks(self, where: Any) -> list[Any]:
        return queries.visits_due(where, as_of=clock.today())

    def key(self, row: Any) -> int:
        return int(row.task_id)

    def keys(self) -> list[int]:
        return [due.task_id for due in self.found()]

    def link(self, row: Any) -> str:
        return reverse("cases:visit", args=[row.case_id])

    def empty(self) -> Empty:
        return Empty(_("No visit is asked for. A visit follows a demand that brought nothing."))


class Approvals(ListPage):
    """What waits, the member's own decisions first marked; or what was decided."""

    permission = Permission.APPROVAL_SEE
    title = gettext_lazy("Approvals")
    quick = frozenset({"decided", "mine"})
    columns: ClassVar[tuple[Column, ...]] = (
        Column("request.subject", gettext_lazy("Room"), Kind.ROOM),
        Column("request.kind", gettext_lazy("What"), Kind.WORD),
        Column(
            "case.overdue_fen",
            gettext_lazy("Amount"),
            Kind.MONEY,
            value=lambda card: card.case.overdue_fen if card.case else card.request.about_fen,
        ),
        Column(
            "case.days_late",
            gettext_lazy("Days late"),
            Kind.COUNT,
            value=lambda card: card.case.days_late if card.case else card.request.days_late,
        ),
        Column("request.role", gettext_lazy("Who decides"), Kind.WORD),
        Column("request.asked_at", gettext_lazy("Asked"), Kind.MOMENT),
        Column("request.decision", gettext_lazy("State"), Kind.WORD, template="cases/_cell_decision.html"),
        Column("request.decided_by", gettext_lazy("Decided by"), Kind.NAME, sheet_only=True),
        Column("request.decided_at", gettext_lazy("Decided at"), Kind.MOMENT, sheet_only=True),
    )

    def shown_columns(self) -> tuple[Column, ...]:
        # What was decided stands as it was asked; what waits, as it is now.
        then = {"case.overdue_fen": PRINCIPAL_THEN, "case.days_late": DAYS_LATE_THEN}
        return (
            tuple(then.get(column.name, column) for column in self.columns) if self.decided else self.columns
        )

    def filter_form(self) -> forms.ApprovalFilter:
        return forms.ApprovalFilter(self.request.GET)

    def found(self) -> Any:
        mine = bool(self.asked.cleaned_data.get("mine"))
        return queries.approvals(self.staff, decided=self.decided, mine=mine)

    def rows(self, part: list[Any]) -> Sequence[Any]:
        return queries.approval_cards(part, self.staff, as_of=clock.today())

    def link(self, row: Any) -> str:
        return reverse("cases:approval", args=[row.request.approval_id])

    def chips(self) -> list[Chip]:
        asked = self.request.GET
        return [
            Chip(_("Waiting"), "?", "mine" not in asked and "decided" not in asked),
            Chip(_("For you to decide"), "?mine=true", "mine" in asked),
            Chip(_("Decided"), "?decided=true", "decided" in asked),
        ]

    def empty(self) -> Empty:
        return Empty(
            _(
                "Nothing waits for a decision. Requests come from the night's run, "
                "when a case reaches a rung that needs a signature."
            )
        )

    def no_match(self) -> Empty:
        return Empty(_("Nothing was decided yet."))

    @property
    def decided(self) -> bool:
        """Whether the decided ones are asked for."""
        return bool(self.asked.cleaned_data.get("decided"))


def _while_open(row: Any, value: int) -> int | None:
    return None if row.closed_on else value
