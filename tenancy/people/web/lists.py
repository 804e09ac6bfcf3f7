"""What every list offers: a workbook of all that matches, and filters kept under a name."""

from __future__ import annotations

import tempfile
from pathlib import Path

from django import forms
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.http import content_disposition_header, url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tenancy.kernel.pages import StaffView
from tenancy.kernel.permissions import Permission
from tenancy.people import tasks
from tenancy.people.lists import ListPage, open_list, without
from tenancy.people.lists.export import AT_ONCE, file_name, write_list
from tenancy.people.models import SavedFilter
from tenancy.people.services import files, jobs
from tenancy.people.services.saved_filters import forget_filter, save_filter


class SaveForm(forms.Form):
    """The name of a saved filter."""

    name = forms.CharField(
        label=gettext_lazy("Name of the saved filter"), max_length=SavedFilter.name.field.max_length
    )


class OfAList(StaffView):
    """A door that is about a list: its name and its query are sent along."""

    permission = Permission.SIGNED_IN

    def asked(self) -> ListPage:
        """The list as the page showed it."""
        sent = self.request.POST
        return open_list(
            self.request, name=sent.get("list", ""), query=sent.get("query", ""), staff=self.request.staff
        )


class Export(OfAList):
    """Everything that matches as a workbook: at once when it is short, else as a job."""

    permission = Permission.LIST_EXPORT

    def post(self, request: HttpRequest) -> HttpResponseBase:
        page = self.asked()
        count = page.count(page.found())
        if count > AT_ONCE:
            return redirect("people:job", self._start(page, count))
        with tempfile.TemporaryDirectory() as folder:
            target = Path(folder) / "list.xlsx"
            write_list(page, target)
            response = FileResponse(target.open("rb"), content_type=files.XLSX)
        response["Content-Disposition"] = content_disposition_header(True, file_name(page)) or "attachment"
        response["X-Content-Type-Options"] = "nosniff"
        response["Cache-Control"] = "private, no-store"
        return response

    def _start(self, page: ListPage, count: int) -> int:
        arguments = {"name": page.name, "query": page.request.GET.urlencode()}
        title = _("Export of %(count)d rows: %(list)s") % {"count": count, "list": page.heading()}
        job_id = jobs.create(kind="list_export", title=title, arguments=arguments)
        staff = self.request.staff
        tasks.start_export(tenant_id=staff.tenant_id, user_id=staff.user_id, job_id=job_id, **arguments)
        return job_id


class Save(OfAList):
    """Keep the filters that are set."""

    def post(self, request: HttpRequest) -> HttpResponse:
        page, form = self.asked(), SaveForm(request.POST)
        query = without(page.request.GET, "page")
        done = (
            None
            if not form.is_valid()
            else self.attempt(
                form,
                lambda: save_filter(
                    user_id=self.request.staff.user_id,
                    view=page.name,
                    name=form.cleaned_data["name"],
                    query=query,
                ),
            )
        )
        return redirect(f"{page.request.path}?{query}") if done else page.show(status=422, save_form=form)


class Forget(OfAList):
    """Let go of a saved filter of one's own."""

    def post(self, request: HttpRequest, saved_id: int) -> HttpResponse:
        forget_filter(saved_id=saved_id, user_id=self.request.staff.user_id)
        back = request.POST.get("back", "/")
        safe = url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()})
        return redirect(back if safe else "/")
