"""What is entered in the legal stage: notes on gates, review sheets, dockets, write-offs, public notices."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from arrears.cases.rules.ladder import RungCode
from arrears.legal.models import Evaluation, Review
from arrears.legal.rules.docket import AWARDS, EntryKind, Ground
from arrears.legal.rules.gates import BY_HAND
from arrears.legal.rules.public import Level
from arrears.legal.rules.results import Award
from arrears.legal.services import NewEntry
from arrears.legal.web.forms import Day, Yuan
from notices.services import Photo
from owners.queries import communities
from tenancy.kernel.choices import choice
from tenancy.people.words import WORDS

_ACCEPT = {"accept": "application/pdf,image/jpeg,image/png"}


def worded(codes: Any, first_name: str) -> list[tuple[str, Any]]:
    """Choices of codes in the reader's words."""
    return [(str(code), WORDS.get(f"{first_name}{code}", str(code))) for code in codes]


def paper_of(upload: UploadedFile[Any] | None) -> Photo | None:
    """An upload as services take it."""
    return Photo(upload.name or "paper", upload.read()) if upload else None


class Paper(forms.FileField):
    """A paper or photo that goes with an entry."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.ClearableFileInput(attrs=_ACCEPT)
        super().__init__(help_text=_("PDF, JPEG or PNG."), widget=widget, **kwargs)


class Text(forms.CharField):
    """A few lines of text."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": "3"}), **kwargs)


