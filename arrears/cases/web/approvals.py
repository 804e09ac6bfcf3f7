"""A request that waits for a decision, with facts, rule and consequence."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from arrears.cases import queries, services
from arrears.cases.rules.ladder import RungCode
from arrears.cases.web import forms
from tenancy.kernel import clock
from tenancy.kernel.pages import StaffView
from tenancy.kernel.permissions import Permission
from tenancy.people.words import WORDS


class Approval(StaffView):
    """One request; whoever plays its part decides it here."""

    permission = Permission.APPROVAL_SEE

    def get(self, request: HttpRequest, approval_id: int) -> HttpResponse:
        return self._shown(approval_id, forms.Decide())

    def post(self, request: HttpRequest, approval_id: int) -> HttpResponse:
        card = queries.approval_card(approval_id, self.request.staff, as_of=clock.today())
        form = forms.Decide(request.POST)
        decided = form.is_valid() and self.attempt(form, lambda: self._decide(approval_id, form))
        if not decided:
            return self._shown(approval_id, form, status=422)
        approved = form.cleaned_data["decision"] == "approve"
        text = _("%(subject)s: approved.") if approved else _("%(subject)s: rejected.")
        messages.success(request, text % {"subject": card.request.subject})
        return redirect("cases:approvals")

    def _decide(self, approval_id: int, form: forms.Decide) -> bool:
        services.decide(
            approval_id=approval_id,
            by=self.request.staff,
            approve=form.cleaned_data["decision"] == "approve",
            reason=form.cleaned_data["reason"],
            at=clock.now(),
        )
        return True

    def _shown(self, approval_id: int, form: forms.Decide, *, status: int = 200) -> HttpResponse:
        card = queries.approval_card(approval_id, self.request.staff, as_of=clock.today())
        may_review = card.case is not None and self.request.staff.can(Permission.LEGAL_SEE)
        return self.page(
            "cases/approval_show.html",
            status=status,
            card=card,
            form=form,
            has_words=card.request.rule in WORDS,
            may_run=self.request.staff.can(Permission.BILL_RUN),
            may_review=may_review,
            # What a court said to this claim before is asked for beside the facts.
            shows_court=may_review and card.request.rung == RungCode.COURT,
        )
