"""Uploads before any door sees them: not too large together, and clean, if the house scans (CLAMD)."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from tenancy.kernel.errors import Refused
from tenancy.kernel.rest import PROBLEM
from tenancy.people.gateways.clamd import Clamd, Verdict
from tenancy.people.services.files import FileTooLarge

Next = Callable[[HttpRequest], HttpResponse]
log = logging.getLogger(__name__)
# What a form says beside its files.
_AROUND: Final = 2 * 1024 * 1024
_UPLOADS: Final = frozenset({"POST", "PUT", "PATCH"})


class FileInfected(Refused):
    """The scanner found something in a file."""

    code = "file.infected"


class ScannerSilent(Refused):
    """A scanner is configured and does not answer: nothing is taken unseen."""

    code = "file.scanner_silent"
    status = 503


class ScanUploads:
    """Weighs and scans the files of a request before its company is opened: no transaction waits for it."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if _carries_files(request):
            refusal = _too_large(request) or (_refusal(request) if settings.CLAMD else None)
            if refusal is not None:
                log.warning("upload refused: %s %s", refusal.code, refusal.params)
                return _say(request, refusal)
        return self.get_response(request)


def _too_large(request: HttpRequest) -> Refused | None:
    """By what it announces, before any of it is read: the same limit as the front server's."""
    size = request.META.get("CONTENT_LENGTH") or "0"
    if not size.isdecimal() or int(size) <= settings.MAX_UPLOAD_BYTES + _AROUND:
        return None
    return FileTooLarge(_("The files are larger than allowed together."), field="file")


def _carries_files(request: HttpRequest) -> bool:
    return request.method in _UPLOADS and request.content_type == "multipart/form-data"


def _refusal(request: HttpRequest) -> Refused | None:
    """Why one of the files must not come in; None when all are clean. Each can be read again."""
    scanner = Clamd(settings.CLAMD)
    for name in request.FILES:
        for file in request.FILES.getlist(name):
            found = scanner.scan(file.chunks())
            file.seek(0)
            if found.verdict is Verdict.INFECTED:
                text = _("%(name)s was not taken: the virus scanner found %(what)s in it.")
                said = {"name": file.name, "what": found.detail}
                return FileInfected(text % said, field=name, what=found.detail)
            if found.verdict is Verdict.UNKNOWN:
                return ScannerSilent(
                    _("The virus scanner does not answer, so no file is taken now. Try again later."),
                    field=name,
                    detail=found.detail,
                )
    return None


def _say(request: HttpRequest, refusal: Refused) -> HttpResponse:
    if request.path.startswith("/api/"):
        body = {
            "type": f"urn:problem:{refusal.code}",
            "code": refusal.code,
            "status": refusal.status,
            "detail": str(refusal),
            "errors": {refusal.field: [str(refusal)]},
        }
        return JsonResponse(body, status=refusal.status, content_type=PROBLEM)
    template = "components/_refusal.html" if request.headers.get("HX-Request") else "refused.html"
    return render(request, template, {"refusal": refusal}, status=refusal.status)
