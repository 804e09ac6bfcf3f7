"""Direct debit: keep what payers signed, send a batch to the bank, book what came of it once."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Final, NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _

from billing.banking.models import DebitBatch, DebitItem, Mandate
from billing.banking.queries.debits import Ready, debit_profile, ready
from billing.banking.rules.channel import Malformed
from billing.banking.rules.debit import Answer, Item, check, read, write
from billing.banking.rules.statement import Error, Wrong
from billing.banking.services.import_statement import StatementBad
from billing.charges.queries import account_card
from billing.payments.services import Asked, Wish, take_payments
from owners.queries import community_card
from tenancy.kernel.errors import Conflict, NotFound, Refused
from tenancy.kernel.scope import current_user_id
from tenancy.people.services import audit, files

DEBIT: Final = "DEBIT"
_TAIL: Final = 4
_PURPOSE: Final = "物业费"
State = DebitBatch.State


class BadMandate(Refused):
    """An authorisation that could never be used."""

    code = "banking.bad_mandate"


class MandateKnown(Conflict):
    """The account has a mandate already, or the agreement's number is taken."""

    code = "banking.mandate_known"


class MandateRevoked(Conflict):
    """It was revoked before."""

    code = "banking.mandate_revoked"


class NobodyToDebit(Refused):
    """No mandate may be used on that day."""

    code = "banking.nobody_to_debit"


class BatchOver(Conflict):
    """The batch has returned, or was called off."""

    code = "banking.batch_over"


class Returned(NamedTuple):
    """What came of a batch."""

    booked: int
    failed: int
    amount_fen: int


@transaction.atomic
def add_mandate(
    *,
    account_id: int,
    agreement_no: str,
    holder_name: str,
    bank: str,
    number: str,
    limit_fen: int,
    from_on: date,
    to_on: date | None,
    content: bytes,
    name: str,
    at: datetime,
) -> int:
    """A signed authorisation with its paper. Refuses one without a limit, and a second one of an account."""
    card = account_card(account_id)
    digits = "".join(number.split())
    if not (digits.isascii() and digits.isalnum() and 6 <= len(digits) <= 40):
        raise BadMandate(_("This is no number of a bank account."), field="number")
    if limit_fen <= 0:
        raise BadMandate(_("A mandate has a limit of more than nothing."), field="limit")
    if to_on is not None and to_on < from_on:
        raise BadMandate(_("This day comes before the first one."), field="to_on")
    standing = Mandate.objects.filter(account_id=account_id, revoked_on=None)
    if standing.exists() or Mandate.objects.filter(agreement_no=agreement_no).exists():
        text = _("The account has a mandate already, or the agreement's number is taken.")
        raise MandateKnown(text, field="agreement_no")
    mandate = Mandate.objects.create(
        community_id=card.community_id,
        account_id=account_id,
        agreement_no=agreement_no,
        holder_name=holder_name,
        bank=bank,
        number=digits,
        tail=digits[-_TAIL:],
        limit_fen=limit_fen,
        from_on=from_on,
        to_on=to_on,
        file=files.store(
            content,
            name=name,
            purpose="mandate",
            accept=(files.PDF, *files.IMAGES),
            community_id=card.community_id,
        ),
        added_by_id=current_user_id(),
        added_at=at,
    )
    audit.record("mandate.added", kind="mandate", pk=mandate.pk, number=agreement_no, limit_fen=limit_fen)
    return int(mandate.pk)


@transaction.atomic
def revoke_mandate(*, mandate_id: int, on: date, reason: str) -> None:
    """The payer takes it back: from that day on nobody is debited on it."""
    if not reason.strip():
        raise BadMandate(_("Say why."), field="reason")
    mandate = Mandate.objects.select_for_update().filter(pk=mandate_id).first()
    if mandate is None:
        raise NotFound(_("There is no such mandate."))
    if mandate.revoked_on is not None:
        raise MandateRevoked(_("This mandate was revoked before."))
    mandate.revoked_on, mandate.revoke_reason = on, reason.strip()[:200]
    mandate.save(update_fields=["revoked_on", "revoke_reason"])
    audit.record("mandate.revoked", kind="mandate", pk=mandate.pk, reason=mandate.revoke_reason)


@transaction.atomic
def make_batch(
    *, community_id: int, profile_code: str, debit_on: date, blocked: Collection[int], at: datetime
) -> int:
    """Ask the bank for what every account with a good mandate owes on the day. Never a blocked account.

    `blocked`: accounts that are disputed or held, from whoever knows. Nothing is booked.
    """
    community = community_card(community_id)
    profile = debit_profile(profile_code)
    _lock(community.id)
    chosen = [one for one in ready(community_id=community.id, on=debit_on, blocked=blocked) if not one.skip]
    if not chosen:
        raise NobodyToDebit(_("No mandate of this community can be used on that day."))
    number = _number(community.code, debit_on)
    items = _items(chosen)
    content = write(items, profile, batch_no=number, on=debit_on, purpose=_PURPOSE)
    batch = DebitBatch.objects.create(
        community_id=community.id,
        number=number,
        profile_code=profile.code,
        debit_on=debit_on,
        items=len(items),
        amount_fen=sum(item.amount_fen for item in items),
        file=files.store(
            content,
            name=f"{number}.csv",
            purpose="debit_batch",
            accept=(files.CSV,),
            community_id=community.id,
        ),
        made_by_id=current_user_id(),
        made_at=at,
    )
    DebitItem.objects.bulk_create(
        [
            DebitItem(
                batch=batch,
                seq=seq,
                mandate_id=one.mandate_id,
                account_id=one.account_id,
                amount_fen=one.amount_fen,
            )
            for seq, one in enumerate(chosen, 1)
        ],
        batch_size=2000,
    )
    audit.record(
        "debit_batch.made", kind="debit_batch", pk=batch.pk, rows=batch.items, amount_fen=batch.amount_fen
    )
    return int(batch.pk)


