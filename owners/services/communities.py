"""New communities, and what documents say about their service point."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from owners.models import Community
from tenancy.kernel.errors import Conflict, NotFound, Refused
from tenancy.people.services import audit

_PHONE = re.compile(r"[+(]?\d[\d ()-]{4,24}(?:(?:转|ext\.?|x|,|，|/|、) ?\d[\d ()-]*)*")
_CODE = re.compile(r"[A-Za-z0-9]{1,12}")


class CodeTaken(Conflict):
    code = "owners.community_code_taken"


class BadPhone(Refused):
    """Owners ring it: it stands in every message."""

    code = "owners.bad_service_phone"


class BadCode(Refused):
    """It stands on every document: letters and digits only."""

    code = "owners.bad_community_code"


@dataclass(frozen=True, slots=True)
class CommunityFields:
    """What can be said about a community. `handover_rule` is BY_DAY or NEXT_MONTH (domain L-D3)."""

    name: str
    branch: str = ""
    address: str = ""
    service_phone: str = ""
    service_place: str = ""
    service_hours: str = ""
    handover_rule: str = Community.HandoverRule.BY_DAY


def create_community(*, code: str, fields: CommunityFields) -> int:
    """A new community; returns its id. Refused when the code is taken, or could not stand in a number."""
    if not _CODE.fullmatch(code.strip()):
        raise BadCode(_("A code has one to twelve letters (A to Z) and digits."), field="code")
    _refuse_phone(fields.service_phone)
    try:
        with transaction.atomic():
            community = Community.objects.create(code=code.strip().upper(), **asdict(fields))
    except IntegrityError as error:
        raise CodeTaken(_("A community with this code exists already."), field="code") from error
    audit.record("community.created", kind="community", pk=community.pk, code=community.code)
    return int(community.pk)


def _refuse_phone(phone: str) -> None:
    if phone.strip() and not _PHONE.fullmatch(phone.strip()):
        raise BadPhone(_("Write a telephone number, such as 0571-88000000."), field="service_phone")


def edit_community(*, community_id: int, fields: CommunityFields) -> None:
    """Change everything but the code, which stands on documents. NotFound when it is not there."""
    _refuse_phone(fields.service_phone)
    found = Community.objects.select_for_update().filter(pk=community_id)
    told = asdict(fields)
    before = found.values(*told).first()
    if before is None:
        raise NotFound(_("There is no such community."))
    if audit.record_change("community.edited", kind="community", pk=community_id, before=before, after=told):
        found.update(**told)


def lock_community(*, community_id: int) -> None:
    """Hold the community's row until the transaction ends, so that two imports of it cannot interleave."""
    if Community.objects.select_for_update().filter(pk=community_id).first() is None:
        raise NotFound(_("There is no such community."))
