"""What a court would cost: one form, all estimates."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from arrears.legal import queries
from arrears.legal.web.forms import Yuan
from owners.queries import communities
from tenancy.kernel import clock
from tenancy.kernel.pages import StaffView
from tenancy.kernel.permissions import Permission

MOST_FEN, MOST_DAYS = 10**12, 3_660


class Asked(forms.Form):
    """A claim, the days of late performance after a judgment, the place."""

    claim = Yuan(label=gettext_lazy("Claim"))
    days = forms.IntegerField(
        label=gettext_lazy("Days of late performance after a judgment"),
        required=False,
        min_value=0,
        max_value=MOST_DAYS,
    )
    community = forms.TypedChoiceField(
        label=gettext_lazy("Community"), coerce=int, required=False, empty_value=None
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = [(row.id, row.name) for row in communities()]
        cast(forms.ChoiceField, self.fields["community"]).choices = [("", _("All")), *known]

    def clean_claim(self) -> int:
        """A claim that can be one."""
        fen = int(self.cleaned_data["claim"])
        if not 0 < fen <= MOST_FEN:
            raise forms.ValidationError(
                _("A claim is more than nothing and at most ten billion yuan."), code="invalid"
            )
        return fen


class Fees(StaffView):
    """The calculator; what it says are estimates."""

    permission = Permission.LEGAL_SEE

    def get(self, request: HttpRequest) -> HttpResponse:
        form = Asked(request.GET if "claim" in request.GET else None)
        if not form.is_bound:
            return self.page("legal/fees.html", form=form)
        if not form.is_valid():
            return self.page("legal/fees.html", form=form, status=422)
        said = form.cleaned_data
        found = queries.estimate(
            said["claim"], days=said["days"] or 0, community_id=said["community"], on=clock.today()
        )
        return self.page("legal/fees.html", form=form, found=found)
