"""One application: asked for with numbers first, its chain and proof, the agreement, its end."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from arrears.relief import queries, services
from arrears.relief.rules.applications import WAITING
from arrears.relief.rules.instalments import Judged, PartState
from arrears.relief.web import forms
from billing.charges.queries import account_card
from tenancy.kernel import clock
from tenancy.kernel.pages import StaffView
from tenancy.kernel.permissions import Permission
from tenancy.people.words import WORDS
from values.period import month_end


class Ask(StaffView):
    """Apply for an account: the numbers are shown before anything is asked for."""

    permission = Permission.RELIEF_ASK

    def get(self, request: HttpRequest, account_id: int) -> HttpResponse:
        today = clock.today()
        charges = queries.askable(account_id, as_of=today)
        initial = {
            "kind": request.GET.get("kind", "INSTALMENT"),
            "charge": [one.charge_id for one in charges],
            "first_on": month_end(today),
            "from_on": today,
        }
        return self._show(account_id, forms.Ask(initial=initial, charges=charges))

    def post(self, request: HttpRequest, account_id: int) -> HttpResponse:
        account_card(account_id)
        charges = queries.askable(account_id, as_of=clock.today())
        form = forms.Ask(request.POST, request.FILES, charges=charges)
        asked = self.attempt(form, lambda: self._ask(account_id, form)) if form.is_valid() else None
        if asked is None:
            return self._show(account_id, form, status=422)
        messages.success(request, _("The team lead checks it next."))
        return redirect("relief:application", asked)

    def _ask(self, account_id: int, form: forms.Ask) -> int:
        return services.ask_application(
            account_id=account_id,
            wish=form.wish(),
            proofs=form.uploads(),
            by=self.request.staff,
            on=clock.today(),
            at=clock.now(),
        )

    def _show(self, account_id: int, form: forms.Ask, *, status: int = 200) -> HttpResponse:
        today = clock.today()
        charges = queries.askable(account_id, as_of=today)
        ticked = {str(value) for value in form["charge"].value() or ()}
        return self.page(
            "relief/application_ask.html",
            status=status,
            account=account_card(account_id),
            rows=[(charge, str(charge.charge_id) in ticked) for charge in charges],
            total_fen=sum(charge.owed_fen for charge in charges),
            form=form,
            as_of=today,
        )


class Preview(StaffView):
    """The instalments of what stands in the form now."""

    permission = Permission.RELIEF_ASK

    def get(self, request: HttpRequest, account_id: int) -> HttpResponse:
        account_card(account_id)
        today = clock.today()
        form = forms.Terms(request.GET, charges=queries.askable(account_id, as_of=today))
        wanted = form.wanted() if form.is_valid() else None
        seen = None
        if wanted is not None and form.cleaned_data["kind"] == "INSTALMENT":
            ticked = form.cleaned_data["charge"]
            seen = queries.preview(account_id, wanted, charge_ids=ticked, as_of=today)
        return self.page("relief/_preview.html", preview=seen)


class PartLine:
    """An instalment with the tone of its state."""

    def __init__(self, judged: Judged) -> None:
        self.part, self.state = judged.part, judged.state
        self.paid_fen, self.paid_on = judged.paid_fen, judged.paid_on
        self.tone = _TONES.get(judged.state, "quiet")


class ApplicationView(StaffView):
    """What the doors of an application share: its page."""

    permission = Permission.CASE_SEE

    def show(
        self,
        application_id: int,
        *,
        draw: forms.DrawUp | None = None,
        sign: forms.Sign | None = None,
        release: forms.Release | None = None,
        seen: forms.SignedForm | None = None,
        status: int = 200,
    ) -> HttpResponse:
        """The application as it stands."""
        today, staff = clock.today(), self.request.staff
        card = queries.application_card(application_id, as_of=today)
        row = card.row
        signs = row.kind == "INSTALMENT" and row.state == "APPROVED" and staff.can(Permission.RELIEF_ASK)
        drawn = bool(card.agreement_for) and card.agreement_state != "WITHDRAWN"
        return self.page(
            "relief/application_show.html",
            status=status,
            card=card,
            row=row,
            end_text=WORDS.get(row.end_word, row.ended_because),
            plan=card.plan,
            parts=[PartLine(one) for one in card.plan.parts] if card.plan else (),
            may_sign=signs,
            is_drawn=drawn,
            may_withdraw=row.state in (*WAITING, "APPROVED") and staff.can(Permission.RELIEF_ASK),
            may_release=row.state == "RUNNING" and staff.can(Permission.HOLD_SET),
            may_decide=staff.can(Permission.APPROVAL_SEE),
            may_see_files=staff.can(Permission.FILE_SEE),
            to_decide=next((one for one in card.chain if self._is_mine(one)), None),
            may_confirm=self.may_confirm(card),
            seen=seen or forms.SignedForm(proofs=[(one.file_id, one.name) for one in card.proofs]),
            draw=draw or forms.DrawUp(initial={"sign_on": today}),
            sign=sign or forms.Sign(initial={"signed_on": card.agreement_for, "signer_name": row.party_name}),
            release=release or forms.Release(),
        )

    def _is_mine(self, link: queries.LinkOfChain) -> bool:
        staff, waits = self.request.staff, link.decision == "PENDING"
        return waits and staff.can(Permission.APPROVAL_DECIDE) and staff.plays(link.role)

    def may_confirm(self, card: queries.ApplicationCard) -> bool:
        """Whether this member may say that the owner signed: somebody else than who wrote it down."""
        staff = self.request.staff
        return (
            card.needs_form
            and staff.can(Permission.APPROVAL_DECIDE)
            and card.row.asked_by_id != staff.user_id
        )


class Application(ApplicationView):
    """One application, and the plan that came of it."""

    def get(self, request: HttpRequest, application_id: int) -> HttpResponse:
        return self.show(application_id)


class SignedForm(ApplicationView):
    """Somebody has seen the owner's signature: limitation starts anew on the day of asking."""

    permission = Permission.APPROVAL_DECIDE

    def post(self, request: HttpRequest, application_id: int) -> HttpResponse:
        card = queries.application_card(application_id, as_of=clock.today())
        form = forms.SignedForm(request.POST, proofs=[(one.file_id, one.name) for one in card.proofs])
        done = self.attempt(form, lambda: self._confirm(application_id, form)) if form.is_valid() else None
        if done is None:
            return self.show(application_id, seen=form, status=422)
        messages.success(request, _("Noted: limitation starts anew on the day of the application."))
        return redirect("relief:application", application_id)

    def _confirm(self, application_id: int, form: forms.SignedForm) -> bool:
        file_id = form.cleaned_data["file"]
        services.confirm_form(application_id=application_id, file_id=file_id, by=self.request.staff)
        return True


