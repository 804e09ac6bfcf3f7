"""The instalment agreement: drawn up for a day, signed on that day, running from the next (4.11)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, Final, NamedTuple

from django.utils.translation import gettext as _

from arrears.cases.queries.subjects import Subject, subjects
from arrears.cases.services.agreed import stand_for_demand
from arrears.cases.services.clocks import note_clock_event
from arrears.cases.services.holds import hold_granted
from arrears.relief.models import Application, Instalment, Plan, PlanCharge
from arrears.relief.rules.applications import Kind, State
from arrears.relief.rules.instalments import GRACE_DAYS, Part, refuse_parts, schedule
from arrears.relief.services.asking import PURPOSE, Upload
from arrears.relief.services.facts import wanted_of
from arrears.relief.services.locked import ApplicationMoved, locked, move
from arrears.relief.services.news import untell
from arrears.relief.services.running import pause
from arrears.relief.services.same_debt import require_same_debt
from billing.charges.queries import OpenCharge, issuer_of, lowered
from notices.documents.instalment_plan import InstalmentPlanData, PlanPart
from notices.documents.parts import Issuer, OwedLine
from notices.rules.lint import lint
from notices.services import Draft, check_printable, queue, record_delivery, withdraw_one
from owners.queries import contacts_of, joint_names
from owners.rules.numbering import document_number
from owners.services import take_numbers
from tenancy.kernel.errors import Conflict, Refused
from tenancy.kernel.permissions import StaffMember
from tenancy.people.services import audit, files
from tenancy.people.words import sentence
from values.because import because

KIND: Final = "INSTALMENT_PLAN"
_WITHDRAWN: Final = "WITHDRAWN"


class SigningRefused(Refused):
    """The day, the name or the paper of a signature cannot be."""

    code = "relief.signing_refused"


class FiguresMoved(Conflict):
    """What the agreement says is owed is no longer true: it is drawn up anew."""

    code = "relief.figures_moved"


class _Paper(NamedTuple):
    """The agreement that waits for its signature."""

    notice_id: int
    number: str
    charge_ids: Sequence[int]
    said: InstalmentPlanData


def draw_up(*, application_id: int, sign_on: date, on: date) -> int:
    """Make the agreement for a day of signing; the notice's id. One that was made before is withdrawn.

    Raises NotFound, ApplicationMoved, SigningRefused, FiguresMoved (nothing is owed any more),
    DebtChanged, NoContract, and TextRefused where the paper would say what it may not.
    """
    application = _approved(application_id)
    if not on <= sign_on <= (application.sign_by or on):
        raise SigningRefused(
            _("The day of signing lies between today and %(day)s.") % {"day": application.sign_by},
            field="sign_on",
        )
    owed = require_same_debt(application, as_of=sign_on)
    if not owed:
        raise FiguresMoved(_("What this is about has been paid in the meantime."))
    who = subjects([application.account_id])[application.account_id]
    parts = _parts(application, owed, sign_on)
    data = _data(application, who, owed, parts, sign_on, on)
    if application.agreement_id is not None:
        withdraw_one(notice_id=application.agreement_id, reason_code="drawn_up_anew")
    application.agreement_id = _queue(application, who, data, owed, on)
    application.save(update_fields=["agreement_id"])
    audit.record("relief.drawn_up", kind="application", pk=application.pk, number=data.number)
    return application.agreement_id


def sign_plan(
    *,
    application_id: int,
    signed_on: date,
    signer_name: str,
    scan: Upload,
    by: StaffMember,
    on: date,
) -> int:
    """The owner has signed: the plan runs; its id. `scan`: the signed paper.

    Late fee is frozen as of the signing and pauses from the next day; limitation of all its charges waits for
    the last instalment; on the ladder it stands for the demand. Raises NotFound, ApplicationMoved,
    SigningRefused, FiguresMoved, DebtChanged, and what a file is refused for.
    """
    application = _approved(application_id)
    paper = _paper(application, signed_on, signer_name, on)
    owed = require_same_debt(application, as_of=signed_on)
    parts = _parts(application, owed, signed_on)
    _refuse_moved(paper, owed, parts)
    kept = files.store(
        scan.content,
        name=scan.name,
        purpose=PURPOSE,
        accept=(files.PDF, *files.IMAGES),
        community_id=application.community_id,
    )
    plan = _write(application, owed, parts, signed_on, signer_name.strip(), kept, by)
    last_on = plan.last_due_on + timedelta(days=plan.grace_days)
    application.pause_ids = pause(application, owed, signed_on + timedelta(days=1), last_on, on)
    hold_granted(
        account_id=application.account_id,
        kind=Kind.INSTALMENT,
        from_on=signed_on,
        to_on=None,
        reason=paper.number,
        agreed_days=[part.due_on for part in parts],
    )
    _put_on_record(application, plan, paper, signed_on, signer_name.strip(), by, on)
    move(application, State.RUNNING, on=signed_on, pause_ids=application.pause_ids)
    untell(application, event="approved")
    return int(plan.pk)


def _approved(application_id: int) -> Application:
    application = locked(application_id)
    if application.kind != Kind.INSTALMENT or application.state != State.APPROVED:
        raise ApplicationMoved(_("No plan of this application waits for a signature."))
    return application


def _parts(application: Application, owed: Sequence[OpenCharge], signed_on: date) -> tuple[Part, ...]:
    wanted = wanted_of(application)
    total_fen = sum(charge.owed_fen for charge in owed)
    if wanted is None or total_fen <= 0:
        raise FiguresMoved(_("What this is about has been paid in the meantime."))
    wrong = refuse_parts(total_fen, wanted)
    if wrong is not None:  # he has paid most of it meanwhile
        raise FiguresMoved(sentence(wrong))
    return schedule(total_fen, wanted, signed_on=signed_on)


def _data(
    application: Application,
    who: Subject,
    owed: Sequence[OpenCharge],
    parts: Sequence[Part],
    sign_on: date,
    on: date,
) -> InstalmentPlanData:
    first = take_numbers(community_id=application.community_id, series=KIND, year=on.year, count=1)
    reach = {one.kind: one.masked for one in reversed(contacts_of([who.party_id]).get(who.party_id, []))}
    granted, issuer = application.grant_request, issuer_of(application.community_id, sign_on)
    return InstalmentPlanData(
        issuer=issuer,
        number=document_number(KIND, who.community_code, on.year, first),
        unit=who.unit_code,
        addressee=who.party_name,
        issued_on=on,
        sign_on=sign_on,
        lines=tuple(_line(charge, sign_on) for charge in owed),
        principal_fen=sum(charge.unpaid_fen for charge in owed),
        late_fee_fen=sum(charge.late_fee_fen for charge in owed),
        total_fen=sum(charge.owed_fen for charge in owed),
        parts=tuple(PlanPart(number=p.number, due_on=p.due_on, amount_fen=p.amount_fen) for p in parts),
        grace_days=GRACE_DAYS,
        last_due_on=parts[-1].due_on,
        retroactive=application.mode == Application.Mode.RETROACTIVE,
        id_last4=who.last_four_of_id,
        joint=joint_names(who.unit_id, who.party_id),
        address=who.domicile or who.address,
        phone=reach.get("MOBILE", reach.get("LANDLINE", "")),
        email=reach.get("EMAIL", ""),
        reason=_reason(application, issuer),
        application_id=application.pk,
        approved_by=granted.decided_by.name if granted and granted.decided_by else "",
        approved_on=granted.decided_at.date() if granted and granted.decided_at else None,
    )


def _reason(application: Application, issuer: Issuer) -> str:
    """The owner's own words, but for those that no paper of ours may say: they stand on his form."""
    unsayable = lint(application.statement, late_fee_clause=bool(issuer.late_fee_clause))
    return "见申请表" if unsayable else application.statement


