"""API authentication: a member's key (Bearer) or the staff session with CSRF. Portal tokens are another class."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from rest_framework.authentication import BaseAuthentication, SessionAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from tenancy.kernel import clock
from tenancy.kernel.crypto import token_hash
from tenancy.kernel.permissions import StaffMember
from tenancy.people.models import ApiToken, Membership, PortalIdentity, PortalToken, User
from tenancy.people.queries.members import as_staff


def bearer(request: Request) -> str | None:
    """The key of an `Authorization: Bearer …` header."""
    parts = get_authorization_header(request).split()
    if len(parts) != 2 or parts[0].lower() != b"bearer":
        return None
    return str(parts[1].decode("ascii", "replace"))


class TokenOrSession(BaseAuthentication):
    """request.user is the User, request.auth the StaffMember in one company."""

    def authenticate(self, request: Request) -> tuple[User, StaffMember] | None:
        key = bearer(request)
        if key is not None:
            return self._by_key(key)
        staff = getattr(request._request, "staff", None)
        if staff is None:
            return None
        SessionAuthentication().enforce_csrf(request)
        return request._request.user, staff

    def authenticate_header(self, request: Request) -> str:
        return "Bearer"

    def _by_key(self, key: str) -> tuple[User, StaffMember]:
        token = (
            ApiToken.objects.filter(key_hash=token_hash(key), revoked_at=None)
            .filter(Q(expires_on=None) | Q(expires_on__gte=clock.today()))
            .first()
        )
        membership = token and (
            Membership.objects.filter(
                tenant_id=token.tenant_id, user_id=token.user_id, is_active=True, user__is_active=True
            )
            .select_related("tenant", "user")
            .first()
        )
        if not membership:
            raise AuthenticationFailed(_("This key is not valid."))
        return membership.user, as_staff(membership)


class PortalBearer(BaseAuthentication):
    """request.auth is the PortalIdentity of an owner's phone."""

    def authenticate(self, request: Request) -> tuple[Any, PortalIdentity] | None:
        key = bearer(request)
        if key is None:
            return None
        token = (
            PortalToken.objects.filter(key_hash=token_hash(key), expires_at__gt=clock.now())
            .select_related("identity")
            .first()
        )
        if token is None:
            raise AuthenticationFailed(_("Please log in again."))
        return None, token.identity

    def authenticate_header(self, request: Request) -> str:
        return "Bearer"
