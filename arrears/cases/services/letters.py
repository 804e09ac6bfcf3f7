"""What a demand and a second demand say (domain 4.2, 4.3), and words that legal's papers share with them."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from arrears.cases.services.papers import Sheet, register
from billing.charges.queries import OpenCharge
from notices.documents.demand import DemandData
from notices.documents.parts import DemandSent, OwedLine
from notices.documents.second_demand import SecondDemandData
from values.area import square_metres
from values.daily_rate import in_full
from values.fen import round_half_up, yuan

_E8 = 10**8


class Sums(NamedTuple):
    """What some charges owe on a day."""

    lines: tuple[OwedLine, ...]
    principal_fen: int
    late_fee_fen: int
    total_fen: int


def sums(sheet: Sheet) -> Sums:
    """The lines of a document and their totals, as of its day."""
    charges = sheet.order.charges
    principal = sum(charge.unpaid_fen for charge in charges)
    late_fee = sum(charge.late_fee_fen for charge in charges)
    lines = tuple(
        OwedLine(
            fee_item=charge.fee_item,
            period=charge.period.label,
            due_on=charge.due_on,
            days_overdue=(sheet.issued_on - charge.due_on).days,
            principal_fen=charge.unpaid_fen,
            late_fee_fen=charge.late_fee_fen,
            bill_number=charge.bill_number,
        )
        for charge in charges
    )
    return Sums(lines, principal, late_fee, principal + late_fee)


def late_fee_formula(charges: Sequence[OpenCharge]) -> str:
    """The calculation of the late fee in words; empty where none is agreed."""
    rates = late_fee_rates(charges)
    return f"未缴本金×每日{rates}×逾期天数" if rates else ""


def late_fee_rates(charges: Sequence[OpenCharge]) -> str:
    """The agreed daily rates in full; empty where none is agreed."""
    rates = sorted({charge.rate_e8 for charge in charges if charge.rate_e8})
    return "、".join(in_full(Decimal(rate) / _E8) for rate in rates)


def rate_text(charges: Sequence[OpenCharge]) -> str:
    """The tariff of the newest charge that shows one; empty for opening arrears without a calculation."""
    for charge in reversed(charges):
        for line in charge.snapshot.get("lines") or ():
            if line.get("basis") == "METERED":
                continue
            unit = "元/㎡·月" if line.get("basis") == "AREA" else "元/月"
            return f"{line['rate']}{unit}"
    return ""


def area_text(sheet: Sheet) -> str:
    """The unit's area; empty for a bay."""
    return f"{square_metres(sheet.subject.area_cm2)}㎡" if sheet.subject.area_cm2 else ""


def demand(sheet: Sheet) -> dict[str, Any]:
    """催款通知书."""
    return DemandData(**_demand_fields(sheet)).as_json()


def second_demand(sheet: Sheet) -> dict[str, Any]:
    """二次催款通知书: refers to the first and carries the project manager's name."""
    first = sheet.sent("DEMAND")
    signed = sheet.order.signed
    return SecondDemandData(
        **_demand_fields(sheet),
        first=first[-1] if first else DemandSent(title="催款通知书", number="", issued_on=sheet.issued_on),
        manager=signed.by if signed else "",
        signed_on=signed.on if signed else None,
    ).as_json()


def _demand_fields(sheet: Sheet) -> dict[str, Any]:
    owed, charges = sums(sheet), sheet.order.charges
    daily = round_half_up(sum(charge.unpaid_fen * charge.rate_e8 for charge in charges), _E8)
    return {
        "issuer": sheet.issuer,
        "number": sheet.number,
        "unit": sheet.subject.unit_code,
        "addressee": sheet.subject.party_name,
        "issued_on": sheet.issued_on,
        "as_of": sheet.issued_on,
        "lines": owed.lines,
        "principal_fen": owed.principal_fen,
        "late_fee_fen": owed.late_fee_fen,
        "total_fen": owed.total_fen,
        "address": sheet.subject.address,
        "period_days": sheet.order.period_days,
        "daily_late_fee": yuan(daily) if daily else "",
        "late_fee_formula": late_fee_formula(charges),
        "contacts": sheet.contacts,
    }


register("DEMAND", "DEMAND", demand)
register("SECOND_DEMAND", "SECOND_DEMAND", second_demand)
