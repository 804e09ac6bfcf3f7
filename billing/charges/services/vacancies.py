"""Apply for an empty home, decide it, end it: less is owed meanwhile, all of it when it was too short."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from billing.charges.models import Adjustment, Charge, Vacancy
from billing.charges.queries.accounts import AccountCard, account_card
from billing.charges.queries.local_rules import local_value
from billing.charges.queries.vacancies import VACANCY, Standing, reducible, vacancies
from billing.charges.rules.local import LocalKind
from billing.charges.rules.vacancy import MIN_MONTHS, months_empty, reduced_from
from billing.charges.services.accounts import lock_account
from billing.charges.services.adjust import LetOff, adjust_charges, take_back
from billing.charges.services.issue import lock_issue
from billing.charges.services.reduced import let_off, off_of, reason_of
from owners.queries import community_card
from tenancy.kernel.errors import Conflict, NotFound, Refused
from tenancy.kernel.permissions import Role, StaffMember
from tenancy.people.models import Approval
from tenancy.people.services import audit, files
from tenancy.people.services.approvals import Request, ask_all
from values.daily_rate import percent
from values.period import month_start

S = Vacancy.State


class NoVacancyRule(Refused):
    """National law lets nothing off: without a local rule there is no share to pay."""

    code = "charges.no_vacancy_rule"


class VacancyNotValid(Refused):
    """Accepted in the future, without a reason, or moved in before it began."""

    code = "charges.vacancy_not_valid"


class VacancyThere(Conflict):
    """Another application of the account waits or stands in these months."""

    code = "charges.vacancy_there"


class VacancyNotOpen(Conflict):
    """It was never granted, or has ended."""

    code = "charges.vacancy_not_open"


class Proof(NamedTuple):
    """A paper or a picture that shows that nobody lives there."""

    name: str
    content: bytes


class PaidOff(NamedTuple):
    """What of a charge an application lets off, though it was paid."""

    account_id: int
    charge_id: int
    amount_fen: int
    reason: str


@transaction.atomic
def ask_vacancy(
    *, account_id: int, accepted_on: date, reason: str, proof: Proof, by: StaffMember, on: date, at: datetime
) -> int:
    """Apply for an empty home; the application's id. The project manager decides.

    Share and least months are those of the city on the day. Raises NotFound, NoVacancyRule, VacancyNotValid,
    VacancyThere, and what a file is refused for.
    """
    card = account_card(account_id)
    ratio, months = _terms(card.community_id, accepted_on)
    if accepted_on > on:
        raise VacancyNotValid(_("It cannot have been accepted in the future."), field="accepted_on")
    if not reason.strip():
        raise VacancyNotValid(_("Say why the home stands empty."), field="reason")
    lock_account(account_id)
    _refuse_twice(account_id, reduced_from(accepted_on))
    kept = files.store(
        proof.content,
        name=proof.name,
        purpose=VACANCY,
        accept=(files.PDF, *files.IMAGES),
        community_id=card.community_id,
    )
    vacancy = Vacancy.objects.create(
        community_id=card.community_id,
        account_id=account_id,
        accepted_on=accepted_on,
        from_on=reduced_from(accepted_on),
        ratio=ratio,
        min_months=months,
        reason=reason.strip()[:200],
        evidence=kept,
        asked_by_id=by.user_id,
        asked_on=on,
    )
    _ask(vacancy, card, by, at)
    audit.record("vacancy.asked", kind="account", pk=account_id, from_on=vacancy.from_on.isoformat())
    return int(vacancy.pk)


def paid_off(approval_id: int) -> list[PaidOff]:
    """What was paid of months that an application lets off; its account is locked.

    Whoever holds the money sets it free before vacancy_decided, which lets off only what is unpaid.
    """
    vacancy = _lock_of(approval_id)
    standing = _standing(vacancy)
    return [
        PaidOff(vacancy.account_id, charge.pk, fen, reason_of(standing))
        for charge in reducible(vacancy.account_id, from_on=vacancy.from_on)
        if (fen := _paid_of(charge, off_of(charge.snapshot, [standing]))) > 0
    ]


def vacancy_decided(decided: Approval, *, on: date, at: datetime) -> None:
    """What follows a decision: bills from now on know it, and those that are issued and unpaid too."""
    vacancy = _lock_of(decided.pk)
    if decided.decision != Approval.Decision.APPROVED:
        Vacancy.objects.filter(pk=vacancy.pk).update(state=S.REJECTED)
        return
    Vacancy.objects.filter(pk=vacancy.pk).update(state=S.GRANTED)
    off = _let_off_issued(_standing(vacancy), on, at)
    audit.record("vacancy.granted", kind="account", pk=vacancy.account_id, amount_fen=off)


@transaction.atomic
def end_vacancy(*, vacancy_id: int, moved_in_on: date, on: date, at: datetime) -> str:
    """Somebody lives there again: ENDED, or FAILED where it was too short and all is owed again.

    Raises NotFound, VacancyNotOpen, VacancyNotValid.
    """
    vacancy = vacancies().filter(pk=vacancy_id).first()
    if vacancy is None:
        raise NotFound(_("There is no such application."))
    if moved_in_on > on or moved_in_on < vacancy.accepted_on:
        raise VacancyNotValid(_("Somebody moved in between the application and today."), field="moved_in_on")
    lock_issue(vacancy.community_id)
    lock_account(vacancy.account_id)
    months = months_empty(vacancy.from_on, moved_in_on)
    state = S.ENDED if months and months >= vacancy.min_months else S.FAILED
    until = month_start(moved_in_on) if state == S.ENDED else None
    ended = Vacancy.objects.filter(pk=vacancy_id, state=S.GRANTED).update(
        state=state, until_on=until, moved_in_on=moved_in_on
    )
    if not ended:
        raise VacancyNotOpen(_("This reduction has ended, or never stood."))
    _take_back(vacancy, state, months, until, on, at)
    audit.record("vacancy.ended", kind="account", pk=vacancy.account_id, months=months, state=state.value)
    return str(state.value)


def _terms(community_id: int, on: date) -> tuple[Decimal, int]:
    said = local_value(LocalKind.VACANCY_RATIO, community_id=community_id, on=on)
    if said is None or Decimal(said) >= 1:
        raise NoVacancyRule(_("No local rule lets an empty home pay less. Enter it among the local rules."))
    months = local_value(LocalKind.VACANCY_MONTHS, community_id=community_id, on=on)
    return Decimal(said), int(months) if months else MIN_MONTHS


def _refuse_twice(account_id: int, from_on: date) -> None:
    known = Vacancy.objects.filter(account_id=account_id)
    ended_later = known.filter(state=S.ENDED, until_on__gt=from_on)
    if known.filter(state__in=[S.ASKED, S.GRANTED]).exists() or ended_later.exists():
        raise VacancyThere(_("An application of this account waits already, or stands in these months."))


def _ask(vacancy: Vacancy, card: AccountCard, by: StaffMember, at: datetime) -> None:
    role = Role.BRANCH_GM if by.plays(Role.PROJECT_MANAGER) else Role.PROJECT_MANAGER
    community = community_card(card.community_id).name
    facts: Mapping[str, object] = {
        "vacancy_id": vacancy.pk,
        "account_id": card.account_id,
        "unit_id": card.unit_id,
        "unit_code": card.unit_code,
        "party": card.party_name,
        "community": community,
        "from_on": vacancy.from_on.isoformat(),
        "share": percent(vacancy.ratio),
        "min_months": vacancy.min_months,
        "reason": vacancy.reason,
    }
    request = Request(
        kind=VACANCY,
        subject=f"{community} {card.unit_code}",
        role=role.value,
        facts=facts,
        community_id=card.community_id,
    )
    Vacancy.objects.filter(pk=vacancy.pk).update(approval_id=ask_all([request], asked_at=at)[0])


def _lock_of(approval_id: int) -> Vacancy:
    vacancy: Vacancy = Vacancy.objects.get(approval_id=approval_id)
    lock_issue(vacancy.community_id)  # a run under way issues in full what it has read before
    lock_account(vacancy.account_id)
    return vacancy


def _paid_of(charge: Charge, off: int) -> int:
    """How much of what is let off is not among the unpaid: never more than somebody paid."""
    unpaid_fen = charge.amount_fen - charge.settled_fen
    return min(off - unpaid_fen, charge.settled_fen - charge.waived_fen)


def _standing(vacancy: Vacancy, until: date | None = None) -> Standing:
    return Standing(vacancy.pk, vacancy.account_id, vacancy.ratio, vacancy.from_on, until)


def _let_off_issued(standing: Standing, on: date, at: datetime) -> int:
    """Of the charges that are issued already, as far as they are unpaid; how much."""
    wanted: list[LetOff] = []
    for charge in reducible(standing.account_id, from_on=standing.from_on):
        fen = min(off_of(charge.snapshot, [standing]), charge.amount_fen - charge.settled_fen)
        if fen:
            wanted.append(let_off(charge.pk, fen, standing))
    adjust_charges(wanted=wanted, on=on, at=at)
    return sum(one.amount_fen for one in wanted)


def _take_back(vacancy: Vacancy, state: str, months: int, until: date | None, on: date, at: datetime) -> None:
    """All of it where it was too short; else what was let off for months after somebody moved in."""
    gone = Adjustment.objects.filter(reverses=OuterRef("pk"))
    found = Adjustment.objects.filter(vacancy_id=vacancy.pk, reverses=None).exclude(Exists(gone))
    if state == S.FAILED:
        said = {"months": months, "least": vacancy.min_months}
        reason = _("Empty for %(months)s months, at least %(least)s were needed: owed after all") % said
    else:
        found = found.filter(charge__ends_on__gt=until)
        reason = _("Lived in again since %(day)s") % {"day": until.isoformat() if until else ""}
    for adjustment_id in found.order_by("pk").values_list("pk", flat=True):
        take_back(adjustment_id=adjustment_id, reason=reason, on=on, at=at)
    if state == S.ENDED and until is not None:
        _again(_standing(vacancy, until), until, on, at)


def _again(standing: Standing, until: date, on: date, at: datetime) -> None:
    """A charge that reaches beyond the end keeps what its empty months were let off."""
    wanted = [
        let_off(charge.pk, fen, standing)
        for charge in reducible(standing.account_id, from_on=until)
        if (fen := min(off_of(charge.snapshot, [standing]), charge.amount_fen - charge.settled_fen))
    ]
    adjust_charges(wanted=wanted, on=on, at=at)
