"""Add and revoke mandates; make a batch, read its return, call it off."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from billing.banking import services
from billing.banking.queries import debits
from billing.banking.queries.blocked import blocked_accounts
from billing.banking.services.import_statement import StatementBad
from billing.banking.web import debit_forms as forms
from billing.charges.queries import accounts_of_unit
from owners.queries import find_units
from tenancy.kernel import clock
from tenancy.kernel.pages import StaffView
from tenancy.kernel.permissions import Permission

_FOUND_AT_ONCE = 5


class AddMandate(StaffView):
    """A signed authorisation."""

    permission = Permission.BANK_EDIT

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._show(forms.NewMandate(initial={"from_on": clock.today()}))

    def post(self, request: HttpRequest) -> HttpResponse:
        form = forms.NewMandate(request.POST, request.FILES)
        offered = _accounts(request.POST.get("room", ""))
        form.offer(offered)
        if not form.is_valid():
            return self._show(form, status=422)
        account_id = form.cleaned_data["account"] or (offered[0][0] if len(offered) == 1 else None)
        if account_id is None:
            text = _("Choose whose account of the room.") if offered else _("No such room.")
            form.add_error("account" if offered else "room", text)
            return self._show(form, status=422)
        mandate_id = self.attempt(form, lambda: self._add(account_id, form))
        if mandate_id is None:
            return self._show(form, status=422)
        messages.success(request, _("The mandate is kept."))
        return redirect("banking:mandate", mandate_id)

    def _add(self, account_id: int, form: forms.NewMandate) -> int:
        data = form.cleaned_data
        plain = ("agreement_no", "holder_name", "bank", "number", "from_on", "to_on")
        return services.add_mandate(
            account_id=account_id,
            limit_fen=data["limit"],
            content=data["file"].read(),
            name=data["file"].name or "mandate",
            at=clock.now(),
            **{name: data[name] for name in plain},
        )

    def _show(self, form: forms.NewMandate, *, status: int = 200) -> HttpResponse:
        return self.page("banking/mandate_add.html", status=status, form=form)


class Mandate(StaffView):
    """One mandate with its paper."""

    permission = Permission.BANK_SEE

    def get(self, request: HttpRequest, mandate_id: int) -> HttpResponse:
        row = debits.mandate_row(mandate_id)
        may_edit = self.request.staff.can(Permission.BANK_EDIT) and row.revoked_on is None
        return self.page("banking/mandate_show.html", row=row, form=forms.Revoke(), may_edit=may_edit)


class RevokeMandate(StaffView):
    """The payer takes it back."""

    permission = Permission.BANK_EDIT

    def post(self, request: HttpRequest, mandate_id: int) -> HttpResponse:
        row = debits.mandate_row(mandate_id)
        form = forms.Revoke(request.POST)
        if not form.is_valid() or self.attempt(form, lambda: self._revoke(mandate_id, form)) is None:
            return self.page("banking/mandate_show.html", status=422, row=row, form=form, may_edit=True)
        messages.success(request, _("The mandate is revoked."))
        return redirect("banking:mandates")

    def _revoke(self, mandate_id: int, form: forms.Revoke) -> bool:
        services.revoke_mandate(mandate_id=mandate_id, on=clock.today(), reason=form.cleaned_data["reason"])
        return True


class MakeBatch(StaffView):
    """Who would be debited, who not and why; then the file for the bank."""

    permission = Permission.BANK_EDIT

    def get(self, request: HttpRequest) -> HttpResponse:
        if "debit_on" not in request.GET:
            return self._show(forms.NewBatch(initial={"debit_on": clock.today()}))
        form = forms.NewBatch(request.GET)
        return self._show(form, status=200 if form.is_valid() else 422)

    def post(self, request: HttpRequest) -> HttpResponse:
        form = forms.NewBatch(request.POST)
        batch_id = self.attempt(form, lambda: self._make(form)) if form.is_valid() else None
        if batch_id is None:
            return self._show(form, status=422)
        messages.success(request, _("The file for the bank is made."))
        return redirect("banking:batch", batch_id)

    def _make(self, form: forms.NewBatch) -> int:
        data = form.cleaned_data
        return services.make_batch(
            community_id=data["community"],
            profile_code=data["profile"],
            debit_on=data["debit_on"],
            blocked=blocked_accounts(data["debit_on"]),
            at=clock.now(),
        )

    def _show(self, form: forms.NewBatch, *, status: int = 200) -> HttpResponse:
        rows = []
        if form.is_bound and form.is_valid():
            on = form.cleaned_data["debit_on"]
            rows = debits.ready(
                community_id=form.cleaned_data["community"], on=on, blocked=blocked_accounts(on)
            )
        chosen = [row for row in rows if not row.skip]
        return self.page(
            "banking/batch_make.html",
            status=status,
            form=form,
            rows=rows,
            chosen=len(chosen),
            amount_fen=sum(row.amount_fen for row in chosen),
        )


class DebitProfiles(StaffView):
    """How banks are asked: the built-in ways, and the company's own."""

    permission = Permission.BANK_EDIT

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._show(forms.NewProfile())

    def post(self, request: HttpRequest) -> HttpResponse:
        form = forms.NewProfile(request.POST)
        made = (
            self.attempt(form, lambda: services.add_debit_profile(**form.said())) if form.is_valid() else None
        )
        if made is None:
            return self._show(form, status=422)
        messages.success(request, _("The profile is added."))
        return redirect("banking:debit_profiles")

    def _show(self, form: forms.NewProfile, *, status: int = 200) -> HttpResponse:
        rows = debits.debit_profiles()
        return self.page("banking/debit_profile_list.html", status=status, form=form, rows=rows)


