"""Papers that a part payment withdrew are drawn up anew under their approval, while it covers the rest."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from arrears.cases.services import papers
from arrears.cases.services.climbs import Climb
from arrears.cases.services.recording import PACKAGE
from tenancy.kernel import sql
from values.because import because


def approved_before(climbs: Sequence[Climb], *, as_of: date) -> dict[int, papers.Signed]:
    """Case id -> the approval under which its paper is drawn up anew today.

    Only for a paper that today's walk found withdrawn by a payment, and only while what is claimed now lies
    within what was approved: no other charge, no more principal. All else is put before its role again.
    """
    wanted = {climb.case_id: climb for climb in climbs if papers.makes_paper(climb.rung.code.value)}
    if not wanted:
        return {}
    params = {
        "case_ids": list(wanted),
        "levels": [climb.rung.level for climb in wanted.values()],
        "as_of": as_of,
    }
    return {
        case_id: papers.Signed(approval_id, by, on)
        for case_id, approval_id, by, on, charge_ids, principal_fen in sql.rows(
            PACKAGE, "standing_approvals", params
        )
        if _within(wanted[case_id], frozenset(charge_ids), principal_fen)
    }


def renewed(climb: Climb, signed: papers.Signed) -> Climb:
    """The climb with its true reason: nobody decided anew."""
    why = because("drawn_up_anew", rung=climb.rung.code.value, on=signed.on)
    return climb._replace(because=why)


def _within(climb: Climb, charge_ids: frozenset[int], principal_fen: int) -> bool:
    owed_fen = sum(charge.unpaid_fen for charge in climb.charges)
    return charge_ids.issuperset(climb.charge_ids) and owed_fen <= principal_fen
