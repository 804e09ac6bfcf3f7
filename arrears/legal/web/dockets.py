"""The docket of a filing, and the calendar of the courts."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from arrears.legal import queries, services
from arrears.legal.web import process_forms as forms
from tenancy.kernel import clock
from tenancy.kernel.pages import StaffView
from tenancy.kernel.permissions import Permission
from tenancy.people.lists import OWNER, ROOM, Chip, Column, Empty, Kind, ListPage, choose
from tenancy.people.words import WORDS
from values.fen import yuan

CODES = ("HEARING", "OBJECTION", "CONVERSION", "APPEAL", "ENFORCEMENT", "REVIEW", "TAKE_DOWN")


class DocketView(StaffView):
    """What the doors of a docket share: its page."""

    permission = Permission.LEGAL_SEE

    def show(
        self, filing_id: int, form: forms.EnterEntry | None = None, *, status: int = 200
    ) -> HttpResponse:
        """The docket as it stands, with what may be entered next."""
        today = clock.today()
        course = queries.course(filing_id, as_of=today)
        card = queries.docket_of(filing_id, as_of=today)
        may_enter = self.request.staff.can(Permission.FILING_RECORD) and bool(card.may_follow)
        filing = course.filing
        given = {
            "on": today,
            "principal_fen": yuan(filing.principal_fen or filing.claim_fen),
            "late_fee_fen": yuan(filing.late_fee_fen or 0),
        }
        return self.page(
            "legal/docket_show.html",
            status=status,
            card=card,
            filing=filing,
            results=course.results,
            instrument=queries.instrument_of(filing.case_id, as_of=today),
            form=form or forms.EnterEntry(kinds=card.may_follow, initial=given) if may_enter else None,
        )


class Docket(DocketView):
    """Everything that happened to a filing, and the days that count."""

    def get(self, request: HttpRequest, filing_id: int) -> HttpResponse:
        return self.show(filing_id)


class Enter(DocketView):
    """Enter the next line."""

    permission = Permission.FILING_RECORD

    def post(self, request: HttpRequest, filing_id: int) -> HttpResponse:
        card = queries.docket_of(filing_id, as_of=clock.today())
        form = forms.EnterEntry(request.POST, request.FILES, kinds=card.may_follow)
        done = self.attempt(form, lambda: self._enter(filing_id, form)) if form.is_valid() else None
        if done is None:
            return self.show(filing_id, form, status=422)
        messages.success(request, _("It is entered."))
        return redirect("legal:docket", filing_id)

    def _enter(self, filing_id: int, form: forms.EnterEntry) -> int:
        return services.enter(filing_id=filing_id, new=form.entry(), as_of=clock.today())


class Calendar(ListPage):
    """法院期限: every day that counts before a court, the next first; what has passed is red."""

    permission = Permission.LEGAL_SEE
    title = gettext_lazy("Court calendar")
    dense = True
    quick = frozenset({"code"})
    columns: ClassVar[tuple[Column, ...]] = (
        Column("last_on", gettext_lazy("Day"), Kind.DEADLINE, by="days_over"),
        Column("word", gettext_lazy("What"), Kind.WORD),
        ROOM,
        OWNER,
        Column("kind_word", pgettext_lazy("court calendar", "Filing"), Kind.WORD),
        Column("court", gettext_lazy("Name of the court"), Kind.WRAP),
        Column("place", pgettext_lazy("of a hearing", "Place"), Kind.WRAP),
        Column("days_left", gettext_lazy("Days left"), Kind.COUNT),
        Column("told_on", gettext_lazy("Told by the night"), Kind.DATE),
    )

    def filter_form(self) -> forms.CalendarFilter:
        return forms.CalendarFilter(self.request.GET)

    @cached_property
    def days(self) -> list[queries.CourtDay]:
        """All of them, or those of one kind."""
        return queries.court_days(as_of=clock.today(), code=self.asked.cleaned_data.get("code", ""))

    def found(self) -> Any:
        return self.days

    def link(self, row: Any) -> str | None:
        if row.notice_id is not None:
            return reverse("legal:public_notice", args=[row.notice_id])
        if row.filing_id is not None:
            return reverse("legal:docket", args=[row.filing_id])
        return reverse("legal:review", args=[row.case_id])

    def chips(self) -> list[Chip]:
        words = [(code, WORDS[f"timer.{code}"]) for code in CODES]
        return choose(self.request.GET, "code", [("", _("All")), *words])

    def empty(self) -> Empty:
        return Empty(_("No court day is near. Days come here when a paper is filed."))
