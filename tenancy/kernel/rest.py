"""How the API pages, asks for a permission, and says no (problem+json)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.utils.translation import gettext as _
from rest_framework import exceptions, pagination, permissions, status
from rest_framework.request import Request
from rest_framework.response import Response

from tenancy.kernel.errors import Refused
from tenancy.kernel.permissions import Permission, StaffMember

if TYPE_CHECKING:
    from rest_framework.views import APIView

PROBLEM = "application/problem+json"


class Page(pagination.PageNumberPagination):
    """`?page=` and `?page_size=` up to 500."""

    page_size_query_param = "page_size"
    max_page_size = 500


class NamedPermission(permissions.BasePermission):
    """A member must hold the permission that the view names."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        needed: Permission = getattr(view, "permission")  # noqa: B009 - a view without one must raise
        if needed is Permission.PUBLIC:
            return True
        member = request.auth
        if not isinstance(member, StaffMember):
            raise exceptions.NotAuthenticated()
        return member.can(needed)


def problem(exc: Exception, context: dict[str, Any]) -> Response | None:
    """RFC 9457: every refusal as application/problem+json with a stable code."""
    headers: dict[str, str] = {}
    if isinstance(exc, Refused):
        body = _body(exc.status, exc.code, str(exc), exc.params)
        if exc.field:
            body["errors"] = {exc.field: [str(exc)]}
    elif isinstance(exc, Http404):
        body = _body(404, "not_found", _("Not found."))
    elif isinstance(exc, exceptions.ValidationError):
        body = _body(422, "invalid", _("Some values are not valid."))
        body["errors"] = exc.detail
    elif isinstance(exc, exceptions.APIException):
        body = _body(exc.status_code, str(exc.default_code), str(exc.detail))
        if isinstance(exc, exceptions.NotAuthenticated | exceptions.AuthenticationFailed):
            body["status"] = status.HTTP_401_UNAUTHORIZED
            headers["WWW-Authenticate"] = "Bearer"
        if isinstance(exc, exceptions.Throttled) and exc.wait:
            headers["Retry-After"] = str(int(exc.wait) + 1)
    else:
        return None
    return Response(body, status=body["status"], headers=headers, content_type=PROBLEM)


def _body(code: int, name: str, detail: str, params: dict[str, Any] | None = None) -> dict[str, Any]:
    body: dict[str, Any] = {"type": f"urn:problem:{name}", "code": name, "status": code, "detail": detail}
    if params:
        body["params"] = params
    return body
