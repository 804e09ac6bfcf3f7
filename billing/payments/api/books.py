"""The JSON door of the check of the books."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from billing.payments import queries
from tenancy.kernel.api import ApiView
from tenancy.kernel.permissions import Permission


class Rule(serializers.Serializer[Any]):
    """A rule that must hold: how many rows break it, and the first of them."""

    code = serializers.CharField()
    wrong = serializers.IntegerField()
    first = serializers.ListField(child=serializers.IntegerField())


class Books(serializers.Serializer[Any]):
    """The whole check."""

    payments = serializers.IntegerField()
    wrong = serializers.IntegerField()
    rules = Rule(many=True)


class BooksView(ApiView):
    """Do the books add up?"""

    permission = Permission.AUDIT_SEE

    @extend_schema(summary="Check the books now", responses=Books)
    def get(self, request: Request) -> Response:
        return Response(Books(queries.check_books()).data)
