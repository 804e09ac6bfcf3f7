"""All that stands on the call desk for one case, but the gate: that one is asked with the moment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, NamedTuple

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from arrears.cases.models import Case, Hold, Task
from arrears.cases.queries.calling import active_holds, ring, speaks_alternately, usable_phones
from arrears.cases.queries.cases import CaseLine, case_line
from arrears.cases.queries.promised import PromiseRow, next_promise_in_doubt, promises_of
from arrears.cases.queries.reviewed import lacks_review
from arrears.cases.queries.subjects import all_late, late_charges, subjects
from arrears.cases.queries.timeline import case_timeline
from arrears.cases.queries.timeline_row import TimelineRow
from arrears.cases.rules.holds import AGREED, LEFT_ALONE, SPOKEN_TASKS, HoldKind
from billing.charges.queries import NoContract, OpenCharge, Owed, issuer_of, owed, sum_up
from owners.queries import ContactRow, UnitHeader, contacts_of, joint_names, unit_header
from tenancy.kernel.errors import NotFound
from values.because import Because, because
from values.period import merged

HISTORY_LINES: Final = 3
# Which holds make a task wait: nobody asks the owner to pay, or nothing is taken to court.
_WAITS_UNDER: Final = {**dict.fromkeys(SPOKEN_TASKS, LEFT_ALONE), "FILE": AGREED}
BY_HAND: Final = frozenset({Task.Kind.CHECK_PAYMENT, Task.Kind.REVIEW})


class CaseTask(NamedTuple):
    """Something open that a case asks for. `by_hand`: a person ticks it off, no record ends it.

    `days_over`: how many days ago its last day passed, 0 while it has not, or while it waits. `waits`: the
    kind of the hold under which nobody does it, "" for none.
    """

    task_id: int
    kind: str
    due_on: date
    because: Because
    assigned_to: str
    by_hand: bool
    days_over: int
    waits: str = ""


class Agreed(NamedTuple):
    """A deferral or a plan that stands, and its next day; None where all of them are over."""

    kind: str
    next_on: date | None


class CallGate(NamedTuple):
    """Whether to ring now. `paid`: nothing is past due any more; else `because` says why not, `next_at` when.

    `contact` is the number whose turn it is, masked; None without a usable one. `phones`: all worth ringing.
    """

    allowed: bool
    paid: bool
    because: Because | None
    next_at: datetime | None
    contact: ContactRow | None
    phones: tuple[ContactRow, ...]


@dataclass(frozen=True, slots=True)
class CallDesk:
    """A case on the desk: facts, what is owed, the last three events, open tasks, the numbers (masked), and
    the days that were promised. `promise_limit`: why one promise more would not hold the ladder. `asked`:
    what of it may be asked for, less what is disputed, and `period`, its months in words; `agreed`: what was
    agreed with the owner and stands, nothing is asked for then; nor while all of it is disputed
    (`contested`); `payee`: name, bank and number of the account to pay to."""

    case: CaseLine
    unit: UnitHeader
    owed: Owed
    history: list[TimelineRow]
    tasks: list[CaseTask]
    phones: list[ContactRow]
    promises: list[PromiseRow]
    promise_limit: Because | None
    asked: Owed
    joint: tuple[str, ...] = ()
    period: str = ""
    payee: tuple[str, str, str] | None = None
    agreed: Agreed | None = None
    contested: bool = False

    @property
    def oldest_due_on(self) -> date | None:
        """The oldest undisputed due day; the oldest of all where all is disputed."""
        return self.asked.oldest_due_on or self.owed.oldest_due_on

    @property
    def promise(self) -> PromiseRow | None:
        """The newest promise, whether or not it holds the ladder."""
        return self.promises[0] if self.promises else None


def call_desk(case_id: int, *, as_of: date) -> CallDesk:
    """The desk of a case; NotFound when it is not there, or not the member's."""
    case = case_line(case_id, as_of=as_of)
    debt = owed(account_ids=[case.account_id], as_of=as_of)[case.account_id]
    everything = all_late([case.account_id], as_of=as_of)[case.account_id]
    late = late_charges([case.account_id], as_of=as_of)[case.account_id]
    holds = active_holds(case.account_id, as_of=as_of)
    return CallDesk(
        case=case,
        unit=unit_header(case.unit_id),
        owed=debt,
        history=case_timeline(case_id, limit=HISTORY_LINES),
        # Who paid is closed by the night; until then nothing is asked for that the debt asked for.
        tasks=open_tasks_of(case_id, as_of=as_of) if case.is_open else [],
        phones=phones_of(case.party_id),
        promises=promises_of(case_id, late=everything, as_of=as_of),
        promise_limit=next_promise_in_doubt(case_id),
        joint=joint_names(case.unit_id, case.party_id),
        asked=sum_up(late, as_of=as_of),
        period=_period(late),
        payee=_payee(case.community_id, as_of),
        agreed=_agreed(holds, as_of),
        contested=any(hold.kind == HoldKind.DISPUTE and not hold.only_listed for hold in holds),
    )


