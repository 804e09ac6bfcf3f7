"""What every staff page inherits: its permission, the open company, and how a refusal looks."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from http import HTTPStatus
from typing import Any, ClassVar, TypeVar

from django import forms
from django.contrib.auth.views import redirect_to_login
from django.core.paginator import Page, Paginator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views import View

from tenancy.kernel import kept
from tenancy.kernel.errors import NotFound, Refused, check_ids
from tenancy.kernel.once import once, token_of
from tenancy.kernel.permissions import Permission, StaffMember
from tenancy.kernel.scope import Scope, acting_for

T = TypeVar("T")


class AnyRequest(HttpRequest):
    """A request as StaffMiddleware leaves it: None for strangers."""

    staff: StaffMember | None
    whole_staff: StaffMember | None
    community_id: int | None


class StaffRequest(HttpRequest):
    """A request of a signed-in member; set by StaffMiddleware.

    `staff` looks at the community chosen in the top bar only (`community_id`); `whole_staff` at everything
    he may.
    """

    staff: StaffMember
    whole_staff: StaffMember
    community_id: int | None


class PublicView(View):
    """A door that opens no company. Its name plate says so."""

    permission: ClassVar[Permission] = Permission.PUBLIC


class StaffView(View):
    """A door of a company's staff. `opens_company = False`: the view opens it itself, around a call out.

    `follows_choice = False`: a page about the whole company, whichever community is chosen in the top bar.
    """

    permission: ClassVar[Permission]
    opens_company: ClassVar[bool] = True
    follows_choice: ClassVar[bool] = True
    request: StaffRequest

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        staff: StaffMember | None = getattr(request, "staff", None)
        if staff is None:
            return _ask_to_log_in(request)
        if not self.follows_choice:
            self.request.staff = staff = self.request.whole_staff
        if not staff.can(self.permission):
            return render(request, "403.html", status=403)
        try:
            check_ids(kwargs)
            answer = partial(super().dispatch, request, *args, **kwargs)
            with self.company() if self.opens_company else nullcontext():
                token = token_of(request) if self.opens_company else None
                return answer() if token is None else once(request, token, answer)
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


def _ask_to_log_in(request: HttpRequest) -> HttpResponseBase:
    """The log-in; after it the page, and when a form was being sent, the form with what stood in it."""
    if request.method in ("GET", "HEAD"):
        return redirect_to_login(request.get_full_path())
    kept.keep(request)
    answer = redirect_to_login(kept.page_of(request))
    if not request.headers.get("HX-Request"):
        return answer
    return HttpResponse(status=HTTPStatus.NO_CONTENT, headers={"HX-Redirect": answer.url})
