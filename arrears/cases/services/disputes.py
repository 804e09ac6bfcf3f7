"""Disputes of single charges: they leave the ladder, come back on another day, and nothing else waits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Final, NamedTuple

from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from arrears.cases.models import DisputedCharge, Hold
from arrears.cases.queries.disputed import disputed_fen
from arrears.cases.rules.disputes import refuse_part
from arrears.cases.services.rungs import lock_account
from billing.charges.queries import OpenCharge, account_card, open_charges
from billing.charges.services import end_pause, pause_late_fee
from notices.services import withdraw
from tenancy.kernel.errors import Conflict, NotFound, Refused
from tenancy.kernel.scope import current_user_id
from tenancy.people.services import audit
from tenancy.people.words import sentence

# Nobody knows when a dispute ends; whoever ends it ends the pause with it.
PAUSED_DAYS: Final = 3 * 366
WITHDRAWN: Final = "disputed"


class DisputeRefused(Refused):
    """A charge that is not owed, an amount that cannot be, or no reason."""

    code = "cases.dispute_refused"


class DisputeStands(Conflict):
    """One of the charges is disputed already."""

    code = "cases.dispute_stands"


class DisputeOver(Conflict):
    """The dispute has ended."""

    code = "cases.dispute_over"


class Disputed(NamedTuple):
    """A charge that is disputed; `amount_fen` None: all of it."""

    charge_id: int
    amount_fen: int | None = None


@transaction.atomic
def open_dispute(
    *, account_id: int, parts: Sequence[Disputed], reason: str, on: date, proof_id: int | None = None
) -> int:
    """Take charges, or amounts of them, out of the ladder from today; the id of the hold.

    Without charges the whole account waits. Papers that list a disputed charge and were not handed over are
    withdrawn. No late fee runs on the charges meanwhile: where only an amount is disputed, on all of the
    charge. Raises NotFound, DisputeRefused, DisputeStands.
    """
    account_card(account_id)
    if not reason.strip():
        raise DisputeRefused(_("Write the reason."), field="reason")
    lock_account(account_id)
    opened = {charge.charge_id: charge for charge in open_charges(account_ids=[account_id], as_of=on)}
    _check(parts, opened)
    hold = _hold(account_id, reason, on, proof_id, listed=bool(parts))
    if parts:
        _list(hold, parts, opened, on)
    audit.record("hold.set", kind="hold", pk=hold.pk, account=account_id, hold=Hold.Kind.DISPUTE.value)
    return int(hold.pk)


def end_dispute(*, hold_id: int, last_on: date) -> None:
    """Let a dispute stand to a day, the day included; the ladder goes on the day after, by itself.

    Until that day is over the owner may be discontent, so late fees are counted again by the night after it.
    """
    hold = _open(hold_id)
    Hold.objects.filter(pk=hold_id).update(to_on=max(last_on, hold.from_on))
    _hold_until(hold_id, max(last_on, hold.from_on) + timedelta(days=1))


def reopen_dispute(*, hold_id: int) -> None:
    """Let a dispute stand on, without an end: the owner is not content. DisputeOver when it has ended."""
    _open(hold_id)
    Hold.objects.filter(pk=hold_id).update(to_on=None)
    _hold_until(hold_id, None)


def free_charges(hold_id: int, *, from_on: date) -> None:
    """The charges that a dispute lists are in the ladder again from today, and bear late fee again."""
    _hold_until(hold_id, from_on)
    _end_pauses(DisputedCharge.objects.filter(hold_id=hold_id))


def resume_late_fees(*, as_of: date) -> int:
    """Count late fee again on what stopped being disputed by a day; of how many charges."""
    return _end_pauses(DisputedCharge.objects.filter(held__endswith__lte=as_of))


def _hold_until(hold_id: int, ends_on: date | None) -> None:
    for row in DisputedCharge.objects.filter(hold_id=hold_id, held__isempty=False):
        until = ends_on and max(ends_on, row.held.lower)
        if until and row.held.upper:
            until = min(until, row.held.upper)  # what has ended by itself did not last longer
        DisputedCharge.objects.filter(pk=row.pk).update(held=DateRange(row.held.lower, until))


def _end_pauses(ended: QuerySet[DisputedCharge, Any]) -> int:
    found = list(ended.exclude(pause=None).select_related("pause"))
    for row in found:
        # Opened and ended on one day: an empty range has no bounds.
        ends_on = row.held.upper or row.pause.first_on
        last_on = max(ends_on - timedelta(days=1), row.pause.first_on)
        end_pause(pause_id=row.pause_id, last_on=min(last_on, row.pause.last_on))
    DisputedCharge.objects.filter(pk__in=[row.pk for row in found]).update(pause=None)
    return len(found)


def _check(parts: Sequence[Disputed], opened: Mapping[int, OpenCharge]) -> None:
    if len({part.charge_id for part in parts}) < len(parts):
        raise DisputeRefused(_("Each charge stands once in a dispute."), field="charges")
    for part in parts:
        charge = opened.get(part.charge_id)
        if charge is None:
            raise DisputeRefused(_("A ticked charge is not owed any more. Look again."), field="charges")
        wrong = refuse_part(part.amount_fen, charged_fen=charge.amount_fen, unpaid_fen=charge.unpaid_fen)
        if wrong is not None:
            field = "charges" if wrong.code == "dispute_of_paid" else "amount"
            raise DisputeRefused(sentence(wrong), field=field, why=wrong.code)


def _hold(account_id: int, reason: str, on: date, proof_id: int | None, *, listed: bool) -> Hold:
    _end_what_is_over(account_id, on)
    try:
        with transaction.atomic():
            hold: Hold = Hold.objects.create(
                account_id=account_id,
                kind=Hold.Kind.DISPUTE,
                from_on=on,
                reason=reason.strip()[:300],
                only_listed=listed,
                proof_id=proof_id,
                set_by_id=current_user_id(),
            )
    except IntegrityError as error:
        raise DisputeStands(_("A dispute about this account stands already.")) from error
    return hold


def _end_what_is_over(account_id: int, on: date) -> None:
    over = Hold.objects.filter(account_id=account_id, kind=Hold.Kind.DISPUTE, released_on=None, to_on__lt=on)
    over.update(released_on=F("to_on") + timedelta(days=1))


def _list(hold: Hold, parts: Sequence[Disputed], opened: Mapping[int, OpenCharge], on: date) -> None:
    # A day is told half-open: what ends today is free today.
    if disputed_fen([hold.account_id], as_of=on).keys() & {part.charge_id for part in parts}:
        raise DisputeStands(_("One of these charges is disputed already."), field="charges")
    rows = {
        part.charge_id: DisputedCharge(
            hold=hold,
            account_id=hold.account_id,
            charge_id=part.charge_id,
            amount_fen=part.amount_fen or opened[part.charge_id].amount_fen,
            held=DateRange(on, None),
        )
        for part in parts
    }
    try:
        with transaction.atomic():
            DisputedCharge.objects.bulk_create(rows.values())
    except IntegrityError as error:
        raise DisputeStands(_("One of these charges is disputed already."), field="charges") from error
    _pause(rows, hold, on)
    withdraw(account_id=hold.account_id, touched=list(rows), settled=(), reason_code=WITHDRAWN)


def _pause(rows: Mapping[int, DisputedCharge], hold: Hold, from_on: date) -> None:
    """No late fee on what is disputed, from the day on which it was."""
    ids, last_on = sorted(rows), from_on + timedelta(days=PAUSED_DAYS)
    made = pause_late_fee(charge_ids=ids, first_on=from_on, last_on=last_on, reason=hold.reason, on=from_on)
    for charge_id, pause_id in zip(ids, made, strict=True):
        DisputedCharge.objects.filter(pk=rows[charge_id].pk).update(pause_id=pause_id)


def _open(hold_id: int) -> Hold:
    account_id = Hold.objects.filter(pk=hold_id, kind=Hold.Kind.DISPUTE).values_list("account_id", flat=True)
    if not account_id:
        raise NotFound(_("There is no such hold."))
    account_card(account_id[0])
    lock_account(account_id[0])
    hold: Hold = Hold.objects.get(pk=hold_id)
    if hold.released_on is not None:
        raise DisputeOver(_("This dispute has ended."))
    return hold
