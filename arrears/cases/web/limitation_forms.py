"""Forms of the limitation clock: which days, a proof by hand, an entry taken back, a lawyer's decision."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from arrears.cases.models import LimitationDecision
from arrears.cases.queries import ChargeClock
from arrears.cases.queries.limitation import ClockFilter
from arrears.cases.rules.clock_proofs import Claimed, Proof
from arrears.cases.web.forms import worded
from owners.queries import communities
from tenancy.kernel.choices import choice
from tenancy.people.templatetags.house import fen

WITHIN = ("", "90", "30", "0")


class ClockChoice(forms.Form):
    """Which clocks the list shows; it stands in the address."""

    community = forms.TypedChoiceField(label=_("Community"), coerce=int, empty_value=None, required=False)
    within = forms.ChoiceField(
        choices=[(one, one) for one in WITHIN], required=False, widget=forms.HiddenInput
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places = [(row.id, row.name) for row in communities()]
        choice(self, "community").choices = [("", _("All")), *places]

    def chosen(self) -> ClockFilter:
        """The filter; what is not valid narrows nothing and stands beside its error."""
        self.is_valid()
        within = self.cleaned_data.get("within", "")
        given = {"within": int(within)} if within else {}
        return ClockFilter(community_id=self.cleaned_data.get("community"), **given)


class AboutCharges(forms.Form):
    """What a form about some charges of a case begins with."""

    charge_ids = forms.TypedMultipleChoiceField(
        label=_("Charges"), coerce=int, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, clocks: Sequence[ChargeClock], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [(str(one.charge.charge_id), _said(one)) for one in clocks]
        choice(self, "charge_ids").choices = offered
        self.fields["charge_ids"].initial = [pk for pk, _text in offered]


class ProveClock(AboutCharges):
    """A proof that no other record tells of."""

    proof = forms.ChoiceField(label=_("What proves it"))
    on = forms.DateField(label=_("Day"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))
    at_agreed_address = forms.BooleanField(
        label=_("The contract names this address for service"), required=False
    )
    arrived = forms.BooleanField(label=_("A receipt or an answer shows that it arrived"), required=False)
    by_debtor = forms.BooleanField(
        label=_("The owner, a joint debtor or an authorised person said it"), required=False
    )
    told_of_recording = forms.BooleanField(label=_("The other side knew of the recording"), required=False)
    debtor_missing = forms.BooleanField(label=_("Nobody knows where the debtor is"), required=False)
    evidence = forms.CharField(
        label=_("What it shows"), max_length=200, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Who, to which address, what was answered, where the original is kept."),
    )  # fmt: skip
    file = forms.FileField(
        label=_("The proof"),
        required=False,
        help_text=_("PDF, JPEG or PNG."),
        widget=forms.ClearableFileInput(attrs={"accept": "application/pdf,image/jpeg,image/png"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice(self, "proof").choices = worded(Proof, first_name="proof.")

    def entry(self) -> dict[str, Any]:
        """As record_proof takes it."""
        data, file = self.cleaned_data, self.cleaned_data["file"]
        claimed = Claimed(
            Proof(data["proof"]),
            file is not None,
            data["evidence"],
            **{name: data[name] for name in MARKS},
        )
        return {
            "charge_ids": data["charge_ids"],
            "on": data["on"],
            "claimed": claimed,
            "content": file.read() if file else b"",
            "file_name": (file.name or "proof") if file else "",
        }


MARKS = ("at_agreed_address", "arrived", "by_debtor", "told_of_recording", "debtor_missing")


class TakeBack(forms.Form):
    """An entry that was a mistake."""

    source = forms.CharField(max_length=40, widget=forms.HiddenInput)
    reason = forms.CharField(label=_("Reason"), max_length=200)


class DecideExpired(AboutCharges):
    """A lawyer's word on charges that expired."""

    decision = forms.ChoiceField(label=_("Decision"), widget=forms.RadioSelect)
    reason = forms.CharField(label=_("Reason"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        codes = LimitationDecision.Decision.values
        choice(self, "decision").choices = worded(codes, first_name="decided.")


def _said(one: ChargeClock) -> str:
    charge = one.charge
    return f"{charge.fee_item} {charge.period.label} · {charge.due_on} · {fen(charge.unpaid_fen)}"
