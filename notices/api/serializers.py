"""What the doors of the outbox hear and say."""

from __future__ import annotations

from rest_framework import serializers

from notices.models import Delivery, Notice
from notices.queries import FOR_OWNERS

_PAPERS = [kind.value for kind in FOR_OWNERS]


class Reason(serializers.Serializer):
    """Why, as a stable code with parameters."""

    code = serializers.CharField()
    params = serializers.DictField()


class NoticeFilter(serializers.Serializer):
    """What the list is narrowed to."""

    kind = serializers.ChoiceField(Notice.Kind.values, required=False)
    state = serializers.ChoiceField(Notice.State.values, required=False)
    channel = serializers.ChoiceField(Notice.Channel.values, required=False)
    community = serializers.IntegerField(min_value=1, required=False)
    unit = serializers.IntegerField(min_value=1, required=False)
    account = serializers.IntegerField(min_value=1, required=False)
    issued_on = serializers.DateField(required=False)
    number = serializers.CharField(max_length=60, required=False)


class NoticeRow(serializers.Serializer):
    """A notice in a list."""

    id = serializers.IntegerField()
    kind = serializers.ChoiceField(Notice.Kind.values)
    channel = serializers.ChoiceField(Notice.Channel.values)
    state = serializers.ChoiceField(Notice.State.values)
    number = serializers.CharField(allow_blank=True)
    issued_on = serializers.DateField()
    community = serializers.IntegerField(source="community_id")
    unit = serializers.IntegerField(source="unit_id", allow_null=True)
    unit_code = serializers.CharField(allow_null=True)
    account = serializers.IntegerField(source="account_id", allow_null=True)
    party = serializers.IntegerField(source="party_id")
    party_name = serializers.CharField()
    attempts = serializers.IntegerField()
    reason = Reason(allow_null=True)
    printed_at = serializers.DateTimeField(allow_null=True)
    sent_at = serializers.DateTimeField(allow_null=True)
    delivered_on = serializers.DateField(allow_null=True)
    gates_open_on = serializers.DateField(allow_null=True)


class DeliveryRow(serializers.Serializer):
    """A recorded delivery with what it counts for."""

    id = serializers.IntegerField()
    method = serializers.ChoiceField(Delivery.Method.values)
    result = serializers.ChoiceField(Delivery.Result.values)
    on = serializers.DateField()
    receiver = serializers.ChoiceField(Delivery.Receiver.values)
    receiver_name = serializers.CharField(allow_blank=True)
    relation = serializers.CharField(allow_blank=True)
    handed_over_by = serializers.CharField(allow_blank=True)
    waybill = serializers.CharField(allow_blank=True)
    agreed_address = serializers.BooleanField()
    note = serializers.CharField(allow_blank=True)
    photo = serializers.IntegerField(source="photo_id", allow_null=True)
    signature = serializers.IntegerField(source="signature_id", allow_null=True)
    delivered = serializers.BooleanField()
    opens_gates = serializers.BooleanField()
    interrupts = serializers.BooleanField()


class AttemptRow(serializers.Serializer):
    """One call of a gateway."""

    at = serializers.DateTimeField()
    outcome = serializers.CharField()
    provider_id = serializers.CharField(allow_blank=True)
    reason = Reason(allow_null=True)


class NoticeDetail(serializers.Serializer):
    """A notice with its text, its tries and its deliveries."""

    notice = NoticeRow(source="row")
    body = serializers.CharField(allow_blank=True)
    contact = serializers.CharField(allow_blank=True)
    file_sha256 = serializers.CharField(allow_blank=True)
    deliveries = DeliveryRow(many=True)
    attempts = AttemptRow(many=True)


class HandOver(serializers.Serializer):
    """How something was handed over; with a photo send it as multipart/form-data."""

    method = serializers.ChoiceField(Delivery.Method.values)
    result = serializers.ChoiceField(Delivery.Result.values)
    on = serializers.DateField()
    receiver = serializers.ChoiceField(Delivery.Receiver.values, default="NONE")
    receiver_name = serializers.CharField(max_length=60, allow_blank=True, default="")
    relation = serializers.CharField(max_length=40, allow_blank=True, default="")
    handed_over_by = serializers.CharField(max_length=60, allow_blank=True, default="")
    waybill = serializers.CharField(max_length=40, allow_blank=True, default="")
    agreed_address = serializers.BooleanField(default=False)
    note = serializers.CharField(max_length=300, allow_blank=True, default="")
    photo = serializers.FileField(required=False, allow_null=True, default=None)


class RoundChoice(serializers.Serializer):
    """Papers of one kind in a building. `building` 0: outside any; left out: the whole community."""

    community = serializers.IntegerField(min_value=1)
    building = serializers.IntegerField(min_value=0, required=False, allow_null=True, default=None)
    kind = serializers.ChoiceField(_PAPERS)
    issued_on = serializers.DateField(required=False, allow_null=True, default=None)


class PrintRound(RoundChoice):
    """A print round to start."""


class DeliveryRound(RoundChoice, HandOver):
    """All that waits there, handed over in one go."""


class Recorded(serializers.Serializer):
    """How many deliveries were recorded."""

    count = serializers.IntegerField()


class StartedJob(serializers.Serializer):
    """The job to watch; its result names the file."""

    job = serializers.IntegerField()


class WaitingGroup(serializers.Serializer):
    """What waits in one building; `building` 0: outside any."""

    community = serializers.IntegerField(source="community_id")
    community_name = serializers.CharField()
    building = serializers.IntegerField(source="building_id")
    building_name = serializers.CharField(allow_blank=True)
    kind = serializers.ChoiceField(_PAPERS)
    issued_on = serializers.DateField()
    papers = serializers.IntegerField()
    handed_over = serializers.IntegerField()


class WaitingPaper(serializers.Serializer):
    """A paper that waits: no name, no amount."""

    notice = serializers.IntegerField(source="notice_id")
    unit_code = serializers.CharField()
    kind = serializers.ChoiceField(_PAPERS)
    number = serializers.CharField(allow_blank=True)
    issued_on = serializers.DateField()
    state = serializers.ChoiceField(Notice.State.values)
