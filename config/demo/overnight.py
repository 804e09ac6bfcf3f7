"""What came overnight: a day of WeChat Pay to be reconciled, a bank's answer to a batch of direct debits."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Final

from billing.banking.queries.blocked import blocked_accounts
from billing.banking.queries.debits import ItemRow, batch_row, item_rows, items_of
from billing.banking.services import (
    add_mandate,
    import_channel_file,
    make_batch,
    read_return,
    revoke_mandate,
)
from billing.charges.queries import OverdueAccount, overdue, owed
from billing.payments.services import Asked, Wish, take_payments
from config.demo.company import Place
from config.demo.picture import photo_of_a_door
from tenancy.kernel.scope import acting_for
from values.fen import yuan
from values.period import add_months

_SIGNED: Final = 6  # who lets the bank debit him
_BY_PHONE: Final = 3  # who paid by telephone yesterday evening
_LIMIT_FEN: Final = 500_000
_WAY: Final = "debit-csv"
_RETURN: Final = "批次号,序号,金额,实扣金额,结果码,说明,银行流水号,入账日期"
_ROWS: Final = "交易时间,微信订单号,商户订单号,交易状态,货币种类,订单金额,手续费,费率"
_SUMS: Final = "总交易单数,订单总金额,手续费总金额"
_UNKNOWN_FEN: Final = 36_000  # came in, and nobody has booked it


def come_in(place: Place, day: date, *, at: datetime) -> None:
    """The evening and the night before `day`, as finance finds them in the morning of `day`."""
    community_id = min(place.cash_points)
    with acting_for(place.tenant_id, user_id=place.user_ids["caiwu"]):
        late = _debitable(community_id, day)
        chosen = late[len(late) // 2 :][: _SIGNED + _BY_PHONE]
        _debit(community_id, chosen[:_SIGNED], day, at)
        _pay_by_phone(community_id, chosen[_SIGNED:], day, at)


def _debitable(community_id: int, day: date) -> list[OverdueAccount]:
    blocked = blocked_accounts(day)
    found = overdue(as_of=day, community_id=community_id)
    return [one for one in found if one.account_id not in blocked and one.overdue_fen < _LIMIT_FEN // 2]


def _debit(community_id: int, payers: Sequence[OverdueAccount], day: date, at: datetime) -> None:
    """One batch that the bank has answered, one debit refused; a second one that waits, a mandate revoked."""
    mandates = [_sign(payer, day, at) for payer in payers]
    if not mandates:
        return
    first = _ask(community_id, day - timedelta(1), at)
    rows = item_rows(list(items_of(first)))
    answers = "\r\n".join([_RETURN, *_answers(batch_row(first).number, rows, day - timedelta(1))])
    read_return(
        debit_batch_id=first, content=answers.encode(), name=f"回盘-{day:%Y%m%d}.csv", posted_on=day, at=at
    )
    if rows[1:]:
        _ask(community_id, day, at)
    else:
        revoke_mandate(mandate_id=mandates[0], on=day, reason="业主改为柜台缴费")


def _sign(payer: OverdueAccount, day: date, at: datetime) -> int:
    return add_mandate(
        account_id=payer.account_id,
        agreement_no=f"WT{payer.account_id:08d}",
        holder_name=payer.party_name,
        bank="中国工商银行杭州文一路支行",
        number=f"6222021202{payer.account_id:09d}",
        limit_fen=_LIMIT_FEN,
        from_on=add_months(day.replace(day=1), -2),
        to_on=None,
        content=photo_of_a_door(),
        name="代扣授权书.png",
        at=at,
    )


def _ask(community_id: int, on: date, at: datetime) -> int:
    blocked = blocked_accounts(on)
    return make_batch(community_id=community_id, profile_code=_WAY, debit_on=on, blocked=blocked, at=at)


def _answers(number: str, rows: Sequence[ItemRow], day: date) -> Iterator[str]:
    for row in rows:
        asked, serial = yuan(row.amount_fen), f"DK{day:%Y%m%d}{row.seq:06d}"
        refused = row.seq == len(rows) > 1
        said = f"0.00,01,余额不足,,{day:%Y%m%d}" if refused else f"{asked},00,成功,{serial},{day:%Y%m%d}"
        yield f"{number},{row.seq},{asked},{said}"


def _pay_by_phone(community_id: int, payers: Sequence[OverdueAccount], day: date, at: datetime) -> None:
    """Booked by their order numbers; one more stands in the channel's file, and nobody knows whose it is."""
    before = day - timedelta(1)
    debts = owed(account_ids=[payer.account_id for payer in payers], as_of=before)
    paid = [
        (f"WX{before:%Y%m%d}{payer.account_id:08d}", payer.account_id, debts[payer.account_id].total_fen)
        for payer in payers
    ]
    take_payments(
        [
            Asked(
                order, Wish(account_id=pk, amount_fen=fen, method="WECHAT", paid_on=before, reference=order)
            )
            for order, pk, fen in paid
        ],
        posted_on=day,
        at=at,
    )
    came = [(order, fen) for order, _pk, fen in paid]
    content = "\r\n".join(_file([*came, (f"WX{before:%Y%m%d}99999999", _UNKNOWN_FEN)], before)) + "\r\n"
    import_channel_file(
        community_id=community_id, channel="WECHAT", day=before, content=content.encode(),
        name=f"微信交易账单-{before:%Y%m%d}.csv", at=at,
    )  # fmt: skip


def _file(came: Sequence[tuple[str, int]], on: date) -> Iterator[str]:
    yield _ROWS
    for number, (order, fen) in enumerate(came, 1):
        fee = yuan(fen * 6 // 1000)
        yield ",".join(
            f"`{cell}"
            for cell in (
                f"{on} 20:{number:02}:00", f"4200000{on:%Y%m%d}{number:010d}", order, "SUCCESS", "CNY",
                yuan(fen), fee, "0.60%",
            )
        )  # fmt: skip
    fees = sum(fen * 6 // 1000 for _order, fen in came)
    yield _SUMS
    yield ",".join(f"`{cell}" for cell in (len(came), yuan(sum(fen for _order, fen in came)), yuan(fees)))
