"""Service contracts: the list, one of them, a new one, a change, and the one that follows."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from billing.charges import queries, services
from billing.charges.rules.late_fee import annual_warning
from billing.charges.web import contract_forms as forms
from owners.queries import communities, community_card
from tenancy.kernel import clock
from tenancy.kernel.errors import row_id
from tenancy.kernel.pages import StaffView
from tenancy.kernel.permissions import Permission
from tenancy.people.words import sentence
from values.period import Period, month_start


class Contracts(StaffView):
    """All contracts, and the communities that have none today."""

    permission = Permission.TARIFF_SEE

    def get(self, request: HttpRequest) -> HttpResponse:
        rows, today = queries.contracts(), clock.today()
        held = {row.community_id for row in rows if row.holds_on(today)}
        return self.page(
            "charges/contract_list.html",
            contracts=rows,
            without=[row for row in communities() if row.id not in held],
            may_edit=self.request.staff.can(Permission.TARIFF_EDIT),
        )


class CommunityTerms(StaffView):
    """For the page of a community: the contract in force, where owners pay to, what it says of late fees."""

    permission = Permission.TARIFF_SEE
    follows_choice = False

    def get(self, request: HttpRequest, community_id: int) -> HttpResponse:
        community = community_card(community_id)
        return self.page(
            "charges/_community_terms.html",
            community=community,
            contract=queries.find_contract(community_id, clock.today()),
            may_edit=self.request.staff.can(Permission.TARIFF_EDIT),
        )


class Contract(StaffView):
    """One contract: its terms, and what was billed under it."""

    permission = Permission.TARIFF_SEE

    def get(self, request: HttpRequest, contract_id: int) -> HttpResponse:
        terms = queries.contract_terms(contract_id)
        return self.page(
            "charges/contract_show.html",
            contract=terms,
            billed=queries.billed_under(terms),
            warning=annual_warning(terms.rate_e8),
            may_edit=self.request.staff.can(Permission.TARIFF_EDIT),
        )


class NewContract(StaffView):
    """The contract of a community that has none."""

    permission = Permission.TARIFF_EDIT

    def get(self, request: HttpRequest) -> HttpResponse:
        start = month_start(clock.today())
        wanted = {"community": row_id(request.GET.get("community", "")), "start_on": start}
        return self._show(forms.NewContract(initial=wanted))

    def post(self, request: HttpRequest) -> HttpResponse:
        form = forms.NewContract(request.POST)
        form.offer(communities())
        made = self.attempt(form, lambda: _add(form)) if form.is_valid() else None
        if made is None:
            return self._show(form, status=422)
        return _done(request, made, _("The contract is there. Bills can be issued under it."))

    def _show(self, form: forms.NewContract, *, status: int = 200) -> HttpResponse:
        form.offer(communities())
        return self.page("charges/contract_edit.html", status=status, form=form)


class EditContract(StaffView):
    """Put a contract right; what charges were made under stays."""

    permission = Permission.TARIFF_EDIT

    def get(self, request: HttpRequest, contract_id: int) -> HttpResponse:
        terms = queries.contract_terms(contract_id)
        return self._show(terms, forms.Contract(initial=forms.Contract.filled(terms)))

    def post(self, request: HttpRequest, contract_id: int) -> HttpResponse:
        terms = queries.contract_terms(contract_id)
        form = forms.Contract(request.POST, initial=forms.Contract.filled(terms))
        self._hold(terms, form)
        saved = form.is_valid() and self.attempt(form, lambda: _change(contract_id, form))
        if not saved:
            return self._show(terms, form, status=422)
        return _done(request, contract_id, _("Saved."))

    def _hold(self, terms: queries.ContractTerms, form: forms.Contract) -> bool:
        form.keep_account(terms.account_shown)
        governs = queries.billed_under(terms) is not None
        if governs:
            form.keep_terms()
        return governs

    def _show(self, terms: queries.ContractTerms, form: forms.Contract, *, status: int = 200) -> HttpResponse:
        governs = self._hold(terms, form)
        return self.page(
            "charges/contract_edit.html", status=status, form=form, contract=terms, governs=governs
        )


class NextContract(StaffView):
    """Other terms from a day on: the old contract ends, a new one begins."""

    permission = Permission.TARIFF_EDIT

    def get(self, request: HttpRequest, contract_id: int) -> HttpResponse:
        terms = queries.contract_terms(contract_id)
        start_on = terms.end_on or Period.of_months(month_start(clock.today()), 1).end
        return self._show(terms, forms.Contract(initial=forms.Contract.filled(terms, start_on=start_on)))

    def post(self, request: HttpRequest, contract_id: int) -> HttpResponse:
        terms, form = queries.contract_terms(contract_id), forms.Contract(request.POST)
        form.keep_account(terms.account_shown)
        made = self.attempt(form, lambda: _succeed(contract_id, form)) if form.is_valid() else None
        if made is None:
            return self._show(terms, form, status=422)
        return _done(request, made, _("The new contract is noted. Bills issued so far stay as they are."))

    def _show(self, terms: queries.ContractTerms, form: forms.Contract, *, status: int = 200) -> HttpResponse:
        form.keep_account(terms.account_shown)
        return self.page("charges/contract_edit.html", status=status, form=form, contract=terms, follows=True)


def _add(form: forms.NewContract) -> int:
    return services.add_contract(community_id=form.cleaned_data["community"], terms=form.terms())


def _change(contract_id: int, form: forms.Contract) -> bool:
    services.change_contract(contract_id=contract_id, terms=form.terms())
    return True


def _succeed(contract_id: int, form: forms.Contract) -> int:
    return services.succeed_contract(contract_id=contract_id, terms=form.terms())


def _done(request: HttpRequest, contract_id: int, said: str) -> HttpResponse:
    messages.success(request, said)
    high = annual_warning(queries.contract_terms(contract_id).rate_e8)
    if high is not None:
        messages.warning(request, sentence(high))
    return redirect("charges:contract", contract_id)
