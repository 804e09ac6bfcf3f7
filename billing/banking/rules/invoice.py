"""数电票: which money can be invoiced, at which rate of VAT, and the lines it makes; the red one mirrors."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import Final, NamedTuple

from billing.charges.rules.vat import split_gross
from values.period import Period

PERCENTS: Final = (6, 3, 1, 9, 5, 13, 0)
NUMBER_DIGITS: Final = 20
LATE_FEE: Final = "LATE_FEE"
OWN_INCOME: Final = "own_income"
_TAX_NUMBER: Final = re.compile(r"[0-9A-HJ-NPQRTUWXY]{18}|[0-9A-Z]{15}|[0-9A-Z]{20}")
_TAX_CODE: Final = re.compile(r"[0-9]{19}")
_NAME: Final = re.compile(r"\*[^*]{1,40}\*[^*]{1,60}")


class Buyer(StrEnum):
    """Whose name stands on the invoice: a person needs no tax number."""

    PERSON = "PERSON"
    COMPANY = "COMPANY"


class Left(StrEnum):
    """Why money of a payment stands on no invoice."""

    CREDIT = "invoice.left_credit"
    NOT_INCOME = "invoice.left_not_income"
    INVOICED = "invoice.left_invoiced"


class Rate(NamedTuple):
    """How a fee item is taxed from a day on. Percent 0 and exempt go together."""

    fee_item_id: int
    from_on: date
    percent: int
    is_exempt: bool
    name: str
    tax_code: str
    unit: str
    passes_through: bool = False


class Paid(NamedTuple):
    """One allocation of a payment; credit has neither fee item nor period."""

    allocation_id: int
    payment_id: int
    paid_on: date
    part: str
    amount_fen: int
    fee_item_id: int | None
    revenue: str
    period: Period | None


class Line(NamedTuple):
    """A line of an invoice with the money it is made of; tax = gross - net."""

    rate: Rate
    fee_item_id: int
    period: Period
    part: str
    gross_fen: int
    net_fen: int
    tax_fen: int
    allocations: tuple[int, ...]


class Amount(NamedTuple):
    """Gross, net and tax in fen."""

    gross_fen: int
    net_fen: int
    tax_fen: int


class NoRate(ValueError):
    """A fee item has no rate of VAT on the day its money came."""

    def __init__(self, fee_item_id: int, on: date) -> None:
        super().__init__(f"no rate for fee item {fee_item_id} on {on}")
        self.fee_item_id, self.on = fee_item_id, on


def is_tax_number(words: str) -> bool:
    """统一社会信用代码 of 18, or an older number of 15 or 20 characters.

    >>> is_tax_number("91330106MA2B1C2D3E"), is_tax_number("9133"), is_tax_number("91330106MA2BIC2D3E")
    (True, False, False)
    """
    return bool(_TAX_NUMBER.fullmatch(words))


def is_tax_code(words: str) -> bool:
    """商品和服务税收编码: 19 digits.

    >>> is_tax_code("3040801000000000000"), is_tax_code("304")
    (True, False)
    """
    return bool(_TAX_CODE.fullmatch(words))


def is_item_name(words: str) -> bool:
    """*short name of the class*what was sold.

    >>> is_item_name("*物业管理服务*物业费"), is_item_name("物业费")
    (True, False)
    """
    return bool(_NAME.fullmatch(words))


def rate_on(rates: Iterable[Rate], *, fee_item_id: int, on: date) -> Rate | None:
    """The rate that holds on a day: the newest that has begun; of one day's the one entered last."""
    begun = [rate for rate in rates if rate.fee_item_id == fee_item_id and rate.from_on <= on]
    latest = max((rate.from_on for rate in begun), default=None)
    return next((rate for rate in reversed(begun) if rate.from_on == latest), None)


