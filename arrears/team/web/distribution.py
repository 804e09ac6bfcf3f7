"""Who works on what: the board, the fair split, everybody's workload, stewards and leave."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from arrears.cases.services import assign_cases
from arrears.team import queries, services
from arrears.team.web import forms
from tenancy.kernel import clock
from tenancy.kernel.pages import StaffView
from tenancy.kernel.permissions import Permission, Role
from tenancy.people.lists import Column, Empty, Kind, ListPage
from tenancy.people.queries.members import members_playing


def board_address(community_id: int | None) -> str:
    """The board as it was narrowed."""
    place = reverse("team:distribution")
    return place if community_id is None else f"{place}?community={community_id}"


class BoardView(StaffView):
    """What the doors of the board share: its page."""

    permission = Permission.CASE_ASSIGN

    def show(self, form: Any = None, *, status: int = 200) -> HttpResponse:
        """People as columns, cases as cards."""
        place = forms.PlaceFilter(self.request.GET)
        board = queries.distribution_board(as_of=clock.today(), community_id=place.community_id())
        takers = [pile for pile in board.piles if pile.user_id is not None and not pile.away]
        return self.page(
            "team/distribution.html",
            status=status,
            board=board,
            takers=takers,
            place=place,
            form=form,
            here=board_address(place.community_id()),
        )


class Distribution(BoardView):
    """The board."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.show()


class MoveCase(BoardView):
    """One card to another column: by its select, or dragged."""

    def post(self, request: HttpRequest) -> HttpResponse:
        form = forms.MoveCase(request.POST)
        if not form.is_valid():
            return self.show(form, status=422)
        said = form.cleaned_data
        done = self.attempt(
            form, lambda: assign_cases(case_ids=[said["case"]], collector_id=said["collector"])
        )
        if done is None:
            return self.show(form, status=422)
        messages.success(request, _("The case changed hands.") if done.given else _("Nothing changed hands."))
        place = forms.PlaceFilter(request.GET)
        return redirect(board_address(place.community_id()))


class Fairly(StaffView):
    """What a fair split would change, and then the split."""

    permission = Permission.CASE_ASSIGN

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._show(forms.PlaceFilter(request.GET).community_id())

    def post(self, request: HttpRequest) -> HttpResponse:
        form = forms.Fairly(request.POST)
        if not form.is_valid():
            return self._show(None, form, status=422)
        said = form.cleaned_data
        done = self.attempt(
            form,
            lambda: services.distribute(
                as_of=clock.today(), expected=said["count"], community_id=said["community"]
            ),
        )
        if done is None:
            return self._show(said["community"], form, status=422)
        text = ngettext("%(count)d case changed hands.", "%(count)d cases changed hands.", done)
        messages.success(request, text % {"count": done})
        return redirect(board_address(said["community"]))

    def _show(self, community_id: int | None, form: Any = None, *, status: int = 200) -> HttpResponse:
        plan = queries.fair_plan(as_of=clock.today(), community_id=community_id)
        return self.page(
            "team/fairly.html",
            status=status,
            plan=plan,
            form=form,
            community_id=community_id,
            back=board_address(community_id),
        )


class Workload(ListPage):
    """What each collector has and must do today (R000-F16)."""

    permission = Permission.SHEET_SEE
    title = gettext_lazy("Workload")
    columns: ClassVar[tuple[Column, ...]] = (
        Column("name", gettext_lazy("Collector"), Kind.NAME, template="team/_cell_person.html"),
        Column("cases", gettext_lazy("Cases"), Kind.COUNT),
        Column("points", gettext_lazy("Points"), Kind.COUNT),
        Column("calls", gettext_lazy("Calls due"), Kind.COUNT),
        Column("visits", gettext_lazy("Visits due"), Kind.COUNT),
        Column("promises", gettext_lazy("Promises due today"), Kind.COUNT),
        Column("late", gettext_lazy("Overdue tasks"), Kind.COUNT),
        Column("covering", gettext_lazy("Looked after for others"), Kind.COUNT),
    )

    def filter_form(self) -> forms.PlaceFilter:
        return forms.PlaceFilter(self.request.GET)

    @cached_property
    def _found(self) -> list[queries.LoadRow]:
        return queries.workload(as_of=clock.today(), community_id=self.asked.community_id())

    def found(self) -> list[queries.LoadRow]:
        return self._found

    def totals(self, found: Any) -> Mapping[str, int]:
        names = ("cases", "points", "calls", "visits", "promises", "late", "covering")
        return {name: sum(getattr(row, name) for row in found) for name in names}

    def link(self, row: Any) -> str:
        return f"{reverse('cases:cases')}?collector={row.user_id}"

    def empty(self) -> Empty:
        return Empty(_("Nobody works at the desk yet."))


