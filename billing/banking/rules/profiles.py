"""How each bank writes its statement: which columns, days, encoding. A company may add ways of its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

DATE, AMOUNT, CREDIT, DEBIT, SIDE = "date", "amount", "credit", "debit", "side"
PAYER, ACCOUNT, SERIAL, REMARK, CURRENCY = "payer", "account", "serial", "remark", "currency"
NEEDED: Final = (DATE, SERIAL)
FIELDS: Final = (DATE, AMOUNT, CREDIT, DEBIT, SIDE, PAYER, ACCOUNT, SERIAL, REMARK, CURRENCY)
CSV, XLSX = "CSV", "XLSX"
ENCODINGS: Final = ("utf-8-sig", "gb18030")
DELIMITERS: Final = (",", ";", "\t", "|")


@dataclass(frozen=True, slots=True)
class Profile:
    """One bank's statement. `columns`: field -> the header names it may have, as the bank writes them.

    Money that came in stands in a column of its own (`credit`, beside `debit`), or in `amount` with the side
    (`side`) beside it; an `amount` without a side is money that came in. `date_format` as strptime's.
    """

    code: str
    name: str
    file_format: str
    columns: Mapping[str, tuple[str, ...]]
    encoding: str = "gb18030"
    delimiter: str = ","
    date_format: str = "%Y-%m-%d"

    def lacks(self) -> tuple[str, ...]:
        """The fields without which no line can be read.

        >>> Profile("x", "x", CSV, {"date": ("日期",), "amount": ("金额",)}).lacks()
        ('serial',)
        """
        money = () if {AMOUNT, CREDIT} & self.columns.keys() else (AMOUNT,)
        return (*(name for name in NEEDED if not self.columns.get(name)), *money)


_ICBC = Profile(
    "icbc", "中国工商银行", CSV,
    {
        DATE: ("交易日期", "交易时间"), CREDIT: ("贷方发生额", "收入金额"), DEBIT: ("借方发生额", "支出金额"),
        PAYER: ("对方户名", "对方单位名称"), ACCOUNT: ("对方账号",), SERIAL: ("交易流水号", "凭证号"),
        REMARK: ("附言", "摘要", "用途"), CURRENCY: ("币种",),
    },
)  # fmt: skip
_CCB = Profile(
    "ccb", "中国建设银行", XLSX,
    {
        DATE: ("交易时间", "记账日期"), CREDIT: ("贷方发生额(收入)", "贷方发生额/元(收入)"),
        DEBIT: ("借方发生额(支取)", "借方发生额/元(支取)"), PAYER: ("对方户名",), ACCOUNT: ("对方账号",),
        SERIAL: ("账户明细编号-交易流水号", "交易流水号"), REMARK: ("备注", "摘要"), CURRENCY: ("币种",),
    },
    date_format="%Y%m%d",
)  # fmt: skip
_CMB = Profile(
    "cmb", "招商银行", CSV,
    {
        DATE: ("交易日", "交易日期"), AMOUNT: ("交易金额",), SIDE: ("借贷标志", "借贷方向"),
        PAYER: ("收/付方名称", "对方名称"), ACCOUNT: ("收/付方账号", "对方账号"),
        SERIAL: ("流水号", "交易流水号"),
        REMARK: ("用途", "摘要", "交易附言"), CURRENCY: ("币种", "货币"),
    },
    date_format="%Y%m%d",
)  # fmt: skip
_PLAIN = Profile(
    "plain", "通用格式", CSV,
    {
        DATE: ("日期",), AMOUNT: ("金额",), PAYER: ("付款人",), ACCOUNT: ("付款账号",), SERIAL: ("流水号",),
        REMARK: ("附言",), CURRENCY: ("币种",),
    },
    encoding="utf-8-sig",
)  # fmt: skip
BUILT_IN: Final[dict[str, Profile]] = {one.code: one for one in (_ICBC, _CCB, _CMB, _PLAIN)}
