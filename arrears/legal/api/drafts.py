"""JSON doors of legal documents: list, read, begin, edit, finish; court costs."""

from __future__ import annotations

from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from arrears.cases.queries import case_line
from arrears.legal import queries, services
from arrears.legal.api import draft_serializers as serializers
from arrears.legal.documents.page import draft_page, find_draft
from tenancy.kernel import clock
from tenancy.kernel.api import ApiView
from tenancy.kernel.permissions import Permission
from tenancy.kernel.rest import Page

_STATE = OpenApiParameter("state", OpenApiTypes.STR, enum=["OPEN", "FINISHED", "DROPPED"])


class Drafts(ApiView):
    """All documents."""

    permission = Permission.LEGAL_SEE

    @extend_schema(
        summary="Legal documents, those being written first",
        parameters=[_STATE],
        responses=serializers.DraftRow(many=True),
    )
    def get(self, request: Request) -> Response:
        paginator = Page()
        rows = queries.drafts(state=request.query_params.get("state", "")[:8])
        page: Any = paginator.paginate_queryset(rows, request, view=self)
        found = queries.draft_rows(page)
        return paginator.get_paginated_response(serializers.DraftRow(found, many=True).data)


class CaseDrafts(ApiView):
    """Those of a case."""

    permission = Permission.LEGAL_SEE
    write_permission = Permission.DRAFT_EDIT

    @extend_schema(summary="The legal documents of a case", responses=serializers.DraftRow(many=True))
    def get(self, request: Request, case_id: int) -> Response:
        case_line(case_id, as_of=clock.today())
        rows = queries.draft_rows(list(queries.drafts(case_id=case_id)))
        return self.paginated(rows, serializers.DraftRow, request)

    @extend_schema(
        summary="Begin a legal document of a case, filled from data",
        request=serializers.Begin,
        responses={201: serializers.DraftMade},
    )
    def post(self, request: Request, case_id: int) -> Response:
        case_line(case_id, as_of=clock.today())  # what is not there is 404, whatever the body says
        form = serializers.Begin(data=request.data)
        form.is_valid(raise_exception=True)
        made = services.open_draft(case_id=case_id, as_of=clock.today(), **form.validated_data)
        return Response(serializers.DraftMade({"draft": made}).data, status=status.HTTP_201_CREATED)


class Draft(ApiView):
    """One document."""

    permission = Permission.LEGAL_SEE
    write_permission = Permission.DRAFT_EDIT

    @extend_schema(
        summary="A legal document: fields, what is missing, versions", responses=serializers.DraftPage
    )
    def get(self, request: Request, draft_id: int) -> Response:
        return Response(serializers.DraftPage(draft_page(draft_id, as_of=clock.today())).data)

    @extend_schema(
        summary="Write fields of a legal document: a new version",
        request=serializers.Save,
        responses=serializers.DraftPage,
    )
    def patch(self, request: Request, draft_id: int) -> Response:
        find_draft(draft_id)
        form = serializers.Save(data=request.data)
        form.is_valid(raise_exception=True)
        said = form.validated_data
        services.save_draft(
            draft_id=draft_id,
            version=said["version"],
            given=said["fields"],
            note=said["note"],
            as_of=clock.today(),
        )
        return self.get(request, draft_id)


class Finish(ApiView):
    """Finish one."""

    permission = Permission.DRAFT_EDIT

    @extend_schema(
        summary="Finish a legal document: its sums are frozen, it gets its number and becomes a paper",
        request=serializers.Finish,
        responses={201: serializers.Finished},
    )
    def post(self, request: Request, draft_id: int) -> Response:
        find_draft(draft_id)
        form = serializers.Finish(data=request.data)
        form.is_valid(raise_exception=True)
        made = services.finish_draft(draft_id=draft_id, as_of=clock.today(), **form.validated_data)
        return Response(serializers.Finished({"notice": made}).data, status=status.HTTP_201_CREATED)


class Reopen(ApiView):
    """Go on writing a finished one."""

    permission = Permission.DRAFT_EDIT

    @extend_schema(
        summary="Edit a finished legal document again, while nobody has its paper",
        request=None,
        responses=serializers.DraftPage,
    )
    def post(self, request: Request, draft_id: int) -> Response:
        find_draft(draft_id)
        services.reopen_draft(draft_id=draft_id)
        return Response(serializers.DraftPage(draft_page(draft_id, as_of=clock.today())).data)


class Drop(ApiView):
    """Write one no further."""

    permission = Permission.DRAFT_EDIT

    @extend_schema(
        summary="Drop a legal document that is being written",
        request=serializers.Seen,
        responses=serializers.DraftPage,
    )
    def post(self, request: Request, draft_id: int) -> Response:
        find_draft(draft_id)
        form = serializers.Seen(data=request.data)
        form.is_valid(raise_exception=True)
        services.drop_draft(draft_id=draft_id, **form.validated_data)
        return Response(serializers.DraftPage(draft_page(draft_id, as_of=clock.today())).data)


class Fees(ApiView):
    """The calculator."""

    permission = Permission.LEGAL_SEE

    @extend_schema(
        summary="What a court would cost, estimated; the threshold of small claims",
        parameters=[serializers.AskedFees],
        responses=serializers.Fees,
    )
    def get(self, request: Request) -> Response:
        form = serializers.AskedFees(data=request.query_params)
        form.is_valid(raise_exception=True)
        said = form.validated_data
        found = queries.estimate(
            said["claim"], days=said["days"], community_id=said["community"], on=clock.today()
        )
        return Response(serializers.Fees(found).data)
