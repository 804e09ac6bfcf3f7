"""The ladder that holds for the company and each community, its versions, and a new version."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from arrears.cases import queries, services
from arrears.cases.web import forms
from arrears.cases.web.foresight import start
from arrears.cases.web.forms import ladder_name
from owners.queries import communities, community_card
from tenancy.kernel import clock
from tenancy.kernel.errors import NotFound
from tenancy.kernel.pages import StaffView
from tenancy.kernel.permissions import Permission
from tenancy.people.templatetags.house import word


class Ladders(StaffView):
    """Every version, and the company's rungs in full."""

    permission = Permission.LADDER_SEE

    def get(self, request: HttpRequest) -> HttpResponse:
        today = clock.today()
        return self.page(
            "cases/ladder_list.html",
            rungs=queries.current_ladders(as_of=today).company,
            versions=queries.ladder_versions(as_of=today),
            communities=communities(),
            may_edit=self.request.staff.can(Permission.LADDER_EDIT),
        )


class Version(StaffView):
    """One version, as it was or is."""

    permission = Permission.LADDER_SEE

    def get(self, request: HttpRequest, ladder_id: int) -> HttpResponse:
        today = clock.today()
        version = queries.ladder_version(ladder_id, as_of=today)
        before = queries.version_before(version, queries.ladder_versions(as_of=today))
        return self.page(
            "cases/ladder_show.html",
            version=version,
            rungs=version.rungs,
            before=before,
            may_try=self.request.staff.can(Permission.LADDER_TRY),
        )


class Compare(StaffView):
    """Two versions side by side: what holds with what held before, unless told otherwise."""

    permission = Permission.LADDER_SEE

    def get(self, request: HttpRequest) -> HttpResponse:
        today = clock.today()
        versions = queries.ladder_versions(as_of=today)
        form = forms.ComparedLadders(request.GET or _suggested(versions), versions=versions)
        compared = None
        if form.is_valid():
            chosen = form.cleaned_data
            compared = queries.compare_ladders(chosen["before"], chosen["after"], as_of=today)
        return self.page(
            "cases/ladder_compare.html",
            form=form,
            several=len(versions) > 1,
            compared=compared,
            names=[ladder_name(row) for row in compared[:2]] if compared else [],
            lines=[(line, _changes(line)) for line in compared.lines] if compared else [],
        )


class NewVersion(StaffView):
    """Change the days of rungs: cases that stand on a rung stay there, the next one opens by the new days."""

    permission = Permission.LADDER_EDIT
    follows_choice = False

    def get(self, request: HttpRequest) -> HttpResponse:
        community_id = self._community()
        initial = {"active_from": clock.today(), "name": f"{clock.today():%Y-%m}"}
        return self._shown(community_id, forms.EditLadder(initial=initial, rungs=self._rungs(community_id)))

    def post(self, request: HttpRequest) -> HttpResponse:
        community_id = self._community()
        form = forms.EditLadder(request.POST, rungs=self._rungs(community_id))
        if "try" in request.POST:
            return self._try(community_id, form)
        made = self.attempt(form, lambda: _save(community_id, form)) if form.is_valid() else None
        if made is None:
            return self._shown(community_id, form, status=422)
        messages.success(request, _("The new version is saved."))
        return redirect("cases:ladder_version", made)

    def _try(self, community_id: int | None, form: forms.EditLadder) -> HttpResponse:
        """The days as they are typed, tried on tonight; nothing is saved."""
        job_id = self.attempt(form, lambda: _foresee(community_id, form)) if form.is_valid() else None
        if job_id is None:
            return self._shown(community_id, form, status=422)
        start(self.request.staff, job_id)
        return redirect("cases:ladder_foresight", job_id)

    def _community(self) -> int | None:
        asked = forms.ChooseLadder(self.request.GET)
        if not asked.is_valid():
            raise NotFound(_("There is no such community."))
        community_id: int | None = asked.cleaned_data["community"]
        if community_id is not None:
            community_card(community_id)
        elif self.request.staff.communities is not None:
            raise NotFound(_("The company's ladder belongs to those who see the whole company."))
        return community_id

    def _rungs(self, community_id: int | None) -> tuple[queries.Rung, ...]:
        ladders = queries.current_ladders(as_of=clock.today())
        return ladders.company if community_id is None else ladders.of(community_id)

    def _shown(self, community_id: int | None, form: forms.EditLadder, *, status: int = 200) -> HttpResponse:
        place = "" if community_id is None else community_card(community_id).name
        return self.page("cases/ladder_edit.html", status=status, form=form, place=place)


def _suggested(versions: list[queries.LadderRow]) -> dict[str, int]:
    """The version of the company that holds now, and what it replaced; whatever else there is to compare."""
    for after in sorted(versions, key=lambda row: (row.community_id is not None, not row.is_current)):
        before = queries.version_before(after, versions)
        if before is not None:
            return {"before": before.ladder_id, "after": after.ladder_id}
    return {}


def _changes(line: queries.Difference) -> list[str]:
    """What differs, in words: colour alone says nothing."""
    before, after = line.before, line.after
    if before is None or after is None:
        return [_("new rung") if before is None else _("this rung is gone")]
    said = []
    if "code" in line.changed:
        said.append(_("%(after)s instead of %(before)s") % _codes(before.code, after.code))
    if "min_days" in line.changed:
        said.append(_opens(after.min_days - before.min_days))
    if "period_days" in line.changed:
        said.append(_gives(after.period_days - before.period_days))
    if "approver" in line.changed:
        nobody = _("nobody")
        said.append(
            _("%(after)s decides instead of %(before)s")
            % _codes(before.approver or nobody, after.approver or nobody)
        )
    return said


def _codes(before: str, after: str) -> dict[str, str]:
    return {"before": word(before), "after": word(after)}


def _opens(days: int) -> str:
    if days > 0:
        text = ngettext("opens %(days)d day later", "opens %(days)d days later", days)
    else:
        text = ngettext("opens %(days)d day earlier", "opens %(days)d days earlier", -days)
    return text % {"days": abs(days)}


def _gives(days: int) -> str:
    if days > 0:
        text = ngettext("%(days)d day more to pay", "%(days)d days more to pay", days)
    else:
        text = ngettext("%(days)d day less to pay", "%(days)d days less to pay", -days)
    return text % {"days": abs(days)}


def _save(community_id: int | None, form: forms.EditLadder) -> int:
    return services.new_version(
        community_id=community_id,
        name=form.cleaned_data["name"],
        active_from=form.cleaned_data["active_from"],
        days=_days(form),
    )


def _foresee(community_id: int | None, form: forms.EditLadder) -> int:
    return services.request_foresight(community_id=community_id, days=_days(form), today=clock.today())


def _days(form: forms.EditLadder) -> dict[int, services.RungDays]:
    return {level: services.RungDays(*days) for level, days in form.days().items()}
