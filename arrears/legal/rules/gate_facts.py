"""What the legal gates look at and what they answer: gates, acts, facts of a case, findings (domain 6.2)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from values.because import Because


class Gate(StrEnum):
    """The gates of 6.2; before which act each stands is said by its word."""

    G1 = "G1"
    G2 = "G2"
    G3 = "G3"
    G4 = "G4"
    G5 = "G5"
    G6 = "G6"
    G7 = "G7"
    G8 = "G8"
    G9 = "G9"
    G10 = "G10"
    G11 = "G11"
    G12 = "G12"


class Act(StrEnum):
    """What the server refuses while a gate is shut."""

    LAWYER_LETTER = "LAWYER_LETTER"
    PAYMENT_ORDER = "PAYMENT_ORDER"
    COMPLAINT = "COMPLAINT"
    PUBLIC_NOTICE = "PUBLIC_NOTICE"
    EXPORT = "EXPORT"


class State(StrEnum):
    """How a check stands."""

    PASSED = "PASSED"
    FAILED = "FAILED"
    UNKNOWN = "UNKNOWN"


class Evidence(NamedTuple):
    """What a finding can be opened at: a notice, a stored file, the unit or the case."""

    kind: str
    pk: int


class Finding(NamedTuple):
    """One check: `because` names the evidence, or what is missing; `supplier`: the role to ask for it."""

    gate: Gate
    code: str
    state: State
    because: Because
    supplier: str = ""
    evidence: Evidence | None = None

    @property
    def word(self) -> str:
        """The key of the check among the words."""
        return f"gate.{self.code}"


class Served(NamedTuple):
    """A demand or letter that was delivered; `notice_id` None where a signed plan stands for it."""

    notice_id: int | None
    number: str
    delivered_on: date
    method: str
    period_days: int

    def over_on(self) -> date:
        """The first day after its days to pay."""
        return self.delivered_on + timedelta(days=self.period_days + 1)


class Noted(NamedTuple):
    """What legal wrote down about a check: whether it holds, why, who and when."""

    holds: bool
    reason: str
    by: str
    on: date
    file_id: int | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """All that is known of one case on a day. Texts are as people read them; empty means unknown.

    `outside`: periods that no contract covers; `unheld`: periods in which nobody knows who held the unit;
    `bare`: charges whose bill was not delivered; `expired`: charges barred by time, with their labels;
    `decided`: those of them that a lawyer lets go on. `doubled`: charges that another one repeats.
    `stopped`: a hold under which nobody speaks to the owner. `filed_on`: since when a court has the claim.
    `unwatched`: charges with at most 180 days left that no delivered demand lists. `uncovered`: firms that
    hold a copy while no agreement with them is in force, `uncovered_on`: since when.
    """

    as_of: date
    contract: str = ""
    outside: tuple[str, ...] = ()
    untariffed: tuple[str, ...] = ()
    doubled: tuple[str, ...] = ()
    area_cm2: int = 0
    unheld: tuple[str, ...] = ()
    in_flight: str = ""
    bank_used: bool = False
    bank_on: date | None = None
    clause: str = ""
    late_fee_fen: int = 0
    above_safe_fen: int = 0
    wrong_fee: tuple[str, ...] = ()
    not_due: tuple[str, ...] = ()
    bare: tuple[str, ...] = ()
    demand: Served | None = None
    second: Served | None = None
    letter: Served | None = None
    visits: int = 0
    visited_on: date | None = None
    dispute: str = ""
    agreed: str = ""
    expired: Mapping[int, str] = field(default_factory=dict)
    decided: Mapping[int, Noted] = field(default_factory=dict)
    last_on: date | None = None
    reviewed_by: str = ""
    reviewed_on: date | None = None
    claim_fen: int = 0
    filed_on: date | None = None
    filed_at: str = ""
    address: str = ""
    court: str = ""
    complains: str = ""
    identified: bool = False
    joint: tuple[str, ...] = ()
    missing_evidence: tuple[str, ...] = ()
    wage_known: bool = False
    small: str = ""
    silent: bool = False
    stopped: str = ""
    firm: str = ""
    firm_until: date | None = None
    handed_to: str = ""
    handed_on: date | None = None
    uncovered: tuple[str, ...] = ()
    uncovered_on: date | None = None
    unwatched: tuple[str, ...] = ()
    notes: Mapping[str, Noted] = field(default_factory=dict)
