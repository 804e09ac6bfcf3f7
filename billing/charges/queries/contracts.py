"""The service contract of a community on a day, and how a company signs its documents."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from django.db.models import Max, Min, Q
from django.utils.translation import gettext as _

from billing.charges.models import Charge, Contract
from billing.charges.rules.agreement import Agreement
from billing.charges.rules.due import DEFAULT_RULE, DueKind, DueRule
from billing.charges.rules.late_fee import rate_to_e8
from notices.documents.parts import Issuer
from tenancy.kernel import sql
from tenancy.kernel.errors import NotFound, Refused
from tenancy.kernel.models import Tenant
from tenancy.kernel.scope import current_tenant_id
from values import daily_rate
from values.mask import mask_bank


class NoContract(Refused):
    code = "charges.no_contract"


class Billed(NamedTuple):
    """The first days of the periods of the earliest and the latest charge that a contract governs."""

    first_on: date
    latest_on: date


class ContractTerms(NamedTuple):
    """What the contract says. `late_fee_rate` None: no late fee agreed. `end_on` exclusive, None: open."""

    contract_id: int
    community_id: int
    community_code: str
    community_name: str
    kind: str
    name: str
    number: str
    start_on: date
    end_on: date | None
    late_fee_rate: Decimal | None
    late_fee_clause: str
    late_fee_cap_ratio: Decimal
    late_fee_grace_days: int
    principal_first: bool
    issue_day: int
    due_day: int | None
    payee_name: str
    payee_bank: str
    payee_account: str
    handover_rule: str

    @property
    def rate_e8(self) -> int:
        """The daily late-fee rate x 1e8; 0 where none is agreed."""
        return 0 if self.late_fee_rate is None else rate_to_e8(self.late_fee_rate)

    @property
    def last_on(self) -> date | None:
        """The last day it holds; None: open."""
        return None if self.end_on is None else self.end_on - timedelta(1)

    @property
    def account_shown(self) -> str:
        """The account for payments as lists show it."""
        return mask_bank(self.payee_account) if self.payee_account else ""

    @property
    def late_fee_text(self) -> str:
        """0.03%（万分之三）; empty where none is agreed."""
        return "" if self.late_fee_rate is None else daily_rate.in_full(self.late_fee_rate)

    @property
    def cap_text(self) -> str:
        """The cap as a percentage of the principal."""
        return daily_rate.percent(self.late_fee_cap_ratio)

    @property
    def agreement(self) -> Agreement:
        """The terms alone, as a change of them is written."""
        names = Agreement.__dataclass_fields__
        return Agreement(**{name: value for name, value in self._asdict().items() if name in names})

    def holds_on(self, day: date) -> bool:
        """Whether the contract is in force on a day."""
        return self.start_on <= day and (self.end_on is None or day < self.end_on)

    @property
    def due_rule(self) -> DueRule:
        """How the due day is fixed."""
        return DEFAULT_RULE if self.due_day is None else DueRule(DueKind.DAY_OF_MONTH, self.due_day)


def contract_on(community_id: int, day: date) -> ContractTerms:
    """The contract in force; NoContract (422) where none is."""
    contract = _in_force(community_id, day)
    if contract is None:
        raise NoContract(
            _("There is no service contract for this community on %(day)s.") % {"day": day}, day=str(day)
        )
    return terms_of(contract)


def find_contract(community_id: int, day: date) -> ContractTerms | None:
    """The contract in force, or None."""
    contract = _in_force(community_id, day)
    return None if contract is None else terms_of(contract)


def pays_principal_first(day: date) -> frozenset[int]:
    """Communities whose contract in force says that principal is paid before its late fee (L-A3)."""
    found = sql.rows("billing.charges", "principal_first", {"day": day})
    return frozenset(community_id for (community_id,) in found)


def contracts(community_id: int | None = None) -> list[ContractTerms]:
    """All contracts, by community, the latest first."""
    found = Contract.objects.select_related("community").order_by("community__code", "-held")
    if community_id is not None:
        found = found.filter(community_id=community_id)
    return [terms_of(contract) for contract in found]


def contract_terms(contract_id: int) -> ContractTerms:
    """One contract; NotFound where it is not (or not yours)."""
    found = Contract.objects.select_related("community").filter(pk=contract_id).first()
    if found is None:
        raise NotFound(_("There is no such contract."))
    return terms_of(found)


def billed_under(terms: ContractTerms) -> Billed | None:
    """What was billed under a contract: a charge goes by the contract of its period's first day."""
    inside = Q(ends_on__gt=terms.start_on, period__startswith__gte=terms.start_on)
    if terms.end_on is not None:
        inside &= Q(period__startswith__lt=terms.end_on)
    charges = Charge.objects.filter(inside, community_id=terms.community_id, reversed_on=None)
    found = charges.aggregate(first=Min("period__startswith"), latest=Max("period__startswith"))
    return None if found["first"] is None else Billed(found["first"], found["latest"])


def issuer_of(community_id: int, day: date) -> Issuer:
    """How a document of this community is signed on a day: company, community, place, account, contract."""
    company = Tenant.objects.get(pk=current_tenant_id())
    contract = _in_force(community_id, day)
    if contract is None:
        raise NoContract(_("There is no service contract for this community on %(day)s.") % {"day": day})
    community = contract.community
    return Issuer(
        company=company.name,
        company_address=company.address,
        community=community.name,
        community_address=community.address,
        phone=community.service_phone or company.phone,
        place=community.service_place,
        hours=community.service_hours,
        payee_name=contract.payee_name,
        payee_bank=contract.payee_bank,
        payee_account=contract.payee_account,
        contract_name=contract.name,
        contract_number=contract.number,
        late_fee_clause=contract.late_fee_clause,
    )


def terms_of(contract: Contract) -> ContractTerms:
    """A row as plain data."""
    return ContractTerms(
        contract_id=contract.pk,
        community_id=contract.community_id,
        community_code=contract.community.code,
        community_name=contract.community.name,
        kind=contract.kind,
        name=contract.name,
        number=contract.number,
        start_on=contract.held.lower,
        end_on=contract.held.upper,
        late_fee_rate=contract.late_fee_rate,
        late_fee_clause=contract.late_fee_clause,
        late_fee_cap_ratio=contract.late_fee_cap_ratio,
        late_fee_grace_days=contract.late_fee_grace_days,
        principal_first=contract.principal_first,
        issue_day=contract.issue_day,
        due_day=contract.due_day,
        payee_name=contract.payee_name,
        payee_bank=contract.payee_bank,
        payee_account=contract.payee_account,
        handover_rule=contract.community.handover_rule,
    )


def _in_force(community_id: int, day: date) -> Contract | None:
    found: Contract | None = (
        Contract.objects.select_related("community")
        .filter(community_id=community_id, held__contains=day)
        .first()
    )
    return found
