"""A person decides about a transfer: whose it is, that it waits, or that it is none of ours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Final, NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _

from billing.banking.models import BankLine
from billing.charges.queries import account_card, account_cards
from billing.payments.queries.booked import transfers_booked
from billing.payments.services import Asked, Wish, take_payments
from tenancy.kernel.errors import Conflict, NotFound, Refused
from tenancy.kernel.scope import current_user_id
from tenancy.people.services import audit

State = BankLine.State
_OPEN: Final = (State.NEW, State.PROPOSED, State.SUSPENSE)
TRANSFER: Final = "TRANSFER"


class AlreadyDecided(Conflict):
    """Somebody was faster."""

    code = "banking.already_decided"


class NoProposal(Refused):
    """Without a proposal a person must say whose money it is."""

    code = "banking.no_proposal"


class OtherCommunity(Refused):
    """Money on one community's bank account cannot pay in another."""

    code = "banking.other_community"


class ReasonMissing(Refused):
    """What is none of ours, or waits, waits for a reason."""

    code = "banking.reason_missing"


class Confirmed(NamedTuple):
    """What was booked."""

    lines: int
    amount_fen: int


@transaction.atomic
def confirm_lines(chosen: Mapping[int, int | None], *, posted_on: date, at: datetime) -> Confirmed:
    """Book transfers: line -> the account it is for, or None for the one that is proposed.

    All of them, or none and a refusal. A line is booked once: its payment bears the bank's number, and a key
    made of the line. What stands at the counter under this number and amount is linked, not booked again.
    """
    lines = _locked(sorted(chosen))
    accounts = {line.pk: _account_of(line, chosen[line.pk]) for line in lines}
    _check_communities(lines, accounts)
    booked = _booked_before(lines, accounts)
    fresh = [line for line in lines if line.pk not in booked]
    asked = [Asked(_key(line), _wish(line, accounts[line.pk])) for line in fresh]
    taken = take_payments(asked, posted_on=posted_on, at=at)
    booked |= {line.pk: one.payment_id for line, one in zip(fresh, taken, strict=True)}
    for line in lines:
        line.state, line.account_id, line.payment_id = State.MATCHED, accounts[line.pk], booked[line.pk]
        line.decided_by_id, line.decided_at = current_user_id(), at
    BankLine.objects.bulk_update(
        lines, ["state", "account_id", "payment_id", "decided_by_id", "decided_at"], batch_size=1000
    )
    said = [audit.Entry("bank_line", line.pk, {"amount_fen": line.amount_fen}) for line in lines]
    audit.record_many("bank_line.confirmed", said)
    return Confirmed(len(lines), sum(line.amount_fen for line in lines))


@transaction.atomic
def keep_in_suspense(*, line_id: int, reason: str, at: datetime) -> None:
    """It stays in suspense (挂账), with a reason, until somebody knows whose it is."""
    line = one_open(line_id)
    _set(line, State.SUSPENSE, reason, at)
    audit.record("bank_line.kept", kind="bank_line", pk=line.pk, amount_fen=line.amount_fen, reason=line.note)


@transaction.atomic
def set_aside(*, line_id: int, reason: str, at: datetime) -> None:
    """None of ours: interest, a refund of a supplier, a transfer between own accounts."""
    line = one_open(line_id)
    _set(line, State.NOT_OURS, reason, at)
    audit.record(
        "bank_line.set_aside", kind="bank_line", pk=line.pk, amount_fen=line.amount_fen, reason=line.note
    )


def _set(line: BankLine, state: str, reason: str, at: datetime) -> None:
    if not reason.strip():
        raise ReasonMissing(_("Say why."), field="reason")
    line.state, line.account_id, line.note = state, None, reason.strip()[:200]
    line.decided_by_id, line.decided_at = current_user_id(), at
    line.save(update_fields=["state", "account_id", "note", "decided_by_id", "decided_at"])


def one_open(line_id: int) -> BankLine:
    """A line nobody has decided for good, locked. Raises NotFound, AlreadyDecided."""
    [line] = _locked([line_id])
    return line


def _locked(line_ids: Sequence[int]) -> list[BankLine]:
    lines = list(BankLine.objects.select_for_update().filter(pk__in=line_ids).order_by("on", "pk"))
    if len(lines) != len(line_ids):
        raise NotFound(_("There is no such bank line."))
    if any(line.state not in _OPEN for line in lines):
        raise AlreadyDecided(_("Somebody has just decided about this transfer. Look again."))
    return lines


def _account_of(line: BankLine, chosen: int | None) -> int:
    if chosen is not None:
        return chosen
    if line.state != State.PROPOSED or line.account_id is None:
        raise NoProposal(
            _("Nothing is proposed for this transfer: choose the unit it is for."), field="account"
        )
    return int(line.account_id)


def _check_communities(lines: Sequence[BankLine], accounts: Mapping[int, int]) -> None:
    cards = account_cards(sorted(set(accounts.values())))
    for line in lines:
        card = cards.get(accounts[line.pk]) or account_card(accounts[line.pk])
        if card.community_id != line.community_id:
            text = _("This unit belongs to another community than the bank account.")
            raise OtherCommunity(text, field="account")


def _booked_before(lines: Sequence[BankLine], accounts: Mapping[int, int]) -> dict[int, int]:
    """Lines that the counter has booked meanwhile: line -> payment."""
    found: dict[int, int] = {}
    for community_id in {line.community_id for line in lines}:
        ours = [line for line in lines if line.community_id == community_id]
        booked = transfers_booked({line.serial for line in ours}, community_id=community_id)
        for line in ours:
            same = [
                one.payment_id
                for one in booked.get(line.serial, ())
                if one.account_id == accounts[line.pk] and one.amount_fen == line.amount_fen
            ]
            if same:
                found[line.pk] = same[0]
    return found


def _key(line: BankLine) -> str:
    """One for each time the line is booked: a payment that was taken back has used up its own."""
    return f"bank-line-{line.pk}" + (f"-{line.reopened}" if line.reopened else "")


def _wish(line: BankLine, account_id: int) -> Wish:
    return Wish(
        account_id=account_id,
        amount_fen=line.amount_fen,
        method=TRANSFER,
        paid_on=line.on,
        reference=line.serial,
        payer_name=line.payer_name,
        note=line.remark,
    )
