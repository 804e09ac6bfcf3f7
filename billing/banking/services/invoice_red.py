"""红字: take an issued invoice back, wholly or for some of its payments, by a red one that mirrors it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from billing.banking.models import Invoice, InvoiceEvent, InvoiceLine, InvoicePart
from billing.banking.rules.invoice import Amount, mirror, total
from billing.banking.services.invoices import InvoiceNotOpen, ReasonMissing, locked, next_serial, note
from owners.queries import community_card
from tenancy.kernel.errors import Conflict
from tenancy.kernel.scope import current_user_id
from tenancy.people.services import audit


class NothingToCorrect(Conflict):
    """All of it was taken back, or a red invoice for it waits."""

    code = "banking.nothing_to_correct"


@transaction.atomic
def ask_red(
    *,
    invoice_id: int,
    reason: str,
    payment_ids: Collection[int] = (),
    confirmation_no: str = "",
    on: date,
    at: datetime,
) -> int:
    """Ask for the red invoice of an issued one; of these payments only, or (none named) of all that is left.

    Raises NotFound, ReasonMissing, InvoiceNotOpen, NothingToCorrect.
    """
    if not reason.strip():
        raise ReasonMissing(_("Say why."), field="reason")
    blue = locked(invoice_id)
    if blue.state != Invoice.State.ISSUED or blue.kind != Invoice.Kind.BLUE:
        raise InvoiceNotOpen(_("Only a blue invoice that was issued can be corrected by a red one."))
    parts = _parts(blue, payment_ids)
    lines = _mirrored(parts)
    amount = total(one for _line, one in lines)
    code = community_card(blue.community_id).code
    red = Invoice.objects.create(
        kind=Invoice.Kind.RED, blue=blue, red_reason=reason.strip()[:200], confirmation_no=confirmation_no,
        community_id=blue.community_id, account_id=blue.account_id, seller_id=blue.seller_id,
        serial=next_serial(blue.community_id, code, on), buyer_kind=blue.buyer_kind,
        buyer_name=blue.buyer_name, buyer_tax_number=blue.buyer_tax_number, buyer_email=blue.buyer_email,
        gross_fen=amount.gross_fen, net_fen=amount.net_fen, tax_fen=amount.tax_fen, remark=blue.remark,
        requested_on=on, requested_by_id=current_user_id(), requested_at=at,
    )  # fmt: skip
    _write(red, lines)
    InvoicePart.objects.filter(pk__in=[part.pk for part in parts]).update(red=red)
    note(red.pk, InvoiceEvent.Kind.REQUESTED, at=at, detail=reason.strip())
    note(blue.pk, InvoiceEvent.Kind.RED_ASKED, at=at, detail=red.serial)
    audit.record(
        "invoice.red_asked", kind="invoice", pk=blue.pk, amount_fen=amount.gross_fen, by=red.serial,
        reason=reason.strip(),
    )  # fmt: skip
    return int(red.pk)


def _parts(blue: Invoice, payment_ids: Collection[int]) -> list[InvoicePart]:
    found = InvoicePart.objects.filter(invoice_id=blue.pk, is_live=True, red=None).order_by("pk")
    if payment_ids:
        found = found.filter(payment_id__in=payment_ids)
    parts = list(found)
    if not parts:
        text = _("Nothing of this is left to correct: it was taken back, or a red invoice for it waits.")
        raise NothingToCorrect(text, field="payments")
    return parts


def _mirrored(parts: Sequence[InvoicePart]) -> list[tuple[InvoiceLine, Amount]]:
    """Each blue line with what goes back of it; what open or issued red ones took before counts."""
    back: dict[int, int] = defaultdict(int)
    for part in parts:
        back[part.line_id] += part.amount_fen
    ended = (Invoice.State.REFUSED, Invoice.State.WITHDRAWN)
    before: dict[int, list[Amount]] = defaultdict(list)
    for line in InvoiceLine.objects.filter(blue_line_id__in=back).exclude(invoice__state__in=ended):
        before[line.blue_line_id or 0].append(Amount(line.gross_fen, line.net_fen, line.tax_fen))
    return [
        (
            line,
            mirror(
                Amount(line.gross_fen, line.net_fen, line.tax_fen),
                back_fen=back[line.pk],
                before=total(before[line.pk]),
                percent=line.percent,
            ),
        )
        for line in InvoiceLine.objects.filter(pk__in=back).order_by("seq")
    ]


def _write(red: Invoice, lines: Sequence[tuple[InvoiceLine, Amount]]) -> None:
    InvoiceLine.objects.bulk_create(
        InvoiceLine(
            invoice=red, seq=seq, blue_line=line, fee_item_id=line.fee_item_id, period=line.period,
            part=line.part, name=line.name, tax_code=line.tax_code, unit=line.unit, percent=line.percent,
            is_exempt=line.is_exempt, gross_fen=amount.gross_fen, net_fen=amount.net_fen,
            tax_fen=amount.tax_fen,
        )
        for seq, (line, amount) in enumerate(lines, 1)
    )  # fmt: skip
