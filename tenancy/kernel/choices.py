"""The choice field of a form, as such: a form answers for its fields only that they are fields."""

from __future__ import annotations

from django import forms


def choice(form: forms.BaseForm, name: str) -> forms.ChoiceField:
    """The field, whose choices may then be set. TypeError when it is no choice: a mistake in the form."""
    field = form.fields[name]
    if not isinstance(field, forms.ChoiceField):
        raise TypeError(f"{name} offers no choice")
    return field
