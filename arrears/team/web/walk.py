"""The visitor's phone: his rounds, one round door by door, and the worker that keeps them offline."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from arrears.cases.queries.visits import RESULTS
from arrears.cases.rules.classes import ArrearsReason
from arrears.cases.rules.sanity import PROMISE_DAYS
from arrears.cases.rules.visits import Signer
from arrears.team import queries, services
from arrears.team.rules.rounds import SYNC_DAYS, SkipReason, why_not_served
from arrears.team.web.rounds import pdf
from tenancy.kernel import clock
from tenancy.kernel.errors import NotFound
from tenancy.kernel.pages import StaffView
from tenancy.kernel.permissions import Permission

WORKER = "staff/walk/worker.ts"


class WalkView(StaffView):
    """A page of the phone. Patrol sees unit numbers and papers only, whoever planned the round."""

    permission = Permission.ROUND_WALK
    follows_choice = False

    @property
    def private(self) -> bool:
        """Whether this member must not see whose home it is."""
        return not self.request.staff.can(Permission.VISIT_LOG)

    def own_round(self, round_id: int) -> queries.RoundRow:
        """The head of a round that this member walks, or may plan; NotFound for everybody else."""
        row = queries.get_round(round_id)
        staff = self.request.staff
        if staff.user_id not in (row.main_id, row.second_id) and not staff.can(Permission.ROUND_PLAN):
            raise NotFound(_("There is no such round."))
        return row


class Walks(WalkView):
    """My rounds: today's and the coming ones, and those whose entries may still wait on the phone."""

    def get(self, request: HttpRequest) -> HttpResponse:
        found = queries.rounds_to_walk(self.request.staff.user_id, since=clock.today() - timedelta(SYNC_DAYS))
        return self.page("team/walks.html", rounds=found, today=clock.today())


class Walk(WalkView):
    """One round, door by door."""

    def get(self, request: HttpRequest, round_id: int) -> HttpResponse:
        row = self.own_round(round_id)
        page = queries.round_page(round_id, as_of=clock.today())
        stops: Any = queries.doors_of(page.stops) if self.private else page.stops
        today = clock.today()
        shown: dict[str, Any] = {
            "round": row,
            "stops": [stop for stop in stops if stop.state != "DROPPED"],
            "private": self.private,
            "enters": self.request.staff.user_id in (row.main_id, row.second_id),
            "other": row.second if self.request.staff.user_id == row.main_id else row.main,
            "results": list(RESULTS),
            "reasons": [reason.value for reason in ArrearsReason],
            "skips": [reason.value for reason in SkipReason],
            "signers": [signer.value for signer in Signer],
            "unsigned": why_not_served("LEFT_WITH_PHOTO"),
            "refused": why_not_served("REFUSED"),
            "keeps_places": queries.keeps_places(),
            "first_day": today,
            "last_day": today + timedelta(PROMISE_DAYS),
            "read_at": clock.now(),
        }
        return self.page("team/walk.html", **shown)


class WalkSheet(WalkView):
    """The same on paper; for patrol with unit numbers only."""

    def get(self, request: HttpRequest, round_id: int) -> HttpResponse:
        row = self.own_round(round_id)
        content = services.route_sheet(
            round_id=round_id, as_of=clock.today(), private=self.private or not row.visits
        )
        return pdf(content, f"{row.on:%Y%m%d}-{round_id}.pdf")


class OfflineWorker(WalkView):
    """The service worker. It must come from under /walk/ to serve there, and may never be an old one."""

    opens_company = False

    def get(self, request: HttpRequest) -> HttpResponseBase:
        manifest = settings.DJANGO_VITE["default"]["manifest_path"]
        if not manifest.exists():
            raise Http404
        built = json.loads(manifest.read_text(encoding="utf-8"))[WORKER]["file"]
        return FileResponse(
            (settings.FRONTEND_DIST / built).open("rb"),
            content_type="text/javascript; charset=utf-8",
            headers={"Cache-Control": "no-cache"},
        )
