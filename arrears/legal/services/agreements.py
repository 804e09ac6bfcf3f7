"""Agreements with law firms, and the check before a case is handed to one (G11)."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from arrears.legal.models import LawFirm, ProcessingAgreement
from arrears.legal.rules.gates import Act, Gate
from arrears.legal.services.gates import GateShut, keep, require
from notices.services import Photo
from tenancy.kernel.errors import NotFound, Refused
from tenancy.kernel.scope import current_user_id
from tenancy.people.services import audit


class AgreementRefused(Refused):
    """An agreement without purpose, scope or paper, or whose days cannot be."""

    code = "legal.agreement_refused"


class NoAgreement(GateShut):
    """With this law firm no agreement on the processing of personal data is in force on the day."""

    code = "legal.no_agreement"


def add_agreement(*, firm_id: int, purpose: str, scope: str, from_on: date, until: date, file: Photo) -> int:
    """Note an agreement on the processing of personal data with a law firm; returns its id.

    Raises NotFound, AgreementRefused.
    """
    firm = _firm(firm_id)
    for field, text in (("purpose", purpose), ("scope", scope)):
        if not text.strip():
            raise AgreementRefused(_("Write for what, and which data."), field=field)
    if until < from_on:
        raise AgreementRefused(_("It ends before it starts."), field="until")
    made = ProcessingAgreement.objects.create(
        firm=firm,
        purpose=purpose.strip(),
        scope=scope.strip(),
        from_on=from_on,
        until=until,
        file_id=keep(file, community_id=None),
        by_id=current_user_id(),
    )
    audit.record("agreement.added", kind="agreement", pk=made.pk, firm=firm.name)
    return int(made.pk)


def end_agreement(*, firm_id: int, agreement_id: int, on: date) -> None:
    """From this day nothing more is handed to the firm. Raises NotFound."""
    of_the_firm = ProcessingAgreement.objects.filter(firm__name=_firm(firm_id).name, ended_on=None)
    if of_the_firm.filter(pk=agreement_id).update(ended_on=on) == 0:
        raise NotFound(_("There is no such agreement."))
    audit.record("agreement.ended", kind="agreement", pk=agreement_id)


def covering(*, firm_id: int, on: date) -> ProcessingAgreement:
    """The agreement under which a firm may be given personal data on a day. Raises NotFound, NoAgreement."""
    firm = _firm(firm_id)
    found = ProcessingAgreement.standing(on).get(firm.name) if firm.is_active else None
    if found is None:
        text = _("No agreement on the processing of personal data is in force with %(firm)s.")
        raise NoAgreement(
            text % {"firm": firm.name},
            field="firm_id",
            gate=Gate.G11.value,
            check="processing_agreement",
            act=Act.EXPORT.value,
        )
    return found


def record_export(*, case_id: int, firm_id: int, what: str, on: date) -> ProcessingAgreement:
    """Before a case leaves the house for a law firm: its agreement, the gate, and a line in the trail.

    Raises NotFound, NoAgreement, GateShut.
    """
    agreement = covering(firm_id=firm_id, on=on)
    require(Act.EXPORT, case_id=case_id, on=on)
    audit.record("case.exported", kind="case", pk=case_id, what=what, firm=agreement.firm.name)
    return agreement


def _firm(firm_id: int) -> LawFirm:
    found: LawFirm | None = LawFirm.objects.filter(pk=firm_id).first()
    if found is None:
        raise NotFound(_("There is no such law firm."))
    return found
