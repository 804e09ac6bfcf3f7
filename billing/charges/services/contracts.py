"""Service contracts: a new one, better words for one, and other terms from a day on."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext as _

from billing.charges.models import Contract
from billing.charges.queries.contracts import ContractTerms, billed_under, contract_terms
from billing.charges.rules.agreement import Agreement, changed_terms, fault_of
from owners.queries import community_card
from tenancy.kernel import sql
from tenancy.kernel.errors import Conflict, NotFound, Refused
from tenancy.people.services import audit
from tenancy.people.words import sentence
from values.daily_rate import percent
from values.mask import mask_bank


class TermsNotValid(Refused):
    """What the terms say cannot be; `field` names the one, the parameter `reason` is the rule's code."""

    code = "charges.contract_terms_not_valid"


class ContractOverlaps(Conflict):
    """A community has one contract a day."""

    code = "charges.contract_overlaps"


class ContractGoverns(Conflict):
    """Charges were made under these terms: they stay, other terms are a new contract from a day on."""

    code = "charges.contract_governs"


def add_contract(*, community_id: int, terms: Agreement) -> int:
    """The contract of a community that has none on these days. TermsNotValid, ContractOverlaps, NotFound."""
    community_card(community_id)
    terms = _tidy(terms)
    _check(terms)
    contract_id = _insert(community_id, terms)
    audit.record("contract.added", kind="contract", pk=contract_id, **_told(terms))
    return contract_id


def change_contract(*, contract_id: int, terms: Agreement) -> None:
    """Put a contract right. An empty account stays as it is.

    Once charges stand under it, its late fee, allocation and due day stay (ContractGoverns), and its days go
    on covering them; the account for payments, the name, the issue day and the end may change.
    """
    if not Contract.objects.select_for_update().filter(pk=contract_id).exists():
        raise NotFound(_("There is no such contract."))
    before = contract_terms(contract_id)
    terms = _tidy(terms, account=before.payee_account)
    _check(terms)
    _guard(before, terms)
    old, new = asdict(before.agreement), asdict(terms)
    changed = {name: value for name, value in new.items() if value != old[name]}
    if not changed:
        return
    _refuse_overlap(before.community_id, terms, but=contract_id)
    _save(contract_id, terms)
    audit.record("contract.changed", kind="contract", pk=contract_id, **_told(terms, changed))


def succeed_contract(*, contract_id: int, terms: Agreement) -> int:
    """Other terms from a day on: the contract ends on it and a new one begins. What is issued stays.

    An empty account is taken over. Raises as add_contract does, ContractGoverns where charges of later days
    stand under the old one.
    """
    if not Contract.objects.select_for_update().filter(pk=contract_id).exists():
        raise NotFound(_("There is no such contract."))
    before = contract_terms(contract_id)
    terms = _tidy(terms, account=before.payee_account)
    _check(terms)
    if terms.start_on <= before.start_on:
        raise TermsNotValid(
            _("The new contract begins after the first day of the old one, %(day)s.")
            % {"day": before.start_on},
            field="start_on",
            reason="successor_too_early",
        )
    if before.end_on is None or before.end_on > terms.start_on:
        ended = replace(before.agreement, end_on=terms.start_on)
        _guard(before, ended, field="start_on")
        _save(contract_id, ended)
        audit.record(
            "contract.changed", kind="contract", pk=contract_id, **_told(terms, {"end_on": terms.start_on})
        )
    new_id = _insert(before.community_id, terms)
    audit.record("contract.added", kind="contract", pk=new_id, after=contract_id, **_told(terms))
    return new_id


