"""What the outbox answers: lists for screens, facts for the ladder, what waits per building."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db.models import Count, F, Max, Min, Q, QuerySet

from notices.models import Attempt, Delivery, Notice
from tenancy.kernel.errors import NotFound

_S = Notice.State
STATES = tuple(_S.values)
# A paper waits until it is delivered; one that was posted or left somewhere still waits for its proof.
WAITING = (_S.QUEUED, _S.SENT)
FOR_OWNERS = (
    Notice.Kind.BILL_NOTICE,
    Notice.Kind.DEMAND,
    Notice.Kind.SECOND_DEMAND,
    Notice.Kind.LAWYER_LETTER,
)


@dataclass(frozen=True, slots=True)
class Filter:
    """What a list of notices is narrowed to; empty means all."""

    kind: str = ""
    state: str = ""
    channel: str = ""
    community_id: int | None = None
    unit_id: int | None = None
    account_id: int | None = None
    issued_on: date | None = None
    number: str = ""


OUTSIDE = 0  # as building_id: what stands in no building, parking bays above all


class WaitingRow(NamedTuple):
    """What waits in one building (OUTSIDE: in none), per kind and day of issue."""

    community_id: int
    community_name: str
    building_id: int
    building_name: str
    kind: str
    issued_on: date
    papers: int
    handed_over: int


class NoticeRow(NamedTuple):
    """One notice in a list."""

    id: int
    kind: str
    channel: str
    state: str
    number: str
    issued_on: date
    community_id: int
    community_name: str
    unit_id: int | None
    unit_code: str | None
    party_id: int
    party_name: str
    account_id: int | None
    subject: str
    attempts: int
    reason_code: str
    reason_params: dict[str, Any]
    sent_at: datetime | None
    delivered_on: date | None
    gates_open_on: date | None
    printed_at: datetime | None
    file_id: int | None

    @property
    def reason(self) -> dict[str, Any] | None:
        """Why it did not go out, for the `reason` filter; None when there is nothing to say."""
        return {"code": self.reason_code, "params": self.reason_params} if self.reason_code else None


class WaitingNotice(NamedTuple):
    """One paper that waits. Holds no name and no amount: a patrol reads this."""

    notice_id: int
    unit_code: str
    kind: str
    number: str
    issued_on: date
    state: str
    delivered_on: date | None = None


class DocumentFact(NamedTuple):
    """A paper document of an account, as the ladder and the courts look at it."""

    notice_id: int
    account_id: int
    kind: str
    number: str
    state: str
    issued_on: date
    delivered_on: date | None
    gates_open_on: date | None
    interrupted_on: date | None
    method: str
    charge_ids: tuple[int, ...]


class DeliveryRow(NamedTuple):
    """One recorded delivery, with what it counts for."""

    id: int
    method: str
    result: str
    on: date
    handed_over_by: str
    receiver: str
    receiver_name: str
    relation: str
    waybill: str
    agreed_address: bool
    note: str
    photo_id: int | None
    signature_id: int | None
    delivered: bool
    opens_gates: bool
    interrupts: bool
    recorded_by: str | None
    recorded_at: datetime


class AttemptRow(NamedTuple):
    """One call of a gateway."""

    at: datetime
    outcome: str
    provider_id: str
    detail: dict[str, Any]

    @property
    def reason(self) -> dict[str, Any] | None:
        """What the gateway's refusal was, for the `reason` filter."""
        code = self.detail.get("code")
        return {"code": code, "params": self.detail} if code else None


@dataclass(frozen=True, slots=True)
class NoticePage:
    """Everything the page of one notice shows."""

    row: NoticeRow
    body: str
    contact: str
    file_sha256: str
    is_paper: bool
    may_print: bool
    may_deliver: bool
    deliveries: list[DeliveryRow]
    attempts: list[AttemptRow]


def notices(chosen: Filter) -> QuerySet[Any]:
    """The ids of notices for lists, newest first: counting them must not join what a row shows."""
    found: QuerySet[Any] = Notice.objects.filter(**_conditions(chosen)).order_by("-pk")
    return found.values_list("pk", flat=True)


def as_rows(notice_ids: Iterable[int]) -> list[NoticeRow]:
    """A page of what `notices` found, newest first."""
    rows = (
        Notice.objects.filter(pk__in=list(notice_ids))
        .annotate(unit_code=F("unit__code"), community_name=F("community__name"), party_name=F("party__name"))
        .order_by("-pk")
        .values_list(*NoticeRow._fields)
    )
    return [NoticeRow(*row) for row in rows]


