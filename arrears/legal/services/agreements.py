"""Law firms that may be given cases, and the check before one is (G11)."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from arrears.legal.models import ProcessingAgreement
from arrears.legal.rules.gates import Act
from arrears.legal.services.gates import keep, require
from notices.services import Photo
from tenancy.kernel.errors import NotFound, Refused
from tenancy.kernel.scope import current_user_id
from tenancy.people.services import audit


class AgreementRefused(Refused):
    """An agreement without firm, purpose, scope or paper, or whose days cannot be."""

    code = "legal.agreement_refused"


def add_agreement(*, firm: str, purpose: str, scope: str, from_on: date, until: date, file: Photo) -> int:
    """Note an agreement on the processing of personal data with a law firm; returns its id."""
    for field, text in (("firm", firm), ("purpose", purpose), ("scope", scope)):
        if not text.strip():
            raise AgreementRefused(_("Write with whom, for what, and which data."), field=field)
    if until < from_on:
        raise AgreementRefused(_("It ends before it starts."), field="until")
    made = ProcessingAgreement.objects.create(
        firm=firm.strip(),
        purpose=purpose.strip(),
        scope=scope.strip(),
        from_on=from_on,
        until=until,
        file_id=keep(file),
        by_id=current_user_id(),
    )
    audit.record("agreement.added", kind="agreement", pk=made.pk, firm=made.firm)
    return int(made.pk)


def end_agreement(*, agreement_id: int, on: date) -> None:
    """From this day nothing more is handed to the firm. Raises NotFound."""
    ended = ProcessingAgreement.objects.filter(pk=agreement_id, ended_on=None).update(ended_on=on)
    if ended == 0:
        raise NotFound(_("There is no such agreement."))
    audit.record("agreement.ended", kind="agreement", pk=agreement_id)


def record_export(*, case_id: int, what: str, on: date) -> None:
    """Before a case leaves the house for a law firm: the gate, and a line in the trail.

    Raises NotFound, GateShut.
    """
    require(Act.EXPORT, case_id=case_id, on=on)
    audit.record("case.exported", kind="case", pk=case_id, what=what)
