"""What an owner sees of himself in the portal: names and contacts, company by company."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from owners.queries import CommunityCard, community_card, contacts_of
from owners.queries.portal import held_by, names_of, places_of, same_people
from tenancy.kernel import clock
from tenancy.kernel.permissions import Grant
from tenancy.kernel.portal import PortalView
from values.mask import mask_phone


class MyContact(serializers.Serializer[Any]):
    """A number or address that the company has of the owner, masked."""

    kind = serializers.ChoiceField(["MOBILE", "LANDLINE", "EMAIL"])
    masked = serializers.CharField()
    state = serializers.ChoiceField(["GOOD", "UNCHECKED", "VOID", "WRONG"])
    agreed_for_service = serializers.BooleanField()


class MyServicePoint(serializers.Serializer[Any]):
    """Where a community's staff is reached."""

    community = serializers.CharField(source="name")
    phone = serializers.CharField(source="service_phone")
    place = serializers.CharField(source="service_place")
    hours = serializers.CharField(source="service_hours")


class MyParty(serializers.Serializer[Any]):
    """The owner as one company knows him."""

    company = serializers.CharField()
    name = serializers.CharField()
    contacts = MyContact(many=True)
    services = MyServicePoint(many=True, help_text="Who mends what is wrong in these data")


class Myself(serializers.Serializer[Any]):
    """The phone that is logged in, and whose it is."""

    phone = serializers.CharField(help_text="Masked")
    parties = MyParty(many=True)


class Me(PortalView):
    """My data. It is read only: a change is asked for at the service centre."""

    @extend_schema(summary="My data", responses=Myself)
    def get(self, request: Request) -> Response:
        today = clock.today()
        parties = self.over_companies(lambda grant: _parties(grant, on=today))
        return Response(Myself({"phone": mask_phone(self.owner.phone), "parties": parties}).data)


def _parties(grant: Grant, *, on: date) -> Iterator[dict[str, Any]]:
    for party in names_of(grant.party_ids):
        contacts = contacts_of(same_people([party.party_id]))
        yield {
            "company": grant.tenant_name,
            "name": party.name,
            "contacts": [row for rows in contacts.values() for row in rows],
            "services": _service_points(party.party_id, on=on),
        }


def _service_points(party_id: int, *, on: date) -> list[CommunityCard]:
    held = held_by(same_people([party_id]), on=on)
    communities = {place.community_id for place in places_of([unit.unit_id for unit in held]).values()}
    return [community_card(community_id) for community_id in sorted(communities)]
