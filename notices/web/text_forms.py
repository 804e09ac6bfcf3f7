"""Forms of templates: which one, which two, and a new text."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from notices.documents.render import SHEETS
from notices.queries.texts import TextVersion
from notices.rules import texts
from tenancy.kernel.choices import choice
from tenancy.people.words import WORDS

CHANNELS = ("SMS", "EMAIL", "PAPER")
_KINDS = sorted({kind for kind, _channel in texts.DEFAULTS})


class TextFilter(forms.Form):
    """What the list of templates is narrowed to."""

    channel = forms.ChoiceField(
        choices=[("", ""), *((code, code) for code in CHANNELS)], required=False, widget=forms.HiddenInput
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice(self, "channel").choices = [("", _("All")), *((code, WORDS[code]) for code in CHANNELS)]


class ChooseText(forms.Form):
    """One message's text, by what it is for."""

    kind = forms.ChoiceField(choices=[(kind, kind) for kind in _KINDS])
    channel = forms.ChoiceField(choices=[("SMS", "SMS"), ("EMAIL", "EMAIL")])

    def key(self) -> tuple[str, str]:
        """Kind and channel."""
        return self.cleaned_data["kind"], self.cleaned_data["channel"]


class ChoosePaper(forms.Form):
    """One kind of paper."""

    kind = forms.ChoiceField(choices=[(kind, kind) for kind in SHEETS])


class ComparedTexts(forms.Form):
    """Two versions of a text; they stand in the address."""

    before = forms.IntegerField(min_value=1, max_value=2**63 - 1)
    after = forms.IntegerField(min_value=1, max_value=2**63 - 1)


class ReviseText(forms.Form):
    """A new text. `based_on`: the version its writer saw."""

    kind = forms.CharField(widget=forms.HiddenInput)
    channel = forms.CharField(widget=forms.HiddenInput)
    based_on = forms.IntegerField(min_value=0, max_value=32_767, widget=forms.HiddenInput)
    subject = forms.CharField(label=_("Subject"), max_length=texts.MOST_SUBJECT_CHARS)
    body = forms.CharField(
        label=_("Text"),
        max_length=max(texts.MOST_CHARS.values()),
        widget=forms.Textarea(attrs={"rows": 9, "spellcheck": "false"}),
    )

    def __init__(self, *args: Any, channel: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if channel == "SMS":
            del self.fields["subject"]
            self.fields["body"].widget.attrs["rows"] = 6

    @classmethod
    def of(cls, shown: TextVersion, *, newest: int) -> ReviseText:
        """The form with the text that holds."""
        standing = {name: getattr(shown, name) for name in ("kind", "channel", "subject", "body")}
        return cls(initial=standing | {"based_on": newest}, channel=shown.channel)

    def text(self) -> texts.Text:
        """What stands in the form, whether it may be saved or not."""
        return texts.Text(self._written("subject"), self._written("body"))

    def _written(self, name: str) -> str:
        # Browsers send CRLF; messages have single line ends.
        return str(self[name].value() or "").replace("\r\n", "\n").strip() if name in self.fields else ""
