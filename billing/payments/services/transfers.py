"""Settle a unit that was sold: the seller's charges end with his last day, the buyer's begin after it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Final, NamedTuple

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from billing.charges import services as charges
from billing.charges.queries import accounts_of_unit, owed
from billing.charges.queries.bills import bill_detail
from billing.payments.documents import transfer as document
from billing.payments.models import Transfer
from billing.payments.queries.credit import credit_of
from billing.payments.queries.transfers import Change, change_on, lines_of, transfer_card
from billing.payments.services.release import Released, release_unowed
from owners import services as owners
from owners.queries import community_card, payers_of_unit, unit_header
from owners.rules.numbering import document_number
from tenancy.kernel.crypto import fingerprint
from tenancy.kernel.errors import Conflict, Refused
from tenancy.kernel.models import Tenant
from tenancy.kernel.scope import current_tenant_id, current_user_id
from tenancy.people.services import audit
from values.area import square_metres

SERIES: Final = "TRANSFER"


class TransferThere(Conflict):
    """The sheet of this change was drawn up already."""

    code = "payments.transfer_there"


class TransferAhead(Refused):
    """The buyer's first day has not come: nothing is settled ahead of it."""

    code = "payments.transfer_ahead"


class PrintedTransfer(NamedTuple):
    """A sheet as it is handed out."""

    number: str
    pdf: bytes


@transaction.atomic
def settle_transfer(
    *, unit_id: int, changed_on: date, on: date, at: datetime, registered_on: date | None = None
) -> int:
    """Settle a change of owners and draw up its sheet; the sheet's id.

    What the seller was billed for the buyer's days is taken back, and what he paid for them is his credit;
    the buyer gets a bill for the days that runs have gone past. So it goes with an occupant who paid by
    agreement with the seller. Older debts stay where they are. Raises NotFound, TransferAhead, TransferThere,
    DayClosed.
    """
    change = change_on(unit_id, changed_on)
    if change.on > on:
        raise TransferAhead(_("The new owner comes later than today."), field="on")
    unit = unit_header(unit_id)
    charges.lock_issue(unit.community_id)
    if Transfer.objects.filter(unit_id=unit_id, on=change.on).exists():
        raise _there()
    pair = (unit_id, change.seller_id)
    account_id = charges.open_accounts(pairs=[pair], opened_on=change.on)[pair]
    reason = _("The unit went to %(name)s on %(day)s") % {"name": change.buyer, "day": change.on.isoformat()}
    ids = [account_id, *_of_occupants(change)]
    released = release_unowed(account_ids=ids, since=change.on, reason=reason, on=on, at=at)
    bill_id = charges.bill_the_rest(unit_id=unit_id, party_id=change.buyer_id, since=change.on, on=on)
    charges.close_account(account_id, on=change.on)
    nothing = Released(account_id, (), None, 0, 0)
    done = next((one for one in released if one.account_id == account_id), nothing)
    return _draw_up(change, done, bill_id, registered_on, on, at)


def fetch_transfer(transfer_id: int) -> PrintedTransfer:
    """A copy of a sheet, as it was drawn up. NotFound."""
    row, lines, facts = transfer_card(transfer_id)
    unit = unit_header(row.unit_id)
    community = community_card(unit.community_id)
    data = document.TransferData(
        company=Tenant.objects.get(pk=current_tenant_id()).name,
        community=community.name,
        address=community.address,
        phone=community.service_phone,
        number=row.number,
        issued_on=date.fromisoformat(facts["issued_on"]),
        unit=facts["unit"],
        area=facts["area"],
        seller=facts["seller"],
        buyer=facts["buyer"],
        joint=tuple(facts["joint"]),
        on=row.on,
        registered_on=row.registered_on,
        lines=lines,
        free_fen=row.free_fen,
        credit_fen=facts["credit_fen"],
        owed_fen=facts["owed_fen"],
        bill_number=facts["bill_number"],
        bill_fen=facts["bill_fen"],
        check_code=fingerprint(f"transfer|{current_tenant_id()}|{row.number}")[:12].upper(),
    )
    audit.record("transfer.printed", kind="transfer", pk=transfer_id, number=row.number)
    return PrintedTransfer(row.number, document.render_pdf(data))


def _of_occupants(change: Change) -> list[int]:
    """Accounts of who paid by agreement with the seller until the sale."""
    paid = {party for _pk, party, _from_on, to_on in payers_of_unit(change.unit_id) if to_on == change.on}
    rows = accounts_of_unit(change.unit_id)
    return [row.account_id for row in rows if row.party_id in paid - {change.seller_id, change.buyer_id}]


def _draw_up(
    change: Change,
    released: Released,
    bill_id: int | None,
    registered_on: date | None,
    on: date,
    at: datetime,
) -> int:
    unit = unit_header(change.unit_id)
    year = localdate(at).year
    first = owners.take_numbers(community_id=unit.community_id, series=SERIES, year=year, count=1)
    number = document_number(SERIES, unit.community_code, year, first)
    try:
        with transaction.atomic():
            made = Transfer.objects.create(
                community_id=unit.community_id,
                unit_id=change.unit_id,
                account_id=released.account_id,
                buyer_id=change.buyer_id,
                number=number,
                on=change.on,
                registered_on=registered_on,
                release_id=released.payment_id,
                bill_id=bill_id,
                free_fen=released.free_fen,
                facts=_facts(change, released, bill_id, on),
                issued_by_id=current_user_id(),
                created_at=at,
            )
    except IntegrityError as error:  # somebody was faster: the constraint says it
        raise _there() from error
    said = {"number": number, "amount_fen": released.free_fen, "unit": unit.code}
    audit.record("transfer.settled", kind="transfer", pk=made.pk, **said)
    return int(made.pk)


def _facts(change: Change, released: Released, bill_id: int | None, on: date) -> dict[str, Any]:
    """What the sheet says for ever."""
    account_id, unit = released.account_id, unit_header(change.unit_id)
    bill = bill_detail(bill_id, as_of=on).bill if bill_id else None
    old = [cut.old for cut in released.cuts]
    fresh = {cut.charge_id for cut in released.cuts if cut.charge_id}
    return {
        "issued_on": on.isoformat(),
        "unit": unit.code,
        "area": square_metres(unit.area_cm2),
        "seller": change.seller,
        "buyer": change.buyer,
        "joint": list(change.joint),
        "lines": [line.as_json() for line in lines_of(change, old, but=fresh)],
        "paid_fen": released.released_fen,
        "credit_fen": credit_of([account_id])[account_id],
        "owed_fen": owed(account_ids=[account_id], as_of=on)[account_id].total_fen,
        "bill_number": bill.number if bill else "",
        "bill_fen": bill.amount_fen if bill else 0,
    }


def _there() -> TransferThere:
    return TransferThere(_("The settlement sheet of this change was drawn up already."))
