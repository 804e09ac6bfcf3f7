"""What the doors of people say and hear."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from tenancy.kernel.permissions import Role
from tenancy.people.models import AuditEntry, Job


class Me(serializers.Serializer[Any]):
    """Who the key belongs to, and what it may do."""

    user_id = serializers.IntegerField()
    name = serializers.CharField()
    company = serializers.CharField()
    roles = serializers.ListField(child=serializers.ChoiceField([role.value for role in Role]))
    permissions = serializers.ListField(child=serializers.CharField())
    community_ids = serializers.ListField(
        child=serializers.IntegerField(), allow_null=True, help_text="null: the whole company"
    )


class Member(serializers.Serializer[Any]):
    """A member of the company."""

    membership_id = serializers.IntegerField()
    user_id = serializers.IntegerField()
    username = serializers.CharField()
    name = serializers.CharField()
    roles = serializers.ListField(child=serializers.CharField())
    community_ids = serializers.ListField(child=serializers.IntegerField(), allow_null=True)
    is_active = serializers.BooleanField()


class JobAnswer(serializers.ModelSerializer[Job]):
    """Long work and how far it is."""

    class Meta:
        model = Job
        fields = [
            "id", "kind", "title", "state", "total", "done", "failed", "cancel_requested", "result",
            "error_code", "error_text", "created_at", "finished_at",
        ]  # fmt: skip
        read_only_fields = fields


class AuditAnswer(serializers.ModelSerializer[AuditEntry]):
    """One entry of the audit trail."""

    user = serializers.CharField(source="user.name", default=None, allow_null=True)

    class Meta:
        model = AuditEntry
        fields = ["id", "at", "user_id", "user", "action", "object_kind", "object_id", "detail"]
        read_only_fields = fields


class AuditFilter(serializers.Serializer[Any]):
    """Filters of the audit trail; days are both inclusive."""

    action = serializers.CharField(required=False)
    user_id = serializers.IntegerField(required=False)
    object_kind = serializers.CharField(required=False)
    object_id = serializers.IntegerField(required=False)
    from_on = serializers.DateField(required=False)
    to_on = serializers.DateField(required=False)
