"""What is entered about a ticket: a matter, what it disputes, who looks into it, the answer, the reply."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from arrears.cases.services import Disputed
from arrears.relief.models import Ticket
from arrears.relief.queries import DisputedLine, TicketFilter
from arrears.relief.services import NewTicket
from billing.charges.queries import OpenCharge
from notices.services import Photo
from tenancy.kernel import clock
from tenancy.kernel.amounts import Yuan
from tenancy.kernel.choices import choice
from tenancy.people.words import WORDS
from values.fen import yuan
from values.near import is_near

ACCEPT = "application/pdf,image/jpeg,image/png"


class Files(forms.ClearableFileInput):
    """Several files at once."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Photographs and papers; read with `papers_of`, for a form keeps the last one only."""

    def __init__(self, **kwargs: Any) -> None:
        widget = Files(attrs={"accept": ACCEPT, "multiple": True})
        help_text = _("PDF, JPEG or PNG; several at once.")
        super().__init__(
            label=_("Photographs and papers"), required=False, widget=widget, help_text=help_text, **kwargs
        )

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Each of the files by itself."""
        given = data if isinstance(data, list | tuple) else [data]
        return [super(FilesField, self).clean(one, initial) for one in given if one]


class Day(forms.DateField):
    """A day of the calendar, within ten years of today."""

    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})

    def clean(self, value: Any) -> Any:
        found = super().clean(value)
        if found is not None and not is_near(found, to=clock.today()):
            text = _("This day lies more than ten years away. Check the year.")
            raise forms.ValidationError(text, code="far")
        return found


def papers_of(files: MultiValueDict[str, UploadedFile[Any]]) -> list[Photo]:
    """Uploads as services take them."""
    return [Photo(one.name or "file", one.read()) for one in files.getlist("papers")]


def _worded(first_name: str, codes: Sequence[str]) -> list[tuple[str, Any]]:
    return [(code, WORDS[f"{first_name}{code}"]) for code in codes]


class Filter(forms.Form):
    """What the list is narrowed to."""

    state = forms.ChoiceField(label=_("State"), required=False, widget=forms.HiddenInput)
    department = forms.ChoiceField(label=_("Department"), required=False)
    text = forms.CharField(label=_("Room or owner"), max_length=60, required=False)
    mine = forms.BooleanField(required=False, widget=forms.HiddenInput)
    late = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice(self, "state").choices = [("", ""), *_worded("ticket.", Ticket.State.values)]
        everything = ("", _("All"))
        choice(self, "department").choices = [
            everything,
            *_worded("department.", Ticket.Department.values),
        ]

    def where(self, user_id: int) -> TicketFilter:
        """The filter; what is not valid narrows nothing and stands beside its error."""
        self.is_valid()
        said = self.cleaned_data
        return TicketFilter(
            state=said.get("state", ""),
            department=said.get("department", ""),
            assigned_to=user_id if said.get("mine") else None,
            text=said.get("text", ""),
            late=bool(said.get("late")),
        )


class OpenTicket(forms.Form):
    """A matter of a unit."""

    department = forms.ChoiceField(label=_("Responsible department"))
    subject = forms.CharField(label=_("In a few words"), max_length=120)
    description = forms.CharField(
        label=_("What the owner says"), max_length=2000, required=False, widget=forms.Textarea({"rows": 4})
    )
    deadline_on = Day(
        label=_("Answer by"),
        required=False,
        help_text=_("Empty: the department's own days. Fifteen working days at the latest."),
    )
    papers = FilesField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice(self, "department").choices = _worded("department.", Ticket.Department.values)

    def entry(self) -> NewTicket:
        """As open_ticket takes it."""
        said = self.cleaned_data
        return NewTicket(
            department=said["department"],
            subject=said["subject"],
            description=said["description"] or said["subject"],
            deadline_on=said["deadline_on"],
            papers=papers_of(self.files),
        )


class OpenDispute(OpenTicket):
    """A matter with the charges it disputes, each whole or by an amount; none ticked: the whole account."""

    def __init__(self, *args: Any, charges: Sequence[OpenCharge], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.listed = charges
        for charge in charges:
            self.fields[f"charge_{charge.charge_id}"] = forms.BooleanField(required=False)
            self.fields[f"amount_{charge.charge_id}"] = Yuan()
        self.fields["whole"] = forms.BooleanField(
            label=_("Everything is disputed: the whole account waits"), required=False
        )

    def rows(self) -> list[tuple[OpenCharge, Any, Any]]:
        """Each charge with its tick and its amount."""
        return [
            (charge, self[f"charge_{charge.charge_id}"], self[f"amount_{charge.charge_id}"])
            for charge in self.listed
        ]

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if not said.get("whole") and not self.parts():
            raise forms.ValidationError(_("Tick what is disputed, or that everything is."), code="nothing")
        return said

    def parts(self) -> list[Disputed]:
        """What was ticked; an amount alone ticks its charge."""
        said = self.cleaned_data
        if said.get("whole"):
            return []
        return [
            Disputed(charge.charge_id, said.get(f"amount_{charge.charge_id}"))
            for charge in self.listed
            if said.get(f"charge_{charge.charge_id}") or said.get(f"amount_{charge.charge_id}")
        ]


class Assign(forms.Form):
    """Who looks into it, and until when."""

    department = forms.ChoiceField(label=_("Responsible department"))
    user_id = forms.TypedChoiceField(label=_("Assigned to"), coerce=int, empty_value=None, required=False)
    deadline_on = Day(label=_("Answer by"), required=False)
    text = forms.CharField(label=_("Note"), max_length=500, required=False)

    def __init__(self, *args: Any, people: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice(self, "department").choices = _worded("department.", Ticket.Department.values)
        choice(self, "user_id").choices = [("", _("Nobody yet")), *people]


class Note(forms.Form):
    """What was found or done meanwhile."""

    text = forms.CharField(
        label=_("What was found or done"), max_length=2000, required=False, widget=forms.Textarea({"rows": 2})
    )
    papers = FilesField()


class Answer(forms.Form):
    """What was found, what is let off for it, and what the owner is told."""

    finding = forms.ChoiceField(label=_("Finding"), widget=forms.RadioSelect)
    text = forms.CharField(
        label=_("The answer to the owner"),
        max_length=1000,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("Sent to him; he has seven days to reply."),
    )
    papers = FilesField()

    def __init__(self, *args: Any, lines: Sequence[DisputedLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice(self, "finding").choices = _worded("finding.", Ticket.Finding.values)
        self.lines = lines
        for line in lines:
            most = yuan(min(line.disputed_fen, line.unpaid_fen))
            self.fields[f"off_{line.charge_id}"] = Yuan(
                label=_("Let off of %(item)s %(period)s, at most %(most)s")
                % {"item": line.fee_item, "period": line.period, "most": most}
            )

    def reductions(self) -> dict[int, int]:
        """Charge id -> fen."""
        said = self.cleaned_data
        return {line.charge_id: said.get(f"off_{line.charge_id}") or 0 for line in self.lines}


class Reply(forms.Form):
    """What the owner said to the answer, when he said it to us and not on the portal."""

    accepts = forms.TypedChoiceField(
        label=_("What the owner says"),
        choices=[("no", _("He does not agree")), ("yes", _("He agrees"))],
        coerce=lambda said: said == "yes",
        widget=forms.RadioSelect,
    )
    text = forms.CharField(
        label=_("His words"), max_length=1000, required=False, widget=forms.Textarea({"rows": 2})
    )
