"""The calculation behind a claim: what accrued, what was paid, which days do not count, what is asked for."""

from __future__ import annotations

from dataclasses import fields
from typing import Final

from arrears.cases.services.letters import late_fee_rates
from arrears.legal.documents.claims import Claimed
from arrears.legal.documents.material import Material
from billing.charges.queries import Why, explain_charges
from billing.charges.queries.open import pauses_of
from billing.charges.rules.late_fee import Pause
from notices.documents.parts import OwedLine
from notices.documents.reckoning import Paused, Reckoned, Reckoning, Stretch, Sums

_BY_STRETCHES: Final = (
    "未缴本金×每日{rates}×计算天数，按各时段未缴本金分段计算，扣除暂停计算的天数及已缴部分，"
    "详见所附欠费及违约金计算表"
)


def reckoning(material: Material, claimed: Claimed) -> Reckoning:
    """Each claimed charge to the cent, as of the day of the paper."""
    ids = [charge.charge_id for charge in claimed.charges]
    whys = {one.charge_id: one for one in explain_charges(ids, as_of=material.as_of)}
    pauses = pauses_of(ids)
    rows = tuple(
        _reckoned(whys[pk], line, pauses.get(pk, []), material)
        for pk, line in zip(ids, claimed.lines, strict=True)
    )
    return Reckoning(until=material.as_of, rows=rows, total=_total([row.sums for row in rows]))


def formula_in_parts(material: Material) -> str:
    """How the late fee of a paper with such a calculation is told in words; empty where none is agreed."""
    rates = late_fee_rates(material.sheet.order.charges)
    return _BY_STRETCHES.format(rates=rates) if rates else ""


def _reckoned(why: Why, line: OwedLine, pauses: list[Pause], material: Material) -> Reckoned:
    """Without a clause no late fee is told: none may be claimed, whatever a charge may carry."""
    accrued = why.late_fee_total_fen if material.has_clause else 0
    fee_paid = min(why.late_fee_paid_fen, accrued)
    return Reckoned(
        fee_item=why.fee_item,
        period=why.period.label,
        sums=Sums(
            amount_fen=why.amount_fen,
            paid_fen=why.paid_fen,
            dropped_fen=why.amount_fen - why.paid_fen - line.principal_fen,
            principal_fen=line.principal_fen,
            accrued_fen=accrued,
            fee_paid_fen=fee_paid,
            fee_dropped_fen=accrued - fee_paid - line.late_fee_fen,
            late_fee_fen=line.late_fee_fen,
        ),
        rate=why.late_fee_rate,
        cap_fen=why.late_fee_cap_fen if why.is_capped else None,
        stretches=tuple(
            Stretch(
                first_on=one.first_on,
                last_on=one.last_on,
                unpaid_fen=one.unpaid_fen,
                days=one.days,
                exact=one.exact_yuan,
            )
            for one in why.late_fee_lines
            if material.has_clause
        ),
        paused=tuple(
            Paused(first_on=one.first_on, last_on=min(one.last_on, material.as_of))
            for one in pauses
            if material.has_clause and one.first_on <= material.as_of
        ),
    )


def _total(rows: list[Sums]) -> Sums:
    return Sums(**{one.name: sum(getattr(row, one.name) for row in rows) for one in fields(Sums)})
