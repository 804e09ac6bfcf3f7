"""Imports in JSON: send a workbook, watch it, read what was found, confirm."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers, status
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from billing.charges.models import ImportLine
from billing.charges.queries.import_batches import batch_card, batches, card, lines
from billing.charges.queries.import_words import line_words
from billing.charges.services.import_batches import confirm_batch, start_batch
from billing.charges.tasks import run_import
from tenancy.kernel import clock
from tenancy.kernel.api import ApiView
from tenancy.kernel.permissions import Permission

STATES = ("CHECKING", "CHECKED", "IMPORTING", "DONE", "FAILED")
WEIGHT = OpenApiParameter("weight", str, enum=["ERROR", "WARNING", "CHANGE", "NOTE"])


class NewImport(serializers.Serializer[Any]):
    """A workbook to check. `as_of` is the day it speaks of; today when left out."""

    kind = serializers.ChoiceField(["REGISTER", "ARREARS"])
    community_id = serializers.IntegerField(min_value=1)
    as_of = serializers.DateField(required=False)
    file = serializers.FileField()


class ImportOut(serializers.Serializer[Any]):
    """One import. `counts` is empty until the file is checked."""

    id = serializers.IntegerField(source="batch_id")
    kind = serializers.CharField()
    state = serializers.ChoiceField(STATES)
    community_id = serializers.IntegerField()
    file_name = serializers.CharField()
    as_of = serializers.DateField()
    counts = serializers.DictField()
    done = serializers.IntegerField(source="job.done", default=0)
    total = serializers.IntegerField(source="job.total", default=0)
    error_code = serializers.CharField()
    error = serializers.CharField(source="error_text")
    created_at = serializers.DateTimeField()
    committed_at = serializers.DateTimeField(allow_null=True)


class FindingOut(serializers.Serializer[Any]):
    """Why a row is rejected, what to look at, what differs. Long numbers of people are masked."""

    weight = serializers.CharField()
    code = serializers.CharField()
    sheet = serializers.CharField()
    row = serializers.IntegerField()
    column = serializers.CharField()
    header = serializers.CharField()
    value = serializers.CharField()
    unit = serializers.CharField()
    old = serializers.CharField()
    new = serializers.CharField()
    reason = serializers.SerializerMethodField()

    def get_reason(self, line: ImportLine) -> str:
        """In the reader's language."""
        return line_words(line).reason


class ImportDoor(ApiView):
    """What the doors of the import share."""

    permission = Permission.IMPORT_RUN

    def start(self, batch_id: int, *, commit: bool) -> None:
        """Hand the batch to the worker once everything it needs is there."""
        work = {"batch_id": str(batch_id), "user_id": str(self.staff.user_id), "commit": commit}
        tenant_id = self.staff.tenant_id
        transaction.on_commit(lambda: run_import.delay(tenant_id=tenant_id, **work))

    def answer(self, batch_id: int, *, code: int = status.HTTP_200_OK) -> Response:
        """One import."""
        return Response(ImportOut(batch_card(batch_id)).data, status=code)


class Imports(ImportDoor):
    """All imports, and a new one."""

    parser_classes = (MultiPartParser,)

    @extend_schema(summary="Imports, the newest first", responses=ImportOut(many=True))
    def get(self, request: Request) -> Response:
        return self.paginated(batches(), _Listed, request)

    @extend_schema(
        summary="Send a workbook; it is checked in the background and nothing is written",
        request={"multipart/form-data": NewImport},
        responses={202: ImportOut},
    )
    def post(self, request: Request) -> Response:
        asked = NewImport(data=request.data)
        asked.is_valid(raise_exception=True)
        told = asked.validated_data
        batch_id = start_batch(
            community_id=told["community_id"],
            kind=told["kind"],
            content=told["file"].read(),
            name=told["file"].name or "import.xlsx",
            as_of=told.get("as_of") or clock.today(),
        )
        self.start(batch_id, commit=False)
        return self.answer(batch_id, code=status.HTTP_202_ACCEPTED)


class Import(ImportDoor):
    """One import."""

    @extend_schema(summary="One import: state and figures", responses=ImportOut)
    def get(self, request: Request, batch_id: int) -> Response:
        return self.answer(batch_id)


class ImportFindings(ImportDoor):
    """What was found."""

    @extend_schema(
        summary="What was found, line by line", parameters=[WEIGHT], responses=FindingOut(many=True)
    )
    def get(self, request: Request, batch_id: int) -> Response:
        found = lines(batch_card(batch_id).batch_id, request.query_params.get("weight", ""))
        return self.paginated(found, FindingOut, request)


class ImportConfirm(ImportDoor):
    """Write what was shown."""

    @extend_schema(summary="Import a checked file", request=None, responses={202: ImportOut})
    def post(self, request: Request, batch_id: int) -> Response:
        confirm_batch(batch_id=batch_id)
        self.start(batch_id, commit=True)
        return self.answer(batch_id, code=status.HTTP_202_ACCEPTED)


class _Listed(ImportOut):
    """A row of the list is made presentable one by one."""

    def to_representation(self, instance: Any) -> dict[str, Any]:
        shown: dict[str, Any] = super().to_representation(card(instance))
        return shown
