"""One transfer for several accounts: amounts beside units, what is left stays in suspense."""

from __future__ import annotations

from typing import Final

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from billing.banking import queries, services
from billing.banking.web.forms import Look
from tenancy.kernel import clock
from tenancy.kernel.errors import row_id
from tenancy.kernel.pages import StaffView
from tenancy.kernel.permissions import Permission
from values.fen import parse_yuan

_AMOUNT: Final = "amount-"


class Amounts(forms.Form):
    """Amounts by account, each in a field of its own; empty ones are no part."""

    parts = forms.Field(required=False, label=gettext_lazy("Amounts"))

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data)
        self.typed = {
            pk: text.strip()
            for name, text in data.items()
            if name.startswith(_AMOUNT)
            and isinstance(text, str)
            and text.strip()
            and (pk := row_id(name.removeprefix(_AMOUNT))) is not None
        }

    def clean(self) -> dict[str, object]:
        cleaned = super().clean() or {}
        try:
            cleaned["parts"] = [services.Part(pk, int(parse_yuan(text))) for pk, text in self.typed.items()]
        except ValueError:
            self.add_error("parts", _("Write an amount in yuan, such as 2520.24."))
        return cleaned


class Split(StaffView):
    """Divide a transfer; looking for another unit keeps what was typed."""

    permission = Permission.BANK_EDIT

    def get(self, request: HttpRequest, line_id: int) -> HttpResponse:
        return self._show(line_id, Amounts(request.GET))

    def post(self, request: HttpRequest, line_id: int) -> HttpResponse:
        queries.line_row(line_id)
        form = Amounts(request.POST)
        done = self.attempt(form, lambda: _split(line_id, form)) if form.is_valid() else None
        if done is None:
            return self._show(line_id, form, status=422)
        text = _("Booked on %(accounts)d accounts.")
        messages.success(request, text % {"accounts": done.lines})
        return redirect("banking:line", line_id)

    def _show(self, line_id: int, form: Amounts, *, status: int = 200) -> HttpResponse:
        line = queries.line_row(line_id)
        look = Look(self.request.GET)
        words = look.cleaned_data["words"] if look.is_valid() else ""
        found = queries.choices(line, words=words) if line.is_waiting else []
        known = {one.account_id for one in found}
        named = [
            choice
            for pk in form.typed
            if pk not in known
            and (choice := queries.choice_of(pk, community_id=line.community_id, on=line.on)) is not None
        ]
        rows = [(choice, form.typed.get(choice.account_id, "")) for choice in (*named, *found)]
        return self.page("banking/line_split.html", status=status, line=line, rows=rows, form=form, look=look)


def _split(line_id: int, form: Amounts) -> services.Confirmed:
    return services.split_line(
        line_id=line_id, parts=form.cleaned_data["parts"], posted_on=clock.today(), at=clock.now()
    )
