"""The upload form of an import."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from owners.gateways.sheets import NotAWorkbook, check_workbook
from owners.queries import communities

KINDS = (("REGISTER", _("House register: units, owners, prices")), ("ARREARS", _("List of opening arrears")))


class Upload(forms.Form):
    """A workbook, what it is, whose it is, and the day it speaks of."""

    kind = forms.ChoiceField(label=_("What is it?"), choices=KINDS)
    community = forms.TypedChoiceField(label=_("Community"), coerce=int)
    file = forms.FileField(
        label=_("Excel workbook (.xlsx)"),
        widget=forms.FileInput(
            attrs={"accept": ".xlsx,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
        ),
    )
    as_of = forms.DateField(
        label=_("As of"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        help_text=_("The day the file speaks of: owners and months are judged by it."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["community"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - for the type checker
        field.choices = [(row.id, f"{row.code} {row.name}") for row in communities()]

    def clean_file(self) -> UploadedFile[Any]:
        """A file that cannot be opened is refused at once, before anything is kept."""
        file: UploadedFile[Any] = self.cleaned_data["file"]
        try:
            check_workbook(file.read())
        except NotAWorkbook as error:
            text = _("This file cannot be read as an Excel workbook. Save it as .xlsx and try again.")
            raise forms.ValidationError(text, code="import.not_a_workbook") from error
        file.seek(0)
        return file

    def said(self) -> dict[str, Any]:
        """What the service needs."""
        found = self.cleaned_data
        return {
            "community_id": found["community"],
            "kind": found["kind"],
            "content": found["file"].read(),
            "name": found["file"].name or "import.xlsx",
            "as_of": found["as_of"],
        }
