"""What people change of the policy: relaxed stages, re-based cases, quiet days; the list of deviations."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms as django_forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from arrears.cases import queries, services
from arrears.cases.web import policy_forms as forms
from tenancy.kernel import clock
from tenancy.kernel.errors import NotFound, row_id
from tenancy.kernel.pages import StaffView
from tenancy.kernel.permissions import Permission
from tenancy.people.lists import OWNER, ROOM, BulkPage, Chip, Column, Empty, Kind, ListPage, Picked, choose


class Relax(StaffView):
    """Let one rung of a case open later: what it means is said before it is done."""

    permission = Permission.CASE_RELAX

    def get(self, request: HttpRequest, case_id: int) -> HttpResponse:
        case = queries.case_line(case_id, as_of=clock.today())
        return self._shown(case, None)

    def post(self, request: HttpRequest, case_id: int) -> HttpResponse:
        case = queries.case_line(case_id, as_of=clock.today())
        facts = queries.case_facts(case_id, as_of=clock.today())
        form = self._form(facts, request.POST)
        done = self.attempt(form, lambda: self._relax(case_id, form)) if form.is_valid() else None
        if done is None:
            return self._shown(case, form, status=422)
        messages.success(request, _("The stage is relaxed; it ends by itself."))
        return redirect("cases:case", case_id)

    def _relax(self, case_id: int, form: forms.Relax) -> int:
        return services.relax(
            case_id=case_id, by=self.request.staff, as_of=clock.today(), **form.cleaned_data
        )

    def _form(self, facts: queries.CaseFacts, entered: Any = None) -> forms.Relax:
        rungs = (
            queries.current_ladders(as_of=clock.today()).company
            if facts.ladder is None
            else facts.ladder.rungs
        )
        ahead = [rung for rung in rungs if rung.level > facts.level]
        return forms.Relax(entered, today=clock.today(), rungs=ahead)

    def _shown(self, case: queries.CaseLine, form: forms.Relax | None, *, status: int = 200) -> HttpResponse:
        facts = queries.case_facts(case.case_id, as_of=clock.today())
        return self.page(
            "cases/case_relax.html", status=status, case=case, facts=facts, form=form or self._form(facts)
        )


class EndRelaxation(StaffView):
    """Take a relaxed stage back before its day."""

    permission = Permission.CASE_RELAX

    def post(self, request: HttpRequest, relaxation_id: int) -> HttpResponse:
        case_id = queries.case_of_relaxation(relaxation_id)
        if case_id is None:
            raise NotFound(_("There is no such relaxation."))
        services.end_relaxation(relaxation_id=relaxation_id, by=self.request.staff, as_of=clock.today())
        messages.success(request, _("The policy holds again."))
        return redirect("cases:case", case_id)


class Deviations(ListPage):
    """Every relaxed stage that stands, or those that are over."""

    permission = Permission.DEVIATION_SEE
    title = gettext_lazy("Deviations from the policy")
    quick = frozenset({"ended"})
    columns: ClassVar[tuple[Column, ...]] = (
        ROOM,
        OWNER,
        Column("rung", gettext_lazy("Rung"), Kind.WORD),
        Column("from_on", gettext_lazy("Decided on"), Kind.DATE),
        Column("opens_on", gettext_lazy("Ends on"), Kind.DATE),
        Column("reason", gettext_lazy("Reason"), Kind.WRAP),
        Column("by", gettext_lazy("Decided by"), Kind.NAME),
        Column("word", gettext_lazy("State"), Kind.WORD),
        Column("ended_on", gettext_lazy("Taken back"), Kind.DATE),
    )  # fmt: skip

    def filter_form(self) -> forms.DeviationFilter:
        return forms.DeviationFilter(self.request.GET)

    def found(self) -> Any:
        return queries.deviations(self.asked.chosen(), as_of=clock.today())

    def rows(self, part: list[Any]) -> Sequence[Any]:
        return queries.relaxed_rows(part, as_of=clock.today())

    def link(self, row: Any) -> str | None:
        if not self.staff.can(Permission.CASE_SEE):
            return None
        return reverse("cases:case", args=[row.case_id])

    def chips(self) -> list[Chip]:
        return choose(self.request.GET, "ended", [("", _("Standing now")), ("on", _("Ended"))])

    def empty(self) -> Empty:
        return Empty(_("No stage is relaxed: the same policy holds for everybody."))


class RebaseCases(BulkPage):
    """Ticked cases to the version in force: first what it means in numbers, then the record."""

    permission = Permission.CASE_REBASE
    list_name = "cases:cases"

    def post(self, request: HttpRequest) -> HttpResponse:
        picked = self.picked()
        preview = queries.rebase_preview(picked.keys, as_of=clock.today())
        if not preview.case_ids:
            messages.error(request, _("None of these is on an older version."))
            return redirect(self.back())
        if "count" not in request.POST:
            return self._shown(picked, preview, forms.Reason())
        form = forms.Reason(request.POST)
        moved = self._move(preview, form) if form.is_valid() and self._same(form, preview) else None
        if moved is None:
            return self._shown(picked, preview, form, status=422)
        text = ngettext(
            "%(count)d case walks by the version in force now.",
            "%(count)d cases walk by the version in force now.",
            moved,
        )
        messages.success(request, text % {"count": moved})
        return redirect(self.back())

    def _move(self, preview: queries.RebasePreview, form: forms.Reason) -> int | None:
        return self.attempt(
            form,
            lambda: services.rebase(
                case_ids=preview.case_ids, reason=form.cleaned_data["reason"], as_of=clock.today()
            ),
        )

    def _same(self, form: forms.Reason, preview: queries.RebasePreview) -> bool:
        """Whether as many move as the page said."""
        count = len(preview.case_ids)
        if row_id(self.request.POST.get("count", "")) == count:
            return True
        text = _("The list has changed: %(count)d cases fit now. Look again, then move them.")
        form.add_error(None, django_forms.ValidationError(text % {"count": count}, code="changed"))
        return False

    def _shown(
        self, picked: Picked, preview: queries.RebasePreview, form: forms.Reason, *, status: int = 200
    ) -> HttpResponse:
        return self.page(
            "cases/case_rebase.html",
            status=status,
            picked=picked,
            preview=preview,
            count=len(preview.case_ids),
            form=form,
            back=self.back(),
        )


class QuietDays(StaffView):
    """The days on which nobody is contacted: the usual ones and the company's own."""

    permission = Permission.LADDER_SEE

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.shown(self.form())

    def form(self, entered: Any = None) -> forms.QuietDays:
        """The form, empty or as it was sent."""
        sees_all = self.request.staff.communities is None
        return forms.QuietDays(entered, today=clock.today(), sees_all=sees_all)

    def shown(self, form: forms.QuietDays, *, status: int = 200) -> HttpResponse:
        """What is ahead, and the form."""
        return self.page(
            "cases/quiet_days.html",
            status=status,
            rows=queries.quiet_rows(as_of=clock.today()),
            form=form,
            may_edit=self.request.staff.can(Permission.QUIET_EDIT),
        )


class AddQuietDays(QuietDays):
    """Enter days of the company's own."""

    permission = Permission.QUIET_EDIT

    def get(self, request: HttpRequest) -> HttpResponse:
        return redirect("cases:quiet_days")

    def post(self, request: HttpRequest) -> HttpResponse:
        form = self.form(request.POST)
        done = self.attempt(form, lambda: self._add(form)) if form.is_valid() else None
        if done is None:
            return self.shown(form, status=422)
        messages.success(request, _("Nobody is contacted on these days."))
        return redirect("cases:quiet_days")

    def _add(self, form: forms.QuietDays) -> int:
        return services.add_quiet_days(as_of=clock.today(), **form.cleaned_data)


class DropQuietDays(StaffView):
    """Take days of the company's own out again."""

    permission = Permission.QUIET_EDIT

    def post(self, request: HttpRequest, quiet_id: int) -> HttpResponse:
        services.drop_quiet_days(quiet_id=quiet_id, as_of=clock.today())
        messages.success(request, _("The days are ordinary ones again."))
        return redirect("cases:quiet_days")
