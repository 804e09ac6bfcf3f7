"""What every door of the owners' portal inherits: the key, and one company open at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, ClassVar, TypeVar

from django.conf import settings
from django.http import HttpResponse
from django.utils.http import content_disposition_header
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from rest_framework import exceptions
from rest_framework.authentication import BaseAuthentication
from rest_framework.renderers import JSONRenderer
from rest_framework.views import APIView

from tenancy.kernel.errors import NotFound
from tenancy.kernel.permissions import Grant, Permission, PortalOwner
from tenancy.kernel.scope import acting_for

T = TypeVar("T")


class PortalView(APIView):
    """A JSON door for owners. It sees what the parties of the owner's grants may see, and nothing else."""

    permission: ClassVar[Permission] = Permission.OWNER

    def get_authenticators(self) -> list[BaseAuthentication]:
        """Only an owner's key opens the portal; a staff session or key does not."""
        return [import_string(settings.PORTAL_AUTHENTICATION)()]

    def finalize_response(self, request: Any, response: Any, *args: Any, **kwargs: Any) -> Any:
        """What an owner reads is kept by nobody on the way."""
        answer = super().finalize_response(request, response, *args, **kwargs)
        answer.headers.setdefault("Cache-Control", "private, no-store")
        return answer

    @property
    def owner(self) -> PortalOwner:
        """Who asks."""
        owner = self.request.auth
        if not isinstance(owner, PortalOwner):
            raise exceptions.NotAuthenticated()
        return owner

    def grants(self) -> tuple[Grant, ...]:
        """The companies the owner has something in, with his parties there."""
        return self.owner.grants

    def over_companies(self, read: Callable[[Grant], Iterable[T]]) -> list[T]:
        """The rows of all the owner's companies, each read with only that company open."""
        found: list[T] = []
        for grant in self.grants():
            with acting_for(grant.tenant_id):
                found.extend(read(grant))
        return found

    def in_its_company(self, read: Callable[[Grant], T]) -> T:
        """What the first company answers that does not say NotFound; NotFound when all do.

        A stranger's object and a missing one look the same: neither is found in any granted company.
        """
        for grant in self.grants():
            try:
                with acting_for(grant.tenant_id):
                    return read(grant)
            except NotFound:
                continue
        raise NotFound(_("Not found."))


class ProblemInsteadOfPdf(JSONRenderer):
    """Lets a caller ask for application/pdf; what is rendered here is only ever the refusal."""

    media_type = "application/pdf"
    format = "pdf"


class PdfView(PortalView):
    """A portal door that hands out a document, to the owner's key or to a ticket for this one paper."""

    renderer_classes = (JSONRenderer, ProblemInsteadOfPdf)

    def get_authenticators(self) -> list[BaseAuthentication]:
        """A phone's PDF viewer is given an address: it cannot carry the key."""
        return [*super().get_authenticators(), import_string(settings.PORTAL_TICKET)()]

    def pdf(self, content: bytes, *, name: str) -> HttpResponse:
        """A PDF to look at in the browser, kept by nobody on the way."""
        return HttpResponse(
            content,
            content_type="application/pdf",
            headers={
                "Content-Disposition": content_disposition_header(False, name) or "inline",
                "X-Content-Type-Options": "nosniff",
                "Cache-Control": "private, no-store",
            },
        )


def client_address(request: Any) -> str:
    """The caller's network address: behind n of our own proxies the nth from the right, else the peer's."""
    proxies = settings.AXES_IPWARE_PROXY_COUNT or 0
    hops = [hop.strip() for hop in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if hop.strip()]
    if proxies and len(hops) >= proxies:
        return str(hops[-proxies])
    return str(request.META.get("REMOTE_ADDR", ""))
