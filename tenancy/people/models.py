"""Users, memberships, tokens, approvals, audit trail, jobs, files, portal identities."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from simple_history.models import HistoricalRecords

from tenancy.kernel.models import PINNED, Tenant, TenantModel


class UserManager(BaseUserManager["User"]):
    """Makes users; log-in names are matched case-insensitively."""

    def create_user(self, username: str, password: str | None = None, **fields: Any) -> User:
        user = self.model(username=username.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(username=(username or "").strip().lower())


class User(AbstractBaseUser):
    """A person who works for one or more companies. A platform table."""

    username = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=60)
    phone = models.CharField(max_length=20, blank=True)
    language = models.CharField(max_length=10, default="zh-hans")
    theme = models.CharField(max_length=10, default="system", help_text="system, light or dark")
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(username=Lower("username")), name="user_name_is_lower_case")
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_staff(self) -> bool:
        return False


class Membership(models.Model):
    """A user's parts in a company. `community_ids` NULL means the whole company. A platform table."""

    tenant = models.ForeignKey(Tenant, models.PROTECT, related_name="memberships")
    user = models.ForeignKey(User, models.PROTECT, related_name="memberships")
    roles = ArrayField(models.CharField(max_length=30))
    community_ids = ArrayField(models.BigIntegerField(), null=True, blank=True)
    is_active = models.BooleanField(default=True)
    history = HistoricalRecords(app="people")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "user"], name="membership_once_per_company"),
            models.CheckConstraint(condition=Q(roles__len__gt=0), name="membership_has_a_role"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id}@{self.tenant_id}"


class ApiToken(models.Model):
    """A key for the API, bound to one company and one member. Only its hash is kept. A platform table.

    One that somebody else issued lets a program work for the member, but take no decision in his name.
    """

    tenant = models.ForeignKey(Tenant, models.PROTECT, related_name="+")
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    name = models.CharField(max_length=60)
    prefix = models.CharField(max_length=8)
    key_hash = models.CharField(max_length=64, unique=True)
    issued_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    expires_on = models.DateField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.prefix}…"


class JobRun(models.Model):
    """One nightly job, for one company, on one day: done once. A platform table."""

    class State(models.TextChoices):
        RUNNING = "RUNNING"
        DONE = "DONE"
        FAILED = "FAILED"

    tenant = models.ForeignKey(Tenant, models.PROTECT, related_name="+")
    job = models.CharField(max_length=60)
    day = models.DateField()
    state = models.CharField(max_length=10, choices=State, default=State.RUNNING)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    result = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "job", "day"], name="job_runs_once_a_day"),
        ]
        indexes = [models.Index(fields=["tenant", "-day"], name="job_run_by_day")]

    def __str__(self) -> str:
        return f"{self.job} {self.day}"


class StoredFile(TenantModel):
    """A file under MEDIA_ROOT, known by its hash. Content type is decided by the server."""

    name = models.CharField(max_length=200)
    content_type = models.CharField(max_length=80)
    size = models.BigIntegerField()
    sha256 = models.CharField(max_length=64)
    path = models.CharField(max_length=255)
    purpose = models.CharField(max_length=40)
    # Where its object is at home; None: it is the company's.
    community_id = models.BigIntegerField(null=True)
    uploaded_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=["tenant", "sha256"], name="file_by_hash")]

    def __str__(self) -> str:
        return self.name


class Job(TenantModel):
    """Long work that a person watches: import, run, batch print. Written on the progress connection."""

    class State(models.TextChoices):
        WAITING = "WAITING"
        RUNNING = "RUNNING"
        DONE = "DONE"
        FAILED = "FAILED"
        CANCELLED = "CANCELLED"

    kind = models.CharField(max_length=40)
    title = models.CharField(max_length=200)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    total = models.IntegerField(default=0)
    done = models.IntegerField(default=0)
    failed = models.IntegerField(default=0)
    cancel_requested = models.BooleanField(default=False)
    arguments = models.JSONField(default=dict)
    result = models.JSONField(default=dict)
    error_code = models.CharField(max_length=60, blank=True)
    error_text = models.TextField(blank=True)
    file = models.ForeignKey(StoredFile, null=True, related_name="+", **PINNED)
    created_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    created_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["tenant", "-created_at"], name="job_newest_first")]

    def __str__(self) -> str:
        return f"{self.kind} {self.done}/{self.total}"


