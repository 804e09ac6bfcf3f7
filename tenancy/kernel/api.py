"""What every API view inherits: its permission and the open company, undone on any error."""

from __future__ import annotations

from contextlib import ExitStack
from typing import Any, ClassVar

from django.db import transaction
from rest_framework import exceptions
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer
from rest_framework.views import APIView

from tenancy.kernel.errors import check_ids
from tenancy.kernel.permissions import Permission, StaffMember
from tenancy.kernel.rest import Page
from tenancy.kernel.scope import acting_for


def valid(serializer: BaseSerializer[Any]) -> dict[str, Any]:
    """The checked content; a ValidationError becomes problem+json."""
    serializer.is_valid(raise_exception=True)
    return dict(serializer.validated_data)


class ApiView(APIView):
    """A JSON door of a company's staff: one transaction, one company, undone on any error."""

    permission: ClassVar[Permission]
    write_permission: ClassVar[Permission | None] = None
    opens_company: ClassVar[bool] = True
    pagination_class = Page  # how the schema describes answers with `many=True`
    _opened = False

    @property
    def staff(self) -> StaffMember:
        """Who asks."""
        member = self.request.auth
        if not isinstance(member, StaffMember):
            raise exceptions.NotAuthenticated()
        return member

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        with ExitStack() as self._company:
            return super().dispatch(request, *args, **kwargs)

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        check_ids(kwargs)
        if self.opens_company and isinstance(request.auth, StaffMember):
            self._company.enter_context(self.company())
            self._opened = True

    def company(self) -> Any:
        """The member's company, opened in one transaction."""
        member = self.staff
        return acting_for(member.tenant_id, user_id=member.user_id, communities=member.communities)

    def handle_exception(self, exc: Exception) -> Response:
        response = super().handle_exception(exc)
        if self._opened:
            transaction.set_rollback(True)
        return response

    def paginated(self, rows: Any, serializer: Any, request: Request) -> Response:
        """A page of rows through a serializer class."""
        paginator = Page()
        page: Any = paginator.paginate_queryset(rows, request, view=self)
        return paginator.get_paginated_response(serializer(page, many=True).data)
