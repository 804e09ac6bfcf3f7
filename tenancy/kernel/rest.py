"""How the API pages, asks for a permission, and says no (problem+json)."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from django.core.exceptions import RequestDataTooBig
from django.db import DataError
from django.http import Http404
from django.utils.translation import gettext as _
from rest_framework import exceptions, pagination, parsers, permissions, status
from rest_framework.request import Request
from rest_framework.response import Response

from tenancy.kernel.errors import NotFound, Refused
from tenancy.kernel.permissions import Permission, PortalOwner, StaffMember

if TYPE_CHECKING:
    from rest_framework.views import APIView

log = logging.getLogger(__name__)
PROBLEM = "application/problem+json"
_OUT_OF_RANGE = "22003"  # PostgreSQL: a number that fits no column


class Page(pagination.PageNumberPagination):
    """`?page=` and `?page_size=` up to 500."""

    page_size_query_param = "page_size"
    max_page_size = 500


class JsonBody(parsers.JSONParser):
    """JSON that is nested no deeper than can be followed."""

    def parse(self, stream: Any, media_type: Any = None, parser_context: Any = None) -> Any:
        try:
            return super().parse(stream, media_type, parser_context)
        except RecursionError as error:
            raise exceptions.ParseError(_("Some values are not valid.")) from error


class NamedPermission(permissions.BasePermission):
    """A member must hold the permission that the view names, for a change its `write_permission`.

    OWNER is anybody with a verified phone.
    """

    def has_permission(self, request: Request, view: APIView) -> bool:
        needed: Permission = getattr(view, "permission")  # noqa: B009 - a view without one must raise
        if request.method not in permissions.SAFE_METHODS:
            needed = getattr(view, "write_permission", None) or needed
        if needed is Permission.PUBLIC:
            return True
        caller = request.auth
        if needed is Permission.OWNER and isinstance(caller, PortalOwner):
            return True
        if needed is Permission.OWNER or not isinstance(caller, StaffMember):
            raise exceptions.NotAuthenticated()
        return caller.can(needed)


def problem(exc: Exception, context: dict[str, Any]) -> Response | None:
    """RFC 9457: every refusal as application/problem+json with a stable code."""
    if isinstance(exc, Refused):
        body, headers = _refusal(exc)
    elif isinstance(exc, Http404):
        body, headers = _body(404, "not_found", _("Not found.")), {}
    elif isinstance(exc, exceptions.ValidationError):
        body, headers = _body(422, "invalid", _("Some values are not valid.")), {}
        body["errors"] = exc.detail
    elif isinstance(exc, DataError) and getattr(exc.__cause__, "pgcode", None) == _OUT_OF_RANGE:
        log.warning("a number out of range came as far as the database", exc_info=exc)
        body, headers = _body(422, "invalid", _("Some values are not valid.")), {}
    elif isinstance(exc, RequestDataTooBig):
        body, headers = _body(413, "too_large", _("Some values are not valid.")), {}
    elif isinstance(exc, exceptions.APIException):
        body, headers = _of_framework(exc)
    else:
        return None
    return Response(body, status=body["status"], headers=headers, content_type=PROBLEM)


def _refusal(exc: Refused) -> tuple[dict[str, Any], dict[str, str]]:
    # A bare NotFound says no more than that: its code is for programs.
    said = _("Not found.") if isinstance(exc, NotFound) and not exc.message else str(exc)
    body = _body(exc.status, exc.code, said, exc.params)
    if exc.field:
        body["errors"] = {exc.field: [str(exc)]}
    wait = exc.params.get("retry_after")
    return body, {} if wait is None else {"Retry-After": str(wait)}


def _of_framework(exc: exceptions.APIException) -> tuple[dict[str, Any], dict[str, str]]:
    if isinstance(exc, exceptions.PermissionDenied) and exc.get_codes() == "permission_denied":
        return _body(403, "forbidden", _("Your role does not include this.")), {}
    body = _body(exc.status_code, str(exc.default_code), str(exc.detail))
    headers: dict[str, str] = {}
    if isinstance(exc, exceptions.NotAuthenticated | exceptions.AuthenticationFailed):
        body["status"] = status.HTTP_401_UNAUTHORIZED
        headers["WWW-Authenticate"] = "Bearer"
    if wait := getattr(exc, "wait", None):  # of Throttled, where the throttle knows
        headers["Retry-After"] = str(int(wait) + 1)
    return body, headers


def _body(code: int, name: str, detail: str, params: dict[str, Any] | None = None) -> dict[str, Any]:
    body: dict[str, Any] = {"type": f"urn:problem:{name}", "code": name, "status": code, "detail": detail}
    if params:
        body["params"] = params
    return body
