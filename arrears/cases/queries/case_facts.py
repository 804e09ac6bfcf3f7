"""What the ladder knows of a case today, all of it computed: the facts behind tonight's decision."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final, NamedTuple

from django.utils import timezone
from django.utils.translation import gettext as _

from arrears.cases.models import Call, Case, Rebase, Visit
from arrears.cases.queries.cases import HoldRow, holds_of
from arrears.cases.queries.deviations import RelaxedRow, relaxations_of
from arrears.cases.queries.facts import as_standing, stream_facts
from arrears.cases.queries.instruments import payable_until
from arrears.cases.queries.ladders import LadderRow, current_ladders, ladder_versions
from arrears.cases.queries.night import next_walk
from arrears.cases.queries.promised import PromiseRow, promises_of
from arrears.cases.queries.subjects import all_late
from arrears.cases.rules.classes import EFFECTIVE
from arrears.cases.rules.day import walk_one
from arrears.cases.rules.ladder import Facts, Rung
from arrears.cases.rules.promises import PromiseState
from billing.banking.queries.on_its_way import bank_read_to
from billing.charges.queries import owed
from notices.queries import DocumentFact, documents_of
from values.because import Because

_MET: Final = ("MET_PROMISED", "MET_UNDECIDED", "MET_REFUSED", "MET_OTHER")


class Contacted(NamedTuple):
    """The last time the owner himself was spoken to: on the telephone or at his door."""

    on: date
    how: str


class Rebased(NamedTuple):
    """A day on which a person moved the case to another version."""

    on: date
    before: str
    after: str
    by: str
    reason: str


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """A case on a day. `oldest_due_on`, `days_late`, `months`, `principal_fen`: past due and undisputed.

    `tonight`: what the walk of `night`, the next that has not run, would say of it. `ladder`: the version it
    is on; `newer`: the one in force, where that is another. `bank_read_to`: the day up to which the bank's
    money is known.
    """

    oldest_due_on: date | None
    days_late: int
    months: int
    principal_fen: int
    late_fee_fen: int
    level: int
    tonight: Because | None
    night: date
    last_contact: Contacted | None
    promise: PromiseRow | None
    holds: tuple[HoldRow, ...]
    delivered: tuple[DocumentFact, ...]
    relaxations: tuple[RelaxedRow, ...]
    ladder: LadderRow | None
    newer: LadderRow | None
    rebases: tuple[Rebased, ...]
    bank_read_to: date | None


def case_facts(case_id: int, *, as_of: date) -> CaseFacts:
    """The facts of a case that is there (the door has asked for its line already)."""
    night = next_walk(today=as_of)
    case = Case.objects.get(pk=case_id)
    versions = {row.ladder_id: row for row in ladder_versions(as_of=as_of)}
    ladders = current_ladders(as_of=as_of)
    ladder = ladders.of_case(case.ladder_id, case.community_id)
    facts, tonight = _decided(case, ladder, as_of)
    if night != as_of:
        _facts, tonight = _decided(case, ladder, night)
    debt = owed(account_ids=[case.account_id], as_of=as_of)[case.account_id]
    late = all_late([case.account_id], as_of=as_of)[case.account_id]
    promises = promises_of(case_id, late=late, as_of=as_of)
    in_force = versions.get(ladders.id_of(case.community_id) or 0)
    on_another = in_force is not None and in_force.ladder_id != case.ladder_id and case.closed_on is None
    oldest = facts.oldest_due_on if facts else None
    return CaseFacts(
        oldest_due_on=oldest,
        days_late=max(0, (as_of - oldest).days) if oldest else 0,
        months=debt.months,
        principal_fen=facts.overdue_fen if facts else 0,
        late_fee_fen=debt.late_fee_fen,
        level=facts.level if facts else 0,
        tonight=tonight,
        night=night,
        last_contact=_last_contact(case_id),
        promise=next((row for row in promises if row.state is PromiseState.OPEN), None),
        holds=tuple(hold for hold in holds_of(case.account_id) if _stands(hold, as_of)),
        delivered=tuple(one for one in documents_of([case.account_id]) if one.delivered_on is not None),
        relaxations=tuple(relaxations_of(case_id, as_of=as_of)),
        ladder=versions.get(case.ladder_id or 0),
        newer=in_force if on_another else None,
        rebases=tuple(_rebases(case_id)),
        bank_read_to=bank_read_to(case.community_id),
    )


def _decided(case: Case, ladder: tuple[Rung, ...], as_of: date) -> tuple[Facts | None, Because | None]:
    """The facts and the decision of a day's walk, as it reads them now; None where nothing is past due."""
    for block in stream_facts(as_of=as_of, account_ids=[case.account_id]):
        for row in block:
            until = payable_until([(row, ladder)])
            standing = as_standing(row, as_of=as_of, instrument_due_on=until.get(row.case_id or 0))
            outcome = walk_one(standing, ladder, as_of=as_of)
            return outcome.facts, outcome.decision.because
    return None, None


def _rebases(case_id: int) -> Iterator[Rebased]:
    rows = Rebase.objects.filter(case_id=case_id).order_by("-pk")
    fields = (
        "on", "from_ladder__community__name", "from_ladder__version", "to_ladder__community__name",
        "to_ladder__version", "by__name", "reason",
    )  # fmt: skip
    for on, from_place, before, to_place, after, by, reason in rows.values_list(*fields):
        left = _version(from_place, before) if before else "—"
        yield Rebased(on, left, _version(to_place, after), by or "", reason)


def _version(place: str | None, version: int) -> str:
    """A version with whose it is: two ladders may both be at their first."""
    return f"{place or _('Company')} v{version}"


def _last_contact(case_id: int) -> Contacted | None:
    found = [
        Contacted(timezone.localtime(at).date(), "CALL")
        for at in Call.objects.filter(case_id=case_id, outcome__in=[one.value for one in EFFECTIVE])
        .order_by("-at")
        .values_list("at", flat=True)[:1]
    ] + [
        Contacted(on, "VISIT")
        for on in Visit.objects.filter(case_id=case_id, result__in=_MET)
        .order_by("-on")
        .values_list("on", flat=True)[:1]
    ]
    return max(found, key=lambda one: one.on, default=None)


def _stands(hold: HoldRow, as_of: date) -> bool:
    begun = hold.from_on <= as_of and (hold.to_on is None or hold.to_on >= as_of)
    return begun and (hold.released_on is None or hold.released_on > as_of)
