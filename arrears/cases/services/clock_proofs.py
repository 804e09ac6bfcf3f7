"""A person proves an interruption by hand, or takes such an entry back."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any, Final

from django.utils.translation import gettext as _

from arrears.cases.models import ClockEvent
from arrears.cases.queries.clocks import MANUAL
from arrears.cases.rules.clock_proofs import SHOWS, Claimed, Proof, lacking
from arrears.cases.services.clocks import note_clock_event
from arrears.cases.services.rungs import lock_account
from billing.charges.queries import account_card, charge_names
from tenancy.kernel.errors import Conflict, NotFound, Refused
from tenancy.people.services import audit, files
from tenancy.people.words import sentence
from values.because import because

_SUSPENSION: Final = ClockEvent.Kind.SUSPENSION
_VOID: Final = ClockEvent.Kind.VOID


class ProofRefused(Refused):
    """What was entered would not prove an interruption before a court."""

    code = "cases.proof_refused"


class ProofGone(Conflict):
    """The entry was taken back already."""

    code = "cases.proof_gone"


def record_proof(
    *,
    account_id: int,
    charge_ids: Collection[int],
    on: date,
    claimed: Claimed,
    content: bytes = b"",
    file_name: str = "",
    as_of: date,
) -> str:
    """Write down an interruption that no other record tells of; returns its source, by which it is undone.

    Raises NotFound, ProofRefused (with the reason why it proves nothing), FileNotAccepted.
    """
    account = account_card(account_id)
    _check(account_id, charge_ids, on, claimed, as_of)
    lock_account(account_id)
    source = f"{MANUAL}{account_id}-{_entries(account_id) + 1}"
    file_id = _keep(content, file_name, account.community_id)
    shows = SHOWS[claimed.proof]
    note_clock_event(
        account_id=account_id,
        charge_ids=charge_ids,
        kind=_SUSPENSION.value if shows is None else shows.value,
        on=on,
        source=source,
        evidence=claimed.evidence.strip(),
        file_id=file_id,
        proof=claimed.proof.value,
    )
    count = len(set(charge_ids))
    audit.record(
        "clock.proved",
        kind="account",
        pk=account_id,
        proof=f"proof.{claimed.proof.value}",
        on=on.isoformat(),
        charges=count,
    )
    return source


def _check(account_id: int, charge_ids: Collection[int], on: date, claimed: Claimed, as_of: date) -> None:
    own = {one.charge_id for one in charge_names(account_ids=[account_id])}
    if not charge_ids or not own.issuperset(charge_ids):
        raise ProofRefused(_("Choose the unpaid charges it is about."), field="charge_ids")
    if on > as_of:
        raise ProofRefused(_("That day is still to come."), field="on")
    missing = lacking(claimed)
    if missing is not None:
        raise ProofRefused(sentence(because(missing.code)), field=missing.field, why=missing.code)


def take_back_proof(*, account_id: int, source: str, reason: str, as_of: date) -> None:
    """An entry was a mistake: it stays in the record, and counts no more. Raises NotFound, ProofGone."""
    if not reason.strip():
        raise ProofRefused(_("Write the reason."), field="reason")
    account_card(account_id)
    lock_account(account_id)
    rows: Any = ClockEvent.objects.filter(account_id=account_id, source=source).order_by("-pk")
    if not source.startswith(MANUAL) or not rows:
        raise NotFound(_("There is no such entry."))
    if rows[0].kind == _VOID:
        raise ProofGone(_("This entry was taken back already."))
    note_clock_event(
        account_id=account_id,
        charge_ids={row.charge_id for row in rows},
        kind=_VOID.value,
        on=as_of,
        source=source,
        evidence=reason.strip()[:200],
        file_id=rows[0].file_id,
        proof=rows[0].proof,
    )
    audit.record(
        "clock.taken_back",
        kind="account",
        pk=account_id,
        proof=f"proof.{rows[0].proof}",
        on=rows[0].on.isoformat(),
        reason=reason.strip(),
    )


def _keep(content: bytes, name: str, community_id: int) -> int:
    accept = (files.PDF, *files.IMAGES)
    kept = files.store(content, name=name, purpose="clock_proof", accept=accept, community_id=community_id)
    return int(kept.pk)


def _entries(account_id: int) -> int:
    found = ClockEvent.objects.filter(account_id=account_id, source__startswith=MANUAL)
    return int(found.values("source").distinct().count())


__all__ = ["Claimed", "Proof", "ProofGone", "ProofRefused", "record_proof", "take_back_proof"]
