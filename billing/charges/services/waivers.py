"""Ask for a waiver, and what follows when it is decided: let off, offered until a day, or not (3.3)."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Final, NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _

from billing.charges.models import Adjustment, Waiver, WaiverLine
from billing.charges.queries.accounts import AccountCard, account_card
from billing.charges.queries.open import OpenCharge, open_charges
from billing.charges.queries.relief import WAIVER, offers_of
from billing.charges.rules.relief import Relief, deciders
from billing.charges.services.accounts import lock_account
from billing.charges.services.adjust import LetOff, adjust_charges
from owners.queries import community_card
from tenancy.kernel import sql
from tenancy.kernel.errors import Conflict, Forbidden, NotFound, Refused
from tenancy.kernel.permissions import StaffMember
from tenancy.people.models import Approval
from tenancy.people.services import audit
from tenancy.people.services.approvals import Request, ask_all, withdraw

LONGEST_OFFER_DAYS: Final = 31
_PART = WaiverLine.Part


class ReasonMissing(Refused):
    code = "charges.reason_missing"


class NothingToWaive(Refused):
    """Nothing of what was ticked is owed, or more was asked for than is."""

    code = "charges.nothing_to_waive"


class BadOffer(Refused):
    """An offer is of late fee, and ends within a month."""

    code = "charges.bad_offer"


class WaiverAsked(Conflict):
    """A request about one of these charges waits already, or an offer stands."""

    code = "charges.waiver_asked"


class NotAsked(Conflict):
    """The waiver was decided, or withdrawn, before."""

    code = "charges.waiver_not_asked"


class NotYourWaiver(Forbidden):
    """Only who asked takes a request back."""

    code = "charges.not_your_waiver"


class Part(NamedTuple):
    """What of a charge is asked to be let off; `amount_fen` None: all of it that is owed."""

    charge_id: int
    part: str
    amount_fen: int | None = None


@transaction.atomic
def ask_waiver(
    *,
    account_id: int,
    kind: str,
    parts: Sequence[Part],
    reason: str,
    by: StaffMember,
    on: date,
    at: datetime,
    offered_until: date | None = None,
) -> int:
    """Ask that parts of an account's charges be let off; the waiver's id. Decided by others (rules.relief).

    An offer is reckoned up to its last day. Raises NotFound, ReasonMissing, BadOffer, NothingToWaive,
    WaiverAsked.
    """
    relief = _checked(kind, reason, offered_until, on)
    card = account_card(account_id)
    lock_account(account_id)
    opened = open_charges(account_ids=[account_id], as_of=offered_until or on)
    lines = _lines(relief, parts, {charge.charge_id: charge for charge in opened})
    _refuse_twice([line.charge_id for line in lines])
    amount_fen = sum(line.amount_fen for line in lines)
    waiver = Waiver.objects.create(
        account_id=account_id,
        kind=kind,
        amount_fen=amount_fen,
        reason=reason.strip()[:200],
        offered_until=offered_until,
        asked_by_id=by.user_id,
        asked_on=on,
    )
    for line in lines:
        line.waiver_id = waiver.pk
    WaiverLine.objects.bulk_create(lines)
    chain = deciders(relief, amount_fen=amount_fen, asked_by={role.value for role in by.roles})
    _ask(waiver, chain[0], _facts(waiver, card, chain), card.community_id, at)
    audit.record("waiver.asked", kind="account", pk=account_id, amount_fen=amount_fen, reason=waiver.reason)
    return int(waiver.pk)


@transaction.atomic
def withdraw_waiver(*, waiver_id: int, by: StaffMember, on: date) -> None:
    """Take back a request that nobody has decided. Raises NotFound, NotYourWaiver, NotAsked."""
    waiver = Waiver.objects.filter(pk=waiver_id, account__community_id__isnull=False).first()
    if waiver is None:
        raise NotFound(_("There is no such waiver."))
    if waiver.asked_by_id != by.user_id:
        raise NotYourWaiver(_("Somebody else asked for this."))
    if waiver.approval_id is None or withdraw(approval_ids=[waiver.approval_id]) == 0:
        raise NotAsked(_("This request was decided already."))
    _close(waiver, Waiver.State.WITHDRAWN, on)
    audit.record("waiver.withdrawn", kind="account", pk=waiver.account_id, amount_fen=waiver.amount_fen)


def waiver_decided(decided: Approval, *, on: date, at: datetime) -> None:
    """What follows a decision, in its transaction: the next part is asked, or the waiver stands."""
    waiver = Waiver.objects.get(approval_id=decided.pk)
    lock_account(waiver.account_id)
    if decided.decision != Approval.Decision.APPROVED:
        _close(waiver, Waiver.State.REJECTED, on)
        return
    chain: Sequence[str] = decided.facts["chain"]
    step = chain.index(decided.role) + 1
    if step < len(chain):
        # Of two parts the second must be another person too: whoever decided first asks.
        _ask(waiver, chain[step], decided.facts, decided.community_id, at)
    elif waiver.offered_until is not None:
        Waiver.objects.filter(pk=waiver.pk).update(state=Waiver.State.OFFERED)
    else:
        _grant(waiver, on, at)


def take_offers(*, account_ids: Collection[int], paid_on: date, at: datetime) -> None:
    """Let off the late fee of offers whose principal has come in whole, by their last day.

    The accounts must be locked and what came in be settled.
    """
    offers = [offer for each in offers_of(account_ids, day=paid_on).values() for offer in each]
    if not offers:
        return
    opened = {c.charge_id: c for c in open_charges(account_ids=list(account_ids), as_of=paid_on)}
    unmet = {o.waiver_id for o in offers if o.charge_id in opened and opened[o.charge_id].unpaid_fen}
    met = [offer for offer in offers if offer.waiver_id not in unmet]
    wanted = [
        LetOff(o.charge_id, Adjustment.Kind.WAIVER, _PART.LATE_FEE, fen, o.reason, o.waiver_id)
        for o in met
        if (fen := _owed_fen(opened.get(o.charge_id), _PART.LATE_FEE))
    ]
    adjust_charges(wanted=wanted, on=paid_on, at=at)
    done = Waiver.objects.filter(pk__in={offer.waiver_id for offer in met})
    done.update(state=Waiver.State.GRANTED, closed_on=paid_on)


def expire_offers(*, as_of: date) -> int:
    """Offers whose last day is over end; what they would have let off is owed as before. How many did."""
    gone = Waiver.objects.filter(state=Waiver.State.OFFERED, offered_until__lt=as_of)
    return gone.update(state=Waiver.State.EXPIRED, closed_on=as_of)


def refuse_own_waiver(*, charge_ids: Collection[int], by_id: int | None) -> None:
    """Who asked for a waiver of a charge, or agreed to it, does not take the money for it (R000-D11)."""
    if by_id is None or not charge_ids:
        return
    ((is_own,),) = sql.rows("billing.charges", "own_waiver", {"charge_ids": list(charge_ids), "by_id": by_id})
    if is_own:
        raise NotYourWaiver(
            _("You asked for this waiver or agreed to it; somebody else must take the money.")
        )


def _checked(kind: str, reason: str, offered_until: date | None, on: date) -> Relief:
    if kind not in Waiver.Kind.values:
        raise NothingToWaive(_("Choose what is to be let off."), field="kind")
    if not reason.strip():
        raise ReasonMissing(_("Say why it should be let off."), field="reason")
    if offered_until is not None:
        if kind != Waiver.Kind.LATE_FEE:
            raise BadOffer(_("Only a late fee can be offered until a day."), field="offered_until")
        if not on <= offered_until <= on + timedelta(days=LONGEST_OFFER_DAYS):
            raise BadOffer(
                _("An offer ends today at the earliest and within a month."), field="offered_until"
            )
    return Relief(kind)


def _lines(relief: Relief, parts: Sequence[Part], opened: Mapping[int, OpenCharge]) -> list[WaiverLine]:
    lines = []
    if len({(part.charge_id, part.part) for part in parts}) < len(parts):
        raise NothingToWaive(_("Each charge stands once in a request."), field="charges")
    for charge_id, part, wanted_fen in parts:
        charge = opened.get(charge_id)
        if charge is None or (relief is Relief.LATE_FEE and part != _PART.LATE_FEE):
            raise NothingToWaive(_("A ticked charge is not owed any more. Look again."), field="charges")
        owed_fen = _owed_fen(charge, part)
        amount_fen = owed_fen if wanted_fen is None else wanted_fen
        if wanted_fen is not None and wanted_fen <= 0:
            raise NothingToWaive(_("The amount must be more than nothing."), field="amount")
        if amount_fen > owed_fen:
            raise NothingToWaive(_("No more than what is owed can be let off."), field="amount")
        if amount_fen:
            lines.append(WaiverLine(charge_id=charge_id, part=part, amount_fen=amount_fen))
    if not lines:
        raise NothingToWaive(_("Nothing of this is owed."), field="charges")
    return lines


def _owed_fen(charge: OpenCharge | None, part: str) -> int:
    if charge is None:
        return 0
    return charge.late_fee_fen if part == _PART.LATE_FEE else charge.unpaid_fen


def _facts(waiver: Waiver, card: AccountCard, chain: Sequence[str]) -> dict[str, object]:
    return {
        "waiver_id": waiver.pk,
        "waiver_kind": waiver.kind,
        "account_id": card.account_id,
        "unit_id": card.unit_id,
        "unit_code": card.unit_code,
        "party": card.party_name,
        "community": community_card(card.community_id).name,
        "amount_fen": waiver.amount_fen,
        "reason": waiver.reason,
        "offered_until": waiver.offered_until.isoformat() if waiver.offered_until else "",
        "chain": list(chain),
    }


def _refuse_twice(charge_ids: Collection[int]) -> None:
    waiting = WaiverLine.objects.filter(
        charge_id__in=list(charge_ids), waiver__state__in=[Waiver.State.ASKED, Waiver.State.OFFERED]
    )
    if waiting.exists():
        raise WaiverAsked(_("A request about one of these charges waits already, or an offer stands."))


def _ask(
    waiver: Waiver, role: str, facts: Mapping[str, object], community_id: int | None, at: datetime
) -> None:
    request = Request(
        kind=WAIVER,
        subject=f"{facts['community']} {facts['unit_code']}",
        role=role,
        facts=facts,
        community_id=community_id,
    )
    Waiver.objects.filter(pk=waiver.pk).update(approval_id=ask_all([request], asked_at=at)[0])


def _grant(waiver: Waiver, on: date, at: datetime) -> None:
    """As much as is still owed of what was asked; NothingToWaive when all of it was paid meanwhile."""
    opened = {c.charge_id: c for c in open_charges(account_ids=[waiver.account_id], as_of=on)}
    wanted = []
    for line in waiver.lines.order_by("pk"):
        charge = opened.get(line.charge_id)
        fen = min(line.amount_fen, _owed_fen(charge, line.part))
        if fen:
            write_off = waiver.kind == Waiver.Kind.WRITE_OFF
            kind = Adjustment.Kind.WRITE_OFF if write_off else Adjustment.Kind.WAIVER
            wanted.append(LetOff(line.charge_id, kind, line.part, fen, waiver.reason, waiver.pk))
    if not wanted:
        raise NothingToWaive(_("What this is about has been paid in the meantime."))
    adjust_charges(wanted=wanted, on=on, at=at)
    _close(waiver, Waiver.State.GRANTED, on)


def _close(waiver: Waiver, state: str, on: date) -> None:
    Waiver.objects.filter(pk=waiver.pk).update(state=state, closed_on=on)