class BatchView(StaffView):
    """What the doors of one batch share: its page."""

    permission = Permission.BANK_SEE

    def show(
        self,
        batch_id: int,
        form: forms.Return | None = None,
        off: forms.CallOff | None = None,
        *,
        wrong: object = (),
        status: int = 200,
    ) -> HttpResponse:
        """The batch, each debit, and what came of it."""
        row = debits.batch_row(batch_id)
        page = self.paginate(debits.items_of(batch_id))
        return self.page(
            "banking/batch_show.html",
            status=status,
            row=row,
            page=page,
            items=debits.item_rows(list(page.object_list)),
            results=debits.results_of(batch_id),
            form=form or forms.Return(),
            off=off or forms.CallOff(),
            wrong=wrong,
            may_edit=self.request.staff.can(Permission.BANK_EDIT) and row.state == "SENT",
        )


class Batch(BatchView):
    """One batch."""

    def get(self, request: HttpRequest, debit_batch_id: int) -> HttpResponse:
        return self.show(debit_batch_id)


class ReadReturn(BatchView):
    """The bank's answer."""

    permission = Permission.BANK_EDIT

    def post(self, request: HttpRequest, debit_batch_id: int) -> HttpResponse:
        debits.batch_row(debit_batch_id)
        form = forms.Return(request.POST, request.FILES)
        done = self.attempt(form, lambda: self._read(debit_batch_id, form)) if form.is_valid() else None
        if done is None:
            return self.show(debit_batch_id, form, status=422)
        if isinstance(done, StatementBad):
            form.add_error("file", str(done))
            return self.show(debit_batch_id, form, wrong=done.params["lines"], status=422)
        text = _("Booked: %(booked)d, failed: %(failed)d.")
        messages.success(request, text % {"booked": done.booked, "failed": done.failed})
        return redirect("banking:batch", debit_batch_id)

    def _read(self, batch_id: int, form: forms.Return) -> services.Returned | StatementBad:
        file = form.cleaned_data["file"]
        try:
            return services.read_return(
                debit_batch_id=batch_id,
                content=file.read(),
                name=file.name or "return",
                posted_on=clock.today(),
                at=clock.now(),
            )
        except StatementBad as bad:
            return bad


class CallOff(BatchView):
    """The bank never got it."""

    permission = Permission.BANK_EDIT

    def post(self, request: HttpRequest, debit_batch_id: int) -> HttpResponse:
        debits.batch_row(debit_batch_id)
        form = forms.CallOff(request.POST)
        if not form.is_valid() or self.attempt(form, lambda: self._call_off(debit_batch_id, form)) is None:
            return self.show(debit_batch_id, off=form, status=422)
        messages.success(request, _("The batch is called off."))
        return redirect("banking:batches")

    def _call_off(self, batch_id: int, form: forms.CallOff) -> bool:
        services.call_off(debit_batch_id=batch_id, reason=form.cleaned_data["reason"], at=clock.now())
        return True


def _accounts(room: str) -> list[tuple[int, str]]:
    """The accounts that the words may mean, with the room and the owner."""
    units = [hit.unit_id for hit in find_units(room, _FOUND_AT_ONCE)] if room.strip() else []
    rows = [one for unit_id in units for one in accounts_of_unit(unit_id) if one.closed_on is None]
    return [(one.account_id, f"{one.unit_code} {one.party_name}") for one in rows]
