"""From a refused month run to the page that adds what is missing."""

from __future__ import annotations

from typing import NamedTuple
from urllib.parse import urlencode

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _

from billing.charges import queries
from billing.charges.queries import NoContract
from billing.charges.services.round import NothingToBill
from tenancy.kernel.errors import row_id


class Way(NamedTuple):
    """What to do, and where; an empty `url` for a reader who may not."""

    text: str
    url: str = ""
    link: str = ""


def ways_out(form: forms.Form, *, may_edit: bool) -> list[Way]:
    """What the form's refusals ask for."""
    codes = {error.code for errors in form.errors.as_data().values() for error in errors}
    community_id = row_id(str(form["community"].value() or ""))  # a refused field is not in cleaned_data
    if community_id is None:
        return []
    ways = []
    if NoContract.code in codes:
        ways.append(_contract(community_id, may_edit=may_edit))
    if NothingToBill.code in codes:
        ways += _tariff(community_id, may_edit=may_edit)
    return ways


def _contract(community_id: int, *, may_edit: bool) -> Way:
    if not may_edit:
        return Way(_("The administrator or finance can add the contract."))
    if queries.contracts(community_id):
        text = _("The contracts of this community hold on other days.")
        return Way(text, reverse("charges:contracts"), _("Service contracts"))
    text = _("Bills stand on the service contract: the account for payments, the days, the late fee.")
    return Way(text, _to("charges:new_contract", community_id), _("Add its contract"))


def _tariff(community_id: int, *, may_edit: bool) -> list[Way]:
    register = Way(
        _("An import of the register brings units, owners and prices."),
        _to("charges:import", community_id),
        _("Import"),
    )
    if not may_edit:
        return [register]
    by_hand = Way(
        _("Or add a tariff by hand and say who pays it."),
        _to("charges:new_tariff", community_id),
        _("New tariff"),
    )
    return [register, by_hand]


def _to(name: str, community_id: int) -> str:
    return f"{reverse(name)}?{urlencode({'community': community_id})}"
