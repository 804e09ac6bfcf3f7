"""How documents to owners write days, amounts and gaps: always Chinese, whatever the reader's language."""

from __future__ import annotations

from datetime import date

from django import template

from values import capitals as words
from values.fen import yuan

register = template.Library()


@register.filter
def zh_day(value: date | None) -> str:
    """2026年5月8日; a line to fill by hand for nothing."""
    return "____年__月__日" if value is None else f"{value.year}年{value.month}月{value.day}日"


@register.filter
def capitals(value: int) -> str:
    """人民币贰仟伍佰贰拾元零贰角肆分."""
    return words.capitals(value)


@register.filter
def amount(value: int) -> str:
    """2,520.24, for table columns that are headed in yuan."""
    whole, cents = yuan(value).split(".")
    return f"{int(whole):,}.{cents}" if not whole.startswith("-0") else f"{whole}.{cents}"


@register.filter
def blank(value: str) -> str:
    """The text, or a line to fill by hand."""
    return value or "________________"
