"""A contract ends, or a unit's tariff: what was billed beyond is taken back, what was paid is credit."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Final, NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _

from billing.charges import services as charges
from billing.charges.queries import (
    accounts_of_unit,
    accounts_reaching,
    contract_terms,
    subscription_row,
    unowed,
)
from billing.payments.services.release import Released, release_unowed
from tenancy.kernel.errors import Conflict, Refused
from tenancy.kernel.permissions import Role, StaffMember
from tenancy.people.models import Approval
from tenancy.people.services import audit
from tenancy.people.services.approvals import Request, ask_all

CONTRACT_END: Final = "contract.end"
BLOCK: Final = 500
MOST_REASON: Final = 200


class ReasonMissing(Refused):
    """Why the contract ends stands on every charge that is taken back."""

    code = "payments.reason_missing"


class ContractEndAsked(Conflict):
    """Somebody asked for the same and waits."""

    code = "payments.contract_end_asked"


class EndOutside(Refused):
    """The last day of service lies within the contract."""

    code = "payments.contract_end_outside"


class ContractEnd(NamedTuple):
    """What an end would do. `gone_fen` is not owed any more, `free_fen` of it was paid and becomes credit."""

    contract_id: int
    community_id: int
    community_name: str
    contract_name: str
    last_on: date
    accounts: int
    charges: int
    gone_fen: int
    free_fen: int


def preview_contract_end(*, contract_id: int, last_on: date) -> ContractEnd:
    """What would be taken back and set free; nothing is written. Raises NotFound, EndOutside."""
    terms = contract_terms(contract_id)
    end_on = last_on + timedelta(1)
    if end_on <= terms.start_on or (terms.end_on is not None and end_on >= terms.end_on):
        raise EndOutside(_("The last day lies within the contract."), field="last_on")
    accounts = charged = gone = free = 0
    for block in _blocks(terms.community_id, end_on):
        rows = unowed(block, since=end_on, contract_ends_on=end_on)
        accounts += len({row.account_id for row in rows})
        charged += len(rows)
        gone += sum(row.gone_fen for row in rows)
        free += sum(row.free_fen for row in rows)
    return ContractEnd(
        contract_id,
        terms.community_id,
        terms.community_name,
        terms.name,
        last_on,
        accounts,
        charged,
        gone,
        free,
    )


def ask_contract_end(*, contract_id: int, last_on: date, reason: str, by: StaffMember, at: datetime) -> int:
    """Ask that a contract end with a day; the request's id. The branch's head decides, for all of its owners.

    Raises NotFound, EndOutside, ReasonMissing, ContractEndAsked.
    """
    shown = preview_contract_end(contract_id=contract_id, last_on=last_on)
    if not reason.strip():
        raise ReasonMissing(_("Say why the contract ends."), field="reason")
    waiting = Approval.objects.filter(kind=CONTRACT_END, decision=Approval.Decision.PENDING)
    if waiting.filter(facts__contract_id=contract_id).exists():
        raise ContractEndAsked(_("This was asked already; it waits for a decision."))
    role = Role.COMPANY_ADMIN if by.plays(Role.BRANCH_GM) else Role.BRANCH_GM
    request = Request(
        kind=CONTRACT_END,
        subject=shown.community_name,
        role=role.value,
        community_id=shown.community_id,
        facts={
            "contract_id": contract_id,
            "contract": shown.contract_name,
            "community": shown.community_name,
            "last_on": last_on.isoformat(),
            "accounts": shown.accounts,
            "gone_fen": shown.gone_fen,
            "amount_fen": shown.free_fen,
            "reason": reason.strip()[:MOST_REASON],
        },
    )
    (approval_id,) = ask_all([request], asked_at=at)
    audit.record(
        "contract.end_asked",
        kind="contract",
        pk=contract_id,
        last_on=last_on.isoformat(),
        reason=reason.strip(),
    )
    return approval_id


def contract_end_decided(decided: Approval, *, on: date, at: datetime) -> None:
    """What follows a decision: approved, the contract ends and every account is settled at once."""
    if decided.decision != Approval.Decision.APPROVED:
        return
    facts = decided.facts
    end_contract(
        contract_id=facts["contract_id"],
        last_on=date.fromisoformat(facts["last_on"]),
        reason=facts["reason"],
        on=on,
        at=at,
    )


@transaction.atomic
def end_contract(*, contract_id: int, last_on: date, reason: str, on: date, at: datetime) -> list[Released]:
    """End a contract with a day, and set free what was paid for days after it. TermsNotValid, DayClosed."""
    terms, end_on = contract_terms(contract_id), last_on + timedelta(1)
    charges.lock_issue(terms.community_id)
    charges.end_contract(contract_id=contract_id, end_on=end_on, reason=reason)
    return [
        released
        for block in _blocks(terms.community_id, end_on)
        for released in release_unowed(account_ids=block, since=end_on, reason=reason, on=on, at=at)
    ]


@transaction.atomic
def end_agreement(*, subscription_id: int, end_on: date, on: date, at: datetime) -> list[Released]:
    """A unit pays a tariff no more from a day on, though it was billed beyond: that is taken back.

    Raises NotFound, SubscriptionEndsTooEarly, DayClosed.
    """
    row = subscription_row(subscription_id)
    mine = accounts_of_unit(row.unit_id)
    if mine:
        charges.lock_issue(mine[0].community_id)
    charges.end_subscription(subscription_id=subscription_id, end_on=end_on, takes_back=True)
    reason = _("The unit pays this no more from %(day)s on") % {"day": end_on.isoformat()}
    ids = [account.account_id for account in mine]
    return release_unowed(account_ids=ids, since=end_on, reason=reason, on=on, at=at)


def _blocks(community_id: int, end_on: date) -> Iterator[list[int]]:
    found = accounts_reaching(community_id, since=end_on)
    for start in range(0, len(found), BLOCK):
        yield found[start : start + BLOCK]
