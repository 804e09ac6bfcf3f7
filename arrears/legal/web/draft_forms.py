"""The form of a legal document: one input for each field of its paper, each saying where it comes from."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Final, NamedTuple

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from arrears.legal.documents.page import DraftPage, Row, Section
from arrears.legal.rules.pen import Kind
from tenancy.people.templatetags.house import day, moment
from tenancy.people.words import WORDS
from values.fen import yuan

_YES: Final = (("yes", gettext_lazy("yes")), ("no", gettext_lazy("no")), ("", gettext_lazy("not said")))
_BASIS: Final = "late_fee_basis"


class Part(NamedTuple):
    """A section with the bound inputs of its fields."""

    section: Section
    inputs: Sequence[forms.BoundField]


class DraftForm(forms.Form):
    """Every field as it stands; `version` and `seen_on` say what the writer had before him."""

    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    seen_on = forms.DateField(widget=forms.HiddenInput)
    note = forms.CharField(label=gettext_lazy("What was changed"), max_length=200, required=False)

    def __init__(self, page: DraftPage, data: Any = None) -> None:
        initial: dict[str, Any] = {"version": page.version, "seen_on": page.as_of.isoformat()}
        super().__init__(data, initial=initial)
        self._page = page
        for section in page.sections:
            for row in section.rows:
                self.fields[row.field.key] = _input(row)
                self.initial[row.field.key] = _initial(row)

    def parts(self) -> list[Part]:
        """The inputs in the order of the paper."""
        return [
            Part(section, [self[row.field.key] for row in section.rows]) for section in self._page.sections
        ]

    def given(self) -> dict[str, str]:
        """What was written, by field."""
        own = {"version", "seen_on", "note"}
        return {name: str(value or "") for name, value in self.cleaned_data.items() if name not in own}


def _input(row: Row) -> forms.Field:
    field = row.field
    said: dict[str, Any] = {"label": _label(row), "required": False, "help_text": _help(row)}
    if field.kind is Kind.YES:
        return forms.ChoiceField(choices=_YES, widget=forms.RadioSelect, **said)
    if field.kind is Kind.CHOICE:
        choices = [(code, _choice(field.name, code)) for code in field.choices]
        return forms.ChoiceField(choices=[("", "—"), *choices], **said)
    if field.kind is Kind.DAY:
        widget: forms.Widget = forms.TextInput(attrs={"type": "date"})
    elif field.kind is Kind.MONEY:
        widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "size": "14"})
    elif field.kind is Kind.TEXT:
        widget = forms.Textarea(attrs={"rows": min(8, max(2, str(field.value).count("\n") + 2))})
    else:
        widget = forms.TextInput(attrs={"autocomplete": "off"})
    return forms.CharField(max_length=field.most, strip=True, widget=widget, **said)


def _label(row: Row) -> str:
    label = str(WORDS.get(row.word, row.field.name))
    repeated = row.field.section in ("respondent", "defendant", "item")
    if row.field.about and not repeated:
        label = f"{label} · {row.field.about}"
    return f"{label} *" if row.field.required else label


def _help(row: Row) -> str:
    source = str(WORDS[row.source_word])
    if row.field.kind is Kind.SECRET and row.shown:
        source = _("%(number)s, %(source)s; empty: as it is") % {"number": row.shown, "source": source}
    if not row.field.edited:
        return source
    data = _text(row.data_say, row.field.kind)
    if row.change is None:
        return _("edited; the data say: %(data)s") % {"data": data or "—"}
    return _("edited by %(who)s on %(when)s; the data say: %(data)s") % {
        "who": row.change.by or "—",
        "when": moment(row.change.at),
        "data": data or "—",
    }


def _choice(name: str, code: str) -> str:
    return str(WORDS[f"basis.{code}"]) if name == _BASIS else code


def _initial(row: Row) -> Any:
    return "" if row.field.kind is Kind.SECRET else _text(row.field.value, row.field.kind, plain=True)


def _text(value: Any, kind: Kind, *, plain: bool = False) -> str:
    if kind is Kind.YES:
        return {True: "yes", False: "no"}.get(value, "") if plain else str(dict(_YES)[_yes(value)])
    if kind is Kind.MONEY:
        return yuan(value)
    if isinstance(value, date):
        return value.isoformat() if plain else str(day(value))
    return str(value or "")


def _yes(value: bool | None) -> str:
    return {True: "yes", False: "no"}.get(value, "")  # type: ignore[arg-type]
