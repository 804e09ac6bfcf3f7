"""Forms of the desk: filters, a logged call or visit, holds, decisions, a new ladder."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from arrears.cases import queries
from arrears.cases.models import Call, Case, Visit
from arrears.cases.rules.classes import ArrearsReason
from arrears.cases.rules.day_input import read_day
from arrears.cases.rules.ladder import Action, Rung, RungCode
from arrears.cases.rules.promises import latest_day
from notices.services import Photo
from owners.queries import ContactRow, communities
from tenancy.kernel.amounts import Yuan
from tenancy.kernel.choices import choice
from tenancy.people.words import WORDS
from values.near import is_near

MINE: Final = "mine"
# The desk's number keys (faces.md); every other outcome sits behind 0.
KEYS: Final = {
    "CONNECTED_PROMISED": "1",
    "CONNECTED_UNDECIDED": "2",
    "CONNECTED_REFUSED": "3",
    "CONNECTED_REMOTE": "4",
    "CONNECTED_CLAIMS_PAID": "5",
    "NO_ANSWER": "6",
    "POWERED_OFF": "7",
    "WRONG_NUMBER": "8",
}


def worded(codes: Any, *, first_name: str = "") -> list[tuple[str, Any]]:
    """Choices of codes in the reader's words; `first_name` tells one meaning of a code from another."""
    return [(str(code), WORDS.get(f"{first_name}{code}", str(code))) for code in codes]


def photo_of(upload: UploadedFile[Any] | None) -> Photo | None:
    """An upload as services take it."""
    return Photo(upload.name or "photo", upload.read()) if upload else None