class Debt(StaffView):
    """Whether the debt of a plan is still what was asked for, beside its request."""

    permission = Permission.CASE_SEE

    def get(self, request: HttpRequest, application_id: int) -> HttpResponse:
        card = queries.application_card(application_id, as_of=clock.today())
        return self.page("relief/_debt_now.html", card=card)


class Withdraw(ApplicationView):
    """The owner takes it back before it runs."""

    permission = Permission.RELIEF_ASK

    def post(self, request: HttpRequest, application_id: int) -> HttpResponse:
        services.withdraw_application(application_id=application_id, on=clock.today())
        messages.success(request, _("The application was taken back."))
        return redirect("relief:application", application_id)


class DrawUp(ApplicationView):
    """Make the agreement for a day of signing."""

    permission = Permission.RELIEF_ASK

    def post(self, request: HttpRequest, application_id: int) -> HttpResponse:
        queries.application_card(application_id, as_of=clock.today())
        form = forms.DrawUp(request.POST)
        made = self.attempt(form, lambda: _draw_up(application_id, form)) if form.is_valid() else None
        if made is None:
            return self.show(application_id, draw=form, status=422)
        messages.success(request, _("The agreement is drawn up: print it, have it signed, upload the scan."))
        return redirect("relief:application", application_id)


class Sign(ApplicationView):
    """The signed agreement comes in: from now on the plan runs."""

    permission = Permission.RELIEF_ASK

    def post(self, request: HttpRequest, application_id: int) -> HttpResponse:
        queries.application_card(application_id, as_of=clock.today())
        form = forms.Sign(request.POST, request.FILES)
        made = self.attempt(form, lambda: self._sign(application_id, form)) if form.is_valid() else None
        if made is None:
            return self.show(application_id, sign=form, status=422)
        messages.success(request, _("The plan runs; the late fee waits from the day after the signing."))
        return redirect("relief:application", application_id)

    def _sign(self, application_id: int, form: forms.Sign) -> int:
        said = form.cleaned_data
        return services.sign_plan(
            application_id=application_id,
            signed_on=said["signed_on"],
            signer_name=said["signer_name"],
            scan=services.Upload(said["scan"].name or "scan", said["scan"].read()),
            by=self.request.staff,
            on=clock.today(),
        )