def counts(chosen: Filter) -> dict[str, int]:
    """How many wait or are in doubt, whatever state is chosen; what is done grows for years: not counted."""
    conditions = {name: value for name, value in _conditions(chosen).items() if name != "state"}
    waiting = Notice.objects.filter(**conditions, state=_S.QUEUED).count()
    in_doubt = Notice.objects.filter(**conditions, state=_S.UNKNOWN).count()
    return {_S.QUEUED.value: waiting, _S.UNKNOWN.value: in_doubt}


def notice_page(notice_id: int) -> NoticePage:
    """One notice with its deliveries and attempts; NotFound when it is not there or not yours."""
    notice = get(notice_id)
    (row,) = as_rows(notices(Filter()).filter(pk=notice_id))
    is_paper = notice.channel == Notice.Channel.PAPER
    stands = notice.state not in (_S.WITHDRAWN, _S.SKIPPED)
    return NoticePage(
        row=row,
        body=notice.body,
        contact=notice.contact.masked if notice.contact else "",
        file_sha256=notice.file.sha256 if notice.file else "",
        is_paper=is_paper,
        may_print=is_paper and (stands or notice.file is not None),
        may_deliver=is_paper and stands and notice.kind in FOR_OWNERS,
        deliveries=deliveries_of(notice_id),
        attempts=[
            AttemptRow(*found)
            for found in Attempt.objects.filter(notice_id=notice_id)
            .order_by("-at", "-pk")
            .values_list(*AttemptRow._fields)
        ],
    )


def deliveries_of(notice_id: int) -> list[DeliveryRow]:
    """The recorded deliveries of a notice, newest first."""
    fields = ["recorded_by__name" if name == "recorded_by" else name for name in DeliveryRow._fields]
    rows = Delivery.objects.filter(notice_id=notice_id).order_by("-on", "-pk").values_list(*fields)
    return [DeliveryRow(*row) for row in rows]


def get(notice_id: int) -> Notice:
    """The notice with what it points to; NotFound."""
    related = ("unit", "community", "party", "contact", "file")
    notice: Notice | None = Notice.objects.select_related(*related).filter(pk=notice_id).first()
    if notice is None:
        raise NotFound()
    return notice


def preview_of(kind: str, data: Mapping[str, Any]) -> Notice:
    """A paper that is not there yet, to be looked at: it has no number and stands in no outbox."""
    return Notice(pk=0, kind=kind, data={**data, "number": data.get("number") or "（草稿）"})


def standing(notice_ids: Collection[int]) -> dict[int, tuple[str, str]]:
    """Kind and state of some notices; those that are not there are left out."""
    rows = Notice.objects.filter(pk__in=list(notice_ids)).values_list("pk", "kind", "state")
    return {pk: (kind, state) for pk, kind, state in rows}


def waiting_by_building(*, community_id: int | None = None, kind: str = "") -> list[WaitingRow]:
    """Papers not delivered yet, grouped by building, kind and day of issue; oldest round first."""
    rows = (
        _waiting()
        .filter(**_conditions(Filter(kind=kind, community_id=community_id)))
        .values_list(
            "community_id",
            "community__name",
            "unit__building_id",
            "unit__building__name",
            "kind",
            "issued_on",
        )
        .annotate(n=Count("pk"), handed_over=Count("pk", filter=Q(state=_S.SENT)), at=Min("unit__sort_key"))
        .order_by("issued_on", "kind", "community__name", "at")
    )
    return [
        WaitingRow(community_id, community, building_id or OUTSIDE, building or "", *rest[:4])
        for community_id, community, building_id, building, *rest in rows
    ]


def waiting_notices(
    *, community_id: int, building_id: int | None, kind: str, issued_on: date | None = None
) -> list[WaitingNotice]:
    """The papers that wait in a building (None: in the community), in the order one walks through it."""
    rows = _in(_waiting(), community_id, building_id, kind, issued_on).values_list(
        "pk", "unit__code", "kind", "number", "issued_on", "state"
    )
    return [WaitingNotice(pk, code or "", *rest) for pk, code, *rest in rows]


def waiting_ids(
    *, community_id: int, building_id: int | None, kind: str, issued_on: date | None = None
) -> list[int]:
    """The ids of the same papers, without those already handed over and waiting for their proof."""
    rows = _in(_waiting(), community_id, building_id, kind, issued_on).filter(state=_S.QUEUED)
    return list(rows.values_list("pk", flat=True))


def paper(notice_id: int) -> WaitingNotice:
    """One paper for those who carry it: no name, no amount. NotFound for messages and court papers too."""
    rows = Notice.objects.filter(pk=notice_id, channel=Notice.Channel.PAPER, kind__in=FOR_OWNERS)
    columns = ("pk", "unit__code", "kind", "number", "issued_on", "state", "delivered_on")
    found = rows.values_list(*columns).first()
    if found is None:
        raise NotFound()
    return WaitingNotice(found[0], found[1] or "", *found[2:])