def _agreed(holds: Sequence[Hold], as_of: date) -> Agreed | None:
    found = [hold for hold in holds if hold.kind in AGREED]
    if not found:
        return None
    days = [day for hold in found for day in hold.agreed_days if day >= as_of]
    return Agreed(found[0].kind, min(days, default=None))


def _period(late: Sequence[OpenCharge]) -> str:
    if not late:
        return ""
    return "、".join(one.label for one in merged(charge.period for charge in late))


def _payee(community_id: int, as_of: date) -> tuple[str, str, str] | None:
    try:
        issuer = issuer_of(community_id, as_of)
    except NoContract:
        return None
    return issuer.payee_name, issuer.payee_bank, issuer.payee_account


def call_gate(case_id: int, *, at: datetime) -> CallGate:
    """Whether the owner may be rung at a moment (aware), on which number, and if not, when next."""
    case = case_line(case_id, as_of=localtime(at).date())
    if not case.is_open:
        return CallGate(False, True, None, None, None, tuple(usable_phones(case.party_id)))
    subject = subjects([case.account_id])[case.account_id]
    found = ring(subject, at=at, alternate=speaks_alternately(case_id))
    refused = found.refused
    if refused is None and lacks_review(case_id):
        refused = because("not_reviewed")
    return CallGate(refused is None, False, refused, found.next_at, found.contact, found.phones)


def open_tasks_of(case_id: int, *, as_of: date) -> list[CaseTask]:
    """What a case asks for, the oldest first."""
    rows = Task.objects.filter(case_id=case_id, done_at=None, cancelled_at=None).order_by("due_on", "pk")
    # A paper that was delivered today asks for nothing, though its task is closed by the next walk only.
    rows = rows.exclude(kind=Task.Kind.DELIVER, notice__state="DELIVERED")
    fields = ("pk", "kind", "due_on", "because", "because_params", "assigned_to__name")
    account_id = Case.objects.filter(pk=case_id).values_list("account_id", flat=True).first()
    standing = active_holds(account_id, as_of=as_of) if account_id else []
    holds = [hold for hold in standing if not hold.only_listed]
    found = []
    for pk, kind, due_on, code, params, who in rows.values_list(*fields):
        waits = next((hold.kind for hold in holds if hold.kind in _WAITS_UNDER.get(kind, ())), "")
        over = 0 if waits else max(0, (as_of - due_on).days)
        by_hand = kind in BY_HAND
        found.append(CaseTask(pk, kind, due_on, Because(code, params), who or "", by_hand, over, waits))
    return found


def case_of_task(task_id: int) -> int:
    """The case a task is about; NotFound."""
    found = Task.objects.filter(pk=task_id).values_list("case_id", flat=True).first()
    if found is None:
        raise NotFound(_("There is no such task."))
    return int(found)


def phones_of(party_id: int) -> list[ContactRow]:
    """The party's telephone numbers in the order to try them."""
    found = contacts_of([party_id]).get(party_id, [])
    phones = [contact for contact in found if contact.kind in ("LANDLINE", "MOBILE")]
    return sorted(phones, key=lambda contact: (contact.kind != "LANDLINE", contact.position))
