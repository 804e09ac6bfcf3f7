"""单位空置: the list, one with its proof, the application, and the day somebody moved in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from billing.charges import queries, services
from tenancy.kernel import clock
from tenancy.kernel.pages import StaffView
from tenancy.kernel.permissions import Permission
from tenancy.people.lists import Column, Empty, Kind, ListPage


def _day(label: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))


class Application(forms.Form):
    """When it was accepted, why, and the proof."""

    accepted_on = _day(gettext_lazy("Accepted on"))
    reason = forms.CharField(label=gettext_lazy("Why it stands empty"), max_length=200)
    proof = forms.FileField(
        label=gettext_lazy("Proof"), help_text=gettext_lazy("PDF or picture: water and power barely used")
    )


class MovedIn(forms.Form):
    """The day somebody lives there again."""

    moved_in_on = _day(gettext_lazy("Moved in on"))


class Vacancies(ListPage):
    """Every application, the newest first."""

    permission = Permission.BILL_SEE
    title = gettext_lazy("Empty homes")
    columns: ClassVar[tuple[Column, ...]] = (
        Column("unit_code", gettext_lazy("Room"), Kind.ROOM),
        Column("party_name", gettext_lazy("Owner"), Kind.NAME),
        Column("state_word", gettext_lazy("State"), Kind.BADGE, by="tone"),
        Column("from_on", gettext_lazy("Reduced from"), Kind.DATE),
        Column("last_on", gettext_lazy("Last day"), Kind.DATE),
        Column("share", gettext_lazy("Share to be paid"), Kind.WORD),
        Column("off_fen", gettext_lazy("Let off"), Kind.MONEY, value=lambda row: row.off_fen or None),
        Column("reason", gettext_lazy("Reason"), Kind.WRAP),
        Column("asked_by", gettext_lazy("Asked by"), Kind.NAME),
    )

    def found(self) -> Any:
        return queries.vacancies()

    def rows(self, part: list[Any]) -> Sequence[queries.VacancyRow]:
        return queries.vacancy_rows(part)

    def link(self, row: Any) -> str:
        return reverse("charges:vacancy", args=[row.vacancy_id])

    def empty(self) -> Empty:
        return Empty(_("Nobody has applied for an empty home. The unit page has the button."))


class Vacancy(StaffView):
    """One application with its proof and what it let off."""

    permission = Permission.BILL_SEE

    def get(self, request: HttpRequest, vacancy_id: int) -> HttpResponse:
        return _show(self, vacancy_id, MovedIn(initial={"moved_in_on": clock.today()}))


class EndVacancy(StaffView):
    """Somebody moved in."""

    permission = Permission.WAIVER_ASK

    def post(self, request: HttpRequest, vacancy_id: int) -> HttpResponse:
        queries.vacancy_card(vacancy_id)
        form = MovedIn(request.POST)
        state = self.attempt(form, lambda: _end(vacancy_id, form)) if form.is_valid() else None
        if state is None:
            return _show(self, vacancy_id, form, status=422)
        if state == "ENDED":
            messages.success(request, _("From that month on the whole fee is owed."))
        else:
            messages.warning(request, _("It was too short: all that was let off is owed again."))
        return redirect("charges:vacancy", vacancy_id)


class AskVacancy(StaffView):
    """Apply for an account's empty home."""

    permission = Permission.WAIVER_ASK

    def get(self, request: HttpRequest, account_id: int) -> HttpResponse:
        return self._form(account_id, Application(initial={"accepted_on": clock.today()}))

    def post(self, request: HttpRequest, account_id: int) -> HttpResponse:
        queries.account_card(account_id)
        form = Application(request.POST, request.FILES)
        asked = self.attempt(form, lambda: self._ask(account_id, form)) if form.is_valid() else None
        if asked is None:
            return self._form(account_id, form, status=422)
        messages.success(request, _("It waits for a decision."))
        return redirect("charges:vacancy", asked)

    def _ask(self, account_id: int, form: Application) -> int:
        said = form.cleaned_data
        return services.ask_vacancy(
            account_id=account_id,
            accepted_on=said["accepted_on"],
            reason=said["reason"],
            proof=services.Proof(said["proof"].name or "proof", said["proof"].read()),
            by=self.request.staff,
            on=clock.today(),
            at=clock.now(),
        )

    def _form(self, account_id: int, form: Application, *, status: int = 200) -> HttpResponse:
        account = queries.account_card(account_id)
        return self.page("charges/vacancy_ask.html", status=status, account=account, form=form)


def _end(vacancy_id: int, form: MovedIn) -> str:
    return services.end_vacancy(
        vacancy_id=vacancy_id,
        moved_in_on=form.cleaned_data["moved_in_on"],
        on=clock.today(),
        at=clock.now(),
    )


def _show(view: StaffView, vacancy_id: int, form: MovedIn, *, status: int = 200) -> HttpResponse:
    vacancy = queries.vacancy_card(vacancy_id)
    may_end = vacancy.is_open and view.request.staff.can(Permission.WAIVER_ASK)
    return view.page("charges/vacancy_show.html", status=status, vacancy=vacancy, form=form, may_end=may_end)