def _line(charge: OpenCharge, sign_on: date) -> OwedLine:
    return OwedLine(
        fee_item=charge.fee_item,
        period=charge.period.label,
        due_on=charge.due_on,
        days_overdue=max(0, (sign_on - charge.due_on).days),
        principal_fen=charge.unpaid_fen,
        late_fee_fen=charge.late_fee_fen,
        bill_number=charge.bill_number,
    )


def _queue(
    application: Application, who: Subject, data: InstalmentPlanData, owed: Sequence[OpenCharge], on: date
) -> int:
    draft = Draft(
        community_id=application.community_id,
        unit_id=who.unit_id,
        party_id=who.party_id,
        account_id=application.account_id,
        kind=KIND,
        channel="PAPER",
        unique_key=f"{KIND}:{data.number}",
        number=data.number,
        issued_on=on,
        data=data.as_json(),
        charge_ids=tuple(charge.charge_id for charge in owed),
    )
    notice_id = queue([draft])[draft.unique_key]
    check_printable(notice_id)
    return notice_id


def _paper(application: Application, signed_on: date, signer_name: str, on: date) -> _Paper:
    notice: Any = application.agreement
    if notice is None:
        raise SigningRefused(_("Draw up the agreement first."), field="signed_on")
    if notice.state == _WITHDRAWN:
        raise FiguresMoved(_("Money came in since the agreement was drawn up. Draw it up anew."))
    if not signer_name.strip():
        raise SigningRefused(_("Write who has signed."), field="signer_name")
    if signed_on > on:
        raise SigningRefused(_("Nothing is signed in the future."), field="signed_on")
    paper = _Paper(notice.pk, notice.number, notice.charge_ids, InstalmentPlanData.from_json(notice.data))
    if paper.said.sign_on != signed_on:
        raise SigningRefused(
            _("The agreement was drawn up for another day: its late fee is not that of this day."),
            field="signed_on",
        )
    return paper


