"""Import a statement, walk the queue of transfers, set up accounts and profiles."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from billing.banking import queries, services
from billing.banking.services.import_job import JOB_KIND
from billing.banking.tasks import start_import
from billing.banking.web import forms
from tenancy.kernel import clock
from tenancy.kernel.errors import NotFound
from tenancy.kernel.pages import StaffView
from tenancy.kernel.permissions import Permission
from tenancy.people.lists import BulkPage
from tenancy.people.queries.jobs import jobs
from values.fen import display


class Import(StaffView):
    """Send a statement; the worker reads it and matches what is new."""

    permission = Permission.BANK_EDIT

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._show(forms.Upload(initial={"bank_account": request.GET.get("account")}))

    def post(self, request: HttpRequest) -> HttpResponse:
        form = forms.Upload(request.POST, request.FILES)
        job_id = self.attempt(form, lambda: _request(form)) if form.is_valid() else None
        if job_id is None:
            return self._show(form, status=422)
        start_import(job_id, by=self.request.staff)
        return redirect("banking:statement_job", job_id)

    def _show(self, form: forms.Upload, *, status: int = 200) -> HttpResponse:
        accounts = queries.bank_accounts()
        return self.page("banking/statement_import.html", status=status, form=form, accounts=accounts)


class StatementJob(StaffView):
    """The live progress of a statement, then what it brought or what is wrong with it."""

    permission = Permission.BANK_EDIT

    def get(self, request: HttpRequest, statement_job_id: int) -> HttpResponse:
        found = jobs(seen_by=self.request.staff)
        job = found.filter(pk=statement_job_id, kind=JOB_KIND).first()
        if job is None:
            raise NotFound(_("There is no such statement."))
        return self.page("banking/statement_watch.html", job=job, wrong=job.result.get("lines_wrong", ()))


def _request(form: forms.Upload) -> int:
    file = form.cleaned_data["file"]
    return services.request_import(
        bank_account_id=form.cleaned_data["bank_account"], content=file.read(), name=file.name or "statement"
    )


class LineView(StaffView):
    """What the doors of one transfer share: its page."""

    permission = Permission.BANK_SEE

    def show(self, line_id: int, form: forms.Decide | None = None, *, status: int = 200) -> HttpResponse:
        """The transfer, what may be meant by it, and what was decided."""
        line = queries.line_row(line_id)
        look = forms.Look(self.request.GET)
        words = look.cleaned_data["words"] if look.is_valid() else ""
        may_edit = self.request.staff.can(Permission.BANK_EDIT) and line.is_waiting
        return self.page(
            "banking/line_show.html",
            status=status,
            line=line,
            choices=queries.choices(line, words=words) if line.is_waiting else [],
            form=form or forms.Decide(),
            look=look,
            words=words,
            may_edit=may_edit,
            parts=queries.parts_of(line_id) if line.state == "SPLIT" else [],
            next_id=queries.next_waiting(after=line_id),
            sums=queries.state_sums(),
        )


class Line(LineView):
    """One transfer."""

    def get(self, request: HttpRequest, line_id: int) -> HttpResponse:
        return self.show(line_id)


class DecideLine(LineView):
    """Book it, keep it in suspense, or set it aside; then the next one."""

    permission = Permission.BANK_EDIT

    def post(self, request: HttpRequest, line_id: int) -> HttpResponse:
        line = queries.line_row(line_id)
        form = forms.Decide(request.POST)
        following = queries.next_waiting(after=line_id)
        done = self.attempt(form, lambda: self._decide(line_id, form)) if form.is_valid() else None
        if done is None:
            return self.show(line_id, form, status=422)
        # The next one is on the screen by then: say whose money was meant.
        messages.success(request, f"{line.payer_name} {display(line.amount_fen)} {done}")
        return redirect("banking:line", following) if following else redirect("banking:lines")

    def _decide(self, line_id: int, form: forms.Decide) -> str:
        data = form.cleaned_data
        if data["decision"] == "confirm":
            services.confirm_lines({line_id: data["account"]}, posted_on=clock.today(), at=clock.now())
            return _("Booked.")
        if data["decision"] == "keep":
            services.keep_in_suspense(line_id=line_id, reason=data["reason"], at=clock.now())
            return _("It stays in suspense.")
        services.set_aside(line_id=line_id, reason=data["reason"], at=clock.now())
        return _("Set aside.")


class Queue(StaffView):
    """The next transfer that waits for a person."""

    permission = Permission.BANK_SEE

    def get(self, request: HttpRequest) -> HttpResponse:
        following = queries.next_waiting()
        if following is not None:
            return redirect("banking:line", following)
        messages.info(request, _("Nothing waits for you: every transfer is decided."))
        return redirect("banking:lines")


class Confirm(BulkPage):
    """Book the ticked proposals, all or none."""

    permission = Permission.BANK_EDIT
    list_name = "banking:lines"

    def post(self, request: HttpRequest) -> HttpResponse:
        picked = self.picked()
        if not picked.keys:
            messages.error(request, _("Tick proposed transfers first."))
            return redirect(self.back())
        done = services.confirm_lines(dict.fromkeys(picked.keys), posted_on=clock.today(), at=clock.now())
        messages.success(request, _("%(lines)d transfers are booked.") % {"lines": done.lines})
        return redirect(self.back())


class MatchAgain(StaffView):
    """Look at what nobody has decided about once more: owners and debts have changed."""

    permission = Permission.BANK_EDIT

    def post(self, request: HttpRequest) -> HttpResponse:
        found = [
            services.match_lines(bank_account_id=row.bank_account_id, again=True)
            for row in queries.bank_accounts()
        ]
        text = _("Proposed: %(proposed)d, in suspense: %(suspense)d.")
        sums = {name: sum(getattr(one, name) for one in found) for name in ("proposed", "suspense")}
        messages.success(request, text % sums)
        return redirect("banking:lines")


class Accounts(StaffView):
    """Where money comes in."""

    permission = Permission.BANK_EDIT

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._show(forms.NewAccount())

    def post(self, request: HttpRequest) -> HttpResponse:
        form = forms.NewAccount(request.POST)
        if not form.is_valid() or self.attempt(form, lambda: self._add(form)) is None:
            return self._show(form, status=422)
        messages.success(request, _("The bank account is set up."))
        return redirect("banking:accounts")

    def _add(self, form: forms.NewAccount) -> int:
        data = form.cleaned_data
        return services.add_bank_account(
            community_id=data["community"],
            name=data["name"],
            bank=data["bank"],
            number=data["number"],
            profile_code=data["profile"],
        )

    def _show(self, form: forms.NewAccount, *, status: int = 200) -> HttpResponse:
        names = {profile.code: profile.name for profile in queries.profiles()}
        rows = [
            {**row._asdict(), "profile_name": names.get(row.profile_code, row.profile_code)}
            for row in queries.bank_accounts()
        ]
        return self.page("banking/account_list.html", status=status, form=form, rows=rows)


class Profiles(StaffView):
    """How statements are read: the built-in ways, and the company's own."""

    permission = Permission.BANK_EDIT

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._show(forms.NewProfile())

    def post(self, request: HttpRequest) -> HttpResponse:
        form = forms.NewProfile(request.POST)
        if not form.is_valid() or self.attempt(form, lambda: services.add_profile(**form.said())) is None:
            return self._show(form, status=422)
        messages.success(request, _("The profile is added."))
        return redirect("banking:profiles")

    def _show(self, form: forms.NewProfile, *, status: int = 200) -> HttpResponse:
        rows = [
            {"code": one.code, "name": one.name, "file_format": one.file_format, "columns": [
                " / ".join(names) for names in one.columns.values()
            ]}
            for one in queries.profiles()
        ]  # fmt: skip
        return self.page("banking/profile_list.html", status=status, form=form, rows=rows)
