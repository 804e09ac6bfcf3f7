"""Applications: the list, one with its chain, charges and proof, and what an account may ask for."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from django.db.models import QuerySet, Sum
from django.utils.translation import gettext as _

from arrears.cases.queries import is_noted
from arrears.relief.models import Application, ApplicationCharge, Proof
from arrears.relief.queries.debt_now import DebtNow, debt_now, undisputed_charges
from arrears.relief.queries.plans import PlanRow, plan_rows
from arrears.relief.rules.applications import OPEN, WAITING, Kind, State, acknowledges
from arrears.relief.rules.instalments import Part, Wanted, last_day, refuse_wanted, schedule
from billing.charges.queries import OpenCharge
from owners.queries import find_units
from tenancy.kernel.errors import NotFound
from tenancy.people.models import Approval
from values.because import Because
from values.period import Period

_TONES = {
    "ASKED": "warn",
    "CHECKED": "warn",
    "APPROVED": "warn",
    "RUNNING": "good",
    "KEPT": "good",
    "BROKEN": "late",
}
FOUND_UNITS = 500


@dataclass(frozen=True, slots=True)
class ApplicationFilter:
    """What the list is narrowed to; "" and None mean any. `state` OPEN: all that waits or runs."""

    kind: str = ""
    state: str = ""
    text: str = ""
    community_id: int | None = None


class ApplicationRow(NamedTuple):
    """An application as people see it."""

    application_id: int
    account_id: int
    community_id: int
    unit_id: int
    unit_code: str
    party_name: str
    kind: str
    state: str
    reason_code: str
    statement: str
    by_owner: bool
    asked_by: str
    asked_on: date
    principal_fen: int
    late_fee_fen: int
    from_on: date | None
    to_on: date | None
    parts: int | None
    first_on: date | None
    down_percent: int
    mode: str
    spares_late_fee: bool
    sign_by: date | None
    agreement_id: int | None
    review_on: date | None
    started_on: date | None
    ended_on: date | None
    ended_because: str
    asked_by_id: int | None

    @property
    def total_fen(self) -> int:
        """Principal and late fee on the day of asking."""
        return self.principal_fen + self.late_fee_fen

    @property
    def kind_word(self) -> str:
        """The key of its kind among the words."""
        return f"relief.{self.kind}"

    @property
    def state_word(self) -> str:
        """The key of its state among the words."""
        return f"relief.state.{self.state}"

    @property
    def reason_word(self) -> str:
        """The key of the reason among the words."""
        return f"arrears.{self.reason_code}"

    @property
    def mode_word(self) -> str:
        """The key of what a broken plan costs among the words."""
        return f"relief.mode.{self.mode}"

    @property
    def end_word(self) -> str:
        """The key of what ended it among the words."""
        return f"relief.end.{self.ended_because}"

    @property
    def asker(self) -> str:
        """Who wrote it down; the owner himself on the portal."""
        return _("Owner, on the portal") if self.by_owner else self.asked_by

    @property
    def tone(self) -> str:
        """How its state looks."""
        return _TONES.get(self.state, "quiet")

    @property
    def is_open(self) -> bool:
        """Whether it waits or runs."""
        return self.state in OPEN

    @property
    def is_waiting(self) -> bool:
        """Whether it waits for a decision, its first day or a signature."""
        return self.state in (*WAITING, State.APPROVED)

    @property
    def may_become_plan(self) -> bool:
        """Whether a plan that is asked for waits for its decision or its signature."""
        return self.kind == Kind.INSTALMENT and self.is_waiting

    @property
    def last_on(self) -> date | None:
        """The last day of what was asked for: of the range, or of the last instalment."""
        if self.parts and self.first_on:
            wanted = Wanted(self.parts, self.first_on, self.down_percent or 0)
            return last_day(wanted, signed_on=self.started_on or self.asked_on)
        return self.to_on


class LinkOfChain(NamedTuple):
    """One decision of the chain, made or waited for."""

    approval_id: int
    kind: str
    role: str
    decision: str
    by: str
    at: datetime | None
    reason: str
    expires_on: date | None


class ListedCharge(NamedTuple):
    """A charge of an application as it stood on the day of asking."""

    charge_id: int
    fee_item: str
    period: str
    due_on: date
    principal_fen: int
    late_fee_fen: int


class ProofRow(NamedTuple):
    """A paper that proves it."""

    file_id: int
    name: str
    content_type: str
    size: int


@dataclass(frozen=True, slots=True)
class ApplicationCard:
    """One application with all that belongs to it; `plan` once it is signed, `offered` before."""

    row: ApplicationRow
    chain: Sequence[LinkOfChain]
    charges: Sequence[ListedCharge]
    proofs: Sequence[ProofRow]
    plan: PlanRow | None
    offered: Sequence[Part]
    agreement_number: str
    agreement_state: str
    agreement_for: str
    debt: DebtNow | None = None
    is_acknowledged: bool = False

    @property
    def needs_form(self) -> bool:
        """Whether nobody has seen yet that the owner signed what staff wrote down: limitation goes on."""
        asks = acknowledges(Kind(self.row.kind))
        return asks and not self.row.by_owner and not self.is_acknowledged

    @property
    def has_moved(self) -> bool:
        """Whether the debt of a plan that is not signed yet is no longer what was asked for."""
        return self.debt is not None and (self.debt.is_closed or not self.debt.is_same)


@dataclass(frozen=True, slots=True)
class Preview:
    """What a plan would come to: its parts, or why it cannot be."""

    total_fen: int
    parts: Sequence[Part]
    refused: Because | None = None


def applications(chosen: ApplicationFilter) -> QuerySet[Application]:
    """All that fit, the newest first."""
    found = Application.objects.order_by("-pk")
    if chosen.kind:
        found = found.filter(kind=chosen.kind)
    if chosen.state:
        found = found.filter(state__in=OPEN if chosen.state == "OPEN" else (chosen.state,))
    if chosen.community_id:
        found = found.filter(community_id=chosen.community_id)
    if chosen.text.strip():
        ids = [hit.unit_id for hit in find_units(chosen.text, FOUND_UNITS)]
        found = found.filter(account__unit_id__in=ids)
    return found


def application_sums(found: QuerySet[Application]) -> dict[str, int]:
    """Sums over all that matches."""
    sums = found.order_by().aggregate(principal=Sum("principal_fen"), late_fee=Sum("late_fee_fen"))
    return {"total_fen": (sums["principal"] or 0) + (sums["late_fee"] or 0)}


def application_rows(ids: Sequence[int]) -> list[ApplicationRow]:
    """These, in the order given."""
    fields = (
        "pk", "account_id", "community_id", "account__unit_id", "account__unit__code", "account__party__name",
        "kind", "state", "reason_code", "statement", "by_owner", "asked_by__name", "asked_on",
        "principal_fen", "late_fee_fen", "from_on", "to_on", "parts", "first_on", "down_percent", "mode",
        "spares_late_fee", "sign_by", "agreement_id", "review_on", "started_on", "ended_on", "ended_because",
        "asked_by_id",
    )  # fmt: skip
    rows = {row[0]: row for row in Application.objects.filter(pk__in=list(ids)).values_list(*fields)}
    return [ApplicationRow._make(rows[pk])._replace(asked_by=rows[pk][11] or "") for pk in ids if pk in rows]


def applications_of(account_ids: Collection[int]) -> list[ApplicationRow]:
    """All of some accounts, the newest first."""
    found = Application.objects.filter(account_id__in=list(account_ids)).order_by("-pk")
    return application_rows(list(found.values_list("pk", flat=True)))


def application_card(application_id: int, *, as_of: date) -> ApplicationCard:
    """One with its chain; NotFound when it is not there, or not the member's."""
    rows = application_rows([application_id])
    if not rows:
        raise NotFound(_("There is no such application."))
    application = Application.objects.select_related("agreement").get(pk=application_id)
    agreement = application.agreement
    plan = plan_rows([application_id], as_of=as_of).get(application_id)
    return ApplicationCard(
        row=rows[0],
        chain=_chain(application),
        charges=_charges(application_id),
        proofs=_proofs(application_id),
        plan=plan,
        offered=() if plan else _offered(rows[0]),
        agreement_number=agreement.number if agreement else "",
        agreement_state=agreement.state if agreement else "",
        agreement_for=agreement.data.get("sign_on", "") if agreement else "",
        debt=debt_now(application, as_of=as_of) if rows[0].may_become_plan else None,
        is_acknowledged=is_noted(application.account_id, f"application:{application_id}"),
    )