def to_print(
    *, community_id: int, building_id: int | None, kind: str, issued_on: date | None = None
) -> QuerySet[Any]:
    """What a print round takes: the papers of a building (None: of the community) that nobody has yet."""
    rows = Notice.objects.filter(channel=Notice.Channel.PAPER, state=_S.QUEUED)
    return _in(rows, community_id, building_id, kind, issued_on).select_related("file")


def undelivered_among(notice_ids: Collection[int]) -> dict[str, list[int]]:
    """Of these notices the papers to owners that nobody handed over yet: ids by kind."""
    rows = _waiting().filter(pk__in=notice_ids, state=_S.QUEUED).order_by("kind", "unit__sort_key", "pk")
    found: dict[str, list[int]] = {}
    for kind, pk in rows.values_list("kind", "pk"):
        found.setdefault(kind, []).append(pk)
    return found


def history_of_unit(unit_id: int, *, limit: int = 100) -> list[NoticeRow]:
    """The notices of a unit, newest first."""
    return as_rows(notices(Filter(unit_id=unit_id))[:limit])


def count_of_unit(unit_id: int) -> int:
    """How many notices a unit has had."""
    return int(Notice.objects.filter(unit_id=unit_id).count())


def charges_of_number(numbers: Collection[str]) -> set[int]:
    """The charges that the papers of these numbers are about."""
    found = Notice.objects.filter(number__in=[number for number in numbers if number])
    return {charge_id for ids in found.values_list("charge_ids", flat=True) for charge_id in ids}


def by_number(numbers: Collection[str]) -> list[NoticeRow]:
    """The papers of these numbers."""
    return as_rows(notices(Filter()).filter(number__in=[number for number in numbers if number]))


def given_to(party_ids: Collection[int]) -> QuerySet[Any]:
    """What these parties were given to read, newest first: bills once issued, all else once it left.

    Court papers go to the court; what was withdrawn or never left was not said.
    """
    left = Q(state__in=(_S.SENT, _S.DELIVERED))
    said = Q(kind=Notice.Kind.BILL_NOTICE, state=_S.QUEUED) | left
    papers = Q(kind__in=FOR_OWNERS) | ~Q(channel=Notice.Channel.PAPER)
    rows: QuerySet[Any] = (
        Notice.objects.filter(said, papers, party_id__in=list(party_ids))
        .annotate(unit_code=F("unit__code"), community_name=F("community__name"))
        .defer("data")
        .order_by("-issued_on", "-pk")
    )
    return rows


def documents_of(account_ids: Collection[int], *, kinds: Collection[str] | None = None) -> list[DocumentFact]:
    """The paper documents of accounts (of some kinds) with how they arrived, oldest first; withdrawn ones
    left out."""
    papers = Notice.objects.filter(account_id__in=account_ids, channel=Notice.Channel.PAPER)
    if kinds is not None:
        papers = papers.filter(kind__in=kinds)
    rows = (
        papers.exclude(state__in=(_S.WITHDRAWN, _S.SKIPPED))
        .annotate(
            interrupted_on=Min("deliveries__on", filter=Q(deliveries__interrupts=True)),
            how=Max("deliveries__method", filter=Q(deliveries__delivered=True)),
        )
        .order_by("issued_on", "pk")
        .values_list(
            "pk", "account_id", "kind", "number", "state", "issued_on", "delivered_on", "gates_open_on",
            "interrupted_on", "how", "charge_ids",
        )
    )  # fmt: skip
    return [DocumentFact._make((*said, how or "", tuple(charge_ids))) for *said, how, charge_ids in rows]


def _conditions(chosen: Filter) -> dict[str, Any]:
    values = {name: getattr(chosen, name) for name in Filter.__slots__}
    return {name: value for name, value in values.items() if value not in ("", None)}


def _waiting() -> QuerySet[Any]:
    return Notice.objects.filter(channel=Notice.Channel.PAPER, state__in=WAITING, kind__in=FOR_OWNERS)


def _in(
    rows: QuerySet[Any], community_id: int, building_id: int | None, kind: str, issued_on: date | None
) -> QuerySet[Any]:
    rows = rows.filter(community_id=community_id, kind=kind)
    if building_id is not None:
        rows = rows.filter(unit__building_id=building_id or None)
    if issued_on is not None:
        rows = rows.filter(issued_on=issued_on)
    return rows.order_by("unit__sort_key", "pk")
