"""Forms of log-in, members and keys, and the filters of the audit trail."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.utils.translation import gettext_lazy as _

from tenancy.kernel import clock
from tenancy.kernel.choices import choice
from tenancy.kernel.permissions import Role
from tenancy.people.models import User
from tenancy.people.queries.members import MemberRow
from tenancy.people.services.company import CompanyFields
from tenancy.people.words import WORDS


def _role_choices() -> list[tuple[str, Any]]:
    return [(role.value, WORDS.get(role.value, role.value)) for role in Role]


class LogInForm(AuthenticationForm):
    """Log-in name and password."""

    error_messages = {
        "invalid_login": _("Name or password is wrong."),
        "inactive": _("This account is closed."),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = _("Log-in name")
        self.fields["password"].label = _("Password")

    def clean_username(self) -> str:
        """As it is kept: the lock counts by name, and a name in capitals is not another one."""
        name = str(self.cleaned_data["username"]).strip().lower()
        if len(name) > (User._meta.get_field("username").max_length or 0):
            raise self.get_invalid_login_error()
        return name


class Parts(forms.Form):
    """What a member does, and where. No community ticked: the whole company."""

    roles = forms.MultipleChoiceField(label=_("Roles"), widget=forms.CheckboxSelectMultiple)
    everywhere = forms.BooleanField(label=_("The whole company"), required=False)
    communities = forms.TypedMultipleChoiceField(
        label=_("Only these communities"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, communities: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice(self, "roles").choices = _role_choices()
        choice(self, "communities").choices = communities

    def community_ids(self) -> list[int] | None:
        """None: everywhere."""
        return None if self.cleaned_data["everywhere"] else list(self.cleaned_data["communities"])


class NewMember(Parts):
    """A person who did not work here."""

    username = forms.CharField(
        label=_("Log-in name"), max_length=60, help_text=_("Small letters and digits; it cannot be changed.")
    )
    name = forms.CharField(label=_("Name"), max_length=60)
    password = forms.CharField(
        label=_("First password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("At least ten characters, and not a common one."),
    )
    field_order = ["name", "username", "password", "roles", "everywhere", "communities"]


class ChangedMember(Parts):
    """Other parts, or an end."""

    is_active = forms.BooleanField(label=_("Works here"), required=False)


class NewPassword(forms.Form):
    """A password that an administrator sets."""

    password = forms.CharField(
        label=_("New password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("At least ten characters, and not a common one."),
    )


class NewKey(forms.Form):
    """A key for a program that works as oneself."""

    name = forms.CharField(label=_("What for"), max_length=60)
    expires_on = forms.DateField(
        label=_("Valid until"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )

    def clean_expires_on(self) -> date | None:
        """A key that is over already opens nothing."""
        expires_on: date | None = self.cleaned_data["expires_on"]
        if expires_on is not None and expires_on < clock.today():
            raise forms.ValidationError(_("This day is over."), code="invalid")
        return expires_on


class NewToken(NewKey):
    """A key for a program that works as a member."""

    user = forms.TypedChoiceField(
        label=_("Works as"),
        coerce=int,
        help_text=_(
            "The key may do what this member may do, but for decisions: those need a key of his own."
        ),
    )
    field_order = ("name", "user", "expires_on")

    def __init__(self, *args: Any, members: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice(self, "user").choices = members


class MemberFilter(forms.Form):
    """Which members."""

    q = forms.CharField(label=_("Name or log-in name"), max_length=60, required=False)
    role = forms.ChoiceField(label=_("Role"), required=False)
    left = forms.ChoiceField(
        choices=[("", ""), ("no", _("Work here")), ("yes", _("No longer here"))],
        required=False,
        widget=forms.HiddenInput,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice(self, "role").choices = [("", _("All")), *_role_choices()]

    def narrow(self, rows: Iterable[MemberRow]) -> list[MemberRow]:
        """The members who fit; a company has few."""
        self.is_valid()
        said = self.cleaned_data
        text, role, left = said.get("q", "").lower(), said.get("role", ""), said.get("left", "")
        return [
            row
            for row in rows
            if text in f"{row.name} {row.username}".lower()
            and (not role or role in row.roles)
            and (not left or (left == "no") is row.is_active)
        ]


class AuditFilter(forms.Form):
    """Which entries of the audit trail."""

    action = forms.ChoiceField(label=_("What"), required=False)
    user_id = forms.TypedChoiceField(label=_("Who"), coerce=int, empty_value=None, required=False)
    from_on = forms.DateField(label=_("From"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    to_on = forms.DateField(label=_("To"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    object_kind = forms.CharField(label=_("About"), required=False, max_length=40, widget=forms.HiddenInput)
    object_id = forms.IntegerField(label=_("Number"), required=False, min_value=1, widget=forms.HiddenInput)

    def __init__(self, *args: Any, actions: list[str], actors: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        everything: list[tuple[Any, Any]] = [("", _("All"))]
        choice(self, "action").choices = everything + [(a, WORDS.get(a, a)) for a in actions]
        choice(self, "user_id").choices = everything + actors

    def wanted(self) -> dict[str, Any]:
        """The filters that make sense; the others are left out, their field says why."""
        return self.cleaned_data if self.is_valid() else dict(getattr(self, "cleaned_data", {}))


class CompanyData(forms.Form):
    """What papers and messages say of the company."""

    name = forms.CharField(
        label=_("Name"), max_length=120, help_text=_("In full, as registered; it stands on every paper.")
    )
    short_name = forms.CharField(
        label=_("SMS signature"),
        max_length=20,
        help_text=_("Two to twelve characters, as the SMS provider registered it."),
    )
    credit_code = forms.CharField(label=_("Credit code"), max_length=30, required=False)
    address = forms.CharField(label=_("Address"), max_length=200, required=False)
    phone = forms.CharField(label=_("Telephone"), max_length=30, required=False)
    legal_representative = forms.CharField(label=_("Legal representative"), max_length=60, required=False)
    legal_representative_post = forms.CharField(
        label=_("Post of the legal representative"), max_length=60, required=False
    )

    def clean_credit_code(self) -> str:
        """As it is printed: capitals, without spaces."""
        return "".join(str(self.cleaned_data["credit_code"]).split()).upper()

    def said(self) -> CompanyFields:
        """The fields as the service takes them."""
        return CompanyFields(**{name: self.cleaned_data[name] for name in CompanyFields.__slots__})
