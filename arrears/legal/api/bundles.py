"""JSON doors of the evidence bundle: ask for one, see what is inside, open its files."""

from __future__ import annotations

from django.http import FileResponse
from django.utils.http import content_disposition_header
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from arrears.cases.queries import case_line
from arrears.legal import tasks
from arrears.legal.queries.bundles import bundle_row, bundles_of
from arrears.legal.rules.exhibits import Audience
from arrears.legal.services.bundle import opened, request_bundle
from tenancy.kernel import clock
from tenancy.kernel.api import ApiView
from tenancy.kernel.fields import DayField
from tenancy.kernel.permissions import Permission
from tenancy.people.services import files


class Exhibit(serializers.Serializer):
    """A part of a bundle; `sha256` is that of its file `name` in the archive."""

    number = serializers.IntegerField()
    group = serializers.CharField()
    title = serializers.CharField()
    on = serializers.DateField(allow_null=True)
    name = serializers.CharField()
    sha256 = serializers.CharField()
    pages = serializers.IntegerField()
    first_page = serializers.IntegerField()


class Bundle(serializers.Serializer):
    """A bundle; its files are there once `made_at` is."""

    bundle = serializers.IntegerField(source="bundle_id")
    case = serializers.IntegerField(source="case_id")
    unit_code = serializers.CharField()
    audience = serializers.ChoiceField([one.value for one in Audience])
    purpose = serializers.CharField()
    recipient = serializers.CharField()
    firm = serializers.IntegerField(source="firm_id", allow_null=True)
    agreement = serializers.IntegerField(source="agreement_id", allow_null=True)
    as_of = serializers.DateField()
    expires_on = serializers.DateField()
    asked_by = serializers.CharField()
    asked_at = serializers.DateTimeField()
    made_at = serializers.DateTimeField(allow_null=True)
    pages = serializers.IntegerField()
    job = serializers.IntegerField(source="job_id", allow_null=True)
    sha256 = serializers.CharField(help_text="Of the PDF")
    archive_sha256 = serializers.CharField()
    contents = Exhibit(many=True)


class AskBundle(serializers.Serializer):
    """A law firm is named by `firm` and needs an agreement in force; a court by `recipient`."""

    audience = serializers.ChoiceField([one.value for one in Audience])
    purpose = serializers.CharField(max_length=200)
    recipient = serializers.CharField(max_length=120, required=False, default="", allow_blank=True)
    firm = serializers.IntegerField(source="firm_id", required=False, default=None, allow_null=True)
    expires_on = DayField()


class BundleAsked(serializers.Serializer):
    """What to watch and what to open when it is done."""

    bundle = serializers.IntegerField(source="bundle_id")
    job = serializers.IntegerField(source="job_id")


class CaseBundles(ApiView):
    """The bundles of a case."""

    permission = Permission.BUNDLE_EXPORT

    @extend_schema(summary="Bundles of a case, the newest first", responses=Bundle(many=True))
    def get(self, request: Request, case_id: int) -> Response:
        case_line(case_id, as_of=clock.today())
        return Response(Bundle(bundles_of(case_id), many=True).data)

    @extend_schema(
        summary="Put the evidence of a case together; a job to watch",
        request=AskBundle,
        responses={202: BundleAsked},
    )
    def post(self, request: Request, case_id: int) -> Response:
        case_line(case_id, as_of=clock.today())
        form = AskBundle(data=request.data)
        form.is_valid(raise_exception=True)
        asked = request_bundle(
            case_id=case_id, by=self.staff, as_of=clock.today(), at=clock.now(), **form.validated_data
        )
        tasks.start_bundle(asked, tenant_id=self.staff.tenant_id, user_id=self.staff.user_id)
        return Response(BundleAsked(asked).data, status=status.HTTP_202_ACCEPTED)


class BundleDetail(ApiView):
    """One bundle."""

    permission = Permission.BUNDLE_EXPORT

    @extend_schema(summary="A bundle with its exhibits and their hashes", responses=Bundle)
    def get(self, request: Request, bundle_id: int) -> Response:
        return Response(Bundle(bundle_row(bundle_id)).data)


class BundlePdf(ApiView):
    """The PDF."""

    permission = Permission.BUNDLE_EXPORT

    @extend_schema(
        summary="The bundle as PDF; recorded in the audit trail",
        responses={(200, "application/pdf"): OpenApiTypes.BINARY},
    )
    def get(self, request: Request, bundle_id: int) -> FileResponse:
        return _file(bundle_id, "pdf")


class BundleZip(ApiView):
    """The archive."""

    permission = Permission.BUNDLE_EXPORT

    @extend_schema(
        summary="The bundle's parts as ZIP; recorded in the audit trail",
        responses={(200, "application/zip"): OpenApiTypes.BINARY},
    )
    def get(self, request: Request, bundle_id: int) -> FileResponse:
        return _file(bundle_id, "zip")


def _file(bundle_id: int, which: str) -> FileResponse:
    file = opened(bundle_id=bundle_id, which=which, as_of=clock.today())
    response = FileResponse(files.location(file).open("rb"), content_type=file.content_type)
    response["Content-Disposition"] = content_disposition_header(True, file.name) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    return response
