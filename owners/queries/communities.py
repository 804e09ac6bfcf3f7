"""Communities of the open company."""

from __future__ import annotations

from typing import NamedTuple

from django.utils.translation import gettext as _

from owners.models import Community
from tenancy.kernel.errors import NotFound


class CommunityRow(NamedTuple):
    """One community in a list of choices."""

    id: int
    code: str
    name: str


class CommunityCard(NamedTuple):
    """What documents and screens say about a community."""

    id: int
    code: str
    name: str
    branch: str
    address: str
    service_phone: str
    service_place: str
    service_hours: str
    handover_rule: str


def communities() -> list[CommunityRow]:
    """Every community that the member may see, by code."""
    return [
        CommunityRow(*row) for row in Community.objects.order_by("code").values_list("id", "code", "name")
    ]


def community_by_code(code: str) -> CommunityRow:
    """The community with a code; NotFound when there is none, or it is not the member's."""
    found = Community.objects.filter(code=code).values_list("id", "code", "name").first()
    if found is None:
        raise NotFound(_("There is no community with the code %(code)s.") % {"code": code}, field="community")
    return CommunityRow(*found)


def community_cards() -> list[CommunityCard]:
    """Every community that the member may see with its service point, by code."""
    found = Community.objects.order_by("code").values_list(*CommunityCard._fields)
    return [CommunityCard(*row) for row in found]


def community_card(community_id: int) -> CommunityCard:
    """A community with its service point; NotFound when it is not there."""
    found = Community.objects.filter(pk=community_id).values_list(*CommunityCard._fields).first()
    if found is None:
        raise NotFound(_("There is no such community."))
    return CommunityCard(*found)
