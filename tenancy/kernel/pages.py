"""What every staff page inherits: its permission, the open company, and how a refusal looks."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from typing import Any, ClassVar, TypeVar

from django import forms
from django.contrib.auth.views import redirect_to_login
from django.core.paginator import Page, Paginator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views import View

from tenancy.kernel.errors import NotFound, Refused, check_ids
from tenancy.kernel.permissions import Permission, StaffMember
from tenancy.kernel.scope import Scope, acting_for

T = TypeVar("T")


class StaffRequest(HttpRequest):
    """A request of a signed-in member; set by StaffMiddleware."""

    staff: StaffMember


class PublicView(View):
    """A door that opens no company. Its name plate says so."""

    permission: ClassVar[Permission] = Permission.PUBLIC


class StaffView(View):
    """A door of a company's staff. `opens_company = False`: the view opens it itself, around a call out."""

    permission: ClassVar[Permission]
    opens_company: ClassVar[bool] = True
    request: StaffRequest

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        staff: StaffMember | None = getattr(request, "staff", None)
        if staff is None:
            return redirect_to_login(request.get_full_path())
        if not staff.can(self.permission):
            return render(request, "403.html", status=403)
        try:
            check_ids(kwargs)
            with self.company() if self.opens_company else nullcontext():
                return super().dispatch(request, *args, **kwargs)
        except NotFound as refusal:
            raise Http404(str(refusal)) from refusal
        except Refused as refusal:
            context = {"refusal": refusal}
            template = "components/_refusal.html" if request.headers.get("HX-Request") else "refused.html"
            return render(request, template, context, status=refusal.status)

    def company(self) -> AbstractContextManager[Scope]:
        """This member's company, opened in one transaction."""
        staff = self.request.staff
        return acting_for(staff.tenant_id, user_id=staff.user_id, communities=staff.communities)

    def page(self, template: str, *, status: int = 200, **context: Any) -> HttpResponse:
        """A rendered page; templates get plain data and compute nothing."""
        return render(self.request, template, context, status=status)

    def attempt(self, form: forms.BaseForm, act: Callable[[], T]) -> T | None:
        """Run a use case; a refusal is undone and stands beside its field. None when refused."""
        try:
            with transaction.atomic():
                return act()
        except NotFound:
            raise
        except Refused as refusal:
            field = refusal.field if refusal.field in form.fields else None
            form.add_error(field, forms.ValidationError(str(refusal), code=refusal.code))
            return None

    def paginate(self, rows: Any, *, size: int = 50) -> Page[Any]:
        """One page of rows; a page number out of range shows the last one."""
        return Paginator(rows, size).get_page(self.request.GET.get("page"))
