"""The evidence of a case: asked for with one click, watched while it is drawn, opened until its day."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

from django import forms
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from arrears.cases.queries import case_line
from arrears.legal import queries, tasks
from arrears.legal.queries.bundles import bundle_row, bundles_of
from arrears.legal.rules.exhibits import Audience
from arrears.legal.services.bundle import LONGEST_DAYS, opened, request_bundle
from arrears.legal.web.forms import Day
from tenancy.kernel import clock
from tenancy.kernel.choices import choice
from tenancy.kernel.pages import StaffView
from tenancy.kernel.permissions import Permission
from tenancy.people.services import files
from tenancy.people.words import WORDS

USUAL_DAYS: Final = 30


class AskBundle(forms.Form):
    """For whom, for what, until when."""

    audience = forms.ChoiceField(label=gettext_lazy("For whom"), widget=forms.RadioSelect)
    purpose = forms.CharField(label=pgettext_lazy("of a hand-over", "Purpose"), max_length=200)
    recipient = forms.CharField(
        label=gettext_lazy("Recipient"),
        max_length=120,
        required=False,
        help_text=gettext_lazy("The court; it stands in the watermark."),
    )
    firm_id = forms.ChoiceField(
        label=gettext_lazy("Law firm"),
        required=False,
        help_text=gettext_lazy("For a law firm: it needs an agreement on personal data that is in force."),
    )
    expires_on = Day(label=gettext_lazy("May be opened until"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice(self, "audience").choices = [(one.value, WORDS[f"audience.{one}"]) for one in Audience]
        choice(self, "firm_id").choices = [("", "—"), *_firms()]

    def entry(self) -> dict[str, Any]:
        """As request_bundle takes it."""
        firm_id = self.cleaned_data["firm_id"]
        return {**self.cleaned_data, "firm_id": int(firm_id) if firm_id else None}


def _firms() -> list[tuple[str, str]]:
    """The firms that work for the company; one without an agreement is there to be refused by name."""
    working = [row for row in queries.law_firms() if row.is_active]
    rows = queries.firm_rows(working, as_of=clock.today())
    return [(str(row.firm_id), f"{row.name} {row.lawyer}（{WORDS[row.word]}）") for row in rows]


class CaseBundles(StaffView):
    """The bundles of a case, for its page, and the button that makes one for a court."""

    permission = Permission.BUNDLE_EXPORT

    def get(self, request: HttpRequest, case_id: int) -> HttpResponse:
        case = case_line(case_id, as_of=clock.today())
        return self.page(
            "legal/_case_bundles.html", case=case, bundles=bundles_of(case_id, limit=5), given=_usual()
        )


class NewBundle(StaffView):
    """Ask for the evidence of a case."""

    permission = Permission.BUNDLE_EXPORT

    def get(self, request: HttpRequest, case_id: int) -> HttpResponse:
        return self._shown(case_id, AskBundle(initial=_usual()))

    def post(self, request: HttpRequest, case_id: int) -> HttpResponse:
        case_line(case_id, as_of=clock.today())
        form = AskBundle(request.POST)
        asked = self.attempt(form, lambda: self._ask(case_id, form)) if form.is_valid() else None
        if asked is None:
            return self._shown(case_id, form, status=422)
        tasks.start_bundle(asked, tenant_id=self.request.staff.tenant_id, user_id=self.request.staff.user_id)
        return redirect("legal:bundle", asked.bundle_id)

    def _ask(self, case_id: int, form: AskBundle) -> Any:
        return request_bundle(
            case_id=case_id, by=self.request.staff, as_of=clock.today(), at=clock.now(), **form.entry()
        )

    def _shown(self, case_id: int, form: AskBundle, *, status: int = 200) -> HttpResponse:
        case = case_line(case_id, as_of=clock.today())
        return self.page(
            "legal/bundle_new.html", status=status, case=case, form=form, longest_days=LONGEST_DAYS
        )


class BundlePage(StaffView):
    """One bundle: how far it is, what is inside, its files."""

    permission = Permission.BUNDLE_EXPORT

    def get(self, request: HttpRequest, bundle_id: int) -> HttpResponse:
        row = bundle_row(bundle_id)
        case = case_line(row.case_id, as_of=clock.today())
        return self.page("legal/bundle_show.html", bundle=row, case=case, is_open=row.is_open(clock.today()))


class BundleFile(StaffView):
    """The PDF or the archive; who opened it when stands in the audit trail."""

    permission = Permission.BUNDLE_EXPORT
    which = "pdf"

    def get(self, request: HttpRequest, bundle_id: int) -> HttpResponseBase:
        file = opened(bundle_id=bundle_id, which=self.which, as_of=clock.today())
        response = FileResponse(files.location(file).open("rb"), content_type=file.content_type)
        response["Content-Disposition"] = content_disposition_header(True, file.name) or "attachment"
        response["X-Content-Type-Options"] = "nosniff"
        response["Cache-Control"] = "private, no-store"
        return response


def _usual() -> dict[str, Any]:
    """What one click asks for: the evidence for a court, for a month."""
    return {
        "audience": Audience.COURT.value,
        "purpose": _("Payment order or lawsuit"),
        "expires_on": clock.today() + timedelta(days=USUAL_DAYS),
    }