class Stewards(ListPage):
    """Who looks after which building (片管)."""

    permission = Permission.CASE_ASSIGN
    title = gettext_lazy("Stewards of buildings")
    columns: ClassVar[tuple[Column, ...]] = (
        Column(
            "building",
            gettext_lazy("Building"),
            Kind.ROOM,
            beside="community_name",
            beside_label=gettext_lazy("Community"),
        ),
        Column("name", gettext_lazy("Steward"), Kind.NAME, template="team/_cell_steward.html"),
        Column("from_on", gettext_lazy("Since"), Kind.DATE),
    )

    def filter_form(self) -> forms.PlaceFilter:
        return forms.PlaceFilter(self.request.GET)

    def found(self) -> list[queries.StewardRow]:
        place = self.asked.community_id()
        return [row for row in queries.stewards() if place in (None, row.community_id)]

    @cached_property
    def cell_context(self) -> dict[str, Any]:
        people = [(row.user_id, row.name) for row in members_playing(Role.COLLECTOR.value)]
        return {
            "people": people,
            "csrf_token": get_token(self.request),
            "narrowed": self.request.GET.urlencode(),
        }

    def empty(self) -> Empty:
        return Empty(_("There is no building yet. Buildings come with the register."))


class SetSteward(StaffView):
    """Another steward."""

    permission = Permission.CASE_ASSIGN

    def post(self, request: HttpRequest, building_id: int) -> HttpResponse:
        form = forms.ChooseSteward(request.POST)
        chosen = form.cleaned_data["user"] if form.is_valid() else None
        services.set_steward(building_id=building_id, user_id=chosen, as_of=clock.today())
        messages.success(request, _("Noted. New cases of the building go to its steward."))
        return redirect(reverse("team:stewards") + (f"?{request.GET.urlencode()}" if request.GET else ""))


class Leaves(ListPage):
    """Days away, and the form for new ones."""

    permission = Permission.CASE_ASSIGN
    title = gettext_lazy("Leave and cover")
    template = "team/leaves.html"
    columns: ClassVar[tuple[Column, ...]] = (
        Column("name", gettext_lazy("Who is away"), Kind.NAME),
        Column("from_on", gettext_lazy("First day away"), Kind.DATE),
        Column("to_on", gettext_lazy("Last day away"), Kind.DATE),
        Column("reason", gettext_lazy("Reason"), Kind.WRAP),
        Column("covered", gettext_lazy("Cases others took over"), Kind.COUNT),
        Column("state", gettext_lazy("State"), Kind.BADGE, by="tone"),
        Column("leave_id", "", value=lambda row: "", template="team/_cell_leave.html"),
    )

    def found(self) -> list[queries.LeaveRow]:
        return queries.leaves(as_of=clock.today())

    @cached_property
    def cell_context(self) -> dict[str, Any]:
        return {"csrf_token": get_token(self.request)}

    def more(self, found: Any, page: Any) -> dict[str, Any]:
        today = clock.today()
        return {"entry": forms.EnterLeave(initial={"from_on": today}), "gaps": queries.gaps(as_of=today)}

    def post(self, request: HttpRequest) -> HttpResponse:
        form = forms.EnterLeave(request.POST)
        noted = self.attempt(form, lambda: self._enter(form.cleaned_data)) if form.is_valid() else None
        if noted is None:
            return self.show(status=422, entry=form)
        messages.success(request, _noted(noted))
        return redirect("team:leaves")

    def _enter(self, said: Mapping[str, Any]) -> services.Noted:
        return services.enter_leave(
            user_id=said["user"],
            from_on=said["from_on"],
            to_on=said["to_on"],
            reason=said["reason"],
            as_of=clock.today(),
            at=clock.now(),
        )

    def rows(self, part: list[Any]) -> Sequence[Any]:
        return part

    def empty(self) -> Empty:
        return Empty(_("Nobody has been away. Enter a leave below."))


def _noted(noted: services.Noted) -> str:
    """What the entry did: at once, or the night before it begins."""
    if noted.handed is None:
        return _("Noted. The night before the first day hands the cases over.")
    count = noted.handed.lent + noted.handed.given
    said = ngettext(
        "Noted. %(count)d case went to others at once.",
        "Noted. %(count)d cases went to others at once.",
        count,
    )
    return said % {"count": count}


class CancelLeave(StaffView):
    """Back already, or never away."""

    permission = Permission.CASE_ASSIGN

    def post(self, request: HttpRequest, leave_id: int) -> HttpResponse:
        services.cancel_leave(leave_id=leave_id, as_of=clock.today(), at=clock.now())
        messages.success(request, _("Cancelled. Cases that were with others are back."))
        return redirect("team:leaves")
