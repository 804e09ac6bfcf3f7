"""A message of unknown fate: a person looked it up at the provider and says what became of it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from notices import services
from notices.web import forms
from notices.web.views import NoticePage
from tenancy.kernel import clock
from tenancy.kernel.permissions import Permission


class Fate(NoticePage):
    """Delivered, or not: from the page of the notice. It is never sent again by this."""

    permission = Permission.NOTICE_SETTLE

    def post(self, request: HttpRequest, notice_id: int) -> HttpResponse:
        form = forms.Fate(request.POST)
        settled = self._settle(notice_id, form) if form.is_valid() else None
        if settled is None:
            return self.show(notice_id, form, status=422)
        messages.success(request, _("Recorded. The message is not sent again."))
        return redirect("notices:notice", notice_id)

    def _settle(self, notice_id: int, form: forms.Fate) -> str | None:
        data = form.cleaned_data
        return self.attempt(
            form,
            lambda: services.settle_fate(
                notice_id=notice_id,
                delivered=data["outcome"] == "DELIVERED",
                on=data["on"],
                note=data["note"],
                at=clock.now(),
            ),
        )
