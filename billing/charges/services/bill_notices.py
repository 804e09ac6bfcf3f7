"""What a bill notice says, made from a bill's charges: the data of 物业费缴款通知书 (domain 4.1)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, Final

from billing.charges.queries.contracts import ContractTerms, issuer_of
from billing.charges.queries.early import YearOffer, offers_to_tell
from billing.charges.rules.discount import share_of
from billing.charges.rules.measuring import Calculation, Metered, Shared
from billing.charges.rules.metered import units_text
from billing.charges.rules.pricing import Plan, Priced, rate_text
from billing.charges.services.adjust import LetOff
from billing.charges.services.round import Line, NewBill
from notices.services import Draft
from owners.queries import joint_debtors
from values.area import square_metres
from values.daily_rate import in_full, percent
from values.fen import yuan
from values.period import Period

KIND = "BILL_NOTICE"
GOOD_STANDING: Final = "近24个月缴费口碑良好"
_as_text = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class Notices:
    """Makes the drafts of one round; what is the same for all of it is made once."""

    def __init__(self, contract: ContractTerms, *, issued_on: date) -> None:
        self._contract = contract
        self._issued_on = issued_on
        self._rule = late_fee_rule(contract)
        self._offers = offers_to_tell(contract.community_id, on=issued_on)
        self._joint = joint_debtors(community_id=contract.community_id)
        self._labels: dict[Period, str] = {}
        self._lines: dict[tuple[int, Calculation], str] = {}
        # What stays of a charge when the contract has ended is billed by the contract that was.
        signed_on = min(issued_on, contract.last_on or issued_on)
        same_for_all = {
            "issuer": issuer_of(contract.community_id, signed_on).as_json(),
            "issued_on": issued_on.isoformat(),
            "prepayment_fen": 0,
            "address": "",
            "objection_days": 7,
            "pay_url": "",
        }
        self._head = _as_text(same_for_all)[:-1]

    def draft(
        self,
        bill: NewBill,
        *,
        bill_id: int,
        number: str,
        account_id: int,
        due_on: date,
        charge_ids: tuple[int, ...],
        offs: Sequence[LetOff | None] = (),
    ) -> Draft:
        """The paper notice of one bill; its shape is BillNoticeData.as_json(), as text.

        `offs`: what of each line is let off from the start; empty for nearly every bill.
        """
        bears = any(line.item.bears_late_fee for line in bill.lines)
        own = {
            "number": number,
            "bill_id": bill_id,
            "unit": bill.unit_code,
            "owner": bill.payer.name,
            "period": self._label(hull(bill)),
            "due_on": due_on.isoformat(),
            "payable_fen": bill.amount_fen - sum(off.amount_fen for off in offs if off),
            "opening_fen": bill.payer.debt_fen,
            "late_fee_rule": self._rule if bears else "",
            "early_bird": early_birds_of(bill, self._offers, reduced=any(offs)),
            "joint": self._liable(bill),
        }
        texts = [self._line(line) for line in bill.lines] if not offs else _reduced(bill.lines, offs)
        lines = ",".join(texts)
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
            data=f'{self._head},"lines":[{lines}],{_as_text(own)[1:]}',
        )

    def _liable(self, bill: NewBill) -> list[str]:
        """Who is liable with the payer for days of the bill; nearly always nobody."""
        joint = self._joint.get((bill.unit_id, bill.payer.party_id))
        if not joint:
            return []
        period = hull(bill)
        return list(dict.fromkeys(one.name for one in joint if one.shares(period.start, period.end)))

    def _line(self, line: Line) -> str:
        """One charge; units of one area share its text, a meter's is its own."""
        if not isinstance(line.debt.priced, Priced):
            return _as_text(_line_of(line))
        key = (line.item.tariff_id, line.debt.priced)
        found = self._lines.get(key)
        if found is None:
            found = self._lines[key] = _as_text(_line_of(line))
        return found

    def _label(self, period: Period) -> str:
        found = self._labels.get(period)
        if found is None:
            found = self._labels[period] = period.label
        return found


def hull(bill: NewBill) -> Period:
    """From a bill's first day to its last."""
    first = bill.lines[0].debt.period
    if len(bill.lines) == 1:
        return first
    periods = [line.debt.period for line in bill.lines]
    return Period(min(period.start for period in periods), max(period.end for period in periods))


def early_birds_of(bill: NewBill, offers: Sequence[YearOffer], *, reduced: bool) -> str:
    """What a bill says of offers for paying its year at once; empty where none can be met.

    `reduced`: something is let off the bill already, so no sums are promised.
    """
    items = {(line.item.fee_item_id, line.debt.period.start.year) for line in bill.lines}
    valid = [offer for offer in offers if (offer.fee_item_id, offer.year) in items]
    return "".join(_offered(offer, None if reduced else bill) for offer in valid)


