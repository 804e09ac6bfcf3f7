"""What a person or a program sees when something is not there, not theirs, or broken."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tenancy.kernel.rest import PROBLEM

API = "/api/"


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: nothing here, or another company's."""
    if request.path.startswith(API):
        return _problem(404, "not_found", _("Not found."))
    return render(request, "404.html", status=404)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: your own company's, but not your part."""
    if request.path.startswith(API):
        return _problem(403, "forbidden", _("Your role does not include this."))
    return render(request, "403.html", status=403)


def crashed(request: HttpRequest) -> HttpResponse:
    """500: our fault. Reads nothing from the database, which may be what is broken."""
    if request.path.startswith(API):
        return _problem(500, "crashed", _("Something went wrong on our side."))
    return HttpResponse(render_to_string("500.html", {"language": get_language()}), status=500)


def _problem(status: int, code: str, detail: str) -> JsonResponse:
    body = {"type": f"urn:problem:{code}", "code": code, "status": status, "detail": detail}
    return JsonResponse(body, status=status, content_type=PROBLEM)
