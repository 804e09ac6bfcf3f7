"""Who calls the API: a member by key or by session with CSRF; an owner by the key of the portal."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, cast

from django.db.models import Q
from django.utils.translation import gettext as _
from rest_framework.authentication import BaseAuthentication, SessionAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from tenancy.kernel import clock
from tenancy.kernel.crypto import token_hash
from tenancy.kernel.permissions import PortalOwner, StaffMember
from tenancy.people.models import ApiToken, Membership, User
from tenancy.people.queries.members import as_staff
from tenancy.people.queries.portal import owner_behind, owner_with_ticket


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
        return cast(User, request._request.user), staff

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
        in_person = token is not None and token.issued_by_id == token.user_id
        return membership.user, replace(as_staff(membership), in_person=in_person)


class PortalBearer(BaseAuthentication):
    """request.auth is the PortalOwner behind an owner's key; there is no user."""

    def authenticate(self, request: Request) -> tuple[Any, PortalOwner] | None:
        key = bearer(request)
        if key is None:
            return None
        owner = owner_behind(key=key, at=clock.now())
        if owner is None:
            raise AuthenticationFailed(_("Please log in again."))
        return None, owner

    def authenticate_header(self, request: Request) -> str:
        return "Bearer"


class PortalTicket(BaseAuthentication):
    """`?ticket=`: one paper, for a few minutes, without the key."""

    def authenticate(self, request: Request) -> tuple[Any, PortalOwner] | None:
        ticket = request.query_params.get("ticket")
        if not ticket:
            return None
        owner = owner_with_ticket(ticket=ticket, path=request.path, at=clock.now())
        if owner is None:
            raise AuthenticationFailed(_("Please log in again."))
        return None, owner

    def authenticate_header(self, request: Request) -> str:
        return "Bearer"