def _offered(offer: YearOffer, bill: NewBill | None) -> str:
    first, last = (f"{day.year}年{day.month}月{day.day}日" for day in (offer.first_on, offer.last_on))
    asked = ["无以前年度欠费"] * offer.needs_clear + [GOOD_STANDING] * offer.needs_good_standing
    terms = f"，且{'、'.join(asked)}的" if asked else "的"
    return (
        f"早缴优惠：{first}至{last}（含首尾两日）一次缴清{offer.year}年度全年{offer.fee_item}{terms}，"
        f"优惠全年{offer.fee_item}的{percent(offer.share)}{_in_yuan(offer, bill) if bill else ''}。"
    )


def _in_yuan(offer: YearOffer, bill: NewBill) -> str:
    """The sum, where the bill is for the whole year."""
    year = Period.of_months(date(offer.year, 1, 1), 12)
    whole = [
        line.debt.priced.total_fen
        for line in bill.lines
        if line.item.fee_item_id == offer.fee_item_id and line.debt.period == year
    ]
    if len(whole) != 1:
        return ""
    off_fen = share_of(whole[0], offer.share)
    return f"，即{yuan(off_fen)}元，实缴{yuan(whole[0] - off_fen)}元"


def late_fee_rule(contract: ContractTerms) -> str:
    """The late-fee sentence of a bill; empty where the contract has no clause (R000-F9, L-L6)."""
    if contract.late_fee_rate is None:
        return ""
    rate, cap = in_full(contract.late_fee_rate), percent(contract.late_fee_cap_ratio)
    grace = contract.late_fee_grace_days
    start = "缴费截止日次日起" if not grace else f"缴费截止日后第{grace + 1}日起"
    return f"逾期未缴的，自{start}，按未缴本金每日{rate}计收违约金，累计不超过本金的{cap}，不计复利。"


def _line_of(line: Line) -> dict[str, Any]:
    priced = line.debt.priced
    basis, rate = _said(priced, line.item.measure)
    return {
        "fee_item": line.item.fee_item,
        "period": priced.billed.label,
        "basis": basis,
        "rate": rate,
        "duration": _duration(priced.billed),
        "gross_fen": priced.total_fen,
        "net_fen": priced.total_fen,
        "discount_fen": 0,
        "discount_reason": "",
        "pass_through": line.item.pass_through,
    }


def _reduced(lines: Sequence[Line], offs: Sequence[LetOff | None]) -> list[str]:
    """The lines of a bill of which something is let off: what it would be, what it is, and why."""
    texts = []
    for line, off in zip(lines, offs, strict=True):
        said = _line_of(line)
        if off:
            said["net_fen"] -= off.amount_fen
            said |= {"discount_fen": off.amount_fen, "discount_reason": off.reason}
        texts.append(_as_text(said))
    return texts


def _said(priced: Calculation, measure: str) -> tuple[str, str]:
    """What the amount stands on, and its price."""
    if isinstance(priced, Metered):
        return _readings(priced, measure), _steps(priced, measure)
    if isinstance(priced, Shared):
        return _share(priced), _pool(priced)
    plan = priced.plan
    basis = f"{square_metres(priced.area_cm2)}㎡" if plan.needs_area else "固定"
    return basis, "；".join(dict.fromkeys(_rates(plan)))


def _readings(priced: Metered, measure: str) -> str:
    """上期1170 本期1195 用量25m³, for each meter."""
    return "；".join(
        f"表{part.meter.serial}：上期{units_text(part.before.milli)}，本期{units_text(part.now.milli)}"
        f"{'（估）' if part.now.kind == 'ESTIMATED' else ''}"
        f"{f'，倍率{part.meter.multiplier}' if part.meter.multiplier > 1 else ''}"
        f"，用量{units_text(part.usage_milli)}{measure}"
        for part in priced.parts
    )


def _steps(priced: Metered, measure: str) -> str:
    steps = [
        f"{rate_text(line.rate_micro)}元/{measure or '单位'}×{format(line.quantity.normalize(), 'f')}"
        for line in priced.lines
    ]
    if priced.surcharge_fen:
        steps.append(f"另加{yuan(priced.surcharge_fen)}元")
    if priced.total_fen != priced.whole_fen:
        steps.append(f"全期{yuan(priced.whole_fen)}元中的本人部分")
    return "；".join(steps)


def _share(priced: Shared) -> str:
    pool, weight = priced.pool, priced.weight
    if pool.method == "AREA":
        return f"面积{square_metres(weight)}/{square_metres(pool.weight_sum)}㎡"
    if pool.method == "HOUSEHOLD":
        return f"按户1/{pool.weight_sum}"
    return f"系数{units_text(weight)}/{units_text(pool.weight_sum)}"


def _pool(priced: Shared) -> str:
    pool = priced.pool
    total = f"公摊总额{yuan(pool.amount_fen)}元"
    if pool.usage_milli is None or pool.price_micro is None:
        return total
    return f"{total}（{units_text(pool.usage_milli)}{pool.measure}×{rate_text(pool.price_micro)}元）"


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
