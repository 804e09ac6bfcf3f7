"""JSON doors: what waits to be filed, what was filed, what the court made of it."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.parsers import FormParser, JSONParser, MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from arrears.cases.queries import case_line
from arrears.legal import queries, services
from arrears.legal.api import serializers
from tenancy.kernel import clock
from tenancy.kernel.api import ApiView
from tenancy.kernel.permissions import Permission
from tenancy.kernel.rest import Page


class Papers(ApiView):
    """What waits at the court's door."""

    permission = Permission.LEGAL_SEE

    @extend_schema(
        summary="Papers that wait to be filed, the most urgent first", responses=serializers.Paper(many=True)
    )
    def get(self, request: Request) -> Response:
        return self.paginated(queries.court_papers(as_of=clock.today()), serializers.Paper, request)


class Filings(ApiView):
    """What was filed."""

    permission = Permission.LEGAL_SEE

    @extend_schema(summary="Filed papers, the newest first", responses=serializers.FilingRow(many=True))
    def get(self, request: Request) -> Response:
        paginator = Page()
        page: Any = paginator.paginate_queryset(queries.filings(), request, view=self)
        rows = queries.filing_rows(page)
        return paginator.get_paginated_response(serializers.FilingRow(rows, many=True).data)


class CaseFilings(ApiView):
    """Mark the paper of a case as filed."""

    permission = Permission.FILING_RECORD

    @extend_schema(
        summary="Mark the court paper of a case as filed",
        request=serializers.MarkFiled,
        responses={201: serializers.Filed},
    )
    def post(self, request: Request, case_id: int) -> Response:
        case_line(case_id, as_of=clock.today())  # what is not there is 404, whatever the body says
        form = serializers.MarkFiled(data=request.data)
        form.is_valid(raise_exception=True)
        made = services.mark_filed(case_id=case_id, as_of=clock.today(), **form.validated_data)
        return Response(serializers.Filed({"filing": made}).data, status=status.HTTP_201_CREATED)


class CaseCourt(ApiView):
    """What a case has before the courts."""

    permission = Permission.LEGAL_SEE

    @extend_schema(
        summary="Filings of a case, what came of them, the days that count, and the instrument",
        responses=serializers.AtCourt,
    )
    def get(self, request: Request, case_id: int) -> Response:
        return Response(serializers.AtCourt(queries.at_court(case_id, as_of=clock.today())).data)


class Results(ApiView):
    """Record what the court made of a filing."""

    permission = Permission.FILING_RECORD
    parser_classes = [JSONParser, MultiPartParser, FormParser]

    @extend_schema(
        summary="Record a court's answer, with the paper as multipart; the newest counts",
        request=serializers.RecordResult,
        responses={201: serializers.ResultRecorded},
    )
    def post(self, request: Request, filing_id: int) -> Response:
        queries.course(filing_id, as_of=clock.today())  # what is not there is 404, whatever the body says
        form = serializers.RecordResult(data=request.data)
        form.is_valid(raise_exception=True)
        made = services.record_result(filing_id=filing_id, as_of=clock.today(), **form.entry())
        return Response(serializers.ResultRecorded({"result": made}).data, status=status.HTTP_201_CREATED)
