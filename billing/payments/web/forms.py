"""Forms of the counter, the payments list and a void."""

from __future__ import annotations

from datetime import date
from typing import Any, cast

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from billing.payments.queries import CashPointRow, PaymentFilter, Preview
from billing.payments.rules.till import Booked, is_absurd_change, is_absurd_credit
from billing.payments.services.checks import MAX_FEN, AccountChanged
from billing.payments.services.taken import TenderPart
from owners.queries import CommunityRow
from values.fen import parse_yuan, yuan

CASH, POS, TRANSFER = "CASH", "POS", "TRANSFER"
METHODS = ((CASH, _("Cash")), (TRANSFER, _("Transfer")), (POS, _("POS")))
# Ways in which money comes that is not taken at the counter, for the list.
OTHERS = (
    ("WECHAT", _("WeChat")),
    ("ALIPAY", _("Alipay")),
    ("DEBIT", _("Direct debit")),
    ("CREDIT", _("Credit")),
    ("MIXED", _("Several ways")),
)
NUMBERED = {
    POS: _("A card payment needs its reference: the number on the terminal's slip."),
    TRANSFER: _("A transfer needs its reference: the bank's transaction number."),
}


class YuanInput(forms.CharField):
    """Yuan as people type them, whole fen inside; empty is None."""

    default_error_messages = {"invalid": _("Write an amount in yuan, such as 2520.24.")}

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        try:
            return int(parse_yuan(text))
        except ValueError as error:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid") from error


class Ticks(forms.MultipleChoiceField):
    """Ticked ids. Which of them are open the service says; the form wants numbers only."""

    def validate(self, value: list[str]) -> None:
        if any(not (text.isascii() and text.isdigit() and len(text) <= 18) for text in value):
            raise forms.ValidationError(self.error_messages["invalid_list"], code="invalid_list")

    def clean(self, value: Any) -> Any:
        return [int(text) for text in super().clean(value)]


def _day() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def _text(key: str, **more: str) -> forms.TextInput:
    return forms.TextInput(attrs={"data-key": key, "autocomplete": "off", **more})


class Look(forms.Form):
    """Which room stands at the counter."""

    room = forms.CharField(required=False, max_length=60)
    unit = forms.IntegerField(required=False, min_value=1)
    account = forms.IntegerField(required=False, min_value=1)
    taken = forms.IntegerField(required=False, min_value=1)