def split(gross_fen: int, rate: Rate) -> Amount:
    """Net and tax of a tax-included amount (S15).

    >>> split(252024, Rate(1, date(2026, 1, 1), 6, False, "", "", ""))
    Amount(gross_fen=252024, net_fen=237758, tax_fen=14266)
    """
    found = split_gross(gross_fen, percent=rate.percent)
    return Amount(gross_fen, found.net_fen, found.tax_fen)


def sort_out(
    paid: Sequence[Paid], rates: Sequence[Rate], *, invoiced: frozenset[int]
) -> tuple[list[tuple[Paid, Rate]], list[tuple[Paid, Left]]]:
    """What can stand on an invoice, each with its rate, and what cannot and why.

    Own income only; other people's money only where its fee item's rate says so. Raises NoRate.
    """
    taken: list[tuple[Paid, Rate]] = []
    left: list[tuple[Paid, Left]] = []
    for one in paid:
        if one.allocation_id in invoiced:
            left.append((one, Left.INVOICED))
        elif one.fee_item_id is None:
            left.append((one, Left.CREDIT))
        else:
            rate = rate_on(rates, fee_item_id=one.fee_item_id, on=one.paid_on)
            if one.revenue != OWN_INCOME and (rate is None or not rate.passes_through):
                left.append((one, Left.NOT_INCOME))
            elif rate is None:
                raise NoRate(one.fee_item_id, one.paid_on)
            else:
                taken.append((one, rate))
    return taken, left


def lines_of(taken: Iterable[tuple[Paid, Rate]]) -> list[Line]:
    """One line per fee item, period, rate and part; the tax is split once per line."""
    grouped: dict[tuple[Rate, Period, bool], list[Paid]] = {}
    for one, rate in taken:
        if one.period is not None:
            grouped.setdefault((rate, one.period, one.part == LATE_FEE), []).append(one)
    found = []
    for (rate, period, _late), parts in grouped.items():
        amount = split(sum(one.amount_fen for one in parts), rate)
        ids = tuple(one.allocation_id for one in parts)
        found.append(Line(rate, rate.fee_item_id, period, parts[0].part, *amount, ids))
    return sorted(found, key=lambda line: (line.fee_item_id, line.period.start, line.part == LATE_FEE))


def total(lines: Iterable[Amount | Line]) -> Amount:
    """The invoice's foot: the sums of its lines.

    >>> total([Amount(106, 100, 6), Amount(103, 100, 3)])
    Amount(gross_fen=209, net_fen=200, tax_fen=9)
    """
    rows = list(lines)
    return Amount(
        sum(row.gross_fen for row in rows),
        sum(row.net_fen for row in rows),
        sum(row.tax_fen for row in rows),
    )


def mirror(blue: Amount, *, back_fen: int, before: Amount, percent: int) -> Amount:
    """The red line for `back_fen` of a blue line of which `before` (negative) was taken back already.

    What takes the last of it takes the rest of net and tax too, so that blue and red add up to nothing.

    >>> blue = Amount(252024, 237758, 14266)
    >>> first = mirror(blue, back_fen=100000, before=Amount(0, 0, 0), percent=6)
    >>> first, sum(mirror(blue, back_fen=152024, before=first, percent=6)[1:])
    (Amount(gross_fen=-100000, net_fen=-94340, tax_fen=-5660), -152024)
    """
    if blue.gross_fen + before.gross_fen == back_fen:
        return Amount(-back_fen, -blue.net_fen - before.net_fen, -blue.tax_fen - before.tax_fen)
    found = split_gross(back_fen, percent=percent)
    return Amount(-back_fen, -found.net_fen, -found.tax_fen)


def given_back(paid: Mapping[int, int], standing: Mapping[int, int]) -> set[int]:
    """Charges of which more is invoiced than is still paid.

    >>> given_back({1: 100, 2: 50}, {1: 100, 2: 40})
    {2}
    """
    return {key for key, fen in paid.items() if fen > standing.get(key, 0)}