class Approval(TenantModel):
    """A decision that a named part must take. The request points here; one person never fills two parts."""

    class Decision(models.TextChoices):
        PENDING = "PENDING"
        APPROVED = "APPROVED"
        REJECTED = "REJECTED"
        RETURNED = "RETURNED"
        WITHDRAWN = "WITHDRAWN"

    kind = models.CharField(max_length=40)
    subject = models.CharField(max_length=200)
    role = models.CharField(max_length=30)
    community_id = models.BigIntegerField(null=True)
    asked_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    asked_at = models.DateTimeField()
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    decided_at = models.DateTimeField(null=True)
    decision = models.CharField(max_length=10, choices=Decision, default=Decision.PENDING)
    reason = models.TextField(blank=True)
    facts = models.JSONField(default=dict)
    expires_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=models.F("asked_by")),
                name="approval_never_by_its_asker",
            ),
            models.CheckConstraint(
                condition=Q(decision__in=["PENDING", "WITHDRAWN"]) | Q(decided_by__isnull=False),
                name="approval_names_who_decided",
            ),
        ]
        indexes = [
            models.Index(fields=["tenant", "role"], condition=Q(decision="PENDING"), name="approval_pending"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject}"


class ApprovalRemark(TenantModel):
    """A question of whoever decides a request, or an answer to it. Append-only by grant."""

    approval = models.ForeignKey(
        Approval, models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()
    is_question = models.BooleanField()
    text = models.CharField(max_length=500)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="approval_remark_says_something"),
        ]

    def __str__(self) -> str:
        return self.text


class AuditEntry(TenantModel):
    """Who did what, when. Append-only by grant."""

    at = models.DateTimeField(auto_now_add=True)
    user = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    action = models.CharField(max_length=60)
    object_kind = models.CharField(max_length=40, blank=True)
    object_id = models.BigIntegerField(null=True)
    detail = models.JSONField(default=dict)

    class Meta:
        indexes = [
            models.Index(fields=["tenant", "-at"], name="audit_newest_first"),
            models.Index(fields=["tenant", "object_kind", "object_id"], name="audit_of_object"),
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.object_kind} {self.object_id}"


class SavedFilter(TenantModel):
    """A list narrowed the way one member likes it: the address's query under a name of his own."""

    user = models.ForeignKey(User, models.CASCADE, related_name="+", db_index=False)
    view = models.CharField(max_length=60)
    name = models.CharField(max_length=30)
    query = models.CharField(max_length=1000)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "user", "view", "name"], name="saved_filter_name_once_a_list"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class PortalIdentity(models.Model):
    """A phone that its holder proved to hold. A platform table."""

    phone_hash = models.CharField(max_length=32, unique=True)
    phone = models.BinaryField()
    last_login_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"portal identity {self.pk}"


class PortalGrant(models.Model):
    """What an identity may see: one party in one company. A platform table."""

    identity = models.ForeignKey(PortalIdentity, models.CASCADE, related_name="grants")
    tenant = models.ForeignKey(Tenant, models.PROTECT, related_name="+")
    party_id = models.BigIntegerField()
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["identity", "tenant", "party_id"], name="portal_grant_once"),
        ]

    def __str__(self) -> str:
        return f"{self.identity_id} -> {self.tenant_id}/{self.party_id}"


class PortalCode(models.Model):
    """A request for a one-time log-in code, also one that nobody was sent anything for. A platform table."""

    phone_hash = models.CharField(max_length=32)
    address_hash = models.CharField(max_length=32, blank=True)
    code_hash = models.CharField(max_length=64, blank=True, help_text="Empty: no code was made")
    found = models.JSONField(default=list, help_text="[[tenant_id, party_id], ...] that the code opens")
    expires_at = models.DateTimeField()
    tries = models.SmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["phone_hash", "-created_at"], name="portal_code_of_phone"),
            models.Index(fields=["address_hash", "-created_at"], name="portal_code_of_address"),
            models.Index(fields=["created_at"], name="portal_code_by_age"),
        ]

    def __str__(self) -> str:
        return f"portal code {self.pk}"


class PortalToken(models.Model):
    """A portal session. A platform table."""

    identity = models.ForeignKey(PortalIdentity, models.CASCADE, related_name="+")
    key_hash = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"portal token {self.pk}"
