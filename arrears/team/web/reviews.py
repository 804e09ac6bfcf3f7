"""The weekly review: packs, one pack with its minutes, and the pack on paper."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from arrears.team import documents, queries, services
from arrears.team.web import forms
from tenancy.kernel import clock
from tenancy.kernel.errors import NotFound
from tenancy.kernel.pages import StaffView
from tenancy.kernel.permissions import Permission
from tenancy.people.lists import Column, Empty, Kind, ListPage

# The lists of a pack, and how much of each a meeting can go through at a glance.
_CUT: Final = ("broken", "still", "floor", "late_first")
_FIRST: Final = ":30"


class Reviews(ListPage):
    """Every meeting's packs, the newest first."""

    permission = Permission.REPORT_SEE
    title = gettext_lazy("Weekly reviews")
    columns: ClassVar[tuple[Column, ...]] = (
        Column("meeting_on", gettext_lazy("Meeting"), Kind.DATE),
        Column(
            "community_name",
            gettext_lazy("Community"),
            value=lambda row: row.community_name or _("The whole company"),
        ),
        Column("from_on", gettext_lazy("From"), Kind.DATE),
        Column("to_on", gettext_lazy("To"), Kind.DATE),
        Column("decided", gettext_lazy("Decisions of the meeting"), Kind.COUNT),
        Column("still_open", gettext_lazy("Still open"), Kind.COUNT),
        Column("data_at", gettext_lazy("Figures as of"), Kind.MOMENT),
    )

    def filter_form(self) -> forms.PlaceFilter:
        return forms.PlaceFilter(self.request.GET)

    def found(self) -> list[queries.PackRow]:
        return queries.packs(self.staff, community_id=self.asked.community_id())

    def totals(self, found: Any) -> Mapping[str, int]:
        return {name: sum(getattr(row, name) for row in found) for name in ("decided", "still_open")}

    def link(self, row: Any) -> str:
        return reverse("team:review", args=[row.pack_id])

    def empty(self) -> Empty:
        return Empty(_("No review yet. A pack for each community is made every Friday at 15:00."))


class PackView(StaffView):
    """What the doors of one pack share: its page."""

    permission = Permission.REPORT_SEE

    def pack(self, pack_id: int) -> queries.Pack:
        """The pack; NotFound when it is not there or not the member's."""
        found = queries.pack(pack_id, self.request.staff, as_of=clock.today())
        if found is None:
            raise NotFound(_("There is no such review."))
        return found

    def show(
        self, pack_id: int, form: forms.Decide | None = None, *, status: int = 200, **more: Any
    ) -> HttpResponse:
        """Figures above, minutes below."""
        pack = self.pack(pack_id)
        may_minute = self.request.staff.can(Permission.MEETING_MINUTE)
        return self.page(
            "team/review_show.html",
            status=status,
            pack=pack,
            row=pack.row,
            f=pack.figures,
            limits={name: ":" if self.request.GET.get("all") == name else _FIRST for name in _CUT},
            form=form or (forms.Decide() if may_minute else None),
            may_minute=may_minute,
            may_open=self.request.staff.can(Permission.CASE_SEE),
            **more,
        )


class Review(PackView):
    """One pack, and what is decided about it."""

    def get(self, request: HttpRequest, pack_id: int) -> HttpResponse:
        return self.show(pack_id)


class Decide(PackView):
    """A line of the minutes."""

    permission = Permission.MEETING_MINUTE

    def post(self, request: HttpRequest, pack_id: int) -> HttpResponse:
        self.pack(pack_id)
        form = forms.Decide(request.POST)
        done = self.attempt(form, lambda: self._resolve(pack_id, form)) if form.is_valid() else None
        if done is None:
            return self.show(pack_id, form, status=422)
        messages.success(request, _("Written into the minutes."))
        return redirect("team:review", pack_id)

    def _resolve(self, pack_id: int, form: forms.Decide) -> int:
        said = form.cleaned_data
        return services.resolve(
            pack_id=pack_id,
            what=said["what"],
            who_id=said["who"],
            until_on=said["until_on"],
            by=self.request.staff,
            as_of=clock.today(),
            at=clock.now(),
        )


class EndDecision(PackView):
    """What became of something that was decided."""

    permission = Permission.MEETING_MINUTE

    def post(self, request: HttpRequest, pack_id: int, resolution_id: int) -> HttpResponse:
        self.pack(pack_id)
        form = forms.EndDecision(request.POST)
        done = self.attempt(form, lambda: self._end(resolution_id, form)) if form.is_valid() else None
        if done is None:
            return self.show(pack_id, status=422, wrong=[str(error[0]) for error in form.errors.values()])
        messages.success(request, _("Noted."))
        return redirect("team:review", pack_id)

    def _end(self, resolution_id: int, form: forms.EndDecision) -> bool:
        services.end_resolution(
            resolution_id=resolution_id,
            note=form.cleaned_data["note"],
            by=self.request.staff,
            as_of=clock.today(),
            at=clock.now(),
        )
        return True


class PackPdf(PackView):
    """The pack on paper."""

    def get(self, request: HttpRequest, pack_id: int) -> HttpResponse:
        pack = self.pack(pack_id)
        response = HttpResponse(
            documents.pack_pdf(self.request.staff.tenant_name, pack),
            content_type="application/pdf",
        )
        name = f"催缴例会-{pack.row.community_name or '公司'}-{pack.row.meeting_on.isoformat()}.pdf"
        response["Content-Disposition"] = content_disposition_header(False, name) or "inline"
        response["Cache-Control"] = "private, no-store"
        return response
