"""What a new company does next, step by step, until its first bills are out."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _

from reports.queries import first_steps
from tenancy.kernel.permissions import ROLES, Permission, StaffMember


class Step(NamedTuple):
    """One thing to do: whether it is done, whether it is the next, where, or which roles do it."""

    number: int
    title: str
    text: str
    action: str
    done: bool
    is_next: bool
    url: str | None
    roles: tuple[str, ...]


class _Way(NamedTuple):
    place: str
    permission: Permission
    title: Callable[[], str]
    text: Callable[[], str]
    action: Callable[[], str]


P = Permission
_WAYS: dict[str, _Way] = {
    "community": _Way(
        "owners:community_new", P.UNIT_EDIT,
        lambda: _("Open a community"),
        lambda: _("Its name, address and service desk stand on every bill and notice."),
        lambda: _("New community"),
    ),
    "contract": _Way(
        "charges:new_contract", P.TARIFF_EDIT,
        lambda: _("Enter the service contract"),
        lambda: _("Due days, the late fee that was agreed, and the account that owners pay into."),
        lambda: _("New contract"),
    ),
    "register": _Way(
        "charges:import", P.IMPORT_RUN,
        lambda: _("Import the house register"),
        lambda: _("Rooms, areas, owners, phones and rates from your sheet; arrears of earlier years after."),
        lambda: _("Import"),
    ),
    "tariff": _Way(
        "charges:tariffs", P.TARIFF_EDIT,
        lambda: _("Check fees and tariffs"),
        lambda: _("What is charged, how it is worked out, and which units pay it."),
        lambda: _("Tariffs"),
    ),
    "cash_point": _Way(
        "payments:cash_points", P.TARIFF_EDIT,
        lambda: _("Set up a cash point"),
        lambda: _("Receipts are numbered for each of them."),
        lambda: _("Cash points"),
    ),
    "bills": _Way(
        "charges:run", P.BILL_RUN,
        lambda: _("Run the first month"),
        lambda: _("Look at the preview, then issue the bills. From then on this guide is gone."),
        lambda: _("Month run"),
    ),
}  # fmt: skip


def steps(staff: StaffMember) -> list[Step]:
    """The six steps with what is done; nothing once bills are out, or for whom none of them is."""
    if not any(staff.can(way.permission) for way in _WAYS.values()):
        return []
    done = first_steps()
    if done["bills"]:
        return []
    upcoming = next(name for name in _WAYS if not done[name])
    return [
        _step(number, way, done=done[name], is_next=name == upcoming, staff=staff)
        for number, (name, way) in enumerate(_WAYS.items(), 1)
    ]


def _step(number: int, way: _Way, *, done: bool, is_next: bool, staff: StaffMember) -> Step:
    may = staff.can(way.permission)
    roles = () if may else tuple(role.value for role, held in ROLES.items() if way.permission in held)
    url = reverse(way.place) if may else None
    return Step(number, way.title(), way.text(), way.action(), done, is_next, url, roles)
