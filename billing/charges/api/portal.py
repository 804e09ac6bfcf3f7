"""The owner's units, what is owed on them, and his bills with the calculation of every charge."""

from __future__ import annotations

from datetime import date
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from billing.charges.api import in_words
from billing.charges.queries.bills import bill_detail
from billing.charges.queries.contracts import find_contract
from billing.charges.queries.portal import (
    OwnerBill,
    OwnerUnit,
    accounts_of,
    bills_of,
    explained,
    offers_for,
    own_account,
    units_of,
)
from billing.charges.queries.why import Why
from owners.queries import community_card
from tenancy.kernel import clock
from tenancy.kernel.errors import NotFound
from tenancy.kernel.fields import YuanField
from tenancy.kernel.permissions import Grant
from tenancy.kernel.portal import PortalView
from values.area import square_metres
from values.mask import mask_name


class PortalOwed(serializers.Serializer[Any]):
    """What is owed as of today. `overdue` is unpaid principal past its due day, of `months` months."""

    total = YuanField(source="total_fen", help_text="Principal and late fee")
    principal = YuanField(source="principal_fen")
    late_fee = YuanField(source="late_fee_fen")
    overdue = YuanField(source="overdue_fen")
    overdue_since = serializers.DateField(source="oldest_due_on", allow_null=True)
    months = serializers.IntegerField()


class PortalUnit(serializers.Serializer[Any]):
    """A unit in one company. Sums are of the owner's own account: other owners' debts are not among them."""

    id = serializers.IntegerField()
    company = serializers.CharField()
    community = serializers.CharField()
    code = serializers.CharField()
    kind = serializers.ChoiceField(["ROOM", "SHOP", "BAY", "OTHER"])
    area_m2 = serializers.CharField(allow_null=True, help_text="Square metres; null where no area counts")
    role = serializers.ChoiceField(["OWNER", "JOINT_OWNER", "OCCUPANT", "FORMER"])
    billed_to = serializers.CharField(help_text="Masked name of the first-named owner; empty when it is you")
    owed = PortalOwed()
    next_due_on = serializers.DateField(allow_null=True)
    next_due = YuanField(help_text="Principal to be paid by next_due_on")


class PortalMovement(serializers.Serializer[Any]):
    """What was paid towards a charge on a value date."""

    on = serializers.DateField()
    principal = YuanField(source="principal_fen")
    late_fee = YuanField(source="late_fee_fen")


class PortalCharge(serializers.Serializer[Any]):
    """One charge with its calculation in plain words, in the language of the caller."""

    id = serializers.IntegerField(source="charge_id")
    fee_item = serializers.CharField()
    kind = serializers.ChoiceField(["PERIODIC", "OPENING", "COST"])
    bill_id = serializers.IntegerField(allow_null=True)
    period = serializers.CharField(source="period.label", help_text="2026年1月至3月")
    from_on = serializers.DateField(source="period.start")
    to_on = serializers.DateField(source="period.last_day", help_text="Its last day")
    due_on = serializers.DateField()
    amount = YuanField(source="amount_fen")
    paid = YuanField(source="settled_fen")
    unpaid = YuanField(source="unpaid_fen")
    late_fee = YuanField(source="late_fee_fen", help_text="Outstanding as of today")
    calculation = serializers.SerializerMethodField(help_text="Area x rate x months = amount, in words")
    late_fee_calculation = serializers.SerializerMethodField(help_text="Empty when no late fee has run")
    pay_by = serializers.SerializerMethodField(help_text="Until when to pay, and what runs afterwards")
    payments = PortalMovement(source="movements", many=True)

    def get_calculation(self, why: Why) -> list[str]:
        return in_words.calculation(why)

    def get_late_fee_calculation(self, why: Why) -> list[str]:
        return in_words.late_fee(why)

    def get_pay_by(self, why: Why) -> str:
        return in_words.pay_by(why)


class PortalService(serializers.Serializer[Any]):
    """Where to pay and to ask."""

    phone = serializers.CharField(source="service_phone")
    place = serializers.CharField(source="service_place")
    hours = serializers.CharField(source="service_hours")


class PortalPayee(serializers.Serializer[Any]):
    """The account that the contract names for transfers, and what to write beside one."""

    name = serializers.CharField()
    bank = serializers.CharField()
    account = serializers.CharField()
    remark = serializers.CharField(help_text="Community and unit: whose money it is")


class PortalOffer(serializers.Serializer[Any]):
    """What is let off when `pay` has come in by `last_on`: the late fee, or a share of a whole year."""

    kind = serializers.ChoiceField(["LATE_FEE", "YEAR"])
    last_on = serializers.DateField(help_text="Still a day of the offer")
    pay = YuanField(source="pay_fen")
    off = YuanField(source="off_fen")
    fee_item = serializers.CharField(help_text="Empty for late fee")
    year = serializers.IntegerField(allow_null=True)
    share = serializers.CharField(help_text="5%; empty for late fee")
    needs_good_standing = serializers.BooleanField(help_text="Only for who stands well, see the standing")
    withheld = serializers.BooleanField(help_text="Mine is not: nothing would be let off")


class PortalUnitDetail(PortalUnit):
    """A unit with everything that is unpaid on the owner's account, oldest due first."""

    service = PortalService()
    payee = PortalPayee(allow_null=True, help_text="null while no contract is in force")
    charges = PortalCharge(many=True)
    offers = PortalOffer(many=True)
    may_pay_ahead = serializers.BooleanField(help_text="Whether the coming months can be asked for here")


