"""What shows that the owner asked for time: only then does limitation start anew (domain 2.5, S12)."""

from __future__ import annotations

from django.utils.translation import gettext as _

from arrears.cases.queries import is_noted
from arrears.cases.services.clocks import note_clock_event
from arrears.relief.models import Application, ApplicationCharge, Proof
from arrears.relief.rules.applications import Kind, refuse_form
from arrears.relief.services.locked import locked
from tenancy.kernel.errors import Refused
from tenancy.kernel.permissions import StaffMember
from tenancy.people.services import audit
from tenancy.people.words import sentence


class FormRefused(Refused):
    """The owner's signed form cannot be confirmed: not needed, not by this person, or no proof is it."""

    code = "relief.form_refused"


def acknowledge(application: Application, *, evidence: str) -> None:
    """The owner agreed that he owes this by asking for time: on the day of asking. No file goes with it."""
    listed = ApplicationCharge.objects.filter(application=application).values_list("charge_id", flat=True)
    note_clock_event(
        account_id=application.account_id,
        charge_ids=list(listed),
        kind="ACKNOWLEDGEMENT",
        on=application.asked_on,
        source=source_of(application.pk),
        evidence=evidence,
    )


def confirm_form(*, application_id: int, file_id: int, by: StaffMember) -> None:
    """Somebody else than who wrote it down has seen the owner's signature on one of the proofs.

    Raises NotFound, FormRefused.
    """
    application = locked(application_id)
    wrong = refuse_form(
        Kind(application.kind),
        by_owner=application.by_owner,
        is_noted=is_noted(application.account_id, source_of(application_id)),
        user_id=by.user_id,
        asked_by=application.asked_by_id,
    )
    if wrong is not None:
        raise FormRefused(sentence(wrong), why=wrong.code)
    proof = Proof.objects.filter(application=application, file_id=file_id).select_related("file").first()
    if proof is None:
        raise FormRefused(_("Choose the proof that the owner signed."), field="file")
    said = _("Application for time to pay, signed by the owner; seen by %(name)s") % {"name": by.name}
    acknowledge(application, evidence=said)
    audit.record("relief.form_seen", kind="application", pk=application_id, account=application.account_id)


def source_of(application_id: int) -> str:
    """How the clock names an application."""
    return f"application:{application_id}"
