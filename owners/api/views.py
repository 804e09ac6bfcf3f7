"""JSON doors of units, their people and communities."""

from __future__ import annotations

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from owners import services
from owners.api import serializers as s
from owners.queries import community_card, community_cards
from owners.queries.unit_page import unit_page
from owners.queries.units import UnitFilter, unit_rows, units
from owners.services import CommunityFields, NewHolder
from tenancy.kernel import clock
from tenancy.kernel.api import ApiView
from tenancy.kernel.permissions import Permission
from tenancy.kernel.rest import Page


class UnitDoor(ApiView):
    """Who may see units may not yet change one: a changing method asks for more than the name plate."""

    permission = Permission.UNIT_SEE
    write_permission = Permission.UNIT_EDIT

    def unit(self, unit_id: int, *, code: int = status.HTTP_200_OK) -> Response:
        """One unit."""
        return Response(s.UnitOut(unit_page(unit_id, on=clock.today())).data, status=code)


class Communities(UnitDoor):
    """All communities, and a new one."""

    @extend_schema(summary="Communities", responses=s.CommunityOut(many=True))
    def get(self, request: Request) -> Response:
        rows = community_cards()
        return self.paginated(rows, s.CommunityOut, request)

    @extend_schema(summary="Open a community", request=s.CommunityIn, responses={201: s.CommunityOut})
    def post(self, request: Request) -> Response:
        asked = s.CommunityIn(data=request.data)
        asked.is_valid(raise_exception=True)
        told = dict(asked.validated_data)
        code = told.pop("code")
        community_id = services.create_community(code=code, fields=CommunityFields(**told))
        shown = s.CommunityOut(community_card(community_id)).data
        return Response(shown, status=status.HTTP_201_CREATED)


class Community(UnitDoor):
    """One community."""

    @extend_schema(summary="One community", responses=s.CommunityOut)
    def get(self, request: Request, community_id: int) -> Response:
        return Response(s.CommunityOut(community_card(community_id)).data)

    @extend_schema(summary="Change what documents say", request=s.CommunityFieldsIn, responses=s.CommunityOut)
    def put(self, request: Request, community_id: int) -> Response:
        asked = s.CommunityFieldsIn(data=request.data)
        asked.is_valid(raise_exception=True)
        services.edit_community(community_id=community_id, fields=CommunityFields(**asked.validated_data))
        return Response(s.CommunityOut(community_card(community_id)).data)


class Units(UnitDoor):
    """The list of units."""

    @extend_schema(
        summary="Units, in the order people count them",
        parameters=[s.UnitsAsked],
        responses=s.UnitRowOut(many=True),
    )
    def get(self, request: Request) -> Response:
        asked = s.UnitsAsked(data=request.query_params)
        asked.is_valid(raise_exception=True)
        told = asked.validated_data
        wanted = UnitFilter(
            told["q"], told["community"], told["building"], told["kind"] or "", told["handover"] or ""
        )
        pages = Page()
        page = pages.paginate_queryset(units(wanted), request, view=self) or []
        rows = s.UnitRowOut(unit_rows(page, on=clock.today()), many=True)
        return pages.get_paginated_response(rows.data)


class Unit(UnitDoor):
    """One unit."""

    @extend_schema(summary="One unit with its people", responses=s.UnitOut)
    def get(self, request: Request, unit_id: int) -> Response:
        return self.unit(unit_id)

    @extend_schema(summary="Write remark and special needs", request=s.EditUnitIn, responses=s.UnitOut)
    def patch(self, request: Request, unit_id: int) -> Response:
        asked = s.EditUnitIn(data=request.data)
        asked.is_valid(raise_exception=True)
        services.edit_unit(unit_id=unit_id, **asked.validated_data)
        return self.unit(unit_id)


class LegacyIssues(UnitDoor):
    """Legacy issues of a unit."""

    @extend_schema(summary="Record a legacy issue", request=s.LegacyIssueIn, responses={201: s.UnitOut})
    def post(self, request: Request, unit_id: int) -> Response:
        asked = s.LegacyIssueIn(data=request.data)
        asked.is_valid(raise_exception=True)
        services.add_legacy_issue(unit_id=unit_id, recorded_on=clock.today(), **asked.validated_data)
        return self.unit(unit_id, code=status.HTTP_201_CREATED)


class CloseLegacyIssue(UnitDoor):
    """A legacy issue is settled."""

    @extend_schema(summary="Close a legacy issue", request=None, responses=s.UnitOut)
    def post(self, request: Request, unit_id: int, issue_id: int) -> Response:
        services.close_legacy_issue(unit_id=unit_id, issue_id=issue_id, on=clock.today())
        return self.unit(unit_id)


class HandOver(UnitDoor):
    """A unit changes hands."""

    @extend_schema(summary="Record a change of owner", request=s.HandOverIn, responses={201: s.UnitOut})
    def post(self, request: Request, unit_id: int) -> Response:
        asked = s.HandOverIn(data=request.data)
        asked.is_valid(raise_exception=True)
        told = asked.validated_data
        holders = [NewHolder(**holder) for holder in told["holders"]]
        services.hand_over(unit_id=unit_id, on=told["on"], holders=holders)
        return self.unit(unit_id, code=status.HTTP_201_CREATED)


class PartyContacts(UnitDoor):
    """Contacts of a party."""

    @extend_schema(summary="Add a contact", request=s.ContactIn, responses={201: None})
    def post(self, request: Request, party_id: int) -> Response:
        asked = s.ContactIn(data=request.data)
        asked.is_valid(raise_exception=True)
        contact_id = services.add_contact(party_id=party_id, **asked.validated_data)
        return Response({"id": contact_id}, status=status.HTTP_201_CREATED)


class Contact(UnitDoor):
    """One contact."""

    @extend_schema(summary="Say how a contact turned out", request=s.ContactMark, responses={204: None})
    def patch(self, request: Request, contact_id: int) -> Response:
        asked = s.ContactMark(data=request.data)
        asked.is_valid(raise_exception=True)
        services.mark_contact(contact_id=contact_id, **asked.validated_data)
        return Response(status=status.HTTP_204_NO_CONTENT)


class VerifyContact(UnitDoor):
    """Staff made sure whose number it is."""

    @extend_schema(summary="Say that a contact was checked", request=s.VerifyIn, responses={204: None})
    def post(self, request: Request, contact_id: int) -> Response:
        asked = s.VerifyIn(data=request.data)
        asked.is_valid(raise_exception=True)
        services.verify_contact(contact_id=contact_id, on=clock.today(), **asked.validated_data)
        return Response(status=status.HTTP_204_NO_CONTENT)


class RevealContact(ApiView):
    """The whole number; who asked is written down."""

    permission = Permission.CONTACT_REVEAL

    @extend_schema(summary="Reveal a contact", request=s.RevealIn, responses=s.RevealOut)
    def post(self, request: Request, contact_id: int) -> Response:
        asked = s.RevealIn(data=request.data)
        asked.is_valid(raise_exception=True)
        value = services.reveal_contact(contact_id, **asked.validated_data)
        return Response({"value": value}, headers={"Cache-Control": "no-store"})
