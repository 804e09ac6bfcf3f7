"""Mandates, batches of debits and what came of them; who could be debited on a day, and why others not."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import Any, Final, NamedTuple

from django.db.models import Count, Q, QuerySet, Sum
from django.utils.translation import gettext as _

from billing.banking.models import DebitBatch, DebitItem, DebitProfile, Mandate
from billing.banking.rules import debit
from billing.banking.rules.debit import BUILT_IN, Profile
from billing.charges.queries import owed
from tenancy.kernel.errors import NotFound


class MandateRow(NamedTuple):
    """A mandate; of the number only its end."""

    mandate_id: int
    unit_id: int
    unit_code: str
    party_name: str
    community_name: str
    agreement_no: str
    holder_name: str
    bank: str
    tail: str
    limit_fen: int
    from_on: date
    to_on: date | None
    revoked_on: date | None
    file_id: int


class BatchRow(NamedTuple):
    """A batch."""

    batch_id: int
    number: str
    community_name: str
    profile_code: str
    debit_on: date
    state: str
    items: int
    amount_fen: int
    file_id: int
    return_file_id: int | None
    made_by: str
    made_at: datetime
    note: str
    booked_fen: int

    @property
    def tone(self) -> str:
        """How loud its state is."""
        return {"SENT": "info", "RETURNED": "good"}.get(self.state, "quiet")


class ItemRow(NamedTuple):
    """A debit and what came of it."""

    seq: int
    unit_id: int
    unit_code: str
    party_name: str
    amount_fen: int
    result: str
    actual_fen: int
    bank_code: str
    message: str
    serial: str
    debited_on: date | None
    payment_id: int | None


class Ready(NamedTuple):
    """A mandate that a bank may be asked for, and the amount; or why it may not."""

    mandate_id: int
    account_id: int
    unit_code: str
    party_name: str
    amount_fen: int
    skip: str


_MANDATE: Final = (
    "pk", "account__unit_id", "account__unit__code", "account__party__name", "community__name",
    "agreement_no", "holder_name", "bank", "tail", "limit_fen", "from_on", "to_on", "revoked_on", "file_id",
)  # fmt: skip
_BATCH: Final = (
    "pk", "number", "community__name", "profile_code", "debit_on", "state", "items", "amount_fen", "file_id",
    "return_file_id", "made_by__name", "made_at", "note",
)  # fmt: skip
_ITEM: Final = (
    "seq", "account__unit_id", "account__unit__code", "account__party__name", "amount_fen", "result",
    "actual_fen", "bank_code", "message", "serial", "debited_on", "payment_id",
)  # fmt: skip


def debit_profiles() -> list[Profile]:
    """The ways banks are asked, the built-in ones first."""
    return [*BUILT_IN.values(), *map(_profile, DebitProfile.objects.order_by("code"))]


def debit_profile(code: str) -> Profile:
    """One of them; NotFound where there is none."""
    if code in BUILT_IN:
        return BUILT_IN[code]
    found = DebitProfile.objects.filter(code=code).first()
    if found is None:
        raise NotFound(_("There is no such profile of direct debits."), field="profile")
    return _profile(found)


def _profile(row: DebitProfile) -> Profile:
    out = tuple((field, header) for field, header in row.out)
    results = {code: debit.Result(result) for code, result in row.results.items()}
    return Profile(row.code, row.name, out, row.back, results, row.delimiter, row.encoding, row.unit)


def ready(*, community_id: int, on: date, blocked: Collection[int]) -> list[Ready]:
    """Every mandate of a community that is not revoked: what would be debited on a day, or why not."""
    rows = list(
        Mandate.objects.filter(community_id=community_id)
        .filter(Q(revoked_on=None) | Q(revoked_on__gt=on))
        .order_by("account__unit__sort_key", "pk")
        .values_list(
            "pk", "account_id", "account__unit__code", "account__party__name", "from_on", "to_on",
            "revoked_on", "limit_fen",
        )
    )  # fmt: skip
    ids = sorted({row[1] for row in rows})
    debts = owed(account_ids=ids, as_of=on)
    waiting = set(
        DebitItem.objects.filter(account_id__in=ids, result="").values_list("account_id", flat=True)
    )
    found = []
    for pk, account_id, code, party, *terms in rows:
        owed_fen = debts[account_id].total_fen
        skip = debit.may_debit(
            debit.Mandate(*terms),
            owed_fen=owed_fen,
            on=on,
            blocked=account_id in blocked,
            waiting=account_id in waiting,
        )
        found.append(Ready(pk, account_id, code, party, owed_fen, skip.value if skip else ""))
    return found


def mandate_ids(words: str = "") -> QuerySet[Mandate, Any]:
    """Those that stand first, by room."""
    named = Q(account__unit__code=words.upper()) | Q(agreement_no=words) | Q(holder_name__icontains=words)
    found = Mandate.objects.filter(named if words else Q())
    return found.order_by("revoked_on", "account__unit__sort_key", "pk").values_list("pk", flat=True)


def mandate_rows(ids: Collection[int]) -> list[MandateRow]:
    """Mandates in the order of their ids."""
    by_id = {
        row[0]: MandateRow(*row) for row in Mandate.objects.filter(pk__in=list(ids)).values_list(*_MANDATE)
    }
    return [by_id[pk] for pk in ids if pk in by_id]


def mandate_row(mandate_id: int) -> MandateRow:
    """One; NotFound where it is not (or not yours)."""
    found = mandate_rows([mandate_id])
    if not found:
        raise NotFound(_("There is no such mandate."))
    return found[0]


def batch_ids() -> QuerySet[DebitBatch, Any]:
    """The newest first."""
    return DebitBatch.objects.order_by("-made_at", "-pk").values_list("pk", flat=True)


def batch_rows(ids: Collection[int]) -> list[BatchRow]:
    """Batches in the order of their ids."""
    wanted = list(ids)
    sums = DebitItem.objects.filter(batch_id__in=wanted).order_by("batch_id").values_list("batch_id")
    booked = dict(sums.annotate(fen=Sum("actual_fen")))
    rows = DebitBatch.objects.filter(pk__in=wanted).values_list(*_BATCH)
    by_id = {
        row[0]: BatchRow._make((*row[:10], row[10] or "", *row[11:], int(booked.get(row[0], 0))))
        for row in rows
    }
    return [by_id[pk] for pk in wanted if pk in by_id]


def batch_row(debit_batch_id: int) -> BatchRow:
    """One; NotFound where it is not (or not yours)."""
    found = batch_rows([debit_batch_id])
    if not found:
        raise NotFound(_("There is no such batch of direct debits."))
    return found[0]


def items_of(debit_batch_id: int) -> QuerySet[DebitItem, Any]:
    """A batch's debits in their order, as ids."""
    return DebitItem.objects.filter(batch_id=debit_batch_id).order_by("seq").values_list("pk", flat=True)


def item_rows(ids: Collection[int]) -> list[ItemRow]:
    """Debits by their number."""
    rows = DebitItem.objects.filter(pk__in=list(ids)).order_by("seq").values_list(*_ITEM)
    return [ItemRow(*row) for row in rows]


def results_of(debit_batch_id: int) -> list[tuple[str, int]]:
    """How many debits came to what; "" waits."""
    rows = DebitItem.objects.filter(batch_id=debit_batch_id).order_by("result").values_list("result")
    return list(rows.annotate(n=Count("pk")))
