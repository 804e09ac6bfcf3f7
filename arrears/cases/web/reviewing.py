"""The tick before the first call: ticked cases of the list, or the one on the desk."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import ngettext

from arrears.cases import services
from arrears.cases.web.desk import narrowed
from tenancy.kernel import clock
from tenancy.kernel.errors import row_id
from tenancy.kernel.permissions import Permission
from tenancy.people.lists import BulkPage


class ReviewCases(BulkPage):
    """Looked at, with what is left over from earlier (R000-F17)."""

    permission = Permission.CALL_LOG
    list_name = "cases:cases"

    def post(self, request: HttpRequest) -> HttpResponse:
        done = services.review_cases(case_ids=self.picked().keys, at=clock.now())
        text = ngettext(
            "%(count)d case is ticked as looked at.", "%(count)d cases are ticked as looked at.", done
        )
        messages.success(request, text % {"count": done})
        desk = row_id(request.POST.get("desk", ""))
        if desk is None:
            return redirect(self.back())
        return redirect(reverse("cases:call", args=[desk]) + narrowed(request))
