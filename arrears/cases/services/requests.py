"""Rungs that need a signature: the request with the facts it was made on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any, Final
from zoneinfo import ZoneInfo

from arrears.cases.queries.evidence import TITLES, Effort, demands_sent, efforts
from arrears.cases.queries.subjects import Subject, subjects
from arrears.cases.services.climbs import Climb, in_full
from billing.charges.queries import OpenCharge
from notices.queries import DocumentFact
from tenancy.people.services import approvals

KIND: Final = "ladder."
# The walk's nominal time: a request says when it was asked, and nobody reads a clock here.
_WALKED_AT: Final = time(2, 0, tzinfo=ZoneInfo("Asia/Shanghai"))


def ask(climbs: Sequence[Climb], *, as_of: date) -> dict[int, int]:
    """Put each climb before its role; case id -> approval id."""
    if not climbs:
        return {}
    who = subjects([climb.account_id for climb in climbs])
    listed = {charge_id for climb in climbs for charge_id in climb.charge_ids}
    sent = demands_sent([climb.account_id for climb in climbs], charge_ids=listed)
    charges = in_full(climbs, as_of=as_of)
    tried = efforts([climb.case_id for climb in climbs])
    requests = [
        approvals.Request(
            kind=f"{KIND}{climb.rung.code.value}",
            subject=f"{who[climb.account_id].community_name} {who[climb.account_id].unit_code}",
            role=climb.rung.approver or "",
            facts=_facts(
                climb,
                who[climb.account_id],
                charges[climb.case_id],
                sent.get(climb.account_id, ()),
                tried[climb.case_id],
                as_of,
            ),
            community_id=climb.community_id,
        )
        for climb in climbs
    ]
    made = approvals.ask_all(requests, asked_at=datetime.combine(as_of, _WALKED_AT))
    return {climb.case_id: approval_id for climb, approval_id in zip(climbs, made, strict=True)}


def _facts(
    climb: Climb,
    subject: Subject,
    charges: Sequence[OpenCharge],
    sent: Sequence[DocumentFact],
    tried: Effort,
    as_of: date,
) -> dict[str, Any]:
    """What stands before the eyes of who decides; frozen, whatever is paid or said later."""
    return {
        "case_id": climb.case_id,
        "account_id": climb.account_id,
        "unit_id": subject.unit_id,
        "unit": subject.unit_code,
        "party": subject.party_name,
        "level": climb.rung.level,
        "code": climb.rung.code.value,
        "as_of": as_of.isoformat(),
        "because": climb.because.as_json(),
        "principal_fen": sum(charge.unpaid_fen for charge in climb.charges),
        "late_fee_fen": sum(charge.late_fee_fen for charge in climb.charges),
        "oldest_due_on": min(charge.due_on for charge in climb.charges).isoformat(),
        "charge_ids": list(climb.charge_ids),
        "charges": [
            {
                "fee_item": charge.fee_item,
                "period": charge.period.label,
                "due_on": charge.due_on.isoformat(),
                "unpaid_fen": charge.unpaid_fen,
                "late_fee_fen": charge.late_fee_fen,
            }
            for charge in charges
        ],
        "documents": [
            {
                "title": TITLES[fact.kind],
                "number": fact.number,
                "delivered_on": fact.gates_open_on.isoformat() if fact.gates_open_on else None,
                "method": fact.method,
            }
            for fact in sent
        ],
        "calls": tried.calls,
        "visits": tried.visits,
        "promises": tried.promises,
        "legacy_issues": list(subject.legacy_issues),
    }
