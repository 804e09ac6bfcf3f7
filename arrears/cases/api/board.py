"""JSON door of the building board."""

from __future__ import annotations

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from arrears.cases.api.asked import query
from arrears.cases.queries.board import board
from arrears.cases.rules.board import State
from tenancy.kernel import clock
from tenancy.kernel.api import ApiView
from tenancy.kernel.errors import BIGGEST_ID
from tenancy.kernel.fields import YuanField
from tenancy.kernel.permissions import Permission


class BoardAsked(serializers.Serializer):
    """Which community and which part of it."""

    community = serializers.IntegerField(min_value=1, max_value=BIGGEST_ID)
    building = serializers.RegexField(
        r"^([0-9]{1,18}|bays|outside)$",
        required=False,
        default="",
        help_text="The key of a part; the first one unless told",
    )


class BoardPart(serializers.Serializer):
    """A building, the bays, or what stands in no building, with its totals."""

    key = serializers.CharField(help_text="A building's id, `bays` or `outside`")
    name = serializers.CharField()
    units = serializers.IntegerField()
    owing = serializers.IntegerField()
    overdue = YuanField(source="overdue_fen")


class BoardSquare(serializers.Serializer):
    """A unit: its state, who owes or owns (masked unless the role may see contacts), how much since when."""

    unit = serializers.IntegerField(source="unit_id")
    code = serializers.CharField()
    entrance = serializers.CharField()
    floor = serializers.IntegerField(allow_null=True)
    room = serializers.CharField()
    state = serializers.ChoiceField(choices=[(state.value, state.value) for state in State])
    people = serializers.ListField(child=serializers.CharField())
    overdue = YuanField(source="overdue_fen")
    since = serializers.DateField(allow_null=True)
    holds = serializers.ListField(child=serializers.CharField())
    handover = serializers.CharField()


class BoardOut(serializers.Serializer):
    """A part of a community on a day."""

    as_of = serializers.DateField()
    community = serializers.IntegerField(source="community.id")
    community_name = serializers.CharField(source="community.name")
    parts = BoardPart(many=True)
    part = BoardPart(allow_null=True)
    counts = serializers.DictField(child=serializers.IntegerField(), help_text="State -> how many units")
    units = BoardSquare(many=True, source="squares")


class BuildingBoard(ApiView):
    """The units of a building with how they stand."""

    permission = Permission.UNIT_SEE

    @extend_schema(summary="The building board", parameters=[BoardAsked], responses=BoardOut)
    def get(self, request: Request) -> Response:
        asked = query(BoardAsked, request)
        whole_names = self.staff.can(Permission.CONTACT_REVEAL)
        found = board(asked["community"], asked["building"], whole_names=whole_names, as_of=clock.today())
        return Response(BoardOut(found).data)
