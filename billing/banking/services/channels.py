"""A day of WeChat Pay or Alipay: read its file, find what does not agree, have it answered and closed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from typing import Final, NamedTuple

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from billing.banking.models import ChannelException, ChannelFile, ChannelRow
from billing.banking.rules import alipay, wechat
from billing.banking.rules.channel import Kind, Malformed, Row
from billing.banking.rules.reconcile import Outcome, Paid, Pair, reconcile
from billing.banking.rules.statement import Error, Wrong
from billing.banking.services.import_statement import StatementBad
from billing.payments.queries.booked import channel_payments
from owners.queries import community_card
from tenancy.kernel.errors import Conflict, Forbidden, NotFound, Refused
from tenancy.kernel.scope import current_user_id
from tenancy.people.services import audit, files

PURPOSE: Final = "channel"
_READERS: Final[dict[str, Callable[[bytes], list[Row]]]] = {"WECHAT": wechat.read, "ALIPAY": alipay.read}
_ONE_DAY: Final = timedelta(days=1)
State = ChannelException.State


class ChannelDayKnown(Conflict):
    """This day of the channel was reconciled before."""

    code = "banking.channel_day_known"


class DayNotOver(Refused):
    """The day is not over: its file cannot be complete."""

    code = "banking.day_not_over"


class UnknownChannel(Refused):
    """Neither WeChat Pay nor Alipay."""

    code = "banking.unknown_channel"


class AnswerMissing(Refused):
    """An exception is answered by why it is and what was done."""

    code = "banking.answer_missing"


class NotNow(Conflict):
    """The exception is answered, or closed, or not answered yet."""

    code = "banking.exception_not_now"


class SamePerson(Forbidden):
    """Who prepared an answer does not close it."""

    code = "banking.same_person"


class Reconciled(NamedTuple):
    """What a day came to."""

    file_id: int
    rows: int
    exceptions: int
    counts: dict[str, int]


@transaction.atomic
def import_channel_file(
    *, community_id: int, channel: str, day: date, content: bytes, name: str, at: datetime
) -> Reconciled:
    """Read a channel's file of a day whole and reconcile it with the day's payments. Nothing is booked.

    Refuses a malformed file with the line and the cell, and a second file of the day.
    """
    community = community_card(community_id)
    if channel not in _READERS:
        raise UnknownChannel(_("Choose WeChat Pay or Alipay."), field="channel")
    _check_day(community.id, channel, day, today=timezone.localtime(at).date())
    stored = files.store(
        content, name=name, purpose=PURPOSE, accept=(files.ZIP, files.CSV), community_id=community.id
    )
    rows = _read(channel, content, day)
    pairs = reconcile(rows, _payments(community.id, channel, day), day=day)
    counts = Counter(pair.outcome.value for pair in pairs)
    file = _once(
        ChannelFile(
            community_id=community.id,
            channel=channel,
            day=day,
            file=stored,
            rows=len(rows),
            amount_fen=sum(row.amount_fen for row in rows if row.kind is Kind.PAYMENT),
            refund_fen=sum(row.amount_fen for row in rows if row.kind is Kind.REFUND),
            fee_fen=sum(row.fee_fen for row in rows),
            counts=dict(counts),
            prepared_by_id=current_user_id(),
            prepared_at=at,
        )
    )
    exceptions = _keep(file, pairs)
    audit.record(
        "channel.reconciled", kind="channel_file", pk=file.pk, rows=len(rows), exceptions=exceptions,
        amount_fen=file.amount_fen, fee_fen=file.fee_fen,
    )  # fmt: skip
    return Reconciled(file.pk, len(rows), exceptions, dict(counts))


@transaction.atomic
def answer_exception(*, exception_id: int, reason: str, closure: str, at: datetime) -> None:
    """Its owner, or who takes it over, says why it is so and what was done about it."""
    found = _locked(exception_id)
    if found.state == State.CLOSED:
        raise NotNow(_("This exception is closed."))
    if not reason.strip() or not closure.strip():
        text = _("Say why it is so, and what was done about it.")
        raise AnswerMissing(text, field="closure" if reason.strip() else "reason")
    found.state, found.reason, found.closure = State.ANSWERED, reason.strip()[:200], closure.strip()[:200]
    found.owner_id = found.prepared_by_id = current_user_id()
    found.prepared_at = at
    found.save(update_fields=["state", "reason", "closure", "owner_id", "prepared_by_id", "prepared_at"])
    audit.record(
        "channel_exception.answered", kind="channel_exception", pk=found.pk, reason=found.reason,
        closure=found.closure,
    )  # fmt: skip


@transaction.atomic
def review_exception(*, exception_id: int, accept: bool, at: datetime) -> None:
    """Somebody else than who prepared the answer closes the exception, or sends it back."""
    found = _locked(exception_id)
    if found.state != State.ANSWERED:
        raise NotNow(_("There is no answer to review."))
    if found.prepared_by_id is None or found.prepared_by_id == current_user_id():
        raise SamePerson(_("Who prepared an answer does not close it. Ask somebody else."))
    if not accept:
        found.state = State.OPEN
        found.save(update_fields=["state"])
        audit.record("channel_exception.returned", kind="channel_exception", pk=found.pk)
        return
    found.state, found.reviewer_id, found.closed_at = State.CLOSED, current_user_id(), at
    found.save(update_fields=["state", "reviewer_id", "closed_at"])
    audit.record("channel_exception.closed", kind="channel_exception", pk=found.pk)


def _check_day(community_id: int, channel: str, day: date, *, today: date) -> None:
    if day >= today:
        raise DayNotOver(_("A channel's file of a day is complete the day after."), field="day")
    if ChannelFile.objects.filter(community_id=community_id, channel=channel, day=day).exists():
        raise _known()


def _once(file: ChannelFile) -> ChannelFile:
    """Write the day; somebody may just have done so."""
    try:
        with transaction.atomic():
            file.save()
    except IntegrityError as error:
        if "channel_day_once" not in str(error):
            raise
        raise _known() from error
    return file


def _known() -> ChannelDayKnown:
    text = _("This day of the channel was reconciled before. Nothing was changed.")
    return ChannelDayKnown(text, field="day")


def _read(channel: str, content: bytes, day: date) -> list[Row]:
    try:
        rows = _READERS[channel](content)
    except Malformed as malformed:
        raise StatementBad([malformed.error]) from malformed
    wrong = [Error(row.row, "", Wrong.OTHER_DAY, row.on.isoformat()) for row in rows if row.on != day]
    if wrong:
        raise StatementBad(wrong[:50])
    return rows


def _payments(community_id: int, channel: str, day: date) -> list[Paid]:
    """Ours of the day and of its neighbours, without what a neighbour's file has paired already."""
    paired = set(
        ChannelRow.objects.filter(
            file__community_id=community_id,
            file__channel=channel,
            file__day__range=(day - _ONE_DAY, day + _ONE_DAY),
        )
        .exclude(payment=None)
        .values_list("payment_id", flat=True)
    )
    found = channel_payments(channel, community_id=community_id, from_on=day - _ONE_DAY, to_on=day + _ONE_DAY)
    return [Paid(*payment) for payment in found if payment.payment_id not in paired]


