"""The demo's e-invoices: rates of VAT, requests of the month, a batch that the tax bureau has answered."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

from billing.banking.gateways import connector
from billing.banking.queries.invoice_draft import AlreadyInvoiced, NothingToInvoice, NotInvoiceable
from billing.banking.queries.invoices import in_batch, invoice_rows
from billing.banking.rules.invoice import OWN_INCOME, Buyer
from billing.banking.rules.invoice_file import BACK
from billing.banking.services import add_vat_rate, ask_invoice, read_results, send_batch, set_seller
from billing.charges.queries import fee_items
from billing.payments.queries import PaymentFilter, payment_ids, payment_rows
from config.demo.company import Place
from tenancy.kernel.scope import acting_for
from values.fen import yuan
from values.period import month_start

_ANSWERED, _WAITING = 8, 4
_RENT: Final = 9  # parking bays that are let: real-estate leasing
_LAW: Final = date(2026, 1, 1)
_REFUSAL: Final = "购买方名称与纳税人识别号不一致"


def issue_invoices(place: Place, *, as_of: date, at: datetime) -> None:
    """In the first community: eight asked for, handed over and answered (one refused), four that wait."""
    with acting_for(place.tenant_id, user_id=place.user_ids["caiwu"]):
        _settings(at)
        community_id = min(place.cash_points)
        month = PaymentFilter(community_id=community_id, posted_from=month_start(as_of))
        rows = payment_rows(list(payment_ids(month)))
        paid = [(row.payment_id, row.party_name) for row in rows if row.amount_fen > 0]
        asked = 0
        for payment_id, name in paid:
            asked += _ask(payment_id, name, asked, as_of, at)
            if asked == _ANSWERED:
                _answer(community_id, as_of, at)
                break
        later = [one for one in paid if one[0] < payment_id][:_WAITING] if asked == _ANSWERED else []
        for waiting_id, name in later:
            _ask(waiting_id, name, 1, as_of, at)


def _settings(at: datetime) -> None:
    set_seller(name="锦绣物业服务有限公司", tax_number="91330106MA2B1C2D3E", issuer="陈会计", at=at)
    for item in fee_items():
        if item.revenue != OWN_INCOME:
            continue
        rent = item.code == "parking"
        add_vat_rate(
            fee_item_id=item.fee_item_id,
            from_on=_LAW.replace(year=_LAW.year - 2),
            percent=_RENT if rent else 6,
            name=f"*{'经营租赁' if rent else '物业管理服务'}*{item.name}",
            tax_code="3040502020200000000" if rent else "3040801010000000000",
            unit="月",
            basis="增值税法第十条",
            at=at,
        )


def _ask(payment_id: int, name: str, number: int, on: date, at: datetime) -> int:
    """1 where it could be asked for; every fourth buyer is a company."""
    firm = number % 4 == 3
    try:
        ask_invoice(
            payment_ids=[payment_id],
            buyer_kind=Buyer.COMPANY if firm else Buyer.PERSON,
            buyer_name="杭州云栖贸易有限公司" if firm else name,
            buyer_tax_number="91330106MA2A0B1C2D" if firm else "",
            on=on,
            at=at,
        )
    except (NothingToInvoice, NotInvoiceable, AlreadyInvoiced):
        return 0
    return 1


def _answer(community_id: int, on: date, at: datetime) -> None:
    way = connector("xml")
    batch_id = send_batch(community_id=community_id, connector=way, on=on, at=at)
    lines = []
    for number, row in enumerate(invoice_rows(list(in_batch(batch_id))), 1):
        refused = row.buyer_kind == Buyer.COMPANY and number == _ANSWERED
        said = (
            row.serial, "" if refused else f"2633{on:%y%m%d}{number:010d}", "" if refused else on.isoformat(),
            yuan(row.gross_fen), "失败" if refused else "成功", _REFUSAL if refused else "",
        )  # fmt: skip
        cells = "".join(f"<{column}>{words}</{column}>" for column, words in zip(BACK, said, strict=True))
        lines.append(f"<行>{cells}</行>")
    content = f'<?xml version="1.0" encoding="utf-8"?><开票结果>{"".join(lines)}</开票结果>'.encode()
    name = f"开票结果-{on:%Y%m%d}.xml"
    read_results(invoice_batch_id=batch_id, connector=way, content=content, name=name, on=on, at=at)
