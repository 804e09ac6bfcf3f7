"""What was let off or may be: waivers with their lines, offers that stand, adjustments of a charge."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Final, NamedTuple

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from billing.charges.models import Adjustment, Waiver, WaiverLine
from tenancy.kernel import sql
from tenancy.kernel.errors import NotFound
from values.period import Period

PACKAGE: Final = "billing.charges"
WAIVER = "waiver"


class Offered(NamedTuple):
    """Late fee of a charge that is let off if its principal comes in by a day."""

    waiver_id: int
    charge_id: int
    amount_fen: int
    until: date
    reason: str


class WaiverLineRow(NamedTuple):
    """What of a charge a waiver is about."""

    charge_id: int
    fee_item: str
    period: Period
    due_on: date
    part: str
    amount_fen: int


class WaiverRow(NamedTuple):
    """A waiver as lists and its page show it. `granted_fen`: what was let off on it so far."""

    waiver_id: int
    account_id: int
    unit_id: int
    unit_code: str
    party_name: str
    kind: str
    state: str
    amount_fen: int
    granted_fen: int
    reason: str
    offered_until: date | None
    approval_id: int | None
    asked_by: str
    asked_by_id: int | None
    asked_on: date
    closed_on: date | None

    @property
    def kind_word(self) -> str:
        """The key of what it is about, among the words."""
        return f"waiver.{self.kind}"

    @property
    def state_word(self) -> str:
        """The key of its state, among the words."""
        return f"waiver.{self.state}"

    @property
    def tone(self) -> str:
        """How its state looks."""
        return {"ASKED": "warn", "OFFERED": "info", "GRANTED": "good"}.get(self.state, "quiet")


class AdjustmentRow(NamedTuple):
    """What a charge was lowered by without money; negative where it was taken back."""

    adjustment_id: int
    charge_id: int
    kind: str
    part: str
    amount_fen: int
    on: date
    reason: str
    waiver_id: int | None
    is_taken_back: bool


def offers_of(account_ids: Collection[int], *, day: date) -> dict[int, list[Offered]]:
    """Offers that stand on a day, by account; accounts without one are not in the answer."""
    rows = sql.rows(PACKAGE, "offers_of", {"account_ids": list(account_ids), "day": day})
    found: dict[int, list[Offered]] = {}
    for account_id, *offer in rows:
        found.setdefault(account_id, []).append(Offered(*offer))
    return found


def waivers(*, account_ids: Collection[int] | None = None) -> QuerySet[Waiver]:
    """Waivers, the newest first; of some accounts, or of all in sight."""
    found = Waiver.objects.filter(account__community_id__isnull=False).order_by("-pk")
    return found if account_ids is None else found.filter(account_id__in=list(account_ids))


def waiver_rows(page: Collection[Waiver]) -> list[WaiverRow]:
    """One page of waivers with what was let off on each."""
    ids = [row.pk for row in page]
    known = Waiver.objects.filter(pk__in=ids).select_related("account__unit", "account__party", "asked_by")
    by_id = {row.pk: row for row in known}
    granted: dict[int, int] = dict.fromkeys(ids, 0)
    for waiver_id, fen in Adjustment.objects.filter(waiver_id__in=ids).values_list("waiver_id", "amount_fen"):
        granted[waiver_id] += fen
    return [_row(by_id[pk], granted[pk]) for pk in ids if pk in by_id]


def waiver_card(waiver_id: int) -> tuple[WaiverRow, tuple[WaiverLineRow, ...]]:
    """One waiver with its lines; NotFound where it is not (or not yours)."""
    found = waivers().filter(pk=waiver_id).first()
    if found is None:
        raise NotFound(_("There is no such waiver."))
    lines = (
        WaiverLine.objects.filter(waiver_id=waiver_id)
        .order_by("charge__due_on", "pk")
        .values_list(
            "charge_id", "charge__fee_item__name", "charge__period", "charge__due_on", "part", "amount_fen"
        )
    )
    return waiver_rows([found])[0], tuple(
        WaiverLineRow(pk, item, Period(held.lower, held.upper), due_on, part, fen)
        for pk, item, held, due_on, part, fen in lines
    )


def adjustments_of(charge_ids: Collection[int]) -> list[AdjustmentRow]:
    """Everything that lowered these charges without money, oldest first."""
    rows = list(Adjustment.objects.filter(charge_id__in=list(charge_ids)).order_by("on", "pk"))
    gone = {row.reverses_id for row in rows if row.reverses_id}
    return [
        AdjustmentRow(
            row.pk, row.charge_id, row.kind, row.part, row.amount_fen, row.on, row.reason, row.waiver_id,
            row.pk in gone,
        )
        for row in rows
    ]  # fmt: skip


def _row(waiver: Waiver, granted_fen: int) -> WaiverRow:
    return WaiverRow(
        waiver_id=waiver.pk,
        account_id=waiver.account_id,
        unit_id=waiver.account.unit_id,
        unit_code=waiver.account.unit.code,
        party_name=waiver.account.party.name,
        kind=waiver.kind,
        state=waiver.state,
        amount_fen=waiver.amount_fen,
        granted_fen=granted_fen,
        reason=waiver.reason,
        offered_until=waiver.offered_until,
        approval_id=waiver.approval_id,
        asked_by=waiver.asked_by.name if waiver.asked_by else "",
        asked_by_id=waiver.asked_by_id,
        asked_on=waiver.asked_on,
        closed_on=waiver.closed_on,
    )
