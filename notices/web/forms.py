"""Forms of the outbox: filters, one delivery, a whole building, a print round."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from notices.models import Delivery, Notice
from notices.queries import FOR_OWNERS
from notices.rules.delivered import Method, Result
from notices.services import HandOver, Photo
from owners.queries import communities
from tenancy.kernel.choices import choice
from tenancy.people.words import WORDS

_PAPER_WAYS = (Method.HAND, Method.MAILBOX, Method.DOOR_POST, Method.EMS, Method.REGISTERED_MAIL)
_PAPER_RESULTS = (
    Result.SIGNED, Result.LEFT_WITH_PHOTO, Result.REFUSED, Result.ACCEPTED, Result.RETURNED, Result.FAILED,
)  # fmt: skip
_DAY = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


def worded(codes: Any) -> list[tuple[str, Any]]:
    """Choices of codes in the reader's words."""
    return [(str(code), WORDS.get(str(code), str(code))) for code in codes]


def to_choose(codes: Any) -> list[tuple[str, Any]]:
    """Choices of which none is made for whoever fills in the form: an untouched form says nothing."""
    return [("", "—"), *worded(codes)]


class NoticeFilter(forms.Form):
    """What the outbox is narrowed to."""

    kind = forms.ChoiceField(label=_("Kind"), required=False)
    channel = forms.ChoiceField(label=_("Channel"), required=False)
    state = forms.ChoiceField(label=_("State"), required=False, widget=forms.HiddenInput)
    community = forms.TypedChoiceField(label=_("Community"), coerce=int, empty_value=None, required=False)
    number = forms.CharField(label=_("Number"), max_length=60, required=False)
    unit = forms.IntegerField(label=_("Unit"), required=False, min_value=1, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        everything: tuple[Any, Any] = ("", _("All"))
        choices: dict[str, list[tuple[Any, Any]]] = {
            "kind": worded(Notice.Kind.values),
            "channel": worded(Notice.Channel.values),
            "state": worded(Notice.State.values),
            "community": [(row.id, row.name) for row in communities()],
        }
        for name, found in choices.items():
            choice(self, name).choices = [everything, *found]


class WaitingFilter(forms.Form):
    """What the list of papers to deliver is narrowed to."""

    community = forms.TypedChoiceField(label=_("Community"), coerce=int, empty_value=None, required=False)
    kind = forms.ChoiceField(label=_("Kind"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        everything: tuple[Any, Any] = ("", _("All"))
        places = [(row.id, row.name) for row in communities()]
        choice(self, "community").choices = [everything, *places]
        choice(self, "kind").choices = [everything, *worded(FOR_OWNERS)]


class RoundChoice(forms.Form):
    """The papers of one round: community, building (0: outside any), kind, day of issue."""

    community = forms.IntegerField(min_value=1)
    building = forms.IntegerField(min_value=0)
    kind = forms.ChoiceField(choices=[(kind, kind) for kind in FOR_OWNERS])
    issued_on = forms.DateField()

    def chosen(self) -> dict[str, Any]:
        """As the queries and services ask for it."""
        data = self.cleaned_data
        return {
            "community_id": data["community"],
            "building_id": data["building"],
            "kind": data["kind"],
            "issued_on": data["issued_on"],
        }


class HandOverForm(forms.Form):
    """How papers were handed over; the same for one and for a whole building."""

    method = forms.ChoiceField(label=_("Way"))
    result = forms.ChoiceField(label=_("Result"))
    on = forms.DateField(label=_("Day"), widget=_DAY)
    handed_over_by = forms.CharField(label=_("Handed over by"), max_length=60, required=False)
    photo = forms.FileField(
        label=_("Photo"),
        required=False,
        help_text=_("JPEG or PNG. Needed for what is left at a door or in a mailbox."),
        widget=forms.ClearableFileInput(attrs={"accept": "image/jpeg,image/png"}),
    )
    note = forms.CharField(label=_("Note"), max_length=300, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice(self, "method").choices = to_choose(_PAPER_WAYS)
        choice(self, "result").choices = to_choose(_PAPER_RESULTS)

    def entry(self) -> dict[str, Any]:
        """The fields as record_delivery takes them."""
        return {**self.cleaned_data, "photo": photo_of(self.cleaned_data["photo"])}


class RoundHandOver(HandOverForm):
    """A whole building in one go: nobody signs."""

    method = forms.ChoiceField(label=_("Way"), initial=Method.MAILBOX.value)
    result = forms.ChoiceField(label=_("Result"), initial=Result.LEFT_WITH_PHOTO.value)

    def hand_over(self) -> HandOver:
        """As record_round takes it."""
        entry = self.entry()
        return HandOver(**{**entry, "method": Method(entry["method"]), "result": Result(entry["result"])})


_NOBODY_RECEIVES = frozenset({Delivery.Method.MAILBOX.value, Delivery.Method.DOOR_POST.value})


class DeliveryForm(HandOverForm):
    """One paper, with who took it."""

    receiver = forms.ChoiceField(label=_("Received by"), required=False)
    receiver_name = forms.CharField(label=_("Name of who received it"), max_length=60, required=False)
    relation = forms.CharField(label=_("Relation to the owner"), max_length=40, required=False)
    waybill = forms.CharField(label=_("Waybill"), max_length=40, required=False)
    agreed_address = forms.BooleanField(
        label=_("The contract names this address as the address for service"), required=False
    )
    field_order = (
        "method", "result", "on", "handed_over_by", "receiver", "receiver_name", "relation", "waybill",
        "agreed_address", "photo", "note",
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice(self, "receiver").choices = to_choose(Delivery.Receiver.values)

    def clean(self) -> dict[str, Any]:
        """Into a mailbox or on a door nobody receives it; in every other way somebody is named."""
        cleaned = super().clean() or {}
        if not cleaned.get("receiver") and "receiver" not in self.errors:
            if cleaned.get("method") in _NOBODY_RECEIVES:
                cleaned["receiver"] = Delivery.Receiver.NONE.value
            else:
                self.add_error("receiver", _("Say who received it."))
        return cleaned


class Fate(forms.Form):
    """What the provider's console says about a message in doubt."""

    outcome = forms.ChoiceField(
        label=_("What became of it"),
        choices=(("DELIVERED", _("Delivered")), ("FAILED", _("Not delivered"))),
        widget=forms.RadioSelect,
    )
    on = forms.DateField(label=_("Day"), widget=_DAY)
    note = forms.CharField(
        label=_("What the provider's records say"),
        max_length=200,
        help_text=_("Number or text of the record"),
    )


def photo_of(upload: UploadedFile[Any] | None) -> Photo | None:
    """An upload as services take it."""
    return Photo(upload.name or "photo", upload.read()) if upload else None
