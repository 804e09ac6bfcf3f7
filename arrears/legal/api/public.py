"""JSON doors of public notices."""

from __future__ import annotations

from collections.abc import Callable

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from arrears.legal import queries, services
from arrears.legal.api import process_serializers as serializers
from arrears.legal.api.process import PARSERS, made
from notices.services import Photo
from tenancy.kernel import clock
from tenancy.kernel.api import ApiView, valid
from tenancy.kernel.permissions import Permission
from tenancy.kernel.rest import Page


class PublicNotices(ApiView):
    """Notices without names."""

    permission = Permission.CASE_SEE
    write_permission = Permission.HOLD_SET

    @extend_schema(summary="Public notices, the newest first", responses=serializers.PublicNotice(many=True))
    def get(self, request: Request) -> Response:
        paginator = Page()
        page = paginator.paginate_queryset(queries.public_notices(), request, view=self) or []
        rows = queries.public_rows(list(page))
        return paginator.get_paginated_response(serializers.PublicNotice(rows, many=True).data)

    @extend_schema(
        summary="Draw up a public notice",
        request=serializers.AskNotice,
        responses={201: serializers.LegalMade},
    )
    def post(self, request: Request) -> Response:
        said = valid(serializers.AskNotice(data=request.data))
        return made(services.ask_notice(**said, by=self.staff, on=clock.today(), at=clock.now()))


class PublicNotice(ApiView):
    """One notice."""

    permission = Permission.CASE_SEE

    @extend_schema(summary="One public notice", responses=serializers.PublicNotice)
    def get(self, request: Request, public_id: int) -> Response:
        return Response(serializers.PublicNotice(queries.public_row(public_id)).data)


class SignNotice(ApiView):
    """Legal signs one that names rooms."""

    permission = Permission.FILING_RECORD

    @extend_schema(summary="Sign a notice that names rooms", request=None, responses={204: None})
    def post(self, request: Request, public_id: int) -> Response:
        services.sign_notice(public_id=public_id, by=self.staff, on=clock.today(), at=clock.now())
        return Response(status=status.HTTP_204_NO_CONTENT)


class HangView(ApiView):
    """What posting and taking down share: a photo."""

    permission = Permission.HOLD_SET
    parser_classes = PARSERS

    def hang(self, request: Request, public_id: int, act: Callable[[Photo], None]) -> Response:
        """Take the photo and do something with it."""
        queries.public_row(public_id)
        said = valid(serializers.HungPhoto(data=request.data))
        photo = serializers.paper(said["photo"])
        assert photo is not None  # noqa: S101 - the field is required
        act(photo)
        return Response(status=status.HTTP_204_NO_CONTENT)


class PostNotice(HangView):
    """It was hung."""

    @extend_schema(
        summary="A notice was posted, with a photo", request=serializers.HungPhoto, responses={204: None}
    )
    def post(self, request: Request, public_id: int) -> Response:
        def act(photo: Photo) -> None:
            services.post_notice(public_id=public_id, photo=photo, on=clock.today())

        return self.hang(request, public_id, act)


class RemoveNotice(HangView):
    """It was taken down."""

    @extend_schema(
        summary="A notice was taken down, with a photo", request=serializers.HungPhoto, responses={204: None}
    )
    def post(self, request: Request, public_id: int) -> Response:
        def act(photo: Photo) -> None:
            services.remove_notice(public_id=public_id, photo=photo, on=clock.today())

        return self.hang(request, public_id, act)
