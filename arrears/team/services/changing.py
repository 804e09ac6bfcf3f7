"""What becomes of a planned round: a door is left out, the round is closed, or called off."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from arrears.team.models import Entry, Round, RoundPolicy, Stop
from tenancy.kernel.errors import Conflict, NotFound
from tenancy.people.services import audit


class RoundOver(Conflict):
    """The round was closed or called off."""

    code = "team.round_over"


class AlreadyWalked(Conflict):
    """Something was entered there already: it cannot be undone by leaving it out."""

    code = "team.already_walked"


def drop_stop(*, stop_id: int, at: datetime) -> None:
    """Leave a door out of its round; the account may be planned again. NotFound, RoundOver, AlreadyWalked."""
    stop: Stop | None = Stop.objects.select_for_update().filter(pk=stop_id).first()
    if stop is None:
        raise NotFound(_("There is no such stop."))
    row = _locked(stop.round_id)
    _refuse_over(row)
    if stop.dropped_at is not None:
        return
    if Entry.objects.filter(stop_id=stop_id).exists():
        raise AlreadyWalked(_("Something was entered at this door already."))
    Stop.objects.filter(pk=stop_id).update(dropped_at=at)
    audit.record("round.stop_dropped", kind="round", pk=row.pk, unit=stop.unit.code)


def close_round(*, round_id: int, at: datetime) -> None:
    """The round is over; what waits on a phone is still taken, doors left are planned again. RoundOver."""
    row = _locked(round_id)
    _refuse_over(row)
    Round.objects.filter(pk=round_id).update(closed_at=at)
    walked = Entry.objects.filter(stop__round_id=round_id).values("stop_id")
    # What nobody walked to stands in no round any more, so that it can be planned for the same day.
    Stop.objects.filter(round_id=round_id, dropped_at=None).exclude(pk__in=walked).update(dropped_at=at)
    audit.record("round.closed", kind="round", pk=round_id)


def call_off_round(*, round_id: int, reason: str, at: datetime) -> None:
    """Nobody walks it. RoundOver, AlreadyWalked when somebody did."""
    row = _locked(round_id)
    _refuse_over(row)
    if Entry.objects.filter(stop__round_id=round_id).exists():
        raise AlreadyWalked(_("This round was begun: close it instead."))
    Round.objects.filter(pk=round_id).update(called_off_at=at)
    Stop.objects.filter(round_id=round_id, dropped_at=None).update(dropped_at=at)
    audit.record("round.called_off", kind="round", pk=round_id, reason=reason.strip())


def allow_places(*, keeps_places: bool) -> bool:
    """Let visitors add where they stood, or not; False when it was so already."""
    policy, _made = RoundPolicy.objects.get_or_create()
    before, after = {"keeps_places": policy.keeps_places}, {"keeps_places": keeps_places}
    changed = audit.record_change(
        "round.policy_changed", kind="round_policy", pk=policy.pk, before=before, after=after
    )
    if changed:
        RoundPolicy.objects.filter(pk=policy.pk).update(keeps_places=keeps_places)
    return changed


def _locked(round_id: int) -> Round:
    row: Round | None = Round.objects.select_for_update().filter(pk=round_id).first()
    if row is None:
        raise NotFound(_("There is no such round."))
    return row


def _refuse_over(row: Round) -> None:
    if row.closed_at is not None or row.called_off_at is not None:
        raise RoundOver(_("This round is over."))
