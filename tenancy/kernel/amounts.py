"""An amount as people type it into a form."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from values.fen import parse_yuan


class Yuan(forms.CharField):
    """Yuan as people type them, whole fen inside; None when empty."""

    default_error_messages = {"invalid": _("Write an amount in yuan, such as 2520.24.")}

    def __init__(self, **kwargs: Any) -> None:
        typed = {"inputmode": "decimal", "autocomplete": "off", "size": "12"}
        widget = forms.TextInput(attrs=typed | kwargs.pop("attrs", {}))
        super().__init__(required=False, max_length=20, widget=widget, **kwargs)

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        try:
            return int(parse_yuan(text))
        except ValueError as error:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid") from error
