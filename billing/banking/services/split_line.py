"""One transfer for several accounts: an owner of two flats, a company that pays for many."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final, NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _

from billing.banking.models import BankLine
from billing.banking.services.decide import Confirmed, State, confirm_lines, one_open
from tenancy.kernel.errors import Refused
from tenancy.kernel.scope import current_user_id
from tenancy.people.services import audit

MOST_PARTS: Final = 200
_CARRIED: Final = (
    "community_id", "bank_account_id", "file_id", "row", "on", "payer_name", "payer_account", "payer_hash",
    "payer_tail", "serial", "remark",
)  # fmt: skip


class BadSplit(Refused):
    """The parts are not a division of the transfer."""

    code = "banking.bad_split"


class Part(NamedTuple):
    """What of a transfer is for an account."""

    account_id: int
    amount_fen: int


@transaction.atomic
def split_line(*, line_id: int, parts: Sequence[Part], posted_on: date, at: datetime) -> Confirmed:
    """Book a transfer on several accounts; what is left of it stays in suspense as a part of its own.

    The line itself is then divided: its parts carry its money, and each is taken back like any transfer.
    Raises NotFound, AlreadyDecided, BadSplit, OtherCommunity and what take_payments refuses.
    """
    line = one_open(line_id)
    rest_fen = _rest_of(line, parts)
    line.state, line.account_id, line.score, line.reasons = State.SPLIT, None, 0, []
    line.decided_by_id, line.decided_at = current_user_id(), at
    line.save(update_fields=["state", "account_id", "score", "reasons", "decided_by_id", "decided_at"])
    made = [BankLine.objects.create(**_like(line), amount_fen=part.amount_fen) for part in parts]
    if rest_fen:
        BankLine.objects.create(
            **_like(line), amount_fen=rest_fen, state=State.SUSPENSE, reasons=["suspense.rest"]
        )
    audit.record(
        "bank_line.split",
        kind="bank_line",
        pk=line.pk,
        amount_fen=line.amount_fen,
        parts=len(made),
        rest_fen=rest_fen,
    )
    chosen = {new.pk: part.account_id for new, part in zip(made, parts, strict=True)}
    return confirm_lines(chosen, posted_on=posted_on, at=at)


def _rest_of(line: BankLine, parts: Sequence[Part]) -> int:
    """What no part takes; refuses what is no division."""
    if not 1 <= len(parts) <= MOST_PARTS or len({part.account_id for part in parts}) != len(parts):
        raise BadSplit(_("Name each account once, with what is for it."), field="parts")
    if any(part.amount_fen <= 0 for part in parts):
        raise BadSplit(_("Each part must be more than nothing."), field="parts")
    rest_fen = int(line.amount_fen) - sum(part.amount_fen for part in parts)
    if rest_fen < 0:
        raise BadSplit(_("The parts are more than what came in."), field="parts")
    if len(parts) == 1 and rest_fen == 0:
        raise BadSplit(_("That is all of it for one account: book it there."), field="parts")
    return rest_fen


def _like(line: BankLine) -> dict[str, object]:
    return {name: getattr(line, name) for name in _CARRIED} | {"split_of_id": line.pk}
