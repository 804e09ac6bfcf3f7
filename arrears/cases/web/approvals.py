"""A request that waits for a decision, with facts, rule and consequence."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from arrears.cases import queries, services
from arrears.cases.rules.ladder import RungCode
from arrears.cases.web import forms
from arrears.cases.web.timeline import Event
from tenancy.kernel import clock
from tenancy.kernel.pages import StaffView
from tenancy.kernel.permissions import Permission
from tenancy.people.services import approvals
from tenancy.people.words import WORDS

# Rungs that the law has gates before.
_LEGAL = (RungCode.LEGAL_REVIEW, RungCode.LAWYER_LETTER, RungCode.COURT)


class ApprovalView(StaffView):
    """What the doors of a request share: its page."""

    permission = Permission.APPROVAL_SEE

    def show(
        self,
        approval_id: int,
        form: forms.Decide | None = None,
        say: forms.Say | None = None,
        *,
        status: int = 200,
    ) -> HttpResponse:
        """The request as it stands."""
        staff = self.request.staff
        card = queries.approval_card(approval_id, staff, as_of=clock.today())
        may_review = card.case is not None and staff.can(Permission.LEGAL_SEE)
        return self.page(
            "cases/approval_show.html",
            status=status,
            card=card,
            **_choices(form, needs_opinion=card.request.step_word in WORDS),
            say=say or forms.Say(),
            said=[_event(remark) for remark in card.remarks],
            may_answer=card.answerable(staff),
            has_words=card.request.rule in WORDS,
            may_release=staff.can(Permission.HOLD_SET),
            may_run=staff.can(Permission.BILL_RUN),
            may_review=may_review,
            # What a court said to this claim before is asked for beside the facts.
            shows_court=may_review and card.request.rung == RungCode.COURT,
            shows_gates=may_review and card.request.rung in _LEGAL,
        )


class Approval(ApprovalView):
    """One request; whoever plays its part decides it here."""

    def get(self, request: HttpRequest, approval_id: int) -> HttpResponse:
        return self.show(approval_id)

    def post(self, request: HttpRequest, approval_id: int) -> HttpResponse:
        card = queries.approval_card(approval_id, self.request.staff, as_of=clock.today())
        form = forms.Decide(request.POST, auto_id=f"{request.POST.get('decision', '')}_%s")
        decided = form.is_valid() and self.attempt(form, lambda: self._decide(approval_id, form))
        if not decided:
            return self.show(approval_id, form, status=422)
        approved = form.cleaned_data["decision"] == "approve"
        text = _("%(subject)s: approved.") if approved else _("%(subject)s: rejected.")
        if approved and card.request.step_word in WORDS:
            text = str(WORDS[card.request.step_word])
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


class Remark(ApprovalView):
    """Whoever decides asks first; who knows the matter answers."""

    permission = Permission.APPROVAL_ANSWER

    def post(self, request: HttpRequest, approval_id: int) -> HttpResponse:
        queries.approval_card(approval_id, self.request.staff, as_of=clock.today())
        form = forms.Say(request.POST)
        asked = self.attempt(form, lambda: self._say(approval_id, form)) if form.is_valid() else None
        if asked is None:
            return self.show(approval_id, say=form, status=422)
        messages.success(request, _("The question is put.") if asked else _("The answer is noted."))
        return redirect("cases:approval", approval_id)

    def _say(self, approval_id: int, form: forms.Say) -> bool:
        text = form.cleaned_data["text"]
        return approvals.say(approval_id=approval_id, by=self.request.staff, text=text, at=clock.now())


def _choices(refused: forms.Decide | None, *, needs_opinion: bool) -> dict[str, Any]:
    """The two ways to decide, each with its reason; the one that was refused keeps what was said.

    An agreement offers a sentence, to be kept or changed, but where an opinion for those who decide next is
    asked for; a rejection always needs one of its own.
    """
    chosen = refused["decision"].value() if refused else ""
    agreed = {"reason": "" if needs_opinion else _("Facts and proof are checked; agreed.")}
    return {
        "form": refused,
        "approve": refused if chosen == "approve" else forms.Decide(initial=agreed, auto_id="approve_%s"),
        "reject": refused if chosen == "reject" else forms.Decide(auto_id="reject_%s"),
        "chosen": chosen,
    }


def _event(remark: queries.Remark) -> Event:
    title = _("Question") if remark.is_question else pgettext("to a question", "Answer")
    return Event(localdate(remark.at), remark.at, title, remark.text, remark.by, None)