def preview(account_id: int, wanted: Wanted, *, charge_ids: Collection[int] = (), as_of: date) -> Preview:
    """What an account would have to pay when, before anything is asked for."""
    charges = askable(account_id, as_of=as_of)
    chosen = [one for one in charges if not charge_ids or one.charge_id in set(charge_ids)]
    total_fen = sum(one.owed_fen for one in chosen)
    refused = refuse_wanted(total_fen, wanted, on=as_of)
    parts = () if refused or not total_fen else schedule(total_fen, wanted, signed_on=as_of)
    return Preview(total_fen, parts, refused)


def askable(account_id: int, *, as_of: date) -> list[OpenCharge]:
    """What an application of an account may be about: all that is past due and not disputed."""
    return [one for one in undisputed_charges(account_id, as_of=as_of) if one.due_on < as_of]


def _chain(application: Application) -> list[LinkOfChain]:
    ids = [pk for pk in (application.check_request_id, application.grant_request_id) if pk is not None]
    rows = Approval.objects.filter(pk__in=ids).order_by("pk")
    fields = ("pk", "kind", "role", "decision", "decided_by__name", "decided_at", "reason", "expires_on")
    links = [LinkOfChain(*row) for row in rows.values_list(*fields)]
    return [link._replace(by=link.by or "") for link in links]


def _charges(application_id: int) -> list[ListedCharge]:
    rows = ApplicationCharge.objects.filter(application_id=application_id).select_related("charge__fee_item")
    found = sorted(rows, key=lambda row: (row.charge.due_on, row.charge_id))
    return [
        ListedCharge(
            row.charge_id,
            row.charge.fee_item.name,
            Period(row.charge.period.lower, row.charge.period.upper).label,
            row.charge.due_on,
            row.principal_fen,
            row.late_fee_fen,
        )
        for row in found
    ]


def _proofs(application_id: int) -> list[ProofRow]:
    rows = Proof.objects.filter(application_id=application_id).order_by("pk")
    fields = ("file_id", "file__name", "file__content_type", "file__size")
    return [ProofRow(*row) for row in rows.values_list(*fields)]


def _offered(row: ApplicationRow) -> Sequence[Part]:
    if row.parts is None or row.first_on is None:
        return ()
    wanted = Wanted(row.parts, row.first_on, row.down_percent)
    return schedule(row.total_fen, wanted, signed_on=row.asked_on)
