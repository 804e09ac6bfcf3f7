"""Instalment plans that the debtor signed about what is claimed, and did not keep: they own to the debt."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import NamedTuple

from arrears.legal.documents.material import Material
from arrears.relief.queries import applications_of, plan_rows
from notices.queries import get
from values.fen import yuan

_BROKEN = "BROKEN"


class BrokenPlan(NamedTuple):
    """A signed agreement: what it acknowledges, what was paid under it, and when it ended."""

    number: str
    signed_on: date
    total_fen: int
    paid_fen: int
    ended_on: date | None

    @property
    def title(self) -> str:
        """As a list of evidence names it."""
        return f"分期还款协议（{self.number}）" if self.number else f"{self.signed_on} 签订的分期还款协议"


def broken_plans(material: Material, charge_ids: Collection[int]) -> list[BrokenPlan]:
    """Those about any of the charges, the oldest first."""
    rows = {
        row.application_id: row
        for row in applications_of([material.sheet.order.account_id])
        if row.state == _BROKEN
    }
    plans = plan_rows(list(rows), as_of=material.as_of).values()
    return [
        BrokenPlan(
            number=_number(rows[plan.application_id].agreement_id),
            signed_on=plan.signed_on,
            total_fen=plan.total_fen,
            paid_fen=plan.paid_fen,
            ended_on=rows[plan.application_id].ended_on,
        )
        for plan in sorted(plans, key=lambda plan: plan.signed_on)
        if not set(plan.charge_ids).isdisjoint(charge_ids)
    ]


def told(plans: Sequence[BrokenPlan], *, by: str) -> str:
    """The facts as a paper tells them, a line for each plan; `by`: what the debtor is called in it."""
    return "\n".join(_sentence(one, by) for one in plans)


def _sentence(plan: BrokenPlan, by: str) -> str:
    number = f"（编号 {plan.number}）" if plan.number else ""
    owned = f"确认欠款 {yuan(plan.total_fen)} 元并承诺分期履行"
    paid = f"其后仅履行 {yuan(plan.paid_fen)} 元" if plan.paid_fen else "其后未履行任何一期"
    ended = f"，该协议已于 {plan.ended_on} 终止" if plan.ended_on else ""
    return f"{by}于 {plan.signed_on} 签订分期还款协议{number}，{owned}；{paid}，未按约履行{ended}。"


def _number(agreement_id: int | None) -> str:
    return get(agreement_id).number if agreement_id is not None else ""
