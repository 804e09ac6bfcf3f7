"""The portal's log-in and log-out. Codes are asked for at the notices' door, which has the SMS gateway."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.authentication import BaseAuthentication
from rest_framework.request import Request
from rest_framework.response import Response

from tenancy.kernel import clock
from tenancy.kernel.permissions import Permission
from tenancy.kernel.portal import PortalView
from tenancy.people.authentication import bearer
from tenancy.people.services import portal


class LogInRequest(serializers.Serializer[Any]):
    """A phone and the code that was sent to it."""

    phone = serializers.CharField(max_length=30)
    code = serializers.RegexField(r"^[0-9]{6}$")


class KeyAnswer(serializers.Serializer[Any]):
    """A new key, told once."""

    token = serializers.CharField()
    expires_at = serializers.DateTimeField()


class TicketRequest(serializers.Serializer[Any]):
    """The paper to be opened: the path of one of the portal's PDF doors."""

    path = serializers.RegexField(r"^/api/portal/v1/[a-z0-9/._-]+\.pdf$", max_length=200)


class TicketAnswer(serializers.Serializer[Any]):
    """An address that opens the paper without the key."""

    url = serializers.CharField()
    expires_at = serializers.DateTimeField()


class Sessions(PortalView):
    """Log in with a code, log out with the key."""

    permission = Permission.PUBLIC

    def get_authenticators(self) -> list[BaseAuthentication]:
        """Whoever logs in may still carry an old key: it is not looked at."""
        # There is no request while the schema is drawn.
        logs_in = self.request is not None and self.request.method == "POST"
        return [] if logs_in else super().get_authenticators()

    @extend_schema(
        summary="Log in with a one-time code", request=LogInRequest, responses={201: KeyAnswer}, auth=[]
    )
    def post(self, request: Request) -> Response:
        body = LogInRequest(data=request.data)
        body.is_valid(raise_exception=True)
        phone = portal.mobile(body.validated_data["phone"])
        key = portal.log_in(phone=phone, code=body.validated_data["code"], at=clock.now())
        answer = KeyAnswer({"token": key.text, "expires_at": key.expires_at})
        return Response(answer.data, status=status.HTTP_201_CREATED, headers={"Cache-Control": "no-store"})

    @extend_schema(summary="Log out", request=None, responses={204: None})
    def delete(self, request: Request) -> Response:
        if key := self.owner and bearer(request):
            portal.log_out(key=key)
        return Response(status=status.HTTP_204_NO_CONTENT)


class Tickets(PortalView):
    """A phone's PDF viewer is handed an address, not a key: the ticket in it opens one paper for minutes."""

    @extend_schema(
        summary="An address that opens one of my papers for five minutes",
        request=TicketRequest,
        responses={201: TicketAnswer},
    )
    def post(self, request: Request) -> Response:
        body = TicketRequest(data=request.data)
        body.is_valid(raise_exception=True)
        path = body.validated_data["path"]
        made = portal.ticket(key=(self.owner and bearer(request)) or "", path=path, at=clock.now())
        answer = {"url": f"{path}?{urlencode({'ticket': made.text})}", "expires_at": made.expires_at}
        return Response(TicketAnswer(answer).data, status=status.HTTP_201_CREATED)
