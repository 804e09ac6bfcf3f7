"""Cases: a list with filters, and one case with its holds, promises and calls."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final, NamedTuple

from django.utils.translation import gettext as _

from arrears.cases.models import Case, Hold
from arrears.cases.queries.covering import covering_rungs
from arrears.cases.queries.found import FoundCase, FoundCases
from arrears.cases.rules.holds import HOLD_RULES, HoldKind, HoldRule
from arrears.cases.rules.ladder import TOLERANCE_FEN
from owners.queries import find_units
from tenancy.kernel import sql
from tenancy.kernel.errors import NotFound
from values.because import Because

PACKAGE: Final = "arrears.cases"
FOUND_UNITS: Final = 500
NO_RUNG: Final = "NO_RUNG"
_CARRIED: Final = frozenset({"DUE", "APPROVED", "SENT"})
_HOLD: Final = (
    "pk", "kind", "from_on", "to_on", "reason", "set_by__name", "released_on", "released_by__name",
    "only_listed", "proof_id", "end_reason", "representative",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class CaseFilter:
    """What the list is narrowed to; None and "" mean any. `text`: a room or an owner.

    `rung`: the one an open case stands on (NO_RUNG: none covers what remains), the newest one of a closed
    case. `late_from`, `late_to`: days since the oldest of what is past due fell due, both inclusive.
    `promised_on`: the day of the newest promise.
    """

    community_id: int | None = None
    collector_id: int | None = None
    rung: str = ""
    klass: str = ""
    text: str = ""
    closed: bool = False
    late_from: int | None = None
    late_to: int | None = None
    promised_on: date | None = None


class CaseLine(NamedTuple):
    """A case as people see it. `rung`, `event`: the newest event of the ladder, with its reason.

    `delivered_on`: when the newest event's paper was delivered; the night takes the rung then.
    `covering`: the rung the case stands on, the highest whose document covers what remains; "" for none.
    `promise_doubt`: why the newest promised day does not hold the ladder, "" when it does.
    `promise_over`: how many days ago the promised day passed while something is past due, else 0.
    `days_late` counts from the oldest undisputed due day, from the oldest of all where all is disputed.
    `disputed_fen`: what of `overdue_fen` is disputed charge by charge; nobody asks for it.
    """

    case_id: int
    account_id: int
    community_id: int
    community_name: str
    unit_id: int
    unit_code: str
    party_id: int
    party_name: str
    opened_on: date
    closed_on: date | None
    close_reason: str
    klass: str
    reason_code: str
    collector_id: int | None
    collector_name: str
    overdue_fen: int
    days_late: int
    level: int | None
    rung: str
    event: str
    since_on: date | None
    because: Because
    notice_id: int | None
    approval_id: int | None
    delivered_on: date | None
    promised_on: date | None
    held: str | None
    held_until: date | None
    promise_doubt: str
    promise_over: int
    covering: str
    disputed_fen: int = 0

    @property
    def undisputed_fen(self) -> int:
        """What of the principal past due may be asked for."""
        return self.overdue_fen - self.disputed_fen

    @property
    def arrived_on(self) -> date | None:
        """When the paper of a step that is still open was delivered; None otherwise."""
        return self.delivered_on if self.is_open and self.event in _CARRIED else None

    @property
    def event_word(self) -> str:
        """The key of the newest event among the words."""
        return f"event.{self.event}"

    @property
    def reason_word(self) -> str:
        """The key of the arrears reason among the words."""
        return f"arrears.{self.reason_code}"

    @property
    def close_word(self) -> str:
        """The key of why it was closed among the words."""
        return f"closed.{self.close_reason}"

    @property
    def is_open(self) -> bool:
        """In the ladder: not closed, and something above the tolerance past due."""
        return self.closed_on is None and self.overdue_fen > TOLERANCE_FEN


class HoldRow(NamedTuple):
    """A hold on an account. `only_listed`: a dispute of single charges."""

    hold_id: int
    kind: str
    from_on: date
    to_on: date | None
    reason: str
    set_by: str | None
    released_on: date | None
    released_by: str | None
    only_listed: bool = False
    proof_id: int | None = None
    end_reason: str = ""
    representative: str = ""

    def stands(self, as_of: date) -> bool:
        """Whether it holds on the day."""
        ended = self.released_on is not None and self.released_on <= as_of
        return not ended and (self.to_on is None or self.to_on >= as_of)

    @property
    def rule(self) -> HoldRule:
        """What it means for late fee, ladder, calls and limitation, and what ends it."""
        return HOLD_RULES[HoldKind(self.kind)]

    @property
    def is_granted(self) -> bool:
        """Whether it stands because an application was granted; it ends with it."""
        return self.kind in (Hold.Kind.DEFERRAL, Hold.Kind.INSTALMENT, Hold.Kind.HARDSHIP)


def find_cases(chosen: CaseFilter, *, as_of: date) -> FoundCases:
    """The cases that fit, the heaviest first."""
    params: dict[str, Any] = {
        "as_of": as_of,
        "tolerance_fen": TOLERANCE_FEN,
        "closed": chosen.closed,
        "rung": chosen.rung if chosen.closed else "",
        "klass": chosen.klass,
        "community_id": chosen.community_id,
        "collector_id": chosen.collector_id,
        "unit_ids": _units(chosen.text),
        "promised_on": chosen.promised_on,
        "due_from": None if chosen.late_to is None else as_of - timedelta(days=chosen.late_to),
        "due_to": None if chosen.late_from is None else as_of - timedelta(days=chosen.late_from),
    }
    (columns,) = sql.rows(PACKAGE, "find_cases", params)
    found = FoundCases(*columns)
    if chosen.closed or not chosen.rung:
        return found
    stands = covering_rungs(found.account_ids, as_of=as_of)
    return found.where(lambda case: stands.get(case.account_id, NO_RUNG) == chosen.rung)


def case_lines(page: Sequence[FoundCase], *, as_of: date) -> list[CaseLine]:
    """One page in full, in the order given."""
    ids = [found.case_id for found in page]
    rows = {row[0]: row for row in sql.rows(PACKAGE, "case_rows", {"ids": ids, "as_of": as_of})}
    lines = [_line(rows[case_id], as_of) for case_id in ids if case_id in rows]
    stands = covering_rungs([line.account_id for line in lines if line.is_open], as_of=as_of)
    return [line._replace(covering=stands.get(line.account_id, "") if line.is_open else "") for line in lines]


def case_line(case_id: int, *, as_of: date) -> CaseLine:
    """One case; NotFound when it is not there, or not the member's."""
    found = case_lines([FoundCase(case_id, 0)], as_of=as_of)
    if not found:
        raise NotFound(_("There is no such case."))
    return found[0]


