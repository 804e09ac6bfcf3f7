"""What can be done with the ticked notices of the outbox: print them in one file, record their delivery."""

from __future__ import annotations

from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from notices import queries, services, tasks
from notices.web import forms
from tenancy.kernel import clock
from tenancy.kernel.errors import Refused, row_id
from tenancy.kernel.permissions import Permission
from tenancy.people.lists import BulkPage, Picked


class OfTheOutbox(BulkPage):
    """Ticks of the outbox."""

    list_name = "notices:notices"


class PrintChosen(OfTheOutbox):
    """Start printing; what is no paper is left out and said."""

    permission = Permission.NOTICE_PRINT

    def post(self, request: HttpRequest) -> HttpResponse:
        picked, staff = self.picked(), self.request.staff
        try:
            asked = services.request_chosen(notice_ids=picked.keys)
        except Refused as refusal:
            messages.error(request, str(refusal))
            return redirect(self.back())
        tasks.start_chosen(asked, tenant_id=staff.tenant_id, user_id=staff.user_id)
        _say_left_out(request, len(picked.keys) - len(asked.arguments["notice_ids"]))
        return redirect("people:job", asked.job_id)


class DeliverChosen(OfTheOutbox):
    """One way of handing over for all of them: first what will happen in numbers, then the record."""

    permission = Permission.DELIVERY_RECORD

    def post(self, request: HttpRequest) -> HttpResponse:
        picked = self.picked()
        found = queries.undelivered_among(picked.keys)
        count = sum(len(ids) for ids in found.values())
        if not count:
            messages.error(request, _("None of these is a paper that waits to be delivered."))
            return redirect(self.back())
        if "method" not in request.POST:
            initial = {"on": clock.today(), "handed_over_by": self.request.staff.name}
            return self._shown(picked, found, forms.RoundHandOver(initial=initial))
        form = forms.RoundHandOver(request.POST, request.FILES)
        done = self._record(found, form) if form.is_valid() and self._same(form, count) else None
        if done is None:
            return self._shown(picked, found, form, status=422)
        messages.success(request, _("%(count)d deliveries recorded.") % {"count": done})
        return redirect(self.back())

    def _record(self, found: dict[str, list[int]], form: forms.RoundHandOver) -> int | None:
        ids = [pk for kind in found.values() for pk in kind]
        entry = form.hand_over()
        made = self.attempt(
            form,
            lambda: services.record_deliveries(notice_ids=ids, hand_over=entry, as_of=clock.today()),
        )
        return None if made is None else len(made)

    def _same(self, form: forms.RoundHandOver, count: int) -> bool:
        """Whether as many wait as the page said: a delivery that nobody meant must not be recorded."""
        said = row_id(self.request.POST.get("count", ""))
        if said == count:
            return True
        form.add_error(
            None,
            django_forms.ValidationError(
                _("The list has changed: %(count)d papers wait now. Look again, then record.")
                % {"count": count},
                code="changed",
            ),
        )
        return False

    def _shown(
        self, picked: Picked, found: dict[str, list[int]], form: forms.RoundHandOver, *, status: int = 200
    ) -> HttpResponse:
        count = sum(len(ids) for ids in found.values())
        shown: dict[str, Any] = {
            "form": form,
            "picked": picked,
            "count": count,
            "kinds": [(kind, len(ids)) for kind, ids in found.items()],
            "left_out": len(picked.keys) - count,
            "back": self.back(),
        }
        return self.page("notices/delivery_chosen.html", status=status, **shown)


def _say_left_out(request: HttpRequest, left_out: int) -> None:
    if left_out:
        text = ngettext(
            "%(count)d of the ticked is left out: it is a message, or it was withdrawn.",
            "%(count)d of the ticked are left out: they are messages, or they were withdrawn.",
            left_out,
        )
        messages.warning(request, text % {"count": left_out})
