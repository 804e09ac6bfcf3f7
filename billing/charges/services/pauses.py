"""Days without late fee (deferral, plan, dispute): put in, ended early; the charges are reckoned anew."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta

from django.utils.translation import gettext as _

from billing.charges.models import Charge, LateFeePause
from billing.charges.queries.open import moves_of, pauses_of, terms_of
from billing.charges.rules import late_fee
from billing.charges.services.settle import keep
from tenancy.kernel.errors import NotFound, Refused
from tenancy.people.services import audit

_KEPT = ("late_fee_settled", "late_fee_from")


class BadPause(Refused):
    """A pause begins on the day after it is entered at the latest, has days, and a reason."""

    code = "charges.bad_pause"


def pause_late_fee(
    *, charge_ids: Collection[int], first_on: date, last_on: date, reason: str, on: date
) -> list[int]:
    """No late fee on the days from `first_on` to `last_on`, both inclusive (K6); the pauses' ids.

    The accounts must be locked. A pause begins tomorrow at the latest, for the fee is settled up to its first
    day: one that begins later is entered when its time comes. Raises NotFound, BadPause.
    """
    if not first_on <= last_on or first_on > on + timedelta(days=1):
        raise BadPause(_("A pause begins tomorrow at the latest and ends after it begins."), field="first_on")
    if not reason.strip():
        raise BadPause(_("Say why no late fee is charged."), field="reason")
    charges = _locked(charge_ids)
    made = LateFeePause.objects.bulk_create(
        LateFeePause(charge=charge, first_on=first_on, last_on=last_on, reason=reason.strip()[:200])
        for charge in charges
    )
    _reckon(charges)
    said = {"first_on": first_on.isoformat(), "last_on": last_on.isoformat(), "reason": reason.strip()}
    audit.record_many("late_fee.paused", [audit.Entry("charge", charge.pk, said) for charge in charges])
    return [int(row.pk) for row in made]


def end_pause(*, pause_id: int, last_on: date) -> None:
    """Let a pause end earlier than was agreed: a broken plan, an answered dispute. NotFound, BadPause."""
    pause = LateFeePause.objects.select_for_update().filter(pk=pause_id).first()
    if pause is None:
        raise NotFound(_("There is no such pause."))
    if not pause.first_on <= last_on <= pause.last_on:
        raise BadPause(_("A pause ends between its first and its last day."), field="last_on")
    LateFeePause.objects.filter(pk=pause_id).update(last_on=last_on)
    _reckon(_standing(pause.charge_id))
    audit.record("late_fee.pause_ended", kind="charge", pk=pause.charge_id, last_on=last_on.isoformat())


def drop_pause(*, pause_id: int) -> None:
    """Charge the paused days after all: a plan that was to be kept, and was not. Raises NotFound."""
    pause = LateFeePause.objects.select_for_update().filter(pk=pause_id).first()
    if pause is None:
        raise NotFound(_("There is no such pause."))
    first_on, last_on = pause.first_on.isoformat(), pause.last_on.isoformat()
    pause.delete()
    _reckon(_standing(pause.charge_id))
    audit.record(
        "late_fee.pause_dropped", kind="charge", pk=pause.charge_id, first_on=first_on, last_on=last_on
    )


def _locked(charge_ids: Collection[int]) -> list[Charge]:
    wanted = set(charge_ids)
    charges = list(Charge.objects.select_for_update().filter(pk__in=wanted, reversed_on=None).order_by("pk"))
    if len(charges) != len(wanted):
        raise NotFound(_("There is no such charge."))
    return charges


def _standing(charge_id: int) -> list[Charge]:
    """The charge, unless it was reversed meanwhile: then there is nothing to reckon."""
    return list(Charge.objects.select_for_update().filter(pk=charge_id, reversed_on=None))


def _reckon(charges: Collection[Charge]) -> None:
    """Where the late fee of each stands, from its movements and all its pauses."""
    pauses = pauses_of([charge.pk for charge in charges])
    for charge in charges:
        terms, mine = terms_of(charge), pauses.get(charge.pk, ())
        running = late_fee.replay(terms, moves_of(charge), pauses=mine)
        keep(charge, late_fee.settled_until(terms, running, pauses=mine))
    Charge.objects.bulk_update(charges, _KEPT)
