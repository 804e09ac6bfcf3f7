"""An occupant agrees with the owner that he pays: from a day on the bills go to him, until it ends (L-D1)."""

from __future__ import annotations

from datetime import date

from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext as _

from owners.models import Ownership, Unit
from owners.services.hand_over import NewHolder, NobodyNamed, note_phone, party_of
from tenancy.kernel.errors import Conflict, NotFound, Refused
from tenancy.people.services import audit


class PayerThere(Conflict):
    """Another occupant pays on one of these days."""

    code = "owners.payer_there"


class PayerNotValid(Refused):
    """An agreement is on paper and ends after it begins."""

    code = "owners.payer_not_valid"


@transaction.atomic
def agree_payer(*, unit_id: int, holder: NewHolder, from_on: date, basis: str) -> int:
    """An occupant pays from a day on; the agreement's id. The owners stay liable with him.

    Raises NotFound, NobodyNamed, PayerNotValid, PayerThere, NotANumber.
    """
    if not Unit.objects.select_for_update().filter(pk=unit_id).exists():
        raise NotFound(_("There is no such unit."))
    if not holder.name.strip() and holder.party_id is None:
        raise NobodyNamed(_("Name the occupant."), field="name")
    if not basis.strip():
        raise PayerNotValid(_("Name the agreement between owner and occupant."), field="basis")
    party_id = party_of(holder)
    try:
        with transaction.atomic():
            made = Ownership.objects.create(
                unit_id=unit_id, party_id=party_id, role=Ownership.Role.OCCUPANT, rank=1, pays=True,
                basis=basis.strip()[:120], held=DateRange(from_on, None),
            )  # fmt: skip
    except IntegrityError as error:
        raise PayerThere(
            _("Another occupant stands on this unit from this day on. End that first."), field="from_on"
        ) from error
    note_phone(party_id, holder)
    audit.record("unit.payer_agreed", kind="unit", pk=unit_id, on=from_on.isoformat(), party=party_id)
    return int(made.pk)


@transaction.atomic
def end_payer(*, unit_id: int, agreement_id: int, end_on: date) -> None:
    """The owner pays again from a day on. Raises NotFound, PayerNotValid."""
    found = Ownership.objects.select_for_update().filter(pk=agreement_id, unit_id=unit_id, pays=True).first()
    if found is None:
        raise NotFound(_("There is no such agreement."))
    if end_on <= found.held.lower or (found.held.upper is not None and end_on > found.held.upper):
        raise PayerNotValid(_("The agreement ends after it begins."), field="end_on")
    Ownership.objects.filter(pk=agreement_id).update(held=DateRange(found.held.lower, end_on))
    audit.record("unit.payer_ended", kind="unit", pk=unit_id, on=end_on.isoformat(), party=found.party_id)