class PortalBill(serializers.Serializer[Any]):
    """A bill. `unpaid` is principal; `owed` adds the late fee as of today."""

    id = serializers.IntegerField(source="row.bill_id")
    number = serializers.CharField(source="row.number")
    unit_id = serializers.IntegerField(source="row.unit_id")
    unit_code = serializers.CharField(source="row.unit_code")
    kind = serializers.ChoiceField(["PERIODIC", "OPENING", "PREPAYMENT"], source="row.kind")
    period = serializers.CharField(source="row.period.label")
    from_on = serializers.DateField(source="row.period.start")
    to_on = serializers.DateField(source="row.period.last_day", help_text="Its last day")
    issued_on = serializers.DateField(source="row.issued_on")
    due_on = serializers.DateField(source="row.due_on")
    state = serializers.ChoiceField(["PAID", "UNPAID", "OVERDUE", "VOID"], source="row.state")
    amount = YuanField(source="row.amount_fen")
    paid = YuanField(source="row.paid_fen")
    unpaid = YuanField(source="row.unpaid_fen")
    late_fee = YuanField(source="late_fee_fen")
    owed = YuanField(source="owed_fen")


class PortalBillDetail(PortalBill):
    """A bill with the calculation of each of its charges."""

    company = serializers.CharField()
    community = serializers.CharField()
    charges = PortalCharge(many=True)


class Units(PortalView):
    """All my units."""

    @extend_schema(summary="My units over all companies, with what I owe", responses=PortalUnit(many=True))
    def get(self, request: Request) -> Response:
        today = clock.today()
        units = self.over_companies(
            lambda grant: [_shown(grant, unit) for unit in units_of(grant.party_ids, as_of=today)]
        )
        return Response(PortalUnit(units, many=True).data)


class Unit(PortalView):
    """One of my units."""

    @extend_schema(
        summary="One of my units: what I owe, by when, and what it is made of", responses=PortalUnitDetail
    )
    def get(self, request: Request, unit_id: int) -> Response:
        today = clock.today()
        found = self.in_its_company(lambda grant: _detail(grant, _mine(grant, unit_id, today), today))
        return Response(PortalUnitDetail(found).data)


class UnitBills(PortalView):
    """The bills of one of my units."""

    @extend_schema(summary="My bills for a unit, the newest first", responses=PortalBill(many=True))
    def get(self, request: Request, unit_id: int) -> Response:
        today = clock.today()
        found = self.in_its_company(
            lambda grant: bills_of(_mine(grant, unit_id, today).account_ids, as_of=today)
        )
        return Response(PortalBill(found, many=True).data)


class Bill(PortalView):
    """One of my bills."""

    @extend_schema(summary="A bill with the calculation of each charge", responses=PortalBillDetail)
    def get(self, request: Request, bill_id: int) -> Response:
        today = clock.today()
        return Response(
            PortalBillDetail(self.in_its_company(lambda grant: _bill(grant, bill_id, today))).data
        )


def holder(grant: Grant, unit_id: int, today: date) -> int:
    """The owner's own account of a unit that he holds now; NotFound where there is none."""
    account_id = own_account(grant.party_ids, unit_id, on=today)
    if account_id is None:
        raise NotFound()
    return account_id


def _mine(grant: Grant, unit_id: int, today: date) -> OwnerUnit:
    found = [unit for unit in units_of(grant.party_ids, as_of=today) if unit.place.unit_id == unit_id]
    if not found:
        raise NotFound()
    return found[0]


def _shown(grant: Grant, unit: OwnerUnit) -> dict[str, Any]:
    return {
        "id": unit.place.unit_id,
        "company": grant.tenant_name,
        "community": unit.place.community_name,
        "code": unit.place.code,
        "kind": unit.place.kind,
        "area_m2": square_metres(unit.place.area_cm2) if unit.place.area_cm2 else None,
        "role": _role(unit),
        "billed_to": mask_name(unit.held.debtor_name) if unit.held and _role(unit) != "OWNER" else "",
        "owed": unit.owed,
        "next_due_on": unit.next_due_on,
        "next_due": unit.next_due_fen,
    }


def _role(unit: OwnerUnit) -> str:
    if unit.held is None:
        return "FORMER"
    return "JOINT_OWNER" if unit.held.role == "OWNER" and unit.held.rank > 1 else unit.held.role


def _detail(grant: Grant, unit: OwnerUnit, today: date) -> dict[str, Any]:
    return {
        **_shown(grant, unit),
        "service": community_card(unit.place.community_id),
        "payee": _payee(unit, today),
        "charges": explained([charge.charge_id for charge in unit.open], as_of=today),
        "offers": offers_for(unit, as_of=today),
        "may_pay_ahead": unit.held is not None and bool(unit.account_ids),
    }


def _payee(unit: OwnerUnit, today: date) -> dict[str, str] | None:
    contract = find_contract(unit.place.community_id, today)
    if contract is None or not contract.payee_account:
        return None
    return {
        "name": contract.payee_name,
        "bank": contract.payee_bank,
        "account": contract.payee_account,
        "remark": f"{unit.place.community_name} {unit.place.code}",
    }


def _bill(grant: Grant, bill_id: int, today: date) -> dict[str, Any]:
    detail = bill_detail(bill_id, as_of=today)
    if detail.bill.account_id not in {account.account_id for account in accounts_of(grant.party_ids)}:
        raise NotFound()
    summary = OwnerBill(detail.bill, detail.late_fee_fen)
    return {
        "row": summary.row,
        "late_fee_fen": summary.late_fee_fen,
        "owed_fen": summary.owed_fen,
        "company": grant.tenant_name,
        "community": detail.community_name,
        "charges": [charge for charge in detail.charges if charge.reversed_on is None],
    }
