"""The company, and what every table of a company inherits."""

from __future__ import annotations

from typing import Any, TypeVar

from django.db import models

from tenancy.kernel.scope import current_scope, current_tenant_id

M = TypeVar("M", bound=models.Model, covariant=True)

# How one tenant table points to another. The foreign key itself is composite, (tenant_id, x_id), and is
# made by Protect in the migration, together with an index that starts with the company.
PINNED: dict[str, Any] = {"on_delete": models.PROTECT, "db_constraint": False, "db_index": False}


class Tenant(models.Model):
    """A property company (物业公司), tenant of this software. A platform table."""

    code = models.SlugField(max_length=32, unique=True)
    name = models.CharField(max_length=120)
    short_name = models.CharField(max_length=20, help_text="The SMS signature 【…】")
    credit_code = models.CharField(max_length=18, blank=True)
    address = models.CharField(max_length=200, blank=True)
    legal_representative = models.CharField(max_length=60, blank=True)
    legal_representative_post = models.CharField(max_length=60, blank=True)
    phone = models.CharField(max_length=30, blank=True)
    is_demo = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.name


class TenantManager(models.Manager[M]):
    """The first wall: outside acting_for it raises. Row level security is the second."""

    def get_queryset(self) -> models.QuerySet[M]:
        current_scope()
        return super().get_queryset()


class TenantModel(models.Model):
    """A row of exactly one company."""

    tenant = models.ForeignKey(
        Tenant,
        models.PROTECT,
        default=current_tenant_id,
        editable=False,
        db_constraint=False,
        db_index=False,
        related_name="+",
    )

    objects: TenantManager[Any] = TenantManager()

    class Meta:
        abstract = True


class SentForm(TenantModel):
    """A form that was sent and done; the same form sent again finds its token and does nothing."""

    token = models.UUIDField()
    user_id = models.BigIntegerField()
    sent_at = models.DateTimeField()
    went_to = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "token"], name="a_form_is_done_once"),
        ]
        indexes = [models.Index(fields=["tenant", "sent_at"], name="sent_form_by_age")]

    def __str__(self) -> str:
        return str(self.token)
