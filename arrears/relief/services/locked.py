"""An application that nobody else changes meanwhile, and the one way into its next state."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from arrears.cases.services.rungs import lock_account
from arrears.relief.models import Application
from arrears.relief.rules.applications import OPEN, State, may_follow
from tenancy.kernel.errors import Conflict, NotFound
from tenancy.people.services import audit

_ENDS = frozenset(set(State) - set(OPEN))


class ApplicationMoved(Conflict):
    """It is no longer in the state that this needs."""

    code = "relief.application_moved"


def locked(application_id: int) -> Application:
    """The application, its account held until the transaction ends. Raises NotFound."""
    found = Application.objects.filter(pk=application_id).values_list("account_id", flat=True).first()
    if found is None:
        raise NotFound(_("There is no such application."))
    lock_account(found)
    application: Application = Application.objects.select_for_update().get(pk=application_id)
    return application


def move(application: Application, state: State, *, on: date, why: str = "", **fields: Any) -> None:
    """Into the next state, with what else changes; an audit line says so. Raises ApplicationMoved."""
    if not may_follow(State(application.state), state):
        raise ApplicationMoved(_("This application has moved on since. Reload the page."))
    if state in _ENDS:
        fields |= {"ended_on": on, "ended_because": why}
    elif state is State.RUNNING:
        fields |= {"started_on": on}
    for name, value in {"state": state.value, **fields}.items():
        setattr(application, name, value)
    application.save(update_fields=["state", *fields])
    audit.record(
        f"relief.{state.value.lower()}",
        kind="application",
        pk=application.pk,
        account=application.account_id,
        matter=application.kind,
    )
