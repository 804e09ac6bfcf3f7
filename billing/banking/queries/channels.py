"""Days of channels and what does not agree, as lists and pages show them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any, Final, NamedTuple

from django.db.models import Count, F, Q, QuerySet, Sum
from django.utils.translation import gettext as _

from billing.banking.models import ChannelException, ChannelFile
from tenancy.kernel.errors import NotFound

OUTCOMES: Final = (
    "MATCHED", "CHANNEL_ONLY", "SYSTEM_ONLY", "AMOUNT_DIFF", "STATUS_DIFF", "DUPLICATE", "DATE_SHIFT",
)  # fmt: skip


class ChannelDay(NamedTuple):
    """A day of a channel."""

    channel_file_id: int
    community_name: str
    channel: str
    day: date
    rows: int
    amount_fen: int
    refund_fen: int
    fee_fen: int
    counts: Mapping[str, int]
    prepared_by: str
    prepared_at: datetime
    open_exceptions: int

    @property
    def matched(self) -> int:
        """Rows that agree."""
        return self.counts.get("MATCHED", 0)

    @property
    def exceptions(self) -> int:
        """What does not."""
        return sum(self.counts.values()) - self.matched

    @property
    def by_outcome(self) -> list[tuple[str, int]]:
        """Every outcome with its count."""
        return [(outcome, self.counts.get(outcome, 0)) for outcome in OUTCOMES]


class ExceptionRow(NamedTuple):
    """Something that does not agree."""

    exception_id: int
    channel_file_id: int
    channel: str
    day: date
    outcome: str
    order_no: str
    channel_fen: int
    booked_fen: int
    state: str
    owner: str
    reason: str
    closure: str
    prepared_by_id: int | None
    prepared_by: str
    prepared_at: datetime | None
    reviewer: str
    closed_at: datetime | None
    payment_id: int | None
    community_name: str

    @property
    def tone(self) -> str:
        """How loud its state is."""
        return {"OPEN": "warn", "ANSWERED": "info"}.get(self.state, "good")


_EXCEPTION: Final = (
    "pk", "file_id", "file__channel", "file__day", "outcome", "order_no", "channel_fen", "booked_fen",
    "state", "owner__name", "reason", "closure", "prepared_by_id", "prepared_by__name", "prepared_at",
    "reviewer__name", "closed_at", "payment_id", "community__name",
)  # fmt: skip
_NAMES: Final = frozenset({"owner__name", "prepared_by__name", "reviewer__name"})


def channel_day_ids() -> QuerySet[ChannelFile, Any]:
    """The newest first."""
    return ChannelFile.objects.order_by("-day", "channel", "-pk").values_list("pk", flat=True)


def channel_days(ids: Collection[int]) -> list[ChannelDay]:
    """Days in the order of their ids."""
    wanted = list(ids)
    still_open = ChannelException.objects.filter(file_id__in=wanted).exclude(state="CLOSED")
    waiting = dict(still_open.order_by("file_id").values_list("file_id").annotate(n=Count("pk")))
    rows = ChannelFile.objects.filter(pk__in=wanted).values_list(
        "pk", "community__name", "channel", "day", "rows", "amount_fen", "refund_fen", "fee_fen", "counts",
        "prepared_by__name", "prepared_at",
    )  # fmt: skip
    by_id = {
        row[0]: ChannelDay._make((*row[:9], row[9] or "", row[10], waiting.get(row[0], 0))) for row in rows
    }
    return [by_id[pk] for pk in wanted if pk in by_id]


def channel_day(channel_file_id: int) -> ChannelDay:
    """One day; NotFound where it is not (or not yours)."""
    found = channel_days([channel_file_id])
    if not found:
        raise NotFound(_("There is no such day of a channel."))
    return found[0]


def exception_ids(
    *, state: str = "", outcome: str = "", channel_file_id: int | None = None
) -> QuerySet[ChannelException, Any]:
    """What waits for an answer first, the oldest day first."""
    found = ChannelException.objects.filter(_where(state, outcome, channel_file_id))
    return found.order_by(F("closed_at").asc(nulls_first=True), "file__day", "pk").values_list(
        "pk", flat=True
    )


def exception_rows(ids: Collection[int]) -> list[ExceptionRow]:
    """Exceptions in the order of their ids."""
    found = ChannelException.objects.filter(pk__in=list(ids)).values_list(*_EXCEPTION)
    by_id = {row[0]: ExceptionRow(*map(_shown, _EXCEPTION, row)) for row in found}
    return [by_id[pk] for pk in ids if pk in by_id]


def exception_row(exception_id: int) -> ExceptionRow:
    """One; NotFound where it is not (or not yours)."""
    found = exception_rows([exception_id])
    if not found:
        raise NotFound(_("There is no such exception."))
    return found[0]


def exception_sums(
    *, state: str = "", outcome: str = "", channel_file_id: int | None = None
) -> dict[str, int]:
    """The money of all that match."""
    found = ChannelException.objects.filter(_where(state, outcome, channel_file_id))
    sums = found.aggregate(channel_fen=Sum("channel_fen"), booked_fen=Sum("booked_fen"))
    return {name: int(value or 0) for name, value in sums.items()}


def _where(state: str, outcome: str, channel_file_id: int | None) -> Q:
    wanted = {"state": state, "outcome": outcome, "file_id": channel_file_id}
    return Q(**{name: value for name, value in wanted.items() if value})


def _shown(field: str, value: Any) -> Any:
    return "" if value is None and field in _NAMES else value
