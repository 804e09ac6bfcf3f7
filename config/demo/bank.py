"""The demo's bank: each community's statement of the month, mostly booked already; a transfer for two."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Final

from billing.banking.queries import LineFilter, lines
from billing.banking.services import Part, add_bank_account, import_statement, set_aside, split_line
from billing.charges.queries import account_card, accounts, overdue, owed
from billing.payments.queries import PaymentFilter, payment_ids, payment_rows
from config.demo.company import Place
from owners.gateways.sheets import open_sheets
from tenancy.kernel.scope import acting_for
from values.fen import yuan
from values.period import month_start

_HEADER: Final = "凭证号,交易时间,借方发生额,贷方发生额,对方单位名称,对方账号,摘要"
_OWING: Final = 6  # who has paid to the bank, and nobody has booked it yet
_REMARKS: Final = ("{code}物业费", "{code}", "{code} 欠费结清", "物业费", "{room}", "{room}物业费")
_INTEREST: Final = "批量结息"
_AHEAD_FEN: Final = 60_000
_FOR_TWO: Final = "两处房产费用一并转账"


def bring_statements(place: Place, *, as_of: date, at: datetime) -> None:
    """A bank account and this month's statement for every community: matched, proposed, in suspense."""
    with acting_for(place.tenant_id, user_id=place.user_ids["caiwu"]):
        for number, community_id in enumerate(sorted(place.cash_points), 1):
            account_id = add_bank_account(
                community_id=community_id,
                name="锦绣物业服务有限公司",
                bank="中国工商银行杭州文一路支行",
                number=f"120202000910000{number:04}",
                profile_code="icbc",
            )
            content = "\r\n".join(_file(community_id, as_of)).encode("gb18030")
            name = f"对账单-{as_of:%Y%m}-{number}.csv"
            import_statement(
                bank_account_id=account_id, content=content, name=name, opener=open_sheets, at=at
            )
        for line_id in lines(LineFilter(words=_INTEREST)):
            set_aside(line_id=line_id, reason="银行结息，转财务入账", at=at)


def divide_one(place: Place, *, as_of: date, posted_on: date, at: datetime) -> None:
    """In the morning finance divides the first transfer that a payer of two homes or bays made for both."""
    with acting_for(place.tenant_id, user_id=place.user_ids["caiwu"]):
        for community_id in sorted(place.cash_points):
            parts = _for_two(community_id, as_of)
            for line_id in lines(LineFilter(words=_serial(parts, as_of)))[:1] if parts else ():
                split_line(line_id=line_id, parts=parts, posted_on=posted_on, at=at)
                return


def _for_two(community_id: int, as_of: date) -> list[Part]:
    """Two accounts of one payer, if they can be of those who owe; where nothing is owed he pays ahead."""
    found: dict[int, list[int]] = defaultdict(list)
    for one in accounts(community_id=community_id):
        if one.closed_on is None:
            found[one.party_id].append(one.account_id)
    homes = [ids for ids in found.values() if len(ids) > 1]
    debts = owed(account_ids=[pk for ids in homes for pk in ids], as_of=as_of)
    pairs = [sorted(ids, key=lambda pk: -debts[pk].total_fen)[:2] for ids in homes]
    chosen = max(pairs, key=lambda pair: sum(debts[pk].total_fen > 0 for pk in pair), default=[])
    return [Part(pk, debts[pk].total_fen or _AHEAD_FEN) for pk in chosen]


def _serial(parts: Sequence[Part], as_of: date) -> str:
    return f"4{as_of:%Y%m%d}{parts[0].account_id:08d}"


def _file(community_id: int, as_of: date) -> Iterator[str]:
    yield f"中国工商银行账户明细,截止日期：{as_of}"
    yield _HEADER
    month = PaymentFilter(community_id=community_id, method="TRANSFER", posted_from=month_start(as_of))
    for row in payment_rows(list(payment_ids(month))):
        remark = f"{row.unit_code}物业费"
        yield f"{row.reference},{row.paid_on},,{yuan(row.amount_fen)},{row.party_name},,{remark}"
    late = overdue(as_of=as_of, community_id=community_id)[-_OWING:]
    debts = owed(account_ids=[one.account_id for one in late], as_of=as_of)
    for one, remark in zip(late, _REMARKS, strict=False):
        said = remark.format(code=one.unit_code, room=one.unit_code.rsplit("-", 1)[-1])
        sum_fen = debts[one.account_id].total_fen
        number = f"9{as_of:%Y%m%d}{one.account_id:08d}"
        yield f"{number},{as_of},,{yuan(sum_fen)},{one.party_name},6222{one.account_id:012},{said}"
    if parts := _for_two(community_id, as_of):
        payer = account_card(parts[0].account_id).party_name
        sum_fen = sum(part.amount_fen for part in parts)
        yield f"{_serial(parts, as_of)},{as_of},,{yuan(sum_fen)},{payer},,{_FOR_TWO}"
    # Nobody can be sure of these.
    yield f"6{as_of:%Y%m%d}{community_id:08d},{as_of},,1888.00,杭州云栖贸易有限公司,,代交物业费"
    for one in late[:1]:
        yield f"5{as_of:%Y%m%d}{one.account_id:08d},{as_of},,500.00,{one.party_name},,转账"
    yield f"8{as_of:%Y%m%d}{community_id:08d},{as_of},,36.52,,,{_INTEREST}"
    yield f"7{as_of:%Y%m%d}{community_id:08d},{as_of},50.00,,中国工商银行,,账户管理费"
