"""The exhibits of a case's bundle. Who knows more evidence registers a part: one line, in `apps.ready()`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from arrears.cases.queries import CaseLine, case_line
from arrears.cases.queries.subjects import Subject, late_charges, subjects
from arrears.legal.queries.claimed import Claim, claim_of
from arrears.legal.queries.gates import DEMANDS, claimable
from arrears.legal.rules.exhibits import Audience, Exhibit, in_order
from billing.charges.queries import OpenCharge
from notices.queries import documents_of


@dataclass(frozen=True, slots=True)
class Matter:
    """What a bundle is about, for whom, and as of which day. `claimed`: the charges that are asked for."""

    case: CaseLine
    subject: Subject
    charges: tuple[OpenCharge, ...]
    audience: Audience
    as_of: date
    claim: Claim | None
    claimed: frozenset[int]

    @property
    def account_id(self) -> int:
        """The account that owes."""
        return self.case.account_id

    @property
    def for_court(self) -> bool:
        """Whether identities are shown in full."""
        return self.audience is Audience.COURT


Part = Callable[[Matter], Iterable[Exhibit]]
_PARTS: dict[str, Part] = {}


def register_part(code: str, part: Part) -> None:
    """Let `part` add its exhibits to every bundle; the same code again takes the place of the earlier."""
    _PARTS[code] = part


def matter(case_id: int, *, audience: Audience, as_of: date) -> Matter:
    """The case with all that is past due, and what of it is claimed, or may be before there is a paper.

    NotFound when it is not there, or not the member's.
    """
    case = case_line(case_id, as_of=as_of)
    charges = late_charges([case.account_id], as_of=as_of).get(case.account_id, [])
    claim = claim_of(case_id, as_of=as_of)
    asked = claim.charge_ids if claim is not None else _may_be_claimed(case, charges)
    return Matter(
        case=case,
        subject=subjects([case.account_id])[case.account_id],
        charges=tuple(charges),
        audience=audience,
        as_of=as_of,
        claim=claim,
        claimed=frozenset(asked),
    )


def _may_be_claimed(case: CaseLine, late: Sequence[OpenCharge]) -> list[int]:
    papers = documents_of([case.account_id], kinds=DEMANDS)
    return [charge.charge_id for charge in claimable(late, papers)]


def exhibits(about: Matter) -> list[Exhibit]:
    """All the evidence there is, by chapter and day."""
    return in_order(one for part in _PARTS.values() for one in part(about))
