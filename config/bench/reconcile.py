"""reconcile: a statement with a transfer for every unit, read and matched, against copying its rows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial
from typing import Final
from zoneinfo import ZoneInfo

from billing.banking.services import Imported, add_bank_account, import_statement, match_lines
from billing.charges.queries import BillFilter, bills
from config.bench import bill_run
from config.bench.figure import Figure, timed
from config.bench.limit import Limit
from config.bench.owner import Owner
from config.bench.town import Town, build
from owners.gateways.sheets import open_sheets
from tenancy.kernel.scope import acting_for
from values.fen import yuan
from values.period import Period

NAME: Final = "reconcile"
_JANUARY: Final = Period.month(2026, 1)
_AT: Final = datetime(2026, 2, 3, 10, tzinfo=ZoneInfo("Asia/Shanghai"))
_DAYS: Final = 28
_HEADER: Final = "日期,金额,付款人,付款账号,流水号,附言"
# How payers write: most name their room, some only their own name, some a number or nothing of use.
_REMARKS: Final = ("{code}物业费", "{code}", "物业费", "{room}", "转账")


def measure(units: int, owner: Owner) -> Figure:
    """Read N transfers of a month, match each to its account; then match them all once more."""
    town = build(units, owner)
    bill_run.issue(town, _JANUARY)
    owner.settle_down("charges_bill", "charges_charge")
    with acting_for(town.tenant_id):
        account_id = add_bank_account(
            community_id=town.community_id, name="测量物业", bank="测量银行", number="6217000000000000001",
            profile_code="plain",
        )  # fmt: skip
        content = "\n".join(_file()).encode()
    limit = Limit(owner)
    seconds, imported = timed(partial(_import, town, account_id, content))
    if imported.lines != units or not imported.proposed:
        raise RuntimeError(f"{imported} for {units} transfers")
    copied = limit.copy()
    again, _matched = timed(partial(_match, town, account_id))
    more = {
        "lines_per_s": round(units / seconds),
        "limit_seconds": round(copied.seconds, 3),
        "ratio_to_limit": round(seconds / copied.seconds, 2),
        "match_seconds": round(again, 3),
        "proposed": imported.proposed,
        "rows": copied.rows,
    }
    return Figure(NAME, units, seconds, more)


def _file() -> Iterator[str]:
    owed = bills(BillFilter(), as_of=_AT.date()).order_by("pk")
    yield _HEADER
    for n, (code, name, amount_fen) in enumerate(
        owed.values_list("account__unit__code", "account__party__name", "amount_fen")
    ):
        remark = _REMARKS[n % len(_REMARKS)].format(code=code, room=code.rsplit("-", 1)[-1])
        on = _JANUARY.start + timedelta(days=n % _DAYS)
        yield f"{on},{yuan(amount_fen)},{name},6222{n:012},B{n:09},{remark}"


def _import(town: Town, account_id: int, content: bytes) -> Imported:
    with acting_for(town.tenant_id):
        return import_statement(
            bank_account_id=account_id, content=content, name="bench.csv", opener=open_sheets, at=_AT
        )


def _match(town: Town, account_id: int) -> int:
    with acting_for(town.tenant_id):
        return match_lines(bank_account_id=account_id, again=True).proposed