class DayInput(forms.CharField):
    """A day as a collector types it: fri, +3, 15日, 2026-03-15. None when empty."""

    default_error_messages = {"invalid": _("Write a day such as fri, +3, 15 or 2026-03-15.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, max_length=20, **kwargs)
        self.today: date | None = None

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        if self.today is None:
            raise AssertionError("the form tells its days what today is")
        found = read_day(text, today=self.today)
        if found is None or not is_near(found, to=self.today):
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return found


class DatedForm(forms.Form):
    """A form whose days are read from today."""

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, DayInput):
                field.today = today


class WorkFilter(forms.Form):
    """What a list of tasks is narrowed to; it stands in the address."""

    community = forms.TypedChoiceField(label=_("Community"), coerce=int, empty_value=None, required=False)
    collector = forms.ChoiceField(label=_("Collector"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        everything = ("", _("All"))
        places = [(row.id, row.name) for row in communities()]
        people = [(str(user_id), name) for user_id, name in queries.collectors()]
        choice(self, "community").choices = [everything, *places]
        choice(self, "collector").choices = [everything, (MINE, _("Mine")), *people]

    def where(self, user_id: int) -> queries.WorkFilter:
        """The filter; what is not valid narrows nothing and stands beside its error."""
        self.is_valid()
        return queries.WorkFilter(self.cleaned_data.get("community"), self.collector_id(user_id))

    def collector_id(self, user_id: int) -> int | None:
        """Whose cases; "mine" is whoever asks."""
        chosen = self.cleaned_data.get("collector", "")
        return user_id if chosen == MINE else int(chosen) if chosen else None


class CallFilter(WorkFilter):
    """The call list shows calls, or what the desk reported to the team lead."""

    show = forms.ChoiceField(
        choices=[("", ""), ("reviews", "reviews")], required=False, widget=forms.HiddenInput
    )

    def reviews(self) -> bool:
        """Whether the reports are asked for."""
        return bool(self.cleaned_data.get("show"))


class ApprovalFilter(forms.Form):
    """Requests that wait, those of them the member decides, or the decided ones."""

    mine = forms.BooleanField(required=False, widget=forms.HiddenInput)
    decided = forms.BooleanField(required=False, widget=forms.HiddenInput)


class CaseFilter(WorkFilter):
    """What the list of cases is narrowed to."""

    rung = forms.ChoiceField(label=_("Rung"), required=False)
    klass = forms.ChoiceField(label=_("Class"), required=False)
    text = forms.CharField(label=_("Room or owner"), max_length=60, required=False)
    late_from = forms.IntegerField(label=_("Days late from"), min_value=1, max_value=36_500, required=False)
    late_to = forms.IntegerField(label=_("Days late to"), min_value=1, max_value=36_500, required=False)
    promised_on = forms.DateField(label=_("Promised for"), required=False, widget=forms.HiddenInput)
    closed = forms.BooleanField(label=_("Closed cases"), required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        everything = ("", _("All"))
        choice(self, "rung").choices = [everything, *worded([*RungCode, queries.NO_RUNG_COVERS])]
        choice(self, "klass").choices = [everything, *worded(Case.Class.values)]

    def chosen(self, user_id: int) -> queries.CaseFilter:
        """The filter; what is not valid narrows nothing and stands beside its error."""
        self.is_valid()
        data = self.cleaned_data
        return queries.CaseFilter(
            community_id=data.get("community"),
            collector_id=self.collector_id(user_id),
            rung=data.get("rung", ""),
            klass=data.get("klass", ""),
            text=data.get("text", ""),
            closed=data.get("closed", False),
            late_from=data.get("late_from"),
            late_to=data.get("late_to"),
            promised_on=data.get("promised_on"),
        )


def _reason() -> forms.ChoiceField:
    widget = forms.Select(attrs={"data-key": "r"})
    return forms.ChoiceField(label=_("Why it is unpaid"), required=False, widget=widget)


def _offer_reasons(form: forms.Form) -> None:
    choices = [("", "—"), *worded(ArrearsReason, first_name="arrears.")]
    choice(form, "reason_code").choices = choices


def _note() -> forms.CharField:
    area = forms.Textarea(attrs={"rows": 2, "data-key": "n"})
    return forms.CharField(label=_("What was said"), max_length=500, required=False, widget=area)


def typed(key: str) -> forms.TextInput:
    return forms.TextInput(
        attrs={"data-key": key, "autocomplete": "off", "placeholder": _("fri  +3  15"), "size": "12"}
    )


class LogCall(DatedForm):
    """What came of a call."""

    contact = forms.TypedChoiceField(
        label=_("Number that was rung"), coerce=int, empty_value=None, required=False,
        widget=forms.Select(attrs={"data-key": "t"}),
    )  # fmt: skip
    outcome = forms.ChoiceField(label=_("Result"), choices=[(code, code) for code in Call.Outcome.values])
    promised_on = DayInput(label=_("Promised day"), required=False, widget=typed("d"))
    promised_fen = Yuan(label=_("Promised amount"), attrs={"data-key": "a"})
    next_on = DayInput(label=_("Call again on"), required=False, widget=typed("g"))
    reason_code = _reason()
    feedback = _note()

    def __init__(self, *args: Any, phones: Sequence[ContactRow], rung: int | None, **kwargs: Any) -> None:
        """`phones`: the numbers worth ringing; `rung`: the one whose turn it is, unless another is chosen."""
        super().__init__(*args, **kwargs)
        _offer_reasons(self)
        self._rung = rung
        offered = [(one.contact_id, f"{one.masked} {WORDS.get(one.kind, one.kind)}") for one in phones]
        choice(self, "contact").choices = offered
        self.fields["contact"].initial = rung
        self.fields["feedback"].help_text = _("Enter begins a new line, Ctrl+Enter saves.")
        self.fields["promised_fen"].help_text = _("Empty: all that is past due.")
        latest_on = latest_day(kwargs["today"])
        self.fields["promised_on"].help_text = _("Stops the ladder up to %(day)s.") % {"day": latest_on}

    def entry(self) -> dict[str, Any]:
        """As log_call takes it."""
        data = dict(self.cleaned_data)
        return {"contact_id": data.pop("contact") or self._rung, **data}

    def choices(self) -> list[tuple[str, str, str, bool]]:
        """The outcomes with a key of their own: code, word, key, chosen."""
        return self._offered(keyed=True)

    def more(self) -> list[tuple[str, str, str, bool]]:
        """The outcomes behind 0."""
        return self._offered(keyed=False)

    def more_open(self) -> bool:
        """Whether one of those behind 0 is chosen."""
        return any(chosen for *_rest, chosen in self.more())

    def _offered(self, *, keyed: bool) -> list[tuple[str, str, str, bool]]:
        now = self["outcome"].value()
        return [
            (code, str(WORDS.get(f"outcome.{code}", code)), KEYS.get(code, ""), code == now)
            for code in Call.Outcome.values
            if (code in KEYS) is keyed
        ]


class LogVisit(DatedForm):
    """What came of a visit."""

    on = DayInput(label=_("Day"), widget=typed("d"))
    result = forms.ChoiceField(label=_("Result"), widget=forms.RadioSelect)
    promised_on = DayInput(label=_("Promised day"), required=False, widget=typed("p"))
    time_in = forms.TimeField(label=_("From"), required=False, widget=forms.TimeInput(attrs={"type": "time"}))
    time_out = forms.TimeField(label=_("To"), required=False, widget=forms.TimeInput(attrs={"type": "time"}))
    second_person = forms.CharField(label=_("Second person"), max_length=60, required=False)
    by_manager = forms.BooleanField(label=_("The project manager went in person"), required=False)
    reason_code = _reason()
    feedback = _note()
    phone = forms.CharField(
        label=_("New number of the owner"),
        max_length=30,
        required=False,
        help_text=_("Learned on the visit; it is kept with the owner and can be rung from then on."),
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
    )
    photo = forms.FileField(
        label=_("Photo"),
        required=False,
        help_text=_("JPEG or PNG."),
        widget=forms.ClearableFileInput(attrs={"accept": "image/jpeg,image/png"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice(self, "result").choices = worded(Visit.Result.values)
        _offer_reasons(self)

    def entry(self) -> dict[str, Any]:
        """As log_visit takes it."""
        return {**self.cleaned_data, "photo": photo_of(self.cleaned_data["photo"])}


class Decide(forms.Form):
    """A decision with its reason."""

    decision = forms.ChoiceField(choices=[("approve", "approve"), ("reject", "reject")])
    reason = forms.CharField(label=_("Reason"), max_length=300, required=False)


class Say(forms.Form):
    """A question about a request, or the answer to it."""

    text = forms.CharField(
        label=_("What you want to know or say"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2, "data-key": "q"}),
    )


class GiveCases(forms.Form):
    """Who takes the ticked cases."""

    collector = forms.TypedChoiceField(
        label=_("Who takes them"),
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose who takes them.")},
    )

    def __init__(self, *args: Any, takers: Sequence[queries.Taker], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._takers = {taker.user_id: taker for taker in takers}
        choice(self, "collector").choices = [(taker.user_id, taker.name) for taker in takers]

    def taker(self) -> queries.Taker:
        """Who was chosen."""
        return self._takers[self.cleaned_data["collector"]]

    def lines(self) -> list[tuple[queries.Taker, bool]]:
        """Everybody, and whether he is the chosen one."""
        chosen = str(self["collector"].value() or "")
        return [(taker, str(taker.user_id) == chosen) for taker in self._takers.values()]


class ChooseLadder(forms.Form):
    """Whose ladder is changed; the company's without a community."""

    community = forms.IntegerField(required=False, min_value=1)


class ComparedLadders(forms.Form):
    """Which version is compared with which; it stands in the address."""

    before = forms.TypedChoiceField(label=_("Compare"), coerce=int)
    after = forms.TypedChoiceField(label=_("with"), coerce=int)

    def __init__(self, *args: Any, versions: Sequence[queries.LadderRow], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [(row.ladder_id, ladder_name(row)) for row in versions]
        for name in ("before", "after"):
            choice(self, name).choices = offered


def ladder_name(row: queries.LadderRow) -> str:
    """A version as people tell it from the others: 锦绣花园 2 2026-03 · from 2026-03-01."""
    name = "" if row.name == "default" else row.name
    parts = (row.community_name or str(_("Company")), f"v{row.version}", name)
    return f"{' '.join(part for part in parts if part)} · {row.active_from:%Y-%m-%d}"


class EditLadder(forms.Form):
    """The days of every rung; saving makes a new version."""

    name = forms.CharField(label=_("Name"), max_length=60)
    active_from = forms.DateField(
        label=_("Holds from"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )

    def __init__(self, *args: Any, rungs: tuple[Rung, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rungs = rungs
        for rung in rungs:
            self.fields[f"min_days_{rung.level}"] = _days(_("From day"), rung.min_days)
            if rung.action is Action.DOCUMENT:
                self.fields[f"period_days_{rung.level}"] = _days(_("Days to pay"), rung.period_days)

    def lines(self) -> list[dict[str, Any]]:
        """Each rung with its fields."""
        names = self.fields
        return [
            {
                "rung": rung,
                "min_days": self[f"min_days_{rung.level}"],
                "period_days": self[period] if (period := f"period_days_{rung.level}") in names else None,
            }
            for rung in self.rungs
        ]

    def days(self) -> dict[int, tuple[int, int]]:
        """Level -> (first day, days to pay)."""
        data = self.cleaned_data
        return {
            rung.level: (
                data[f"min_days_{rung.level}"],
                data.get(f"period_days_{rung.level}", rung.period_days),
            )
            for rung in self.rungs
        }


def _days(label: Any, initial: int) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=1, max_value=3650, initial=initial)