class Till(forms.Form):
    """What both steps of a payment say: whose, for what, how, when, where."""

    account = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    charge = Ticks(required=False)
    method = forms.ChoiceField(choices=METHODS, initial=CASH, label=_("Method"))
    paid_on = forms.DateField(label=_("Value date"), widget=_day())
    cash_point = forms.IntegerField(label=_("Cash point"), widget=forms.Select(attrs={"data-key": "p"}))
    reference = forms.CharField(required=False, max_length=80, label=_("Reference"), widget=_text("r"))
    also_amount = YuanInput(
        required=False, max_length=20, label=_("Part of it in another way"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "decimal"}),
    )  # fmt: skip
    also = forms.ChoiceField(choices=METHODS, initial=POS, required=False, label=_("The other way"))
    also_reference = forms.CharField(
        required=False, max_length=80, label=_("Reference of the other way"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    payer_name = forms.CharField(
        required=False, max_length=120, label=_("Payer, if not the owner"), widget=_text("n")
    )
    note = forms.CharField(required=False, max_length=200, label=_("Note"), widget=_text("b"))
    backdate_reason = forms.CharField(
        required=False, max_length=200, label=_("Reason for an early value date"), widget=_text("w")
    )
    key = forms.CharField(max_length=64, widget=forms.HiddenInput)
    seen = forms.IntegerField(required=False)

    def offer(self, desks: tuple[CashPointRow, ...]) -> None:
        """Let the cashier choose among the community's desks."""
        widget = cast(forms.Select, self.fields["cash_point"].widget)
        widget.choices = [(desk.cash_point_id, f"{desk.code} {desk.name}") for desk in desks]


class Entry(Till):
    """The first step: money lies on the counter. Nothing is taken yet; what is not said is worked out."""

    received = YuanInput(
        required=False, max_length=20, label=_("Amount received"),
        help_text=_("Empty: exactly what is ticked. Enter shows change and allocation first."),
        widget=_text("t", inputmode="decimal", autofocus="", **{"data-kept-as": "tendered"}),
    )  # fmt: skip
    amount = YuanInput(
        required=False, max_length=20, label=_("Amount to book, if another"),
        widget=_text("a", inputmode="decimal"),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        said = cleaned.get("amount") is not None or cleaned.get("received") is not None
        if not self.errors and not cleaned["charge"] and not said:
            self.add_error("received", _("Tick a charge or type an amount."))
        return cleaned

    def shown(self, today: date) -> dict[str, Any]:
        """What the counter is to show for this input; what is not valid counts as not given."""
        self.is_valid()
        cleaned = self.cleaned_data
        return {
            "account_id": cleaned.get("account"),
            "paid_on": cleaned.get("paid_on") or today,
            "amount_fen": cleaned.get("amount"),
            "designated": cleaned.get("charge", []),
            "received_fen": self._given(),
            "is_cash": cleaned.get("method", CASH) == CASH,
        }

    def _given(self) -> int | None:
        """All that was given: what lies on the counter, and the part that came another way."""
        received = self.cleaned_data.get("received")
        return None if received is None else received + (self.cleaned_data.get("also_amount") or 0)

    def check(self, preview: Preview) -> bool:
        """Whether what was worked out can be taken; what cannot stands beside its field."""
        if self.is_valid():
            wrong, data = _wrong_sum(preview), self.cleaned_data
            if wrong is not None:
                self.add_error("received", wrong)
            if data["method"] in NUMBERED and not data["reference"]:
                self.add_error("reference", NUMBERED[data["method"]])
            if data["also_amount"] is not None:
                self._check_also(preview)
        return self.is_valid()

    def _check_also(self, preview: Preview) -> None:
        data = self.cleaned_data
        if not 0 < data["also_amount"] < preview.amount_fen:
            self.add_error("also_amount", _("A part is more than nothing and less than the whole amount."))
        if data["also"] in NUMBERED and not data["also_reference"]:
            self.add_error("also_reference", NUMBERED[data["also"]])


def _wrong_sum(preview: Preview) -> str | None:
    """Why the sum cannot be taken as it was worked out; None when it can."""
    if preview.amount_fen <= 0:
        return gettext("The amount must be more than nothing.")
    if preview.amount_fen > MAX_FEN:
        return gettext("That is more money than there is. Check the amount.")
    if preview.short_fen:
        return gettext("The cash tendered is less than the amount.")
    if is_absurd_change(Booked(preview.amount_fen, preview.tendered_fen)):
        return gettext("The change would be more than 1,000 yuan. Check the amount received.")
    if is_absurd_credit(preview.credit_fen):
        return gettext("More than 100,000 yuan would become credit. Check the amount.")
    return None


class Take(Till):
    """The second step: an amount that somebody has seen. Without one nothing is taken."""

    amount = YuanInput(
        max_length=20, error_messages={"required": _("Say the amount: nothing is taken without one.")}
    )
    tendered = YuanInput(required=False, max_length=20)
    # What was typed in the first step, to go back to: what was only worked out is worked out again.
    typed = forms.CharField(required=False, max_length=20)
    typed_received = forms.CharField(required=False, max_length=20)

    @classmethod
    def of(cls, entry: Entry, preview: Preview) -> Take:
        """The second step of a first one: every number said out."""
        said = {name: value for name, value in entry.cleaned_data.items() if name in cls.base_fields}
        tendered = None if preview.tendered_fen is None else yuan(preview.tendered_fen)
        numbers = {"amount": yuan(preview.amount_fen), "tendered": tendered, "seen": preview.owed_fen}
        also = entry.cleaned_data["also_amount"]
        numbers["also_amount"] = None if also is None else yuan(also)
        typed = {"typed": entry["amount"].value() or "", "typed_received": entry["received"].value() or ""}
        entry.auto_id = False  # its fields stand hidden on the same page, to go back with
        return cls(initial=said | numbers | typed, auto_id=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("method") != CASH:
            cleaned["tendered"] = None
        return cleaned

    def tenders(self) -> tuple[TenderPart, ...]:
        """The parts of a mixed payment; none of a simple one."""
        data = self.cleaned_data
        also: int | None = data["also_amount"]
        if also is None:
            return ()
        first = TenderPart(data["method"], data["amount"] - also, data["reference"])
        return first, TenderPart(data["also"] or POS, also, data["also_reference"])

    def back(self) -> Entry:
        """The first step again with all that was typed, each error beside its field.

        When what is owed has changed meanwhile, the sum that was right then is not offered once more.
        """
        data = cast(QueryDict, self.data).copy()
        if self.has_error(NON_FIELD_ERRORS, AccountChanged.code):
            data["amount"] = data["received"] = ""
            data.setlist("charge", [])
        elif "typed" in data:
            data["amount"] = self.data.get("typed", "")
            data["received"] = self.data.get("typed_received", "")
        else:
            data["received"] = data.get("tendered", "")
        entry = Entry(data)
        entry.is_valid()
        for name, errors in self.errors.items():
            field = _BESIDE.get(name, name)
            known = {str(error) for error in entry.errors.get(field or "", [])}
            for error in errors:
                if str(error) not in known:
                    entry.add_error(field, str(error))
        return entry


_BESIDE: dict[str, str | None] = {"tendered": "received", "__all__": None}


class Credit(forms.Form):
    """Use the account's credit."""

    key = forms.CharField(max_length=64)


class Void(forms.Form):
    """Why a receipt is void."""

    reason = forms.CharField(max_length=200, label=_("Reason"))


class OpenDesk(forms.Form):
    """A new cash point."""

    community = forms.TypedChoiceField(coerce=int, label=_("Community"))
    code = forms.CharField(
        max_length=10, label=_("Code"), help_text=_("Stands in every receipt's number, such as 01")
    )
    name = forms.CharField(max_length=40, label=_("Name"))

    def __init__(self, *args: Any, communities: list[CommunityRow], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        community = cast(forms.TypedChoiceField, self.fields["community"])
        community.choices = [(row.id, row.name) for row in communities]


class Filter(forms.Form):
    """What the list of payments is narrowed to; it stands in the address."""

    community = forms.TypedChoiceField(required=False, coerce=int, empty_value=None, label=_("Community"))
    method = forms.ChoiceField(required=False, choices=(("", _("All")), *METHODS, *OTHERS), label=_("Method"))
    amount = YuanInput(
        required=False,
        max_length=20,
        label=_("Amount"),
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )
    posted_from = forms.DateField(required=False, label=_("From"), widget=_day())
    posted_to = forms.DateField(required=False, label=_("To"), widget=_day())
    words = forms.CharField(
        required=False, max_length=80, label=_("Room, owner, receipt or reference"), strip=True
    )

    def __init__(self, *args: Any, communities: list[CommunityRow], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        community = cast(forms.TypedChoiceField, self.fields["community"])
        community.choices = [("", _("All")), *((row.id, row.name) for row in communities)]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first, last = cleaned.get("posted_from"), cleaned.get("posted_to")
        if first and last and first > last:
            self.add_error("posted_to", _("This day comes before the first one."))
        return cleaned

    def where(self) -> PaymentFilter:
        """The filter; what is not valid narrows nothing and stands beside its error."""
        self.is_valid()
        cleaned = self.cleaned_data
        return PaymentFilter(
            community_id=cleaned.get("community"),
            method=cleaned.get("method", ""),
            posted_from=cleaned.get("posted_from"),
            posted_to=cleaned.get("posted_to"),
            words=cleaned.get("words", ""),
            amount_fen=cleaned.get("amount"),
        )
