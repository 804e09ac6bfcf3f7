"""What an owner is asked for now: what he owes without what is disputed, deferred or paid by instalments."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from arrears.cases.queries import disputed_fen, newest_case, parts_of, promises_of, undisputed
from arrears.cases.queries.calling import active_holds
from arrears.cases.rules.promises import PromiseState
from arrears.relief.models import Application, ApplicationCharge, Ticket
from arrears.relief.queries.plans import PlanRow, plan_rows
from arrears.relief.rules.applications import Kind, State
from billing.charges.queries import OpenCharge, Owed, open_charges, sum_up

_DISPUTE = "DISPUTE"


class Matter(StrEnum):
    """Why something is not asked for as the bill says, or what the owner has promised."""

    DISPUTE = "DISPUTE"
    DEFERRAL = "DEFERRAL"
    HARDSHIP = "HARDSHIP"
    INSTALMENT = "INSTALMENT"
    PROMISE = "PROMISE"


class Covered(NamedTuple):
    """A charge that such a matter is about, and how much of what is owed on it."""

    charge_id: int
    amount_fen: int


class Agreed(NamedTuple):
    """One such matter. `object_id`: the ticket of a dispute, the application of the others; None without.

    `amount_fen`: what of the debt it covers; of a promise, what it is about. `until`: its last day; None
    while nobody knows. `next_fen` and `next_on`: the instalment that is due next.
    """

    matter: Matter
    object_id: int | None
    amount_fen: int
    charges: tuple[Covered, ...]
    until: date | None = None
    next_fen: int = 0
    next_on: date | None = None


class Asked(NamedTuple):
    """What is asked for on one unit. `instalment_fen`: what of a plan is to be paid next, beside `owed`."""

    unit_id: int
    owed: Owed
    next_due_on: date | None
    next_due_fen: int
    agreed: tuple[Agreed, ...]

    @property
    def instalment_fen(self) -> int:
        """What is open of the instalments that are next."""
        return sum(one.next_fen for one in self.agreed)

    @property
    def instalment_on(self) -> date | None:
        """The day of the one that is due first."""
        return min((one.next_on for one in self.agreed if one.next_on is not None), default=None)

    @property
    def granted_ids(self) -> frozenset[int]:
        """Charges that are deferred, paid by instalments or spared in hardship."""
        granted = [one for one in self.agreed if one.matter not in (Matter.DISPUTE, Matter.PROMISE)]
        return frozenset(charge.charge_id for one in granted for charge in one.charges)


def asked_of(accounts: Mapping[int, int], *, as_of: date) -> list[Asked]:
    """What is asked for on accounts (account id -> unit id), one row for each unit of them."""
    opened: dict[int, dict[int, list[OpenCharge]]] = {unit_id: {} for unit_id in accounts.values()}
    for charge in open_charges(account_ids=list(accounts), as_of=as_of):
        opened[accounts[charge.account_id]].setdefault(charge.account_id, []).append(charge)
    return [_asked(unit_id, by_account, as_of) for unit_id, by_account in opened.items()]


def _asked(unit_id: int, by_account: Mapping[int, list[OpenCharge]], as_of: date) -> Asked:
    agreed: list[Agreed] = []
    left: list[OpenCharge] = []
    for account_id, opened in by_account.items():
        disputes, charges = _disputed(account_id, opened, as_of)
        granted, charges = _granted(account_id, charges, as_of)
        agreed += [*disputes, *granted, *_promised(account_id, charges, as_of)]
        left += charges
    coming = [charge for charge in left if charge.due_on >= as_of and charge.unpaid_fen > 0]
    next_due_on = min((charge.due_on for charge in coming), default=None)
    return Asked(
        unit_id=unit_id,
        owed=sum_up(left, as_of=as_of),
        next_due_on=next_due_on,
        next_due_fen=sum(charge.unpaid_fen for charge in coming if charge.due_on == next_due_on),
        agreed=tuple(agreed),
    )


def _disputed(
    account_id: int, charges: list[OpenCharge], as_of: date
) -> tuple[list[Agreed], list[OpenCharge]]:
    holds = [hold for hold in active_holds(account_id, as_of=as_of) if hold.kind == _DISPUTE]
    if not holds:
        return [], charges
    rows = Ticket.objects.filter(hold_id__in=[hold.pk for hold in holds])
    tickets = dict(rows.values_list("hold_id", "pk"))
    listed = parts_of([hold.pk for hold in holds])
    standing = disputed_fen([account_id], as_of=as_of)
    found = []
    for hold in holds:
        ids = {part.charge_id for part in listed[hold.pk]} if hold.only_listed else None
        its = [charge for charge in charges if ids is None or charge.charge_id in ids & standing.keys()]
        rest = undisputed(its, standing) if hold.only_listed else []
        left = {charge.charge_id: charge.owed_fen for charge in rest}
        covered = _covered(its, left)
        if covered:
            ticket_id = tickets.get(hold.pk)
            found.append(Agreed(Matter.DISPUTE, ticket_id, _sum(covered), covered, hold.to_on))
    if any(not hold.only_listed for hold in holds):
        return found, []
    return found, undisputed(charges, standing)


def _granted(
    account_id: int, charges: list[OpenCharge], as_of: date
) -> tuple[list[Agreed], list[OpenCharge]]:
    """What runs; after it only what it does not cover is asked for."""
    running = Application.objects.filter(account_id=account_id, state=State.RUNNING).order_by("pk")
    found = []
    for application in running:
        plan = plan_rows([application.pk], as_of=as_of).get(application.pk)
        ids = set(plan.charge_ids) if plan else _listed(application.pk)
        covered = _covered(charge for charge in charges if charge.charge_id in ids)
        charges = [charge for charge in charges if charge.charge_id not in ids]
        if application.kind == Kind.INSTALMENT and plan is not None:
            found.append(_plan(application.pk, plan, covered))
        elif covered:
            matter = Matter(application.kind)
            found.append(Agreed(matter, application.pk, _sum(covered), covered, application.to_on))
    return found, charges


def _plan(application_id: int, plan: PlanRow, charges: tuple[Covered, ...]) -> Agreed:
    following = plan.next_part
    return Agreed(
        Matter.INSTALMENT,
        application_id,
        plan.left_fen,
        charges,
        plan.last_due_on,
        following.part.amount_fen - following.paid_fen if following else 0,
        following.part.due_on if following else None,
    )


def _promised(account_id: int, charges: list[OpenCharge], as_of: date) -> list[Agreed]:
    """The day that the owner named himself, while it is still to come."""
    late = [charge for charge in charges if charge.due_on < as_of]
    case_id = newest_case(account_id) if late else None
    if case_id is None:
        return []
    rows = promises_of(case_id, late=late, as_of=as_of)
    told = next((row for row in rows if row.state is PromiseState.OPEN and not row.doubt), None)
    if told is None:
        return []
    covered = _covered(late)
    amount_fen = min(told.amount_fen, _sum(covered))
    return [Agreed(Matter.PROMISE, None, amount_fen, covered, told.promised_on)]


def _listed(application_id: int) -> set[int]:
    rows = ApplicationCharge.objects.filter(application_id=application_id)
    return set(rows.values_list("charge_id", flat=True))


def _covered(charges: Iterable[OpenCharge], left: Mapping[int, int] | None = None) -> tuple[Covered, ...]:
    """What of these charges is covered; `left`: what of some of them is not."""
    rest = left or {}
    found = [Covered(one.charge_id, one.owed_fen - rest.get(one.charge_id, 0)) for one in charges]
    return tuple(one for one in found if one.amount_fen > 0)


def _sum(covered: Iterable[Covered]) -> int:
    return sum(one.amount_fen for one in covered)
