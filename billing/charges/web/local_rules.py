"""地方规定: the list of rules that cities set, and a form for one more."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, ClassVar, cast

from django import forms
from django.contrib import messages
from django.core.paginator import Page
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from billing.charges import services
from billing.charges.queries.local_rules import LocalRuleRow, local_rule_row, local_rules
from billing.charges.rules.local import LocalKind
from owners.queries import communities
from tenancy.kernel.pages import StaffView
from tenancy.kernel.permissions import Permission
from tenancy.people.lists import Column, Empty, Kind, ListPage
from tenancy.people.words import WORDS
from values.daily_rate import percent


class NewRule(forms.Form):
    """A rule from a day on."""

    kind = forms.ChoiceField(label=gettext_lazy("Rule"))
    community = forms.TypedChoiceField(
        label=gettext_lazy("Community"), coerce=int, required=False, empty_value=None
    )
    value = forms.CharField(
        label=gettext_lazy("Value"), max_length=16,
        help_text=gettext_lazy(
            "Vacancy: 0.7 and 6 months; months paid ahead: 12; hand-over: BY_DAY or NEXT_MONTH; "
            "LPR: 3.00%; times of it: 1.3; board notices: L0, L1 or L2; "
            "average wage of the year before: 133045"
        ),
    )  # fmt: skip
    from_on = forms.DateField(
        label=gettext_lazy("In force from"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    basis = forms.CharField(label=gettext_lazy("Regulation"), max_length=120)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [(kind.value, WORDS.get(f"local.{kind}", kind.value)) for kind in LocalKind]
        cast(forms.ChoiceField, self.fields["kind"]).choices = kinds
        known = [(row.id, row.name) for row in communities()]
        cast(forms.ChoiceField, self.fields["community"]).choices = [("", _("All")), *known]


def _said(row: LocalRuleRow) -> str:
    """A rule's value as people say it: 70%, 6 months, the name of a way."""
    if row.kind in (LocalKind.VACANCY_RATIO, LocalKind.LPR):
        return percent(Decimal(row.value))
    if row.kind in (LocalKind.LPR, LocalKind.COURT_SAFE_K, LocalKind.AVERAGE_WAGE):
        return row.value
    if row.kind == LocalKind.HANDOVER:
        return str(WORDS.get(row.value, row.value))
    if row.kind in (LocalKind.COURT_SAFE_K, LocalKind.NOTICE_LEVEL):
        return row.value
    return ngettext("%(count)s month", "%(count)s months", int(row.value)) % {"count": row.value}


class LocalRules(ListPage):
    """Every rule with the day it holds from."""

    permission = Permission.TARIFF_SEE
    title = gettext_lazy("Local rules")
    template = "charges/local_rules.html"
    columns: ClassVar[tuple[Column, ...]] = (
        Column("kind", gettext_lazy("Rule"), Kind.WORD, value=lambda row: f"local.{row.kind}"),
        Column(
            "community_name",
            gettext_lazy("Community"),
            Kind.NAME,
            value=lambda row: row.community_name or _("All"),
        ),
        Column("value", gettext_lazy("Value"), Kind.TEXT, value=_said),
        Column("from_on", gettext_lazy("In force from"), Kind.DATE),
        Column("basis", gettext_lazy("Regulation"), Kind.WRAP),
        Column("entered_by", gettext_lazy("By"), Kind.NAME),
    )

    def found(self) -> Any:
        return local_rules()

    def rows(self, part: list[Any]) -> Sequence[LocalRuleRow]:
        return [local_rule_row(rule) for rule in part]

    def empty(self) -> Empty:
        return Empty(_("No local rule was entered: what the community and the contract say holds."))

    def more(self, found: Any, page: Page[Any]) -> dict[str, Any]:
        return {"may_edit": self.staff.can(Permission.TARIFF_EDIT)}


class NewLocalRule(StaffView):
    """One more rule."""

    permission = Permission.TARIFF_EDIT

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.page("charges/local_rule_add.html", form=NewRule())

    def post(self, request: HttpRequest) -> HttpResponse:
        form = NewRule(request.POST)
        if not form.is_valid() or not self.attempt(form, lambda: _add(form)):
            return self.page("charges/local_rule_add.html", status=422, form=form)
        messages.success(request, _("Noted. Bills issued so far stay as they are."))
        return redirect("charges:local_rules")


def _add(form: NewRule) -> int:
    said = form.cleaned_data
    return services.add_local_rule(
        kind=LocalKind(said["kind"]),
        value=said["value"],
        from_on=said["from_on"],
        basis=said["basis"],
        community_id=said["community"],
    )
