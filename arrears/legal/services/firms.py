"""Law firms of the company: who they are."""

from __future__ import annotations

from typing import NamedTuple

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from arrears.legal.models import LawFirm, ProcessingAgreement
from tenancy.kernel.errors import Conflict, NotFound, Refused
from tenancy.people.services import audit


class FirmFields(NamedTuple):
    """What is known of a firm."""

    name: str
    lawyer: str
    licence: str = ""
    phone: str = ""
    address: str = ""
    is_active: bool = True


class FirmRefused(Refused):
    """No name, or another one than its agreement has."""

    code = "legal.firm_refused"


class FirmThere(Conflict):
    """The same lawyer of the same firm is there."""

    code = "legal.firm_there"


def save_firm(*, fields: FirmFields, firm_id: int | None = None) -> int:
    """A new firm, or other data of one; its id. Raises NotFound, FirmRefused, FirmThere."""
    _check(fields)
    row = LawFirm() if firm_id is None else LawFirm.objects.filter(pk=firm_id).first()
    if row is None:
        raise NotFound(_("There is no such law firm."))
    _keep_name(row, fields)
    for name, value in fields._asdict().items():
        setattr(row, name, value.strip() if isinstance(value, str) else value)
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise FirmThere(_("This lawyer of this firm is there already."), field="lawyer") from error
    audit.record("law_firm.saved", kind="law_firm", pk=row.pk, name=row.name)
    return int(row.pk)


def _check(fields: FirmFields) -> None:
    for name in ("name", "lawyer"):
        if not getattr(fields, name).strip():
            raise FirmRefused(_("Write a name."), field=name)


def _keep_name(row: LawFirm, fields: FirmFields) -> None:
    """An agreement names the firm: under another name it would cover whom it was not signed with."""
    if row.pk is None or row.name == fields.name.strip():
        return
    if ProcessingAgreement.objects.filter(firm_id=row.pk).exists():
        raise FirmRefused(_("Its agreement names it. Enter another firm instead."), field="name")
