"""Log-in, health, files."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth import login, logout
from django.contrib.auth.views import LoginView
from django.db import connection
from django.http import FileResponse, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from tenancy.kernel import clock, kept
from tenancy.kernel.errors import NotFound
from tenancy.kernel.pages import PublicView, StaffView
from tenancy.kernel.permissions import Permission
from tenancy.kernel.portal import client_address
from tenancy.people.models import StoredFile
from tenancy.people.queries.log_ins import failures_from
from tenancy.people.queries.members import default_membership_id
from tenancy.people.services import audit, files
from tenancy.people.shell import landing
from tenancy.people.web import preferences
from tenancy.people.web.forms import LogInForm


class LogIn(LoginView):
    permission = Permission.PUBLIC
    template_name = "people/login.html"
    authentication_form = LogInForm

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        # Who is logged in but works for nobody any more must see the form, not a circle of redirects.
        if getattr(request, "staff", None) is not None:
            return redirect(self.get_success_url())
        return super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        # The lock of axes is on one name from one address; this one is on the address, whatever the name.
        if failures_from(client_address(request), at=clock.now()) >= settings.LOGIN_FAILURES_PER_ADDRESS:
            return locked_out(request)
        return super().post(request, *args, **kwargs)

    def form_valid(self, form: Any) -> HttpResponse:
        user = form.get_user()
        if default_membership_id(user_id=user.pk) is None:
            form.add_error(None, _("This account works for no company any more."))
            return self.form_invalid(form)
        login(self.request, user)
        response = redirect(self.get_success_url())
        kept.remember(response, user_id=user.pk)
        preferences.carry_language(self.request, response, user)
        return response

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(form_waits=kept.is_waiting(self.request), **context)

    def get_success_url(self) -> str:
        """Where the person wanted to go, else where his work begins."""
        return self.get_redirect_url() or landing(int(self.request.user.pk or 0))

    def form_invalid(self, form: Any) -> HttpResponse:
        response = self.render_to_response(self.get_context_data(form=form))
        response.status_code = 422
        return response


class LogOut(PublicView):
    def post(self, request: HttpRequest) -> HttpResponse:
        logout(request)
        return redirect("people:login")


class Health(PublicView):
    def get(self, request: HttpRequest) -> HttpResponse:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        return JsonResponse({"status": "ok"})


class NoIcon(PublicView):
    """A picture or a PDF shown by itself has no page to say so: browsers ask, and hear that there is none."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return HttpResponse(status=204)


class FileDownload(StaffView):
    permission = Permission.FILE_SEE

    def get(self, request: HttpRequest, file_id: int) -> HttpResponseBase:
        file = StoredFile.objects.filter(pk=file_id).first()
        if file is None or not self._may_open(file):
            raise NotFound()
        audit.record("file.opened", kind="file", pk=file.pk, name=file.name)
        return serve(file)

    def _may_open(self, file: StoredFile) -> bool:
        if file.purpose in files.OF_THE_BANK:
            return self.request.staff.can(Permission.BANK_SEE)
        if file.purpose in files.BY_OWN_DOOR:
            return False
        return not files.is_its_makers(file) or file.uploaded_by_id == self.request.staff.user_id


def serve(file: StoredFile) -> HttpResponseBase:
    """A stored file: images and PDF in the browser, everything else as a download; never sniffed."""
    inline = file.content_type in (files.PDF, *files.IMAGES)
    response = FileResponse(files.location(file).open("rb"), content_type=file.content_type)
    response["Content-Disposition"] = content_disposition_header(not inline, file.name) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


def locked_out(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    """Too many wrong passwords."""
    text = _("Too many failed attempts. Please wait fifteen minutes and try again.")
    return render(request, "people/locked.html", {"text": text}, status=429)


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form's token is missing or old: somebody logged in again in another window.

    What was typed comes back to its writer, if it really came from a page of ours.
    """
    if request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}":
        kept.keep(request)
        if kept.is_waiting(request):
            return redirect(kept.page_of(request))
    text = _("This page was open too long. Please go back, reload it and send again.")
    return render(request, "people/locked.html", {"text": text}, status=403)
