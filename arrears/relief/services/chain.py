"""Checked by the team lead, granted by the project manager or the branch, and what follows (3.3)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final

from django.utils.translation import gettext as _

from arrears.cases.queries.calling import local_time
from arrears.cases.services import JustPaid, decisions
from arrears.relief.models import Application
from arrears.relief.rules.applications import (
    REVIEW_DAYS,
    SIGN_WITHIN_DAYS,
    Kind,
    State,
    granter,
    refuse_part,
)
from arrears.relief.rules.instalments import schedule
from arrears.relief.services.asking import CHECK
from arrears.relief.services.facts import facts_of, wanted_of
from arrears.relief.services.locked import locked, move
from arrears.relief.services.news import tell
from arrears.relief.services.running import start, still_owed
from arrears.relief.services.same_debt import require_same_debt
from billing.charges.queries import account_card
from owners.queries import community_card
from tenancy.kernel.errors import Conflict, Forbidden
from tenancy.kernel.permissions import StaffMember
from tenancy.people.models import Approval
from tenancy.people.services import approvals
from tenancy.people.words import sentence

GRANT: Final = "relief.grant"


class TwoParts(Forbidden):
    """Who asked or checked does not decide."""

    code = "relief.two_parts"


class TermsOver(Conflict):
    """The days that were asked for have gone by."""

    code = "relief.terms_over"


def register() -> None:
    """Let the approvals' page decide applications."""
    decisions.register(CHECK, checked)
    decisions.register(GRANT, granted)


def checked(decided: Approval, by: StaffMember, at: datetime) -> None:
    """The team lead has looked at facts and proof: with his opinion it goes to who grants, or back."""
    application, on = _application(decided), local_time(at).date()
    _refuse_decider(by, asked_by=application.asked_by_id)
    if decided.decision != Approval.Decision.APPROVED:
        _reject(application, on)
        return
    if application.kind == Kind.INSTALMENT:
        require_same_debt(application, as_of=on)
    move(application, State.CHECKED, on=on)
    _ask_granter(application, by, decided.reason, at)


def granted(decided: Approval, by: StaffMember, at: datetime) -> None:
    """The grant: a deferral or a hardship runs from its first day, a plan waits for its signature."""
    application, on = _application(decided), local_time(at).date()
    before = application.check_request
    checked_by = before.decided_by_id if before else None
    _refuse_decider(by, asked_by=application.asked_by_id, checked_by=checked_by)
    if decided.decision != Approval.Decision.APPROVED:
        _reject(application, on)
        return
    _refuse_pointless(application, on)
    expires_on = _go_on(application, on)
    if expires_on is not None:
        Approval.objects.filter(pk=decided.pk).update(expires_on=expires_on)


def _application(decided: Approval) -> Application:
    field = "check_request_id" if decided.kind == CHECK else "grant_request_id"
    return locked(Application.objects.values_list("pk", flat=True).get(**{field: decided.pk}))


def _refuse_decider(by: StaffMember, *, asked_by: int | None, checked_by: int | None = None) -> None:
    wrong = refuse_part(by.user_id, asked_by=asked_by, checked_by=checked_by)
    if wrong is not None:
        raise TwoParts(sentence(wrong))


def _reject(application: Application, on: date) -> None:
    move(application, State.REJECTED, on=on, why="rejected")
    tell(application, "未获通过，原因可在业主平台查看或向我们咨询", event="rejected", on=on)


def _refuse_pointless(application: Application, on: date) -> None:
    if application.to_on is not None and application.to_on < on:
        raise TermsOver(_("The days that were asked for are over. Reject it; the owner may ask again."))
    plan = application.kind == Kind.INSTALMENT
    owed = require_same_debt(application, as_of=on) if plan else still_owed(application, as_of=on)
    if not owed:
        raise JustPaid(_("What this is about has been paid in the meantime."))


def _go_on(application: Application, on: date) -> date | None:
    """Start it or let it wait for its day or its signature; until when the decision stands."""
    if application.kind == Kind.INSTALMENT:
        sign_by = on + timedelta(days=SIGN_WITHIN_DAYS)
        move(application, State.APPROVED, on=on, sign_by=sign_by)
        tell(application, f"已获通过，请于{sign_by}前到服务中心签署分期还款协议", event="approved", on=on)
        return sign_by
    if application.kind == Kind.HARDSHIP:
        first_on = max(on, application.from_on or on)
        application.review_on = first_on + timedelta(days=REVIEW_DAYS)
    move(application, State.APPROVED, on=on, review_on=application.review_on)
    if application.from_on is None or application.from_on <= on:
        start(application, on=on)
    until = f"至{application.to_on}" if application.to_on else ""
    begins = f"，自{application.from_on}起{until}" if application.from_on else ""
    tell(application, f"已获通过{begins}", event="approved", on=on)
    return application.to_on


def _ask_granter(application: Application, by: StaffMember, opinion: str, at: datetime) -> None:
    card = account_card(application.account_id)
    community = community_card(card.community_id).name
    request = approvals.Request(
        kind=GRANT,
        subject=f"{community} {card.unit_code}",
        role=granter(Kind(application.kind), from_on=_from_on(application), last_on=_last_on(application)),
        facts=facts_of(application, checked_by=by.name, opinion=opinion),
        community_id=card.community_id,
    )
    application.grant_request_id = approvals.ask_all([request], asked_at=at)[0]
    application.save(update_fields=["grant_request_id"])


def _from_on(application: Application) -> date:
    return application.from_on or application.asked_on


def _last_on(application: Application) -> date | None:
    wanted = wanted_of(application)
    if wanted is None:
        return application.to_on
    total_fen = application.principal_fen + application.late_fee_fen
    return schedule(total_fen, wanted, signed_on=application.asked_on)[-1].due_on