def _keep(file: ChannelFile, pairs: Sequence[Pair]) -> int:
    """Rows with what was found of them; an exception for whatever does not agree, owned by who brought it."""
    rows = ChannelRow.objects.bulk_create(
        [_row(file, pair.row, pair) for pair in pairs if pair.row is not None], batch_size=2000
    )
    by_number = {row.row: row for row in rows}
    odd = [pair for pair in pairs if pair.outcome is not Outcome.MATCHED]
    ChannelException.objects.bulk_create(
        [
            ChannelException(
                community_id=file.community_id,
                file=file,
                row=by_number[pair.row.row] if pair.row else None,
                payment_id=pair.paid.payment_id if pair.paid else None,
                outcome=pair.outcome.value,
                order_no=pair.row.order_no if pair.row else pair.paid.reference if pair.paid else "",
                channel_fen=pair.row.amount_fen if pair.row else 0,
                booked_fen=pair.paid.amount_fen if pair.paid else 0,
                owner_id=current_user_id(),
            )
            for pair in odd
        ],
        batch_size=2000,
    )
    return len(odd)


def _row(file: ChannelFile, row: Row, pair: Pair) -> ChannelRow:
    return ChannelRow(
        file=file,
        row=row.row,
        kind=row.kind.value,
        on=row.on,
        order_no=row.order_no[:64],
        refund_no=row.refund_no[:64],
        channel_no=row.channel_no[:64],
        amount_fen=row.amount_fen,
        fee_fen=row.fee_fen,
        outcome=pair.outcome.value,
        payment_id=pair.paid.payment_id if pair.paid else None,
    )


def _locked(exception_id: int) -> ChannelException:
    found: ChannelException | None = (
        ChannelException.objects.select_for_update().filter(pk=exception_id).first()
    )
    if found is None:
        raise NotFound(_("There is no such exception."))
    return found
