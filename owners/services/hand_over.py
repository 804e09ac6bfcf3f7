"""A unit changes hands: the old holders until the day before, the new ones from the day on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext as _

from owners.models import Ownership, Party, Unit
from owners.rules.search import name_key
from owners.services.contacts import ContactKnown, NotANumber, add_contact
from tenancy.kernel.crypto import encrypt, fingerprint
from tenancy.kernel.errors import NotFound, Refused
from tenancy.people.services import audit


class BadDay(Refused):
    code = "owners.hand_over_day"


class NobodyNamed(Refused):
    code = "owners.hand_over_nobody"


@dataclass(frozen=True, slots=True)
class NewHolder:
    """Who comes in: an existing party by id, or a new one by name."""

    name: str = ""
    id_number: str = ""
    phone: str = ""
    party_id: int | None = None
    kind: str = Party.Kind.PERSON


def hand_over(*, unit_id: int, on: date, holders: Sequence[NewHolder]) -> list[int]:
    """Change the owners of a unit from a day on; returns the new parties, the debtor first.

    The day itself belongs to the new owners (K3). Debts stay with who owned when they arose. Whoever paid by
    agreement with the old owners pays no more: the new ones agree anew. Refused for a day before the present
    owners came, or when nobody is named.
    """
    unit = Unit.objects.select_for_update().filter(pk=unit_id).first()
    if unit is None:
        raise NotFound(_("There is no such unit."))
    if not holders or not all(holder.name.strip() or holder.party_id for holder in holders):
        raise NobodyNamed(_("Name at least one new owner."), field="name")
    running = list(
        Ownership.objects.filter(unit_id=unit_id, role=Ownership.Role.OWNER, held__endswith__isnull=True)
    )
    if any(row.held.lower >= on for row in running):
        raise BadDay(_("The present owners came on this day or later."), field="on")
    later = Ownership.objects.filter(unit_id=unit_id, role=Ownership.Role.OWNER, held__startswith__gte=on)
    if later.exists():
        raise BadDay(_("A later change of owners is recorded already."), field="on")
    for row in running:
        Ownership.objects.filter(pk=row.pk).update(held=DateRange(row.held.lower, on))
    _end_agreements(unit_id, on)
    parties = [_come_in(unit_id, holder, rank, on) for rank, holder in enumerate(holders, start=1)]
    Unit.objects.filter(pk=unit_id, handover=Unit.Handover.UNSOLD).update(
        handover=Unit.Handover.TAKEN_OVER, handover_on=on
    )
    audit.record("unit.handed_over", kind="unit", pk=unit_id, on=on.isoformat(), parties=parties)
    return parties


def _come_in(unit_id: int, holder: NewHolder, rank: int, on: date) -> int:
    party_id = party_of(holder)
    Ownership.objects.create(unit_id=unit_id, party_id=party_id, rank=rank, held=DateRange(on, None))
    note_phone(party_id, holder)
    return party_id


def note_phone(party_id: int, holder: NewHolder) -> None:
    """The number of who comes in is a contact of his; he must hold the unit already. Raises NotANumber."""
    if not holder.phone.strip():
        return
    try:
        add_contact(party_id=party_id, value=holder.phone)
    except ContactKnown:
        return  # a person who is known came with the number that is known
    except NotANumber as error:
        raise NotANumber(str(error), field="phone") from error


def _end_agreements(unit_id: int, on: date) -> None:
    """An agreement that begins with the new owner's days, or later, is his own and stays."""
    agreed = Ownership.objects.filter(unit_id=unit_id, pays=True, held__contains=on)
    for row in agreed.filter(held__startswith__lt=on):
        Ownership.objects.filter(pk=row.pk).update(held=DateRange(row.held.lower, on))
        audit.record("unit.payer_ended", kind="unit", pk=unit_id, on=on.isoformat(), party=row.party_id)


def party_of(holder: NewHolder) -> int:
    """The party that is named: the known one, or a new one."""
    if holder.party_id is not None:
        if not Party.objects.filter(pk=holder.party_id).exists():
            raise NotFound(_("There is no such person."))
        return holder.party_id
    number = holder.id_number.strip().upper()
    key = name_key(holder.name)
    if number:
        known = Party.objects.filter(id_hash=fingerprint(number), name_key=key).order_by("pk").first()
        if known is not None:
            return int(known.pk)
    party = Party.objects.create(
        kind=holder.kind,
        name=holder.name.strip(),
        name_key=key,
        id_number=encrypt(number),
        id_hash=fingerprint(number),
    )
    return int(party.pk)