def cases_of_unit(unit_id: int, *, as_of: date) -> list[CaseLine]:
    """The cases of a unit, the newest first."""
    ids = Case.objects.filter(unit_id=unit_id).order_by("-pk").values_list("pk", flat=True)
    return case_lines([FoundCase(case_id, 0) for case_id in ids], as_of=as_of)


def newest_case(account_id: int) -> int | None:
    """The newest case of an account, open or closed."""
    cases = Case.objects.filter(account_id=account_id).order_by("-pk")
    found: int | None = cases.values_list("pk", flat=True).first()
    return found


def is_closed_since(account_id: int, day: date) -> bool:
    """Whether the account's newest case was closed on a day or after it, and none was opened since."""
    cases = Case.objects.filter(account_id=account_id).order_by("-pk").values_list("closed_on", flat=True)
    closed_on = cases.first()
    return closed_on is not None and closed_on >= day


def case_of_hold(hold_id: int) -> int:
    """The newest case of the account that a hold stands on; NotFound when the hold is not there."""
    # Through the case, so that a member of other communities finds nothing.
    account_id = Hold.objects.filter(pk=hold_id).values_list("account_id", flat=True).first()
    cases = Case.objects.filter(account_id=account_id).order_by("-pk")
    found = None if account_id is None else cases.values_list("pk", flat=True).first()
    if found is None:
        raise NotFound(_("There is no such hold."))
    return int(found)


def holds_of(account_id: int) -> list[HoldRow]:
    """The holds of an account, the newest first."""
    rows = Hold.objects.filter(account_id=account_id).order_by("-from_on", "-pk")
    return [HoldRow(*row) for row in rows.values_list(*_HOLD)]


def hold_row(hold_id: int) -> HoldRow:
    """One hold of an account that has a case; NotFound."""
    case_of_hold(hold_id)
    return HoldRow(*Hold.objects.values_list(*_HOLD).get(pk=hold_id))


def collectors() -> list[tuple[int, str]]:
    """Who has open cases: user id and name, by name."""
    found = Case.objects.filter(closed_on=None).exclude(collector=None)
    rows = found.values_list("collector_id", "collector__name").distinct()
    return sorted(rows, key=lambda row: row[1])


def _units(text: str) -> list[int] | None:
    if not text.strip():
        return None
    return [hit.unit_id for hit in find_units(text, FOUND_UNITS)]


def _line(row: tuple[Any, ...], as_of: date) -> CaseLine:
    before, oldest_due_on, (level, rung, event, on, code, params), rest = (
        row[:16],
        row[16],
        row[17:23],
        row[23:],
    )
    *shown, promised_at, disputed_fen, counted_from = rest
    days_late = (as_of - counted_from).days if counted_from else 0
    why = Because(code, json.loads(params))
    line = CaseLine._make((*before, days_late, level, rung, event, on, why, *shown, 0, "", disputed_fen))
    # A promise is about what was past due when it was made; once that is paid, its day no longer matters.
    kept = promised_at is None or oldest_due_on is None or oldest_due_on >= promised_at
    if kept or line.promised_on is None or not line.is_open:
        return line
    return line._replace(promise_over=max(0, (as_of - line.promised_on).days))
