"""Reconcile a channel's day; answer what does not agree, and close what somebody else answered."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from billing.banking import queries, services
from billing.banking.services.import_statement import StatementBad
from billing.banking.web import channel_forms as forms
from tenancy.kernel import clock
from tenancy.kernel.pages import StaffView
from tenancy.kernel.permissions import Permission


class ImportDay(StaffView):
    """Send a channel's file of a day; it is reconciled at once."""

    permission = Permission.BANK_EDIT

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._show(forms.Upload())

    def post(self, request: HttpRequest) -> HttpResponse:
        form = forms.Upload(request.POST, request.FILES)
        done = self.attempt(form, lambda: self._reconcile(form)) if form.is_valid() else None
        if done is None:
            return self._show(form, status=422)
        if isinstance(done, StatementBad):
            form.add_error("file", str(done))
            return self._show(form, wrong=done.params["lines"], status=422)
        text = _("Rows: %(rows)d, exceptions: %(exceptions)d.")
        messages.success(request, text % {"rows": done.rows, "exceptions": done.exceptions})
        return redirect("banking:channel", done.file_id)

    def _reconcile(self, form: forms.Upload) -> services.Reconciled | StatementBad:
        data = form.cleaned_data
        try:
            return services.import_channel_file(
                community_id=data["community"],
                channel=data["channel"],
                day=data["day"],
                content=data["file"].read(),
                name=data["file"].name or "bill",
                at=clock.now(),
            )
        except StatementBad as bad:
            return bad

    def _show(self, form: forms.Upload, *, status: int = 200, wrong: object = ()) -> HttpResponse:
        return self.page("banking/channel_import.html", status=status, form=form, wrong=wrong)


class ChannelDay(StaffView):
    """One day: how many of each outcome, and what does not agree."""

    permission = Permission.BANK_SEE

    def get(self, request: HttpRequest, channel_file_id: int) -> HttpResponse:
        day = queries.channel_day(channel_file_id)
        page = self.paginate(queries.exception_ids(channel_file_id=channel_file_id))
        rows = queries.exception_rows(list(page.object_list))
        return self.page("banking/channel_show.html", day=day, page=page, rows=rows)


class ExceptionView(StaffView):
    """What the doors of one exception share: its page."""

    permission = Permission.BANK_SEE

    def show(self, exception_id: int, form: forms.Answer | None = None, *, status: int = 200) -> HttpResponse:
        """What differs, what was said about it, and what this member may do."""
        row = queries.exception_row(exception_id)
        staff = self.request.staff
        said = {"reason": row.reason, "closure": row.closure}
        may_review = staff.can(Permission.BANK_REVIEW) and row.state == "ANSWERED"
        return self.page(
            "banking/exception_show.html",
            status=status,
            row=row,
            form=form or forms.Answer(initial=said),
            may_answer=staff.can(Permission.BANK_EDIT) and row.state != "CLOSED",
            may_review=may_review and row.prepared_by_id != staff.user_id,
            is_own=may_review and row.prepared_by_id == staff.user_id,
        )


class ExceptionPage(ExceptionView):
    """One exception."""

    def get(self, request: HttpRequest, exception_id: int) -> HttpResponse:
        return self.show(exception_id)


class Answer(ExceptionView):
    """Say why it is so and what was done; it is yours from then on."""

    permission = Permission.BANK_EDIT

    def post(self, request: HttpRequest, exception_id: int) -> HttpResponse:
        queries.exception_row(exception_id)
        form = forms.Answer(request.POST)
        if not form.is_valid() or self.attempt(form, lambda: self._answer(exception_id, form)) is None:
            return self.show(exception_id, form, status=422)
        messages.success(request, _("The answer waits for somebody else's review."))
        return redirect("banking:exceptions")

    def _answer(self, exception_id: int, form: forms.Answer) -> bool:
        services.answer_exception(exception_id=exception_id, at=clock.now(), **form.cleaned_data)
        return True


class Review(ExceptionView):
    """Close what somebody else answered, or send it back."""

    permission = Permission.BANK_REVIEW

    def post(self, request: HttpRequest, exception_id: int) -> HttpResponse:
        queries.exception_row(exception_id)
        form = forms.Review(request.POST)
        if not form.is_valid():
            return self.show(exception_id, status=422)
        accept = form.cleaned_data["decision"] == "accept"
        services.review_exception(exception_id=exception_id, accept=accept, at=clock.now())
        messages.success(request, _("Closed.") if accept else _("Sent back."))
        return redirect("banking:exceptions")
