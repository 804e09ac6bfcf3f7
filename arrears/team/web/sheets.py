"""Sheets to sign: the queue with one sheet beside it, all sheets as a list, marks and corrections."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from arrears.team import queries, services
from arrears.team.queries.sheets import read_key
from arrears.team.web import forms
from tenancy.kernel import clock
from tenancy.kernel.errors import NotFound
from tenancy.kernel.pages import StaffView
from tenancy.kernel.permissions import Permission
from tenancy.people.lists import Column, Empty, Kind, ListPage
from tenancy.people.templatetags.house import word

MOST: Final = 200
BESIDE: Final = 15


class SheetView(StaffView):
    """What the doors of one sheet share: the page with the queue beside it."""

    permission = Permission.SHEET_SEE

    def sheet(self, key: str) -> queries.Sheet:
        """The sheet of an address; NotFound when it is not there, or not the member's to see."""
        found = queries.find_sheet(read_key(key))
        if found is None or not _sees(self.request, found.row):
            raise NotFound(_("There is no such sheet."))
        return found

    def waiting(self) -> list[queries.SheetRow]:
        """What the member can sign now."""
        return queries.to_sign(self.request.staff, as_of=clock.today())[:MOST]

    def show(self, key: str, *, status: int = 200, **given: Any) -> HttpResponse:
        """One sheet, the queue on its left."""
        return self.page("team/sheet_show.html", status=status, **self.context(key, given))

    def context(self, key: str, given: Mapping[str, Any]) -> dict[str, Any]:
        """All that the page shows."""
        staff, sheet, waiting = self.request.staff, self.sheet(key), self.waiting()
        may_sign = queries.signs(staff, sheet.row) and sheet.row.state in _OPEN
        return {
            "sheet": sheet,
            "row": sheet.row,
            "waiting": waiting,
            **_near(waiting, key),
            "before": _beside(waiting, key, -1),
            "after": _beside(waiting, key, 1),
            "may_sign": may_sign,
            "may_correct": sheet.row.person_id == staff.user_id,
            "return_form": given.get("return_form") or forms.ReturnSheet(),
            "sign_form": given.get("sign_form") or forms.SignSheet(initial={"digest": sheet.digest}),
            "correct_form": given.get("correct_form") or forms.CorrectEntry(entries=_entries(sheet)),
            "may_record": staff.can(Permission.CASE_SEE),
        }

    def onward(self, key: str) -> HttpResponse:
        """To the sheet that comes next, or to the queue when it is empty."""
        waiting = self.waiting()
        ahead = [row.key for row in waiting if row.key != key]
        return redirect("team:sheet", ahead[0]) if ahead else redirect("team:sign")


_OPEN: Final = ("WAITING", "CHANGED", "ANSWERED")


class Queue(SheetView):
    """The first sheet that waits for the member, or that nothing does."""

    permission = Permission.SHEET_SIGN

    def get(self, request: HttpRequest) -> HttpResponse:
        waiting = self.waiting()
        if waiting:
            return redirect("team:sheet", waiting[0].key)
        return self.page("team/sheet_queue.html")


class SheetPage(SheetView):
    """One sheet with its entries."""

    def get(self, request: HttpRequest, sheet: str) -> HttpResponse:
        return self.show(sheet)


class Sign(SheetView):
    """Signed as it was looked at."""

    permission = Permission.SHEET_SIGN

    def post(self, request: HttpRequest, sheet: str) -> HttpResponse:
        form = forms.SignSheet(request.POST)
        digest = form.cleaned_data["digest"] if form.is_valid() else "-"
        done = self.attempt(
            form,
            lambda: services.sign(key=read_key(sheet), by=self.request.staff, at=clock.now(), digest=digest),
        )
        if done is None:
            return self.show(sheet, status=422, sign_form=form)
        messages.success(request, _("Signed."))
        return self.onward(sheet)


class Return(SheetView):
    """Returned with what is to be corrected."""

    permission = Permission.SHEET_SIGN

    def post(self, request: HttpRequest, sheet: str) -> HttpResponse:
        form = forms.ReturnSheet(request.POST)
        done = self.attempt(form, self._act(sheet, form)) if form.is_valid() else None
        if done is None:
            return self.show(sheet, status=422, return_form=form)
        messages.success(request, _("Returned. It comes back once it is corrected."))
        return self.onward(sheet)

    def _act(self, sheet: str, form: forms.ReturnSheet) -> Callable[[], int]:
        comment, by = form.cleaned_data["comment"], self.request.staff
        return lambda: services.send_back(key=read_key(sheet), comment=comment, by=by, at=clock.now())


