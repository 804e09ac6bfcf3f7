"""Owners of the demo who use the portal: their numbers were checked at the counter."""

from __future__ import annotations

from datetime import date
from typing import Final, NamedTuple

from billing.charges.queries import BillFilter, bills, owed
from config.demo.company import Place
from owners.queries import contacts_of, unit_ids
from owners.queries.portal import admitted
from owners.services import NewHolder, hand_over, reveal_contact, verify_contact
from tenancy.kernel.scope import acting_for

OWNERS: Final = 20
_SHOWN: Final = 4
_USABLE: Final = ("GOOD", "UNCHECKED")
_LOOKED_AT: Final = 400


class LogIn(NamedTuple):
    """A phone that opens the portal, and what its owner owes."""

    phone: str
    owes_fen: int


def bring_online(place: Place, *, as_of: date) -> NewHolder | None:
    """Check the numbers of twenty owners, half of them late; the first of them, with his phone."""
    with acting_for(place.tenant_id, user_id=place.user_ids["shouyin"]):
        late = _with_mobiles("OVERDUE", as_of)[: OWNERS // 2]
        others = [one for one in _with_mobiles("PAID", as_of) if one not in late]
        chosen = (late + others)[:OWNERS]
        for _party_id, contact_id in chosen:
            verify_contact(contact_id=contact_id, how="AT_COUNTER", on=as_of)
        if not chosen:
            return None
        party_id, contact_id = chosen[0]
        of_party = bills(BillFilter(), as_of=as_of).filter(account__party_id=party_id)
        name = of_party.values_list("account__party__name", flat=True)[0]
        return NewHolder(name, phone=reveal_contact(contact_id, reason="演示登录"))


def buy_a_second_home(place: Place, owner: NewHolder | None, *, on: date) -> None:
    """An owner of the first company is one of the other company as well."""
    if owner is None:
        return
    with acting_for(place.tenant_id):
        (community_id,) = place.cash_points
        unit_id = next(iter(unit_ids(community_id=community_id, codes=["1-1-101"]).values()))
        hand_over(unit_id=unit_id, on=on, holders=[owner])


def log_ins(*, as_of: date) -> list[LogIn]:
    """Some of them, of the open company, late ones first."""
    found: list[LogIn] = []
    for state in ("OVERDUE", "PAID"):
        for party_id, contact_id in _with_mobiles(state, as_of, verified=True)[: _SHOWN // 2]:
            phone = reveal_contact(contact_id, reason="演示登录")
            if admitted(phone) == [party_id]:
                found.append(LogIn(phone, _owes(party_id, as_of)))
    return found


def _with_mobiles(state: str, as_of: date, *, verified: bool = False) -> list[tuple[int, int]]:
    """(party, contact) of owners with bills in a state, in the order of those bills."""
    found = bills(BillFilter(state=state), as_of=as_of).order_by("-pk")
    parties = list(dict.fromkeys(found.values_list("account__party_id", flat=True)[:_LOOKED_AT]))
    contacts = contacts_of(parties)
    return [
        (party_id, contact.contact_id)
        for party_id in parties
        for contact in contacts.get(party_id, ())[:1]
        if contact.kind == "MOBILE"
        and contact.state in _USABLE
        and (contact.verified_on is not None or not verified)
    ]


def _owes(party_id: int, as_of: date) -> int:
    of_party = bills(BillFilter(), as_of=as_of).filter(account__party_id=party_id)
    accounts = set(of_party.values_list("account_id", flat=True))
    return sum(debt.total_fen for debt in owed(account_ids=sorted(accounts), as_of=as_of).values())