def end_contract(*, contract_id: int, end_on: date, reason: str) -> None:
    """No service from `end_on` on: nothing is billed for days after. What was billed the caller takes back.

    Where another contract follows, its units go on paying. NotFound, TermsNotValid.
    """
    if not Contract.objects.select_for_update().filter(pk=contract_id).exists():
        raise NotFound(_("There is no such contract."))
    before = contract_terms(contract_id)
    if end_on <= before.start_on or (before.end_on is not None and end_on >= before.end_on):
        raise TermsNotValid(
            _("The last day lies within the contract."), field="last_on", reason="end_outside_contract"
        )
    _save(contract_id, replace(before.agreement, end_on=end_on))
    later = Contract.objects.filter(community_id=before.community_id, held__overlap=DateRange(end_on, None))
    if not later.exists():
        sql.run(
            "billing.charges", "end_subscriptions", {"community_id": before.community_id, "end_on": end_on}
        )
    audit.record(
        "contract.ended",
        kind="contract",
        pk=contract_id,
        last_on=(end_on - timedelta(1)).isoformat(),
        reason=reason,
    )


def _tidy(terms: Agreement, *, account: str = "") -> Agreement:
    words: dict[str, Any] = {
        name: " ".join(value.split()) if name != "late_fee_clause" else value.strip()
        for name, value in asdict(terms).items()
        if isinstance(value, str)
    }
    words["payee_account"] = words["payee_account"] or account
    return replace(terms, **words)


def _check(terms: Agreement) -> None:
    fault = fault_of(terms)
    if fault is not None:
        raise TermsNotValid(sentence(fault.because), field=fault.field, reason=fault.because.code)


def _guard(before: ContractTerms, after: Agreement, *, field: str = "") -> None:
    """What charges were made under stays, and the contract goes on covering them."""
    billed = billed_under(before)
    if billed is None:
        return
    changed = changed_terms(before.agreement, after)
    if changed:
        raise ContractGoverns(
            _("Charges were issued under these terms, so they stay. Make a new contract from a later day."),
            field=changed[0],
        )
    if after.start_on > billed.first_on:
        raise _still_governs(field or "start_on", billed.first_on)
    if after.end_on is not None and after.end_on <= billed.latest_on:
        raise _still_governs(field or "end_on", billed.latest_on)


def _still_governs(field: str, day: date) -> ContractGoverns:
    said = _("Charges from %(day)s on stand under this contract: it must hold on that day.") % {"day": day}
    return ContractGoverns(said, field=field, day=str(day))


def _refuse_overlap(community_id: int, terms: Agreement, *, but: int | None = None) -> None:
    held = DateRange(terms.start_on, terms.end_on)
    other = Contract.objects.filter(community_id=community_id, held__overlap=held).exclude(pk=but).first()
    if other is not None:
        raise _overlaps(other.name, other.held.lower)


def _overlaps(name: str, day: date) -> ContractOverlaps:
    return ContractOverlaps(
        _("The contract “%(name)s” holds from %(day)s: end it first, or make a new one from a day on there.")
        % {"name": name, "day": day},
        field="start_on",
    )


def _insert(community_id: int, terms: Agreement) -> int:
    _refuse_overlap(community_id, terms)
    try:
        with transaction.atomic():
            made = Contract.objects.create(community_id=community_id, **_columns(terms))
    except IntegrityError as error:  # somebody was faster: the constraint says it
        raise _overlaps(terms.name, terms.start_on) from error
    return int(made.pk)


def _save(contract_id: int, terms: Agreement) -> None:
    try:
        with transaction.atomic():
            Contract.objects.filter(pk=contract_id).update(**_columns(terms))
    except IntegrityError as error:
        raise _overlaps(terms.name, terms.start_on) from error


def _columns(terms: Agreement) -> dict[str, Any]:
    columns = asdict(terms)
    columns["held"] = DateRange(columns.pop("start_on"), columns.pop("end_on"))
    return columns


def _told(terms: Agreement, changed: dict[str, Any] | None = None) -> dict[str, Any]:
    """What the audit trail says of terms; an account number masked."""
    shown = {"name": terms.name, "start_on": terms.start_on} if changed is None else changed
    told = {name: _shown(name, value) for name, value in shown.items()}
    if "end_on" in told:
        told["last_on"] = told.pop("end_on")
    return told


def _shown(name: str, value: Any) -> str:
    if name == "payee_account":
        return mask_bank(value)
    if name == "end_on" and value is not None:
        return str(value - timedelta(1))
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Decimal):
        return percent(value)
    return "—" if value is None else str(value)