@transaction.atomic
def read_return(*, debit_batch_id: int, content: bytes, name: str, posted_on: date, at: datetime) -> Returned:
    """Read the bank's answer to a batch, once: success is booked, failure leaves the bill open.

    Refuses a second file, one of another batch, one that is not whole, and one with more than was asked.
    """
    batch = _sent(debit_batch_id)
    items = {item.seq: item for item in DebitItem.objects.filter(batch_id=batch.pk)}
    stored = files.store(
        content, name=name, purpose="debit_return", accept=(files.CSV,), community_id=batch.community_id
    )
    answers = _answers(batch, items, content, posted_on)
    paid = [answer for answer in answers if answer.actual_fen]
    asked = [Asked(f"debit-{batch.pk}-{answer.seq}", _wish(items[answer.seq], answer)) for answer in paid]
    taken = take_payments(asked, posted_on=posted_on, at=at)
    payments = {answer.seq: one.payment_id for answer, one in zip(paid, taken, strict=True)}
    for answer in answers:
        item = items[answer.seq]
        item.result, item.actual_fen, item.bank_code = answer.result.value, answer.actual_fen, answer.code
        item.message, item.serial, item.debited_on = answer.message, answer.serial, answer.on
        item.payment_id = payments.get(answer.seq)
    changed = ["result", "actual_fen", "bank_code", "message", "serial", "debited_on", "payment_id"]
    DebitItem.objects.bulk_update(items.values(), changed, batch_size=1000)
    batch.state, batch.return_file, batch.ended_at = State.RETURNED, stored, at
    batch.save(update_fields=["state", "return_file", "ended_at"])
    done = Returned(len(paid), len(answers) - len(paid), sum(answer.actual_fen for answer in paid))
    audit.record("debit_batch.returned", kind="debit_batch", pk=batch.pk, **done._asdict())
    return done


@transaction.atomic
def call_off(*, debit_batch_id: int, reason: str, at: datetime) -> None:
    """A batch that the bank never got, or gave back unread: its accounts may be asked for again."""
    if not reason.strip():
        raise BadMandate(_("Say why."), field="reason")
    batch = _sent(debit_batch_id)
    DebitItem.objects.filter(batch_id=batch.pk).update(result="CALLED_OFF")
    batch.state, batch.note, batch.ended_at = State.CALLED_OFF, reason.strip()[:200], at
    batch.save(update_fields=["state", "note", "ended_at"])
    audit.record("debit_batch.called_off", kind="debit_batch", pk=batch.pk, reason=batch.note)


def _lock(community_id: int) -> None:
    """One batch of a community after the other: the second sees who waits for the first."""
    mandates = Mandate.objects.select_for_update().filter(community_id=community_id)
    list(mandates.order_by("pk").values_list("pk", flat=True))


def _sent(debit_batch_id: int) -> DebitBatch:
    batch: DebitBatch | None = DebitBatch.objects.select_for_update().filter(pk=debit_batch_id).first()
    if batch is None:
        raise NotFound(_("There is no such batch of direct debits."))
    if batch.state != State.SENT:
        raise BatchOver(_("This batch has returned or was called off. Nothing was changed."), field="file")
    return batch


def _number(community_code: str, on: date) -> str:
    start = f"DK-{community_code}-{on:%Y%m%d}-"
    return f"{start}{DebitBatch.objects.filter(number__startswith=start).count() + 1:02d}"


def _items(chosen: Sequence[Ready]) -> list[Item]:
    ids = [one.mandate_id for one in chosen]
    mandates = {mandate.pk: mandate for mandate in Mandate.objects.filter(pk__in=ids)}
    return [
        Item(
            seq,
            mandates[one.mandate_id].agreement_no,
            mandates[one.mandate_id].number,
            mandates[one.mandate_id].holder_name,
            one.amount_fen,
            one.unit_code,
        )
        for seq, one in enumerate(chosen, 1)
    ]


def _answers(batch: DebitBatch, items: dict[int, DebitItem], content: bytes, posted_on: date) -> list[Answer]:
    try:
        answers = read(content, debit_profile(batch.profile_code), batch_no=batch.number)
        check({seq: item.amount_fen for seq, item in items.items()}, answers)
    except Malformed as malformed:
        raise StatementBad([malformed.error]) from malformed
    late = [one for one in answers if one.on is not None and one.on > posted_on]
    if late:
        raise StatementBad([Error(one.row, "", Wrong.DATE_FUTURE, str(one.on)) for one in late[:50]])
    return answers


def _wish(item: DebitItem, answer: Answer) -> Wish:
    return Wish(
        account_id=item.account_id,
        amount_fen=answer.actual_fen,
        method=DEBIT,
        paid_on=answer.on or item.batch.debit_on,
        reference=answer.serial,
    )
