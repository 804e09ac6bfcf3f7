"""JSON doors for what became of a message: the provider's receipts, and a person's word."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import exceptions, serializers
from rest_framework.authentication import BaseAuthentication
from rest_framework.request import Request
from rest_framework.response import Response

from notices import queries, services
from notices.api.serializers import NoticeDetail
from notices.gateways.receipts import Signature, company_and_notice, is_the_provider
from tenancy.kernel import clock
from tenancy.kernel.api import ApiView
from tenancy.kernel.fields import DayField
from tenancy.kernel.permissions import Permission
from tenancy.kernel.scope import acting_for

OUTCOMES = ("DELIVERED", "FAILED")
_HEADERS = ("X-Key", "X-Time", "X-Nonce", "X-Signature")


class SettleFate(serializers.Serializer[Any]):
    """What a person found in the provider's records."""

    outcome = serializers.ChoiceField(OUTCOMES)
    on = DayField(help_text="The day it arrived, or was given up")
    note = serializers.CharField(max_length=200, help_text="What the provider's records say")


class SmsReceipt(serializers.Serializer[Any]):
    """One receipt. `reference` is ours, as it was sent with the message."""

    reference = serializers.CharField(max_length=60)
    status = serializers.ChoiceField(OUTCOMES)
    at = serializers.DateTimeField(help_text="When the telephone took it, or it was given up")
    detail = serializers.CharField(max_length=200, required=False, allow_blank=True, default="")


class SmsReceiptTaken(serializers.Serializer[Any]):
    """`changed`: false for a receipt that came before, or speaks of nothing we wait for."""

    changed = serializers.BooleanField()


class Fate(ApiView):
    """Settle a message of unknown fate."""

    permission = Permission.NOTICE_SETTLE

    @extend_schema(
        summary="Say what became of a message in doubt, after looking it up at the provider",
        request=SettleFate,
        responses=NoticeDetail,
    )
    def post(self, request: Request, notice_id: int) -> Response:
        queries.get(notice_id)  # what is not there is 404, whatever the body says
        asked = SettleFate(data=request.data)
        asked.is_valid(raise_exception=True)
        told = asked.validated_data
        services.settle_fate(
            notice_id=notice_id,
            delivered=told["outcome"] == "DELIVERED",
            on=told["on"],
            note=told["note"],
            at=clock.now(),
        )
        return Response(NoticeDetail(queries.notice_page(notice_id)).data)


class SmsReceipts(ApiView):
    """Where the SMS provider reports arrivals. It is known by its signature alone."""

    permission = Permission.PUBLIC

    def get_authenticators(self) -> list[BaseAuthentication]:
        """Nobody's session or key is looked at."""
        return []

    @extend_schema(
        summary="A delivery receipt of the SMS provider, signed as our requests to it are",
        parameters=[OpenApiParameter(name, str, OpenApiParameter.HEADER) for name in _HEADERS],
        request=SmsReceipt,
        responses=SmsReceiptTaken,
        auth=[],
    )
    def post(self, request: Request) -> Response:
        sent = Signature(*(request.headers.get(name, "") for name in _HEADERS))
        body, now = request._request.body, clock.now()
        if not is_the_provider(sent, method="POST", path=request.path, body=body, now=now.timestamp()):
            raise exceptions.AuthenticationFailed(_("This is not signed by the provider."))
        told = SmsReceipt(data=request.data)
        told.is_valid(raise_exception=True)
        return Response(SmsReceiptTaken({"changed": _take(told.validated_data)}).data)


def _take(told: dict[str, Any]) -> bool:
    named = company_and_notice(told["reference"])
    if named is None:
        return False
    tenant_id, notice_id = named
    with acting_for(tenant_id):
        return services.take_receipt(
            notice_id=notice_id,
            delivered=told["status"] == "DELIVERED",
            on=timezone.localtime(told["at"]).date(),
            detail=told["detail"],
            at=clock.now(),
        )
