"""Units, people and communities as the API writes and reads them."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from owners.models import Community, Contact, Party, Unit
from owners.services import WAYS_TO_VERIFY
from tenancy.kernel.fields import DayField
from values.area import square_metres


class CommunityOut(serializers.Serializer[Any]):
    """One community."""

    id = serializers.IntegerField()
    code = serializers.CharField()
    name = serializers.CharField()
    branch = serializers.CharField()
    address = serializers.CharField()
    service_phone = serializers.CharField()
    service_place = serializers.CharField()
    service_hours = serializers.CharField()
    handover_rule = serializers.CharField()


class CommunityFieldsIn(serializers.Serializer[Any]):
    """What documents say about a community."""

    name = serializers.CharField(max_length=80)
    branch = serializers.CharField(max_length=80, required=False, default="", allow_blank=True)
    address = serializers.CharField(max_length=200, required=False, default="", allow_blank=True)
    service_phone = serializers.CharField(max_length=30, required=False, default="", allow_blank=True)
    service_place = serializers.CharField(max_length=120, required=False, default="", allow_blank=True)
    service_hours = serializers.CharField(max_length=80, required=False, default="", allow_blank=True)
    handover_rule = serializers.ChoiceField(
        Community.HandoverRule.values, required=False, default=Community.HandoverRule.BY_DAY
    )


class CommunityIn(CommunityFieldsIn):
    """A new community; its code stands in document numbers and never changes."""

    code = serializers.RegexField(r"^[A-Za-z0-9]{1,16}$")


class UnitsAsked(serializers.Serializer[Any]):
    """Filters of the list of units. `q`: room, owner, last four of a phone, or a whole phone."""

    q = serializers.CharField(required=False, default="", allow_blank=True, max_length=60)
    community = serializers.IntegerField(required=False, default=None, allow_null=True)
    building = serializers.IntegerField(required=False, default=None, allow_null=True)
    kind = serializers.ChoiceField(Unit.Kind.values, required=False, default="", allow_blank=True)
    handover = serializers.ChoiceField(Unit.Handover.values, required=False, default="", allow_blank=True)


@extend_schema_field({"type": "string", "example": "89.37"})
class AreaField(serializers.Field[int, str, str, Any]):
    """893700 cm2 as "89.37" square metres."""

    def to_representation(self, value: int) -> str:
        return square_metres(value)


class UnitRowOut(serializers.Serializer[Any]):
    """One line of the list of units."""

    id = serializers.IntegerField(source="unit_id")
    community_name = serializers.CharField()
    code = serializers.CharField()
    kind = serializers.CharField()
    building = serializers.CharField()
    area_m2 = AreaField(source="area_cm2", read_only=True)
    handover = serializers.CharField()
    handover_on = serializers.DateField(allow_null=True)
    occupancy = serializers.CharField()
    owner_name = serializers.CharField()
    joint_owners = serializers.IntegerField(source="joint")


class ContactOut(serializers.Serializer[Any]):
    """A number or address, masked."""

    id = serializers.IntegerField(source="contact_id")
    kind = serializers.CharField()
    masked = serializers.CharField()
    state = serializers.CharField()
    position = serializers.IntegerField()
    agreed_for_service = serializers.BooleanField()
    verified_on = serializers.DateField(allow_null=True, help_text="Since when staff know whose it is")


class HolderOut(serializers.Serializer[Any]):
    """Who holds or held a unit; `to_on` exclusive, null: still."""

    party_id = serializers.IntegerField(source="party.party_id")
    name = serializers.CharField(source="party.name")
    kind = serializers.CharField(source="party.kind")
    role = serializers.CharField(source="party.role")
    rank = serializers.IntegerField(source="party.rank")
    is_debtor = serializers.BooleanField()
    from_on = serializers.DateField(source="party.from_on")
    to_on = serializers.DateField(source="party.to_on", allow_null=True)
    contacts = ContactOut(many=True)


class LegacyIssueOut(serializers.Serializer[Any]):
    """What the collector must know before the first word."""

    id = serializers.IntegerField(source="issue_id")
    text = serializers.CharField()
    origin = serializers.CharField(source="source")
    recorded_on = serializers.DateField()
    closed_on = serializers.DateField(allow_null=True)


class LinkedOut(serializers.Serializer[Any]):
    """A bay of the unit, or the unit of the bay."""

    id = serializers.IntegerField(source="unit_id")
    code = serializers.CharField()
    kind = serializers.CharField()


class UnitOut(serializers.Serializer[Any]):
    """One unit with its people."""

    id = serializers.IntegerField(source="header.unit_id")
    community_id = serializers.IntegerField(source="header.community_id")
    community_code = serializers.CharField(source="header.community_code")
    community_name = serializers.CharField(source="header.community_name")
    code = serializers.CharField(source="header.code")
    kind = serializers.CharField(source="header.kind")
    building = serializers.CharField(source="header.building")
    entrance = serializers.CharField()
    floor = serializers.IntegerField(allow_null=True)
    area_m2 = AreaField(source="header.area_cm2", read_only=True)
    handover = serializers.CharField(source="header.handover")
    handover_on = serializers.DateField(source="header.handover_on", allow_null=True)
    occupancy = serializers.CharField(source="header.occupancy")
    remark = serializers.CharField(source="header.remark")
    special_needs = serializers.CharField()
    location = serializers.CharField()
    plate = serializers.CharField()
    owners = HolderOut(source="now", many=True)
    former_owners = HolderOut(source="before", many=True)
    legacy_issues = LegacyIssueOut(source="issues", many=True)
    linked_units = LinkedOut(source="linked", many=True)


class EditUnitIn(serializers.Serializer[Any]):
    """What staff write on a unit."""

    remark = serializers.CharField(max_length=300, allow_blank=True)
    special_needs = serializers.CharField(max_length=300, allow_blank=True, required=False, default="")


class LegacyIssueIn(serializers.Serializer[Any]):
    """A legacy issue."""

    text = serializers.CharField(max_length=300)


class ContactIn(serializers.Serializer[Any]):
    """A telephone number or an e-mail address of a party."""

    value = serializers.CharField(max_length=120)


class ContactMark(serializers.Serializer[Any]):
    """How a contact turned out."""

    state = serializers.ChoiceField(Contact.State.values)


class VerifyIn(serializers.Serializer[Any]):
    """How staff made sure whose number it is."""

    how = serializers.ChoiceField(WAYS_TO_VERIFY)


class RevealIn(serializers.Serializer[Any]):
    """Why the whole number is needed; it is written down with your name."""

    reason = serializers.CharField(max_length=200)


class RevealOut(serializers.Serializer[Any]):
    """The whole number."""

    value = serializers.CharField()


class NewHolderIn(serializers.Serializer[Any]):
    """Who comes in."""

    name = serializers.CharField(max_length=120)
    kind = serializers.ChoiceField(
        [Party.Kind.PERSON.value, Party.Kind.ORGANISATION.value],
        required=False,
        default=Party.Kind.PERSON.value,
    )
    id_number = serializers.CharField(max_length=40, required=False, default="", allow_blank=True)
    phone = serializers.CharField(max_length=30, required=False, default="", allow_blank=True)


class HandOverIn(serializers.Serializer[Any]):
    """A change of owner: the day belongs to the new owners, the first of whom is the debtor."""

    on = DayField()
    holders = NewHolderIn(many=True, allow_empty=False)