def _refuse_moved(paper: _Paper, owed: Sequence[OpenCharge], parts: Sequence[Part]) -> None:
    said = paper.said
    now = [(charge.charge_id, charge.unpaid_fen, charge.late_fee_fen) for charge in owed]
    then = [
        (charge_id, line.principal_fen, line.late_fee_fen)
        for charge_id, line in zip(paper.charge_ids, said.lines, strict=True)
    ]
    amounts = [(part.due_on, part.amount_fen) for part in parts]
    if now != then or amounts != [(part.due_on, part.amount_fen) for part in said.parts]:
        raise FiguresMoved(_("Money came in since the agreement was drawn up. Draw it up anew."))


def _write(
    application: Application,
    owed: Sequence[OpenCharge],
    parts: Sequence[Part],
    signed_on: date,
    signer_name: str,
    scan: files.StoredFile,
    by: StaffMember,
) -> Plan:
    before = lowered([charge.charge_id for charge in owed]).values()
    plan: Plan = Plan.objects.create(
        application=application,
        signed_on=signed_on,
        signer_name=signer_name[:60],
        scan=scan,
        principal_fen=sum(charge.unpaid_fen for charge in owed),
        late_fee_fen=sum(charge.late_fee_fen for charge in owed),
        total_fen=sum(charge.owed_fen for charge in owed),
        gone_fen=sum(sum(move[1] + move[2] for move in one.moves) for one in before),
        grace_days=GRACE_DAYS,
        last_due_on=parts[-1].due_on,
        signed_with_id=by.user_id,
    )
    Instalment.objects.bulk_create([Instalment(plan=plan, **part._asdict()) for part in parts])
    PlanCharge.objects.bulk_create(
        [
            PlanCharge(
                plan=plan,
                charge_id=charge.charge_id,
                principal_fen=charge.unpaid_fen,
                late_fee_fen=charge.late_fee_fen,
            )
            for charge in owed
        ]
    )
    return plan


def _put_on_record(
    application: Application,
    plan: Plan,
    paper: _Paper,
    signed_on: date,
    signer: str,
    by: StaffMember,
    on: date,
) -> None:
    """The paper is delivered, limitation waits for the last instalment, the ladder has its demand."""
    record_delivery(
        notice_id=paper.notice_id,
        method="HAND",
        result="SIGNED",
        on=signed_on,
        as_of=on,
        receiver="OWNER",
        receiver_name=signer,
        handed_over_by=by.name,
    )
    note_clock_event(
        account_id=application.account_id,
        charge_ids=paper.charge_ids,
        kind="ACKNOWLEDGEMENT",
        on=signed_on,
        until=plan.last_due_on,
        source=f"plan:{plan.pk}",
        evidence=_("Instalment agreement %(number)s") % {"number": paper.number},
        file_id=plan.scan_id,
    )
    why = because("plan_signed", signed_on=signed_on, number=paper.number)
    stand_for_demand(
        account_id=application.account_id,
        charge_ids=paper.charge_ids,
        on=signed_on,
        why=why,
        notice_id=paper.notice_id,
    )