class Correct(SheetView):
    """A new entry that puts an earlier one right."""

    permission = Permission.CALL_LOG

    def post(self, request: HttpRequest, sheet: str) -> HttpResponse:
        found = self.sheet(sheet)
        form = forms.CorrectEntry(request.POST, entries=_entries(found))
        done = None
        if form.is_valid():
            said, by = form.cleaned_data, self.request.staff
            done = self.attempt(
                form, lambda: services.correct(key=read_key(sheet), **said, by=by, at=clock.now())
            )
        if done is None:
            return self.show(sheet, status=422, correct_form=form)
        messages.success(request, _("Added. The earlier entry stays as it was."))
        return redirect("team:sheet", sheet)


class Sheets(ListPage):
    """All sheets; who signs none and audits none sees his own."""

    permission = Permission.SHEET_SEE
    title = gettext_lazy("Record sheets of the days")
    columns: ClassVar[tuple[Column, ...]] = (
        Column("day", gettext_lazy("Day"), Kind.DATE),
        Column("kind", gettext_lazy("Kind"), Kind.WORD),
        Column("person_name", gettext_lazy("Whose entries"), Kind.NAME),
        Column("unit_code", gettext_lazy("Room"), Kind.ROOM),
        Column("community_name", gettext_lazy("Community")),
        Column("calls", gettext_lazy("Calls"), Kind.COUNT),
        Column("visits", gettext_lazy("Visits"), Kind.COUNT),
        Column("promises", gettext_lazy("Promises"), Kind.COUNT),
        Column("broken", gettext_lazy("Broken promises"), Kind.COUNT),
        Column("corrections", gettext_lazy("Corrections"), Kind.COUNT),
        Column("state_word", gettext_lazy("State"), Kind.BADGE, by="tone"),
        Column("marked_by", gettext_lazy("By"), Kind.NAME),
        Column("marked_at", gettext_lazy("At"), Kind.MOMENT),
        Column("comment", gettext_lazy("Comment"), Kind.WRAP),
    )

    def filter_form(self) -> forms.SheetFilter:
        return forms.SheetFilter(self.request.GET, today=clock.today())

    @cached_property
    def _found(self) -> list[queries.SheetRow]:
        from_on, to_on = self.asked.days()
        said = self.asked.cleaned_data
        own = None if _sees_all(self.request) else self.staff.user_id
        found = queries.sheets(
            from_on=from_on, to_on=to_on, community_id=said.get("community"), person_id=own
        )
        wanted = [
            row
            for row in found
            if said.get("kind", "") in ("", row.kind) and said.get("state", "") in ("", row.state)
        ]
        return sorted(
            wanted, key=lambda row: (-row.day.toordinal(), row.kind != "RECORD", row.community_name)
        )

    def found(self) -> list[queries.SheetRow]:
        return self._found

    def totals(self, found: Any) -> Mapping[str, int]:
        names = ("calls", "visits", "promises", "broken", "corrections")
        records = [row for row in found if row.kind == "RECORD"]
        return {name: sum(getattr(row, name) for row in records) for name in names}

    def link(self, row: Any) -> str:
        return reverse("team:sheet", args=[row.key])

    def empty(self) -> Empty:
        return Empty(_("Nobody called or visited in these days. A day's sheet begins with the first entry."))


def _sees_all(request: Any) -> bool:
    staff = request.staff
    return bool(staff.can(Permission.SHEET_SIGN) or staff.can(Permission.AUDIT_SEE))


def _sees(request: Any, row: queries.SheetRow) -> bool:
    return _sees_all(request) or row.person_id == request.staff.user_id


def _beside(waiting: list[queries.SheetRow], key: str, step: int) -> str | None:
    keys = [row.key for row in waiting]
    if key not in keys:
        return keys[0] if keys and step > 0 else None
    at = keys.index(key) + step
    return keys[at] if 0 <= at < len(keys) else None


def _near(waiting: list[queries.SheetRow], key: str) -> dict[str, Any]:
    """The part of the queue beside the sheet, and how many stand beyond it."""
    at = next((place for place, row in enumerate(waiting) if row.key == key), 0)
    start = max(0, min(at - BESIDE // 2, len(waiting) - BESIDE))
    near = waiting[start : start + BESIDE]
    return {"near": near, "unseen": len(waiting) - len(near)}


def _entries(sheet: queries.Sheet) -> list[tuple[str, str]]:
    return [
        (entry.key, f"{entry.unit_code} {word(entry.word)}")
        for entry in sheet.entries
        if entry.kind in ("call", "visit")
    ]
