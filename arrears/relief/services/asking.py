"""Ask for a deferral, an instalment plan or relief in hardship: with charges, reason, proof (3.3, 4.12)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any, Final, NamedTuple

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from arrears.cases.rules.classes import ArrearsReason
from arrears.cases.services.agreed import is_at_court
from arrears.cases.services.rungs import lock_account
from arrears.relief.models import Application, ApplicationCharge, Proof
from arrears.relief.queries.debt_now import undisputed_charges
from arrears.relief.rules.applications import CHECKER, Kind, Range, State, acknowledges, refuse_range
from arrears.relief.rules.instalments import Wanted, refuse_wanted
from arrears.relief.services.facts import facts_of
from arrears.relief.services.locked import locked, move
from arrears.relief.services.news import untell
from arrears.relief.services.signed_form import acknowledge
from billing.charges.queries import AccountCard, OpenCharge, account_card, paid_of
from owners.queries import community_card
from tenancy.kernel.errors import Conflict, Refused
from tenancy.kernel.permissions import StaffMember
from tenancy.people.services import approvals, audit, files
from tenancy.people.words import sentence
from values.because import Because
from values.plain import plain

CHECK: Final = "relief.check"
PURPOSE: Final = "relief"
MOST_PROOFS: Final = 6
_FIELDS: Final = {
    "relief_begins": "from_on", "relief_needs_end": "to_on", "relief_ends_first": "to_on",
    "relief_too_long": "to_on", "plan_parts": "parts", "plan_part_too_small": "parts",
    "plan_down": "down_percent", "plan_first_day": "first_on",
}  # fmt: skip


class ApplicationRefused(Refused):
    """It says no reason, has no proof, is about nothing that is owed, or its terms make no sense."""

    code = "relief.application_refused"


class ApplicationStands(Conflict):
    """Another application of the account waits or runs."""

    code = "relief.application_stands"


class ClaimAtCourt(Conflict):
    """A claim is before a court: what is agreed then is a settlement."""

    code = "relief.claim_at_court"


class Upload(NamedTuple):
    """A paper or a picture as it was handed in."""

    name: str
    content: bytes


class Wish(NamedTuple):
    """What is asked for. `charge_ids` (): all that is past due; `range` or `plan` by the kind.

    `retroactive`: what a broken plan is charged is agreed to run from the signing. `spares_late_fee`: asked
    for in hardship; a deferral and a plan spare it always.
    """

    kind: Kind
    reason_code: str
    statement: str
    charge_ids: Collection[int] = ()
    range: Range | None = None
    plan: Wanted | None = None
    retroactive: bool = False
    spares_late_fee: bool = False


def ask_application(
    *,
    account_id: int,
    wish: Wish,
    proofs: Sequence[Upload],
    on: date,
    at: datetime,
    by: StaffMember | None = None,
) -> int:
    """Apply, by staff for the owner or (`by` None) by the owner himself; returns the application's id.

    The owner's own request for time acknowledges the debt: it interrupts limitation on its day (L-T10). One
    that staff wrote down does so once another person has seen his signature (confirm_form).
    Raises NotFound, ApplicationRefused (with the field), ApplicationStands, ClaimAtCourt, and what a file is
    refused for.
    """
    card = account_card(account_id)
    lock_account(account_id)
    if is_at_court(account_id, on=on):
        raise ClaimAtCourt(_("A claim is before the court; a settlement is made by legal."))
    charges = chosen_charges(account_id, wish.charge_ids, as_of=on)
    _refuse(wish, charges, proofs, on)
    kept = [_keep(proof, card.community_id) for proof in proofs]
    application = _write(card, wish, charges, by, on)
    Proof.objects.bulk_create([Proof(application=application, file=file) for file in kept])
    paid = paid_of([charge.charge_id for charge in charges])
    ApplicationCharge.objects.bulk_create(
        [
            ApplicationCharge(
                application=application,
                charge_id=charge.charge_id,
                principal_fen=charge.unpaid_fen,
                late_fee_fen=charge.late_fee_fen,
                paid_fen=paid[charge.charge_id],
            )
            for charge in charges
        ]
    )
    if by is None and acknowledges(wish.kind):
        acknowledge(application, evidence=_("Application for time to pay, by the owner on the portal"))
    _ask_checker(application, card, at)
    audit.record("relief.asked", kind="application", pk=application.pk, account=account_id, matter=wish.kind)
    return int(application.pk)


def withdraw_application(*, application_id: int, on: date) -> None:
    """Take it back before it runs. Raises NotFound, ApplicationMoved."""
    application = locked(application_id)
    asked = [pk for pk in (application.check_request_id, application.grant_request_id) if pk is not None]
    approvals.withdraw(approval_ids=asked)
    move(application, State.WITHDRAWN, on=on, why="withdrawn")
    untell(application, event="approved")


def chosen_charges(account_id: int, charge_ids: Collection[int], *, as_of: date) -> list[OpenCharge]:
    """The charges that were ticked, without what is disputed; all past due where none was.

    ApplicationRefused where none is.
    """
    wanted = frozenset(charge_ids)
    found = undisputed_charges(account_id, as_of=as_of)
    charges = [one for one in found if (one.charge_id in wanted if wanted else one.due_on < as_of)]
    if not charges or (wanted and len(charges) != len(wanted)):
        raise ApplicationRefused(
            _("Choose charges of this account that are still owed and not disputed."), field="charges"
        )
    return charges


def _refuse(wish: Wish, charges: Sequence[OpenCharge], proofs: Sequence[Upload], on: date) -> None:
    if wish.reason_code not in {reason.value for reason in ArrearsReason}:
        raise ApplicationRefused(_("Choose a reason."), field="reason_code")
    if not plain(wish.statement):
        raise ApplicationRefused(_("Say why time is needed."), field="statement")
    if not proofs:
        raise ApplicationRefused(_("Add at least one proof."), field="proofs")
    if len(proofs) > MOST_PROOFS:
        raise ApplicationRefused(_("At most %(n)d files.") % {"n": MOST_PROOFS}, field="proofs")
    wrong = _refuse_terms(wish, sum(charge.owed_fen for charge in charges), on)
    if wrong is not None:
        raise ApplicationRefused(sentence(wrong), field=_FIELDS.get(wrong.code), why=wrong.code)


def _refuse_terms(wish: Wish, total_fen: int, on: date) -> Because | None:
    if wish.kind is Kind.INSTALMENT:
        return refuse_wanted(total_fen, wish.plan or Wanted(0, on), on=on)
    return refuse_range(wish.kind, wish.range or Range(on), on=on)


def _keep(proof: Upload, community_id: int) -> files.StoredFile:
    return files.store(
        proof.content,
        name=proof.name,
        purpose=PURPOSE,
        accept=(files.PDF, *files.IMAGES),
        community_id=community_id,
    )


def _write(
    card: AccountCard, wish: Wish, charges: Sequence[OpenCharge], by: StaffMember | None, on: date
) -> Application:
    try:
        with transaction.atomic():
            made: Application = Application.objects.create(
                community_id=card.community_id,
                account_id=card.account_id,
                kind=wish.kind.value,
                reason_code=wish.reason_code,
                statement=plain(wish.statement)[:500],
                by_owner=by is None,
                asked_by_id=by.user_id if by else None,
                asked_on=on,
                principal_fen=sum(charge.unpaid_fen for charge in charges),
                late_fee_fen=sum(charge.late_fee_fen for charge in charges),
                **_terms(wish, on),
            )
    except IntegrityError as error:
        raise ApplicationStands(_("Another application of this account waits or runs already.")) from error
    return made


def _terms(wish: Wish, on: date) -> dict[str, Any]:
    if wish.kind is Kind.INSTALMENT and wish.plan is not None:
        mode = Application.Mode.RETROACTIVE if wish.retroactive else Application.Mode.RESUME
        return {
            "parts": wish.plan.parts,
            "first_on": wish.plan.first_on,
            "down_percent": wish.plan.down_percent,
            "mode": mode,
            "spares_late_fee": True,
        }
    asked = wish.range or Range(on)
    spares = wish.kind is Kind.DEFERRAL or wish.spares_late_fee
    return {"from_on": asked.from_on, "to_on": asked.to_on, "spares_late_fee": spares}


def _ask_checker(application: Application, card: AccountCard, at: datetime) -> None:
    community = community_card(card.community_id).name
    request = approvals.Request(
        kind=CHECK,
        subject=f"{community} {card.unit_code}",
        role=CHECKER,
        facts=facts_of(application),
        community_id=card.community_id,
    )
    application.check_request_id = approvals.ask_all([request], asked_at=at)[0]
    application.save(update_fields=["check_request_id"])
