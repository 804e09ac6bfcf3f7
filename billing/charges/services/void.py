"""Take back a bill that nobody has paid anything of. It keeps its number; the days can be billed anew."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from billing.charges.models import Bill, Charge
from billing.charges.services.adjust import undo_reductions
from notices.services import withdraw
from tenancy.kernel.errors import Conflict, NotFound, Refused
from tenancy.people.services import audit


class AlreadyPaid(Conflict):
    code = "charges.already_paid"


class AlreadyVoid(Conflict):
    code = "charges.already_void"


class ReasonMissing(Refused):
    code = "charges.reason_missing"


def void_bill(*, bill_id: int, reason: str, voided_on: date) -> None:
    """Reverse all charges of a bill and withdraw its notices. Refused once anything was paid."""
    if not reason.strip():
        raise ReasonMissing(_("Say why this bill is taken back."), field="reason")
    bill = Bill.objects.select_for_update().filter(pk=bill_id).first()
    if bill is None:
        raise NotFound(_("There is no such bill."))
    if bill.voided_on is not None:
        raise AlreadyVoid(_("This bill was taken back already."))
    standing = Charge.objects.filter(bill_id=bill_id, reversed_on=None)
    undo_reductions(
        charge_ids=standing.values_list("pk", flat=True), reason=reason.strip()[:200], on=voided_on
    )
    charges = list(
        Charge.objects.select_for_update().filter(bill_id=bill_id, reversed_on=None).order_by("pk")
    )
    if any(charge.settled_fen or charge.late_fee_paid_fen for charge in charges):
        raise AlreadyPaid(_("This bill has payments. Refund them before taking it back."))
    ids = [charge.pk for charge in charges]
    Charge.objects.filter(pk__in=ids).update(reversed_on=voided_on)
    Bill.objects.filter(pk=bill_id).update(voided_on=voided_on, void_reason=reason.strip()[:200])
    withdraw(account_id=bill.account_id, touched=ids, settled=ids, reason_code="bill_voided")
    audit.record("bill.voided", kind="bill", pk=bill_id, number=bill.number, reason=reason.strip())
