"""What an owner sees of his own standing: every rule with its points, and how to object."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from arrears.cases.queries import party_standings
from owners.queries.portal import names_of
from tenancy.kernel import clock
from tenancy.kernel.permissions import Grant
from tenancy.kernel.portal import PortalView
from tenancy.people.words import WORDS, sentence


class MyStandingLine(serializers.Serializer[Any]):
    """One rule as it came out for me."""

    points = serializers.IntegerField()
    text = serializers.CharField()


class MyStanding(serializers.Serializer[Any]):
    """My standing with one company; it opens voluntary offers, and nothing is taken because of it."""

    company = serializers.CharField()
    name = serializers.CharField()
    points = serializers.IntegerField()
    grade = serializers.CharField(help_text="In words")
    lines = MyStandingLine(many=True)


class Standing(PortalView):
    """My standing, company by company."""

    @extend_schema(summary="My standing with every rule behind it", responses=MyStanding(many=True))
    def get(self, request: Request) -> Response:
        return Response(MyStanding(self.over_companies(_mine), many=True).data)


def _mine(grant: Grant) -> Iterator[dict[str, Any]]:
    names = names_of(grant.party_ids)
    standings = party_standings([party_id for party_id, _name in names], as_of=clock.today())
    for party_id, name in names:
        found = standings[party_id]
        yield {
            "company": grant.tenant_name,
            "name": name,
            "points": found.points,
            "grade": str(WORDS[found.word]),
            "lines": [{"points": line.points, "text": sentence(line.because)} for line in found.lines],
        }
