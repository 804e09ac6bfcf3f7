"""Forms of applications: what is asked for, the day of signing, the signature, an early end."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from arrears.cases.rules.classes import ArrearsReason
from arrears.relief.queries import ApplicationFilter
from arrears.relief.rules.applications import Kind, Range, State
from arrears.relief.rules.instalments import MOST_DOWN_PERCENT, MOST_PARTS, Wanted
from arrears.relief.services import Upload, Wish
from billing.charges.queries import OpenCharge
from tenancy.kernel.choices import choice
from tenancy.people.words import WORDS

ANY = ("", _("Any"))


def _day(label: Any, **more: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, **more)


def _worded(codes: Iterable[str], first_name: str) -> list[tuple[str, Any]]:
    return [(code, WORDS.get(f"{first_name}{code}", code)) for code in codes]


class Filter(forms.Form):
    """The list's filters."""

    text = forms.CharField(label=_("Room or owner"), required=False, max_length=60)
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    state = forms.ChoiceField(label=_("State"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice(self, "kind").choices = [ANY, *_worded(Kind, "relief.")]
        states = [ANY, ("OPEN", _("Waiting or running")), *_worded(State, "relief.state.")]
        choice(self, "state").choices = states

    def chosen(self) -> ApplicationFilter:
        """What the list is narrowed to."""
        said = self.cleaned_data if self.is_valid() else {}
        return ApplicationFilter(said.get("kind", ""), said.get("state", ""), said.get("text", ""))


class ManyFiles(forms.ClearableFileInput):
    """A field that takes several files."""

    allow_multiple_selected = True


class Proofs(forms.FileField):
    """Several files at once; each is read by the service."""

    widget = ManyFiles

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        single = super().clean
        return [single(one, initial) for one in data] if isinstance(data, list | tuple) else [single(data)]


class Terms(forms.Form):
    """How much time is wanted: what a preview needs."""

    kind = forms.ChoiceField(label=_("What is asked for"), widget=forms.RadioSelect, initial=Kind.INSTALMENT)
    charge = forms.TypedMultipleChoiceField(
        label=_("Of which charges"), coerce=int, widget=forms.CheckboxSelectMultiple, required=False
    )
    parts = forms.IntegerField(
        label=_("Monthly instalments"), min_value=2, max_value=MOST_PARTS, required=False, initial=6
    )
    first_on = _day(_("First instalment due on"), required=False)
    down_percent = forms.IntegerField(
        label=_("Down payment at signing, per cent"), min_value=0, max_value=MOST_DOWN_PERCENT, required=False
    )
    retroactive = forms.BooleanField(
        label=_("If it is broken, the late fee is charged from the signing (only if agreed)"), required=False
    )
    from_on = _day(_("First day"), required=False)
    to_on = _day(_("Last day"), required=False)
    spares_late_fee = forms.BooleanField(label=_("No late fee meanwhile"), required=False)

    def __init__(self, *args: Any, charges: Iterable[OpenCharge] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice(self, "kind").choices = _worded(Kind, "relief.")
        choice(self, "charge").choices = [(one.charge_id, one.fee_item) for one in charges]

    def wanted(self) -> Wanted | None:
        """The plan that is wanted; None while it is not said."""
        said = self.cleaned_data
        if not said.get("parts") or not said.get("first_on"):
            return None
        return Wanted(said["parts"], said["first_on"], said.get("down_percent") or 0)


class Ask(Terms):
    """An application with its reason and proof."""

    reason_code = forms.ChoiceField(label=_("Reason"))
    statement = forms.CharField(
        label=_("What the applicant says"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": 500}),
    )
    proofs = Proofs(label=_("Proof"), help_text=_("PDF or pictures, up to 6 files"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice(self, "reason_code").choices = _worded(ArrearsReason, "arrears.")

    def wish(self) -> Wish:
        """What the service is asked for."""
        said = self.cleaned_data
        from_on = said.get("from_on")
        return Wish(
            kind=Kind(said["kind"]),
            reason_code=said["reason_code"],
            statement=said["statement"],
            charge_ids=tuple(said["charge"]),
            range=Range(from_on, said.get("to_on")) if from_on else None,
            plan=self.wanted(),
            retroactive=said["retroactive"],
            spares_late_fee=said["spares_late_fee"],
        )

    def uploads(self) -> list[Upload]:
        """The proof as it was handed in."""
        return [Upload(one.name or "proof", one.read()) for one in self.cleaned_data["proofs"]]


class DrawUp(forms.Form):
    """The day on which the owner will sign."""

    sign_on = _day(_("Day of signing"))


class Sign(forms.Form):
    """Who signed when, and the signed paper."""

    signed_on = _day(_("Signed on"))
    signer_name = forms.CharField(label=_("Who signed"), max_length=60)
    scan = forms.FileField(label=_("Signed agreement"), help_text=_("Scan or photo: PDF or picture"))


class Release(forms.Form):
    """Why it ends before its time."""

    reason = forms.CharField(label=_("Reason"), max_length=40)


class SignedForm(forms.Form):
    """Which of the proofs the owner signed."""

    file = forms.TypedChoiceField(
        label=_("Paper that the owner signed"),
        coerce=int,
        error_messages={"required": _("Choose the proof that the owner signed.")},
    )

    def __init__(self, *args: Any, proofs: Iterable[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice(self, "file").choices = [("", "—"), *proofs]
