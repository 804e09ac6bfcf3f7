"""Checks that only a person can answer and nobody has yet, before a paper for a court is finished."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Final

from arrears.legal.queries.gates import known_of
from arrears.legal.rules.gates import CONFIRMED, REQUIRED, Act, Finding, State, checklist
from arrears.legal.rules.pen import Field

_ACTS: Final = {"PAYMENT_ORDER_APPLICATION": Act.PAYMENT_ORDER, "COMPLAINT": Act.COMPLAINT}
# Who answers such a field of the paper has answered the check.
_ANSWERED_BY: Final = {
    "no_preservation": "no_preservation",
    "not_missing": "debtor_not_missing",
    "jurisdiction": "no_arbitration",
}


def unconfirmed(
    case_id: int, kind: str, *, charge_ids: Collection[int], fields: Sequence[Field], as_of: date
) -> tuple[Finding, ...]:
    """The checks of the act that a paper is for that are to be confirmed; none for other papers."""
    act = _ACTS.get(kind)
    if act is None:
        return ()
    wanted = {*REQUIRED[act], *CONFIRMED[act]}
    wanted -= {_ANSWERED_BY[one.name] for one in fields if one.name in _ANSWERED_BY and one.value is not None}
    findings = checklist(known_of(case_id, as_of=as_of, charge_ids=charge_ids))
    return tuple(one for one in findings if one.code in wanted and one.state is State.UNKNOWN)