class NoteGate(forms.Form):
    """What legal says about a check that data cannot answer."""

    code = forms.ChoiceField(label=_("Check"))
    holds = forms.ChoiceField(
        label=pgettext_lazy("gate note", "Answer"), choices=[("yes", _("holds")), ("no", _("does not hold"))]
    )
    reason = forms.CharField(label=_("Reason"), max_length=300)
    file = Paper(label=_("The paper"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice(self, "code").choices = worded(BY_HAND, "gate.")

    def entry(self) -> dict[str, Any]:
        """As note_gate takes it."""
        data = self.cleaned_data
        return {
            "code": data["code"],
            "holds": data["holds"] == "yes",
            "reason": data["reason"],
            "file": paper_of(data["file"]),
        }


class WriteReview(forms.Form):
    """Need, chance with its reason, and advice."""

    need = Text(label=_("Why a court is needed"), max_length=500)
    chance = forms.ChoiceField(label=_("Chance of success"), widget=forms.RadioSelect)
    chance_reason = Text(label=_("Why"), max_length=500)
    advice = forms.ChoiceField(label=_("Recommendation"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice(self, "chance").choices = worded(Review.Chance.values, "chance.")
        choice(self, "advice").choices = worded(Review.Advice.values, "advice.")


def _when(*kinds: EntryKind) -> str:
    return f"kind={' '.join(kinds)}"


_K = EntryKind
_WHEN: Final = {
    "next_on": _when(_K.HEARING_SET, _K.MEDIATION, _K.SETTLEMENT, _K.EFFECTIVE),
    "place": _when(_K.HEARING_SET),
    "written": _when(_K.OBJECTED),
    "ground": _when(_K.OBJECTED),
    "small_claim": _when(_K.JUDGMENT),
    **dict.fromkeys(("principal_fen", "late_fee_fen", "costs_fen"), _when(*sorted(AWARDS))),
}


class EnterEntry(forms.Form):
    """The next line of a docket; which fields count follows from what happened."""

    kind = forms.ChoiceField(label=_("What happened"), widget=forms.RadioSelect)
    on = Day(label=_("On"))
    next_on = Day(
        label=_("Hearing, or payable until"),
        required=False,
        help_text=_("For a hearing, a mediation, a settlement, or an instrument that names its own day."),
    )
    place = forms.CharField(label=_("Hour and court room"), max_length=80, required=False)
    written = forms.BooleanField(label=_("The objection is in writing"), required=False, initial=True)
    ground = forms.ChoiceField(label=_("What the objection says"), required=False)
    case_number = forms.CharField(
        label=_("Case number"),
        max_length=60,
        required=False,
        help_text=_("As on the paper, with its year and court."),
    )
    principal_fen = Yuan(label=_("Principal awarded"))
    late_fee_fen = Yuan(label=_("Late fee awarded"))
    costs_fen = Yuan(label=_("Costs awarded"))
    small_claim = forms.BooleanField(
        label=_("Small claim: no appeal"), required=False, help_text=_("A judgment of one instance is final.")
    )
    note = forms.CharField(label=_("Note"), max_length=300, required=False)
    file = Paper(label=_("The paper"), required=False)

    def __init__(self, *args: Any, kinds: Sequence[EntryKind], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice(self, "kind").choices = worded(kinds, "entry.")
        choice(self, "ground").choices = [("", "—"), *worded(Ground, "ground.")]
        self._drop_what_cannot_come(kinds)

    def _drop_what_cannot_come(self, kinds: Sequence[EntryKind]) -> None:
        """An order has no hearing, a suit no objection: what nothing of this stage asks for is not shown."""
        wanted = {
            "place": EntryKind.HEARING_SET in kinds,
            "written": EntryKind.OBJECTED in kinds,
            "ground": EntryKind.OBJECTED in kinds,
            "small_claim": EntryKind.JUDGMENT in kinds,
            **dict.fromkeys(("principal_fen", "late_fee_fen", "costs_fen"), not AWARDS.isdisjoint(kinds)),
        }
        for name, is_wanted in wanted.items():
            if not is_wanted:
                del self.fields[name]

    def with_when(self) -> list[tuple[forms.BoundField, str]]:
        """Each field with the kinds that ask for it, as the page's `data-when` reads them; "": always."""
        return [(field, _WHEN.get(field.name, "")) for field in self.visible_fields()]

    def entry(self) -> NewEntry:
        """As enter takes it."""
        data = self.cleaned_data
        ground = data.get("ground")
        return NewEntry(
            kind=EntryKind(data["kind"]),
            on=data["on"],
            next_on=data["next_on"],
            place=data.get("place", ""),
            written=data.get("written", True),
            ground=Ground(ground) if ground else None,
            small_claim=data.get("small_claim", False),
            case_number=data["case_number"],
            award=Award(data.get("principal_fen", 0), data.get("late_fee_fen", 0), data.get("costs_fen", 0)),
            note=data["note"],
            file=paper_of(data["file"]),
        )


class CalendarFilter(forms.Form):
    """Which days."""

    code = forms.CharField(required=False, max_length=12, widget=forms.HiddenInput)


class AskWriteOff(forms.Form):
    """Why, and the proof."""

    reason = Text(label=_("Reason"), max_length=200)
    file = Paper(label=_("Proof"))


class Evaluate(forms.Form):
    """Whether it worked, after which rung it moved, and why."""

    worked = forms.ChoiceField(label=_("Did it work?"), widget=forms.RadioSelect)
    helped = forms.ChoiceField(label=_("It moved after"), required=False)
    note = Text(label=_("Why it worked or not"), max_length=500)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice(self, "worked").choices = worded(Evaluation.Worked.values, "worked.")
        choice(self, "helped").choices = [("", "—"), *worded(RungCode, "")]


class AskNotice(forms.Form):
    """Where, at which level, where it hangs and on which days."""

    community_id = forms.ChoiceField(label=_("Community"))
    level = forms.ChoiceField(label=_("What it names"), widget=forms.RadioSelect)
    place = forms.CharField(label=pgettext_lazy("public notice", "Where it hangs"), max_length=80)
    from_on = Day(label=_("From"))
    to_on = Day(label=_("To"), help_text=_("Seven days at most."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice(self, "community_id").choices = [(str(row.id), row.name) for row in communities()]
        choice(self, "level").choices = worded(Level, "level.")

    def entry(self) -> dict[str, Any]:
        """As ask_notice takes it."""
        return {**self.cleaned_data, "community_id": int(self.cleaned_data["community_id"])}


class HungPhoto(forms.Form):
    """The photo of a notice that hangs, or of the place where it hung."""

    photo = Paper(label=_("Photo"))