class Release(ApplicationView):
    """A manager ends what runs."""

    permission = Permission.HOLD_SET

    def post(self, request: HttpRequest, application_id: int) -> HttpResponse:
        queries.application_card(application_id, as_of=clock.today())
        form = forms.Release(request.POST)
        done = self.attempt(form, lambda: _release(application_id, form)) if form.is_valid() else None
        if done is None:
            return self.show(application_id, release=form, status=422)
        messages.success(request, _("It is ended; the ladder goes on where it stood."))
        return redirect("relief:application", application_id)


class FormPdf(StaffView):
    """缓缴申请表 as a paper to be signed and filed."""

    permission = Permission.CASE_SEE

    def get(self, request: HttpRequest, application_id: int) -> HttpResponse:
        pdf = services.print_form(application_id=application_id, on=clock.today())
        name = f"application-{application_id}.pdf"
        headers = {"Content-Disposition": f'inline; filename="{name}"', "X-Content-Type-Options": "nosniff"}
        return HttpResponse(pdf, content_type="application/pdf", headers=headers)


class OfAccount(StaffView):
    """Applications of an account, for its case and its unit."""

    permission = Permission.CASE_SEE

    def get(self, request: HttpRequest, account_id: int) -> HttpResponse:
        account_card(account_id)
        rows = queries.applications_of([account_id])
        owes = bool(queries.askable(account_id, as_of=clock.today()))
        busy = any(row.is_open and row.kind != "HARDSHIP" for row in rows)
        return self.page(
            "relief/_of_account.html",
            account_id=account_id,
            rows=rows,
            may_ask=owes and self.request.staff.can(Permission.RELIEF_ASK),
            busy=busy,
        )


class Waiting(StaffView):
    """What the owner has asked for and nobody has decided or signed yet, before he is called."""

    permission = Permission.CASE_SEE

    def get(self, request: HttpRequest, account_id: int) -> HttpResponse:
        account_card(account_id)
        rows = queries.applications_of([account_id])
        return self.page("relief/_waiting.html", rows=[row for row in rows if row.is_waiting])


_TONES = {
    PartState.PAID: "good",
    PartState.PAID_LATE: "good",
    PartState.GRACE: "warn",
    PartState.MISSED: "late",
}


def _draw_up(application_id: int, form: forms.DrawUp) -> int:
    sign_on = form.cleaned_data["sign_on"]
    return services.draw_up(application_id=application_id, sign_on=sign_on, on=clock.today())


def _release(application_id: int, form: forms.Release) -> bool:
    reason = form.cleaned_data["reason"]
    services.release_application(application_id=application_id, reason=reason, on=clock.today())
    return True
