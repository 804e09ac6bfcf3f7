"""What a bill notice says, made from a bill's charges: the data of 物业费缴款通知书 (domain 4.1)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from billing.charges.queries.contracts import ContractTerms, issuer_of
from billing.charges.rules.pricing import Plan, rate_text
from billing.charges.services.round import Line, NewBill
from notices.services import Draft
from values.area import square_metres
from values.fen import yuan
from values.period import Period

KIND = "BILL_NOTICE"


class Notices:
    """Makes the drafts of one round; what is the same for all of it is made once."""

    def __init__(self, contract: ContractTerms, *, issued_on: date) -> None:
        self._contract = contract
        self._issued_on = issued_on
        self._issuer = issuer_of(contract.community_id, issued_on).as_json()
        self._rule = late_fee_rule(contract)
        self._heads: dict[tuple[int, Plan], dict[str, Any]] = {}

    def draft(
        self,
        bill: NewBill,
        *,
        bill_id: int,
        number: str,
        account_id: int,
        due_on: date,
        charge_ids: tuple[int, ...],
    ) -> Draft:
        """The paper notice of one bill; its shape is BillNoticeData.as_json()."""
        bears = any(line.item.bears_late_fee for line in bill.lines)
        lines = [self._line(line) for line in bill.lines]
        return Draft(
            community_id=self._contract.community_id,
            unit_id=bill.unit_id,
            party_id=bill.payer.party_id,
            account_id=account_id,
            kind=KIND,
            channel="PAPER",
            unique_key=f"{KIND}:{number}",
            number=number,
            issued_on=self._issued_on,
            charge_ids=charge_ids,
            data={
                "issuer": self._issuer,
                "number": number,
                "bill_id": bill_id,
                "unit": bill.unit_code,
                "owner": bill.payer.name,
                "period": lines[0]["period"] if len(lines) == 1 else hull(bill).label,
                "issued_on": self._issued_on.isoformat(),
                "due_on": due_on.isoformat(),
                "lines": lines,
                "payable_fen": bill.amount_fen,
                "prepayment_fen": 0,
                "opening_fen": bill.payer.debt_fen,
                "address": "",
                "late_fee_rule": self._rule if bears else "",
                "early_bird": "",
                "objection_days": 7,
                "pay_url": "",
            },
        )

    def _line(self, line: Line) -> dict[str, Any]:
        priced = line.debt.priced
        key = (line.item.tariff_id, priced.plan)
        head = self._heads.get(key)
        if head is None:
            head = self._heads[key] = _head(line)
        amount = priced.total_fen
        basis = f"{square_metres(priced.area_cm2)}㎡" if priced.plan.needs_area else "固定"
        return {**head, "basis": basis, "gross_fen": amount, "net_fen": amount}


def hull(bill: NewBill) -> Period:
    """From a bill's first day to its last."""
    first = bill.lines[0].debt.period
    if len(bill.lines) == 1:
        return first
    periods = [line.debt.period for line in bill.lines]
    return Period(min(period.start for period in periods), max(period.end for period in periods))


def late_fee_rule(contract: ContractTerms) -> str:
    """The late-fee sentence of a bill; empty where the contract has no clause (R000-F9, L-L6)."""
    if contract.late_fee_rate is None:
        return ""
    rate = format((contract.late_fee_rate * 100).normalize(), "f")
    cap = format((contract.late_fee_cap_ratio * 100).normalize(), "f")
    grace = contract.late_fee_grace_days
    start = "缴费截止日次日起" if not grace else f"缴费截止日后第{grace + 1}日起"
    return f"逾期未缴的，自{start}，按未缴本金每日{rate}%计收违约金，累计不超过本金的{cap}%，不计复利。"


def _head(line: Line) -> dict[str, Any]:
    plan = line.debt.priced.plan
    return {
        "fee_item": line.item.fee_item,
        "period": plan.billed.label,
        "basis": "",
        "rate": "；".join(dict.fromkeys(_rates(plan))),
        "duration": _duration(plan.billed),
        "gross_fen": 0,
        "net_fen": 0,
        "discount_fen": 0,
        "discount_reason": "",
        "pass_through": line.item.pass_through,
    }


def _rates(plan: Plan) -> Iterator[str]:
    for part in plan.billed_slices:
        unit = "元/㎡·月" if part.tariff.basis == "AREA" else "元/月"
        more = (
            f"，另加{yuan(part.tariff.surcharge_micro // 10_000)}元/月" if part.tariff.surcharge_micro else ""
        )
        yield f"{rate_text(part.tariff.rate_micro)}{unit}{more}"


def _duration(billed: Period) -> str:
    months = billed.months()
    if billed.is_whole_months:
        return f"{len(months)}个月"
    return f"{billed.days}天"
