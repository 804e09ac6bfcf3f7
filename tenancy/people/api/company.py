"""JSON door of the company's own data."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from tenancy.kernel.api import ApiView
from tenancy.kernel.permissions import Permission
from tenancy.people.queries.company import company_card
from tenancy.people.services.company import CompanyFields, change_company


class CompanyFieldsIn(serializers.Serializer[Any]):
    """All that can be changed; `short_name` signs the SMS."""

    name = serializers.CharField(max_length=120)
    short_name = serializers.CharField(max_length=20)
    credit_code = serializers.CharField(max_length=18, required=False, default="", allow_blank=True)
    address = serializers.CharField(max_length=200, required=False, default="", allow_blank=True)
    phone = serializers.CharField(max_length=30, required=False, default="", allow_blank=True)
    legal_representative = serializers.CharField(max_length=60, required=False, default="", allow_blank=True)
    legal_representative_post = serializers.CharField(
        max_length=60, required=False, default="", allow_blank=True
    )


class CompanyOut(CompanyFieldsIn):
    """The company; its code never changes."""

    code = serializers.CharField()


class CompanyDoor(ApiView):
    """What the company says of itself."""

    permission = Permission.COMPANY_SEE
    write_permission = Permission.COMPANY_EDIT

    @extend_schema(summary="The company's data", responses=CompanyOut)
    def get(self, request: Request) -> Response:
        return Response(CompanyOut(company_card()).data)

    @extend_schema(
        summary="Change the company's data; what differs stands in the audit trail",
        request=CompanyFieldsIn,
        responses=CompanyOut,
    )
    def put(self, request: Request) -> Response:
        asked = CompanyFieldsIn(data=request.data)
        asked.is_valid(raise_exception=True)
        change_company(fields=CompanyFields(**asked.validated_data))
        return Response(CompanyOut(company_card()).data)
