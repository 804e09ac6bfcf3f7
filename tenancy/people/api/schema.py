"""How the API describes itself: log-in schemes and the reference page, which needs no network."""

from __future__ import annotations

from typing import Any, ClassVar

from csp.constants import UNSAFE_INLINE
from csp.decorators import csp_update
from django.utils.decorators import method_decorator
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView

from tenancy.kernel.permissions import Permission


class CompanyKey(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """A member's API key; the browser's session works as well."""

    target_class = "tenancy.people.authentication.TokenOrSession"
    name = "companyKey"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {"type": "http", "scheme": "bearer", "description": "An API key, issued under Settings"}


class PortalKey(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """The key that an owner gets for a one-time code."""

    target_class = "tenancy.people.authentication.PortalBearer"
    name = "portalKey"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {"type": "http", "scheme": "bearer", "description": "An owner's key, for /api/portal/v1/"}


class PortalTicketParameter(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """The ticket that opens one paper for a few minutes."""

    target_class = "tenancy.people.authentication.PortalTicket"
    name = "portalTicket"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {
            "type": "apiKey",
            "in": "query",
            "name": "ticket",
            "description": "From /api/portal/v1/tickets/, for one paper",
        }


class Schema(SpectacularAPIView):
    """OpenAPI 3 of everything under /api/."""

    permission: ClassVar[Permission] = Permission.PUBLIC


# Swagger UI writes style elements of its own; scripts stay with our own files.
@method_decorator(csp_update({"style-src": [UNSAFE_INLINE]}), name="dispatch")
class Reference(SpectacularSwaggerSplitView):
    """The schema as a page to read and try."""

    permission: ClassVar[Permission] = Permission.PUBLIC
    url_name = "people_api:schema"
