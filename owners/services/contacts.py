"""Numbers and addresses of parties: kept encrypted, shown masked, revealed one by one and logged."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import Max
from django.utils.translation import gettext as _

from owners.models import Contact, Party, Unit
from owners.queries.portal import same_people
from owners.rules.people import phone
from owners.rules.phone_key import last_four, phone_key
from tenancy.kernel.crypto import decrypt, encrypt, fingerprint
from tenancy.kernel.errors import Conflict, NotFound, Refused
from tenancy.kernel.scope import current_tenant_id
from tenancy.people.services import audit, portal
from values.mask import mask_phone

WAYS_TO_VERIFY = ("BY_CALL", "AT_COUNTER")


class NotANumber(Refused):
    code = "owners.not_a_contact"


class ContactKnown(Conflict):
    code = "owners.contact_known"


class ContactVoid(Conflict):
    code = "owners.contact_void"


class ReasonMissing(Refused):
    code = "owners.reason_missing"


def reveal_contact(contact_id: int, *, reason: str = "call") -> str:
    """The whole number, and a line in the audit trail that says who looked and why.

    NotFound when no unit that the member may see is held by the contact's party.
    """
    contact = _contact(contact_id)
    if not reason.strip():
        raise ReasonMissing(_("Say why you need the number."), field="reason")
    audit.record("contact.revealed", kind="contact", pk=contact_id, reason=reason, party=contact.party_id)
    return decrypt(contact.value)


def add_contact(*, party_id: int, value: str, reason: str = "") -> int:
    """A mobile, a landline or an e-mail address; its kind is read from its form. Returns the contact's id.

    `reason`: where it was learned, for the audit trail.
    """
    _party(party_id)
    kind, clean = _read(value)
    key = clean if kind == Contact.Kind.EMAIL else phone_key(clean)
    known = Contact.objects.filter(party_id=party_id, value_hash=fingerprint(key)).first()
    if known is not None:
        if known.state not in (Contact.State.WRONG, Contact.State.VOID):
            raise ContactKnown(_("This number is known already."), field="value")
        Contact.objects.filter(pk=known.pk).update(state=Contact.State.UNCHECKED)
        return int(known.pk)
    last = Contact.objects.filter(party_id=party_id).aggregate(last=Max("position"))["last"] or 0
    contact = Contact.objects.create(
        party_id=party_id,
        kind=kind,
        value=encrypt(clean),
        value_hash=fingerprint(key),
        last4_hash="" if kind == Contact.Kind.EMAIL else fingerprint(last_four(clean)),
        masked=_mask(kind, clean),
        position=last + 1,
    )
    learned = {"reason": reason} if reason else {}
    audit.record("contact.added", kind="contact", pk=contact.pk, party=party_id, **learned)
    return int(contact.pk)


def verify_contact(*, contact_id: int, how: str, on: date) -> None:
    """Staff made sure that the number is this person's: by calling it, or at the counter with the person.

    From then on it is the number that the portal lets in for this person. NotFound as for every contact;
    ContactVoid for a number that was found wrong or out of service; an unknown way is refused.
    """
    contact = _contact(contact_id)
    if how not in WAYS_TO_VERIFY:
        raise Refused(_("Say how the number was checked."), field="how")
    if contact.state in (Contact.State.WRONG, Contact.State.VOID):
        raise ContactVoid(_("This number was found wrong or out of service. Add it again first."))
    Contact.objects.filter(pk=contact_id).update(verified_on=on, state=Contact.State.GOOD)
    _shut_out_others(contact)
    audit.record("contact.verified", kind="contact", pk=contact_id, how=how, party=contact.party_id)


def mark_contact(*, contact_id: int, state: str) -> None:
    """GOOD, VOID (switched off for good) or WRONG (another person's): the next call takes another number."""
    contact = _contact(contact_id)
    if state not in Contact.State.values:
        raise Refused(_("There is no such state."), field="state")
    Contact.objects.filter(pk=contact_id).update(state=state)
    if state in (Contact.State.WRONG, Contact.State.VOID):
        # Should it come back one day, somebody must make sure of it again.
        Contact.objects.filter(pk=contact_id).update(verified_on=None)
        portal.withdraw_grants(
            tenant_id=current_tenant_id(),
            party_ids=same_people([contact.party_id]),
            phone_hash=contact.value_hash,
        )
    audit.record("contact.marked", kind="contact", pk=contact_id, state=f"contact.{state}")


def _shut_out_others(contact: Contact) -> None:
    # Whose number it is, is known now: who merely had it in the register is no longer let in with it.
    others = Contact.objects.filter(value_hash=contact.value_hash, verified_on=None)
    party_ids = set(others.values_list("party_id", flat=True)) - set(same_people([contact.party_id]))
    portal.withdraw_grants(tenant_id=current_tenant_id(), party_ids=party_ids, phone_hash=contact.value_hash)


def _contact(contact_id: int) -> Contact:
    contact: Contact | None = Contact.objects.filter(pk=contact_id).first()
    if contact is None:
        raise NotFound(_("There is no such contact."))
    _party(contact.party_id)
    return contact


def _party(party_id: int) -> None:
    # Parties have no community of their own: the units they hold, or held, decide who may see them.
    if not Party.objects.filter(pk=party_id).exists():
        raise NotFound(_("There is no such person."))
    if not Unit.objects.filter(ownerships__party_id=party_id).exists():
        raise NotFound(_("There is no such person."))


def _read(value: str) -> tuple[str, str]:
    words = value.strip()
    if "@" in words:
        try:
            validate_email(words)
        except ValidationError as error:
            raise NotANumber(_("This is no e-mail address."), field="value") from error
        return Contact.Kind.EMAIL, words.lower()
    found = phone(words)
    if found is None:
        raise NotANumber(_("This is no telephone number."), field="value")
    return Contact.Kind(found.kind.value), found.number


def _mask(kind: str, clean: str) -> str:
    if kind != Contact.Kind.EMAIL:
        return mask_phone(clean)
    name, _at, host = clean.partition("@")
    return f"{name[:2]}***@{host}"[:60]
