"""Bills: the list with its filters, and one bill with its charges."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Sum
from django.utils.translation import gettext as _

from billing.charges.models import Account, Bill, Charge
from billing.charges.queries.court_safe import court_terms
from billing.charges.queries.open import OPEN
from billing.charges.queries.why import Why, explain_charge
from notices.queries import charges_of_number
from owners.queries import find_units, joint_debtors
from owners.rules.numbering import read_number
from tenancy.kernel import sql
from tenancy.kernel.errors import NotFound
from values.period import Period

PACKAGE = "billing.charges"
PAID, UNPAID, OVERDUE, VOID = "PAID", "UNPAID", "OVERDUE", "VOID"
FOUND_UNITS = 500
STATES = (UNPAID, OVERDUE, PAID, VOID)
_TONES = {PAID: "good", UNPAID: "info", OVERDUE: "late", VOID: "quiet"}


@dataclass(frozen=True, slots=True, kw_only=True)
class BillFilter:
    """What a list of bills is narrowed to; `text`: its number, that of a paper about it, a room, an owner."""

    community_id: int | None = None
    month: Period | None = None
    state: str = ""
    text: str = ""
    run_id: int | None = None
    account_id: int | None = None
    unit_id: int | None = None


class BillRow(NamedTuple):
    """One bill. `state`: PAID, UNPAID, OVERDUE, VOID; `notice_state` empty where it has no paper."""

    bill_id: int
    number: str
    community_id: int
    account_id: int
    unit_id: int
    unit_code: str
    party_name: str
    kind: str
    period: Period
    issued_on: date
    due_on: date
    amount_fen: int
    paid_fen: int
    unpaid_fen: int
    state: str
    voided_on: date | None
    void_reason: str
    notice_id: int | None
    notice_state: str
    delivered_on: date | None

    @property
    def is_late(self) -> bool:
        """Whether money is owed past its due day."""
        return self.state == OVERDUE

    @property
    def tone(self) -> str:
        """How a badge shows the state."""
        return _TONES[self.state]


@dataclass(frozen=True, slots=True)
class BillDetail:
    """A bill with the calculation of each of its charges, as of a day."""

    bill: BillRow
    community_name: str
    charges: tuple[Why, ...]
    late_fee_fen: int
    court_safe_fen: int
    can_void: bool
    joint: tuple[str, ...] = ()

    @property
    def owed_fen(self) -> int:
        """What must be paid today: principal and late fee."""
        return self.bill.unpaid_fen + self.late_fee_fen


def bills(wanted: BillFilter, *, as_of: date) -> QuerySet[Bill]:
    """Bills in the order of their numbers, the newest issue first; rows come from `bill_rows`."""
    found = Bill.objects.select_related("account__unit", "account__party")
    plain = {
        "community_id": wanted.community_id,
        "run_id": wanted.run_id,
        "account_id": wanted.account_id,
        "account__unit_id": wanted.unit_id,
    }
    found = found.filter(**{name: value for name, value in plain.items() if value is not None})
    if wanted.month is not None:
        found = found.filter(period__overlap=(wanted.month.start, wanted.month.end))
    if wanted.text.strip():
        found = found.filter(_says(wanted.text))
    return _in_state(found, wanted.state, as_of).order_by("-issued_on", "-number")


def _says(text: str) -> Q:
    """What a text may mean, each reading by an index: the numbers of papers, else rooms and their owners."""
    numbers = {text.strip(), read_number(text) or ""}
    of_bills = Bill.objects.filter(number__in=numbers).values_list("pk", flat=True)
    of_papers = Charge.objects.filter(pk__in=charges_of_number(numbers)).values_list("bill_id", flat=True)
    if bill_ids := {*of_bills, *of_papers}:
        return Q(pk__in=bill_ids)
    units = [hit.unit_id for hit in find_units(text, FOUND_UNITS)]
    return Q(account_id__in=list(Account.objects.filter(unit_id__in=units).values_list("pk", flat=True)))


def totals(found: QuerySet[Bill]) -> dict[str, int]:
    """The column totals of a list, one sum each; a bill that was taken back adds nothing."""
    standing = found.filter(voided_on=None).order_by()
    charges = Charge.objects.filter(OPEN, reversed_on=None, bill_id__in=standing.values("pk"))
    return {
        "amount_fen": standing.aggregate(sum=Sum("amount_fen"))["sum"] or 0,
        "unpaid_fen": charges.aggregate(sum=Sum(F("amount_fen") - F("settled_fen")))["sum"] or 0,
    }


def bill_rows(found: Iterable[Bill], *, as_of: date) -> list[BillRow]:
    """One page of bills as plain data, with what was paid and delivered."""
    rows = list(found)
    figures = {
        row[0]: row[1:] for row in sql.rows(PACKAGE, "bill_figures", {"bill_ids": [b.pk for b in rows]})
    }
    return [_row(bill, figures[bill.pk], as_of) for bill in rows]


def bill_detail(bill_id: int, *, as_of: date) -> BillDetail:
    """One bill with its charges; NotFound where it is not (or not yours)."""
    bill = (
        Bill.objects.select_related("account__unit", "account__party", "community").filter(pk=bill_id).first()
    )
    if bill is None:
        raise NotFound(_("There is no such bill."))
    (row,) = bill_rows([bill], as_of=as_of)
    charges = (
        Charge.objects.filter(bill_id=bill_id)
        .select_related("fee_item", "bill", "unit")
        .prefetch_related("movements", "pauses")
        .order_by("period", "fee_item__name")
    )
    court = court_terms(bill.community_id, on=as_of)
    why = tuple(explain_charge(charge, as_of=as_of, court=court) for charge in charges)
    touched = any(line.movements for line in why)
    return BillDetail(
        bill=row,
        community_name=bill.community.name,
        charges=why,
        late_fee_fen=sum(line.late_fee_fen for line in why),
        court_safe_fen=sum(line.court.safe_fen for line in why if line.court),
        can_void=bill.voided_on is None and not touched,
        joint=_liable(bill),
    )


def _liable(bill: Bill) -> tuple[str, ...]:
    """Who is liable with the debtor for days of the bill; of debts from before the system, all of them."""
    account = bill.account
    joint = joint_debtors(unit_ids=[account.unit_id]).get((account.unit_id, account.party_id), [])
    whole = bill.kind == Bill.Kind.OPENING
    shared = [one.name for one in joint if whole or one.shares(bill.period.lower, bill.period.upper)]
    return tuple(dict.fromkeys(shared))


def _in_state(found: QuerySet[Bill], state: str, as_of: date) -> QuerySet[Bill]:
    if state == VOID:
        return found.filter(voided_on__isnull=False)
    if not state:
        return found
    is_open = Exists(Charge.objects.filter(OPEN, bill_id=OuterRef("pk"), reversed_on=None))
    standing = found.filter(voided_on=None)
    if state == PAID:
        return standing.filter(~is_open)
    unpaid = standing.filter(is_open)
    return unpaid.filter(due_on__lt=as_of) if state == OVERDUE else unpaid


def _row(bill: Bill, figures: tuple[int, int, int | None, str | None, date | None], as_of: date) -> BillRow:
    paid_fen, unpaid_fen, notice_id, notice_state, delivered_on = figures
    return BillRow(
        bill_id=bill.pk,
        number=bill.number,
        community_id=bill.community_id,
        account_id=bill.account_id,
        unit_id=bill.account.unit_id,
        unit_code=bill.account.unit.code,
        party_name=bill.account.party.name,
        kind=bill.kind,
        period=Period(bill.period.lower, bill.period.upper),
        issued_on=bill.issued_on,
        due_on=bill.due_on,
        amount_fen=bill.amount_fen,
        paid_fen=paid_fen,
        unpaid_fen=unpaid_fen,
        state=_state(bill, unpaid_fen, as_of),
        voided_on=bill.voided_on,
        void_reason=bill.void_reason,
        notice_id=notice_id,
        notice_state=notice_state or "",
        delivered_on=delivered_on,
    )


def _state(bill: Bill, unpaid_fen: int, as_of: date) -> str:
    if bill.voided_on is not None:
        return VOID
    if unpaid_fen == 0:
        return PAID
    return OVERDUE if bill.due_on < as_of else UNPAID
