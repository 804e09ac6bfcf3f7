"""Chips above a list: links that narrow it at once, and the filters that are set, each to be taken off."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict

from tenancy.people.templatetags.house import word


@dataclass(frozen=True, slots=True)
class Chip:
    """A word that is a link. `is_on`: what it asks for is what is shown."""

    text: Any
    url: str
    is_on: bool = False
    count: int | None = None


def without(asked: QueryDict, *names: str, **changes: Any) -> str:
    """The address's query without some filters and with others: "community=3&state=PAID"."""
    kept = asked.copy()
    for name in names:
        kept.pop(name, None)
    for name, value in changes.items():
        kept.pop(name, None)
        if value not in (None, ""):
            kept[name] = str(value)
    for name in [name for name in kept if not any(kept.getlist(name))]:
        kept.pop(name)
    return kept.urlencode()


def choose(
    asked: QueryDict, name: str, options: Iterable[tuple[Any, Any]], counts: dict[Any, int] | None = None
) -> list[Chip]:
    """A row of chips for the values of one filter, "" first; the chosen one is on."""
    chosen = asked.get(name, "")
    return [
        Chip(
            text,
            f"?{without(asked, 'page', **{name: value})}",
            chosen == str(value),
            (counts or {}).get(value),
        )
        for value, text in options
    ]


def changed(form: forms.Form | None) -> bool:
    """Whether any filter is set."""
    return form is not None and any(_is_set(form.cleaned_data.get(name)) for name in form.fields)


def active(form: forms.Form | None, asked: QueryDict, *, but: Collection[str]) -> list[Chip]:
    """The filters that are set, in words; each chip's address is the list without it."""
    if form is None:
        return []
    return [
        Chip(f"{_label(form, name)} {_said(form, name)}", f"?{without(asked, 'page', name)}")
        for name in form.fields
        if name not in but and _is_set(form.cleaned_data.get(name))
    ]


def _is_set(value: Any) -> bool:
    return value not in (None, "", False, [])


def _label(form: forms.Form, name: str) -> str:
    return str(form[name].label) if form.fields[name].label else word(name)


def _said(form: forms.Form, name: str) -> str:
    """The value as its field offers it."""
    field, value = form.fields[name], form.cleaned_data[name]
    if isinstance(field, forms.ChoiceField):
        chosen = str(value)
        return next((str(text) for code, text in _flat(field.choices) if str(code) == chosen), chosen)
    if isinstance(value, date):
        return value.isoformat()
    if value is True:
        return ""
    return str(getattr(value, "label", value))


def _flat(choices: Any) -> Iterable[tuple[Any, Any]]:
    for code, text in choices:
        if isinstance(text, list | tuple):
            yield from text
        else:
            yield code, text
