"""What stands before the eyes of who checks or grants an application; frozen as it was asked."""

from __future__ import annotations

from typing import Any

from arrears.relief.models import Application, ApplicationCharge, Proof
from arrears.relief.rules.instalments import Wanted, schedule
from billing.charges.queries import account_card, open_charges


def facts_of(application: Application, *, checked_by: str = "", opinion: str = "") -> dict[str, Any]:
    """The debt, the wish, the proof and the rule's numbers."""
    card = account_card(application.account_id)
    listed = set(
        ApplicationCharge.objects.filter(application=application).values_list("charge_id", flat=True)
    )
    charges = [
        charge
        for charge in open_charges(account_ids=[application.account_id], as_of=application.asked_on)
        if charge.charge_id in listed
    ]
    proofs = Proof.objects.filter(application=application).order_by("pk")
    return {
        "application_id": application.pk,
        "account_id": application.account_id,
        "unit_id": card.unit_id,
        "unit": card.unit_code,
        "party": card.party_name,
        "matter": application.kind,
        "as_of": application.asked_on.isoformat(),
        "principal_fen": application.principal_fen,
        "late_fee_fen": application.late_fee_fen,
        "oldest_due_on": min((charge.due_on.isoformat() for charge in charges), default=None),
        "reason_code": application.reason_code,
        "statement": application.statement,
        "by_owner": application.by_owner,
        "spares_late_fee": application.spares_late_fee,
        "checked_by": checked_by,
        "opinion": opinion,
        "proofs": [{"file_id": pk, "name": name} for pk, name in proofs.values_list("file_id", "file__name")],
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
        **_terms(application),
    }


def wanted_of(application: Application) -> Wanted | None:
    """The plan that is wanted; None for the other kinds."""
    if application.parts is None or application.first_on is None:
        return None
    return Wanted(application.parts, application.first_on, application.down_percent)


def _terms(application: Application) -> dict[str, Any]:
    wanted = wanted_of(application)
    if wanted is None:
        return {
            "from_on": application.from_on.isoformat() if application.from_on else None,
            "to_on": application.to_on.isoformat() if application.to_on else None,
        }
    total_fen = application.principal_fen + application.late_fee_fen
    parts = schedule(total_fen, wanted, signed_on=application.asked_on)
    return {
        "mode": application.mode,
        "parts": [
            {"number": part.number, "due_on": part.due_on.isoformat(), "amount_fen": part.amount_fen}
            for part in parts
        ],
    }
