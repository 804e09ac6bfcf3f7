"""Ticked visits, or ticked papers, become a round: first the doors in walking order, then who goes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any, ClassVar

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from arrears.team import queries, services
from arrears.team.web import round_forms as forms
from owners.queries import communities
from tenancy.kernel import clock
from tenancy.kernel.errors import row_id
from tenancy.kernel.permissions import Permission
from tenancy.people.lists import BulkPage, Picked

Rows = Sequence[queries.Candidate | queries.Paper]


class Planning(BulkPage):
    """What visits and papers have in common."""

    permission = Permission.ROUND_PLAN
    template: ClassVar[str] = "team/round_plan.html"
    of_visits: ClassVar[bool]

    def post(self, request: HttpRequest) -> HttpResponse:
        picked = self.picked()
        rows = self.doors(picked.keys)
        places = {row.community_id for row in rows}
        chosen = row_id(request.POST.get("community", ""))
        if chosen in places:
            rows, places = _there(rows, chosen), {chosen}
            picked = Picked(_keys(rows), False, picked.query)
        if not places:
            messages.error(request, self.why_not())
            return redirect(self.back())
        if len(places) > 1:
            return self._ask_where(picked, rows)
        people = queries.walkers(places.pop())
        asks = [row.workplace_id for row in rows if isinstance(row, queries.Candidate) and row.workplace_id]
        if "main" not in request.POST:
            form = forms.PlanRound(initial=forms.days(clock.today()), people=people, asks=asks)
            return self._shown(picked, rows, form)
        form = forms.PlanRound(request.POST, people=people, asks=asks)
        made = self.attempt(form, lambda: self._plan(picked, form)) if form.is_valid() else None
        if made is None:
            return self._shown(picked, rows, form, status=422)
        self._say(made)
        return redirect("team:round", made.round_id)

    def doors(self, keys: Sequence[int]) -> Rows:
        """The ticked things that can be planned, in walking order."""
        raise NotImplementedError

    def why_not(self) -> str:
        """Why no round can be made of the ticks."""
        return _("None of these is still to be done: paid, held, planned for today, or handed over.")

    def _ask_where(self, picked: Picked, rows: Rows) -> HttpResponse:
        """The ticks stay; a round stays in one community."""
        doors = Counter(row.community_id for row in rows)
        places = [(place.id, place.name, doors[place.id]) for place in communities() if doors[place.id]]
        return self.page("team/round_where.html", picked=picked, places=places, back=self.back())

    def _plan(self, picked: Picked, form: forms.PlanRound) -> services.Planned:
        chosen = {"task_ids": picked.keys} if self.of_visits else {"notice_ids": picked.keys}
        return services.plan_round(plan=form.plan(**chosen), as_of=clock.today(), at=clock.now())

    def _say(self, made: services.Planned) -> None:
        text = ngettext("A round through %(count)d door.", "A round through %(count)d doors.", made.stops)
        messages.success(self.request, text % {"count": made.stops})
        if made.left_out:
            left = ngettext(
                "%(count)d of the ticked is left out: paid, held, planned already, or handed over.",
                "%(count)d of the ticked are left out: paid, held, planned already, or handed over.",
                made.left_out,
            )
            messages.warning(self.request, left % {"count": made.left_out})

    def _shown(self, picked: Picked, rows: Rows, form: forms.PlanRound, *, status: int = 200) -> HttpResponse:
        shown: dict[str, Any] = {
            "form": form,
            "picked": picked,
            "rows": rows,
            "at_work": [int(value) for value in form["workplaces"].value() or () if str(value).isdecimal()],
            "of_visits": self.of_visits,
            "back": self.back(),
        }
        return self.page(self.template, status=status, **shown)


def _there(rows: Rows, community_id: int) -> Rows:
    return [row for row in rows if row.community_id == community_id]


def _keys(rows: Rows) -> tuple[int, ...]:
    return tuple(row.task_id if isinstance(row, queries.Candidate) else row.notice_id for row in rows)


class PlanVisits(Planning):
    """Ticks of the visits that are due."""

    list_name = "cases:visits"
    of_visits = True

    def doors(self, keys: Sequence[int]) -> Rows:
        today = clock.today()
        return [row for row in queries.candidates(keys, on=today, as_of=today) if not row.planned]


class PlanPapers(Planning):
    """Ticks of the outbox: papers that somebody, patrol above all, carries from door to door."""

    list_name = "notices:notices"
    of_visits = False

    def doors(self, keys: Sequence[int]) -> Rows:
        return queries.papers_to_carry(keys, on=clock.today())
