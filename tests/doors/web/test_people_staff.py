"""Members, API keys and the audit trail, as an administrator uses them."""

from __future__ import annotations

import re
from http import HTTPStatus

import pytest
from django.test import Client

from tenancy.people.models import ApiToken, AuditEntry, Membership, User

NEW = {
    "username": "Wang", "name": "王芳", "password": "a-long-enough-secret", "roles": ["collector"],
    "everywhere": "on",
}  # fmt: skip


@pytest.fixture
def admin(cast, log_in) -> Client:
    return log_in(cast.jinxiu, "company_admin")


def _membership(cast, role: str = "cashier") -> Membership:
    return Membership.objects.get(tenant=cast.jinxiu.tenant, user=cast.jinxiu.people[role])


def test_a_new_member_can_log_in_and_does_his_part(cast, admin):
    assert admin.post("/settings/people/add/", NEW).status_code == HTTPStatus.FOUND
    client = Client()
    client.post("/login/", {"username": "wang", "password": NEW["password"]})
    assert client.get("/").status_code == HTTPStatus.OK
    assert client.get("/settings/people/").status_code == HTTPStatus.FORBIDDEN


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"password": "short"}, "password"),
        ({"username": "jinxiu-cashier"}, "username"),
        ({"roles": []}, "roles"),
        ({"everywhere": ""}, "communities"),
        ({"name": ""}, "name"),
    ],
)
def test_a_refusal_stands_beside_its_field_and_what_was_typed_stays(cast, admin, change, field):
    answer = admin.post("/settings/people/add/", NEW | change)
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert answer.context["form"].errors.keys() == {field}
    assert f'id="id_{field}_error"' in answer.content.decode()
    assert not User.objects.filter(username="wang").exists()


def test_a_member_may_be_limited_to_communities(cast, admin):
    community = cast.jinxiu.community.pk
    admin.post("/settings/people/add/", {**NEW, "everywhere": "", "communities": [community]})
    assert Membership.objects.get(user__username="wang").community_ids == [community]


def test_a_community_of_another_company_is_no_choice(cast, admin):
    answer = admin.post(
        "/settings/people/add/", {**NEW, "everywhere": "", "communities": [cast.yunding.community.pk]}
    )
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY


def test_roles_are_changed_and_the_change_is_in_the_audit_trail(cast, admin):
    cashier = _membership(cast)
    admin.post(
        f"/settings/people/{cashier.pk}/", {"roles": ["finance"], "everywhere": "on", "is_active": "on"}
    )
    cashier.refresh_from_db()
    assert cashier.roles == ["finance"]
    page = admin.get("/settings/audit/?action=member.changed").content.decode()
    assert "jinxiu-company_admin员工" in page


def test_the_last_administrator_stays_one(cast, admin):
    own = _membership(cast, "company_admin")
    answer = admin.post(
        f"/settings/people/{own.pk}/", {"roles": ["collector"], "everywhere": "on", "is_active": "on"}
    )
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    own.refresh_from_db()
    assert own.roles == ["company_admin"]


def test_a_new_password_ends_the_members_open_sessions(cast, admin, log_in):
    cashier = log_in(cast.jinxiu, "cashier")
    admin.post(f"/settings/people/{_membership(cast).pk}/password/", {"password": "another-long-secret"})
    assert cashier.get("/").status_code == HTTPStatus.FOUND


def test_the_password_of_somebody_who_works_elsewhere_too_is_not_set_here(cast, admin):
    Membership.objects.create(
        tenant=cast.yunding.tenant, user=cast.jinxiu.people["cashier"], roles=["cashier"]
    )
    answer = admin.post(
        f"/settings/people/{_membership(cast).pk}/password/", {"password": "another-long-secret"}
    )
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "form" in answer.context


def test_a_key_is_shown_once_opens_the_api_and_is_useless_when_revoked(cast, admin):
    cashier = cast.jinxiu.people["cashier"]
    answer = admin.post("/settings/keys/", {"name": "对账", "user": cashier.pk})
    key = re.search(r'<code class="number">([\w-]{40,})</code>', answer.content.decode())[1]
    assert answer.headers["Cache-Control"] == "no-store"
    assert key not in admin.get("/settings/keys/").content.decode()
    assert key not in ApiToken.objects.get().key_hash
    program = Client(headers={"Authorization": f"Bearer {key}"})
    assert program.get("/api/v1/me/").json()["roles"] == ["cashier"]
    admin.post(f"/settings/keys/{ApiToken.objects.get().pk}/revoke/")
    assert program.get("/api/v1/me/").status_code == HTTPStatus.UNAUTHORIZED


def test_a_key_works_only_as_a_member_of_the_company(cast, admin):
    over = {"name": "x", "user": cast.jinxiu.people["cashier"].pk, "expires_on": "2020-01-01"}
    assert admin.post("/settings/keys/", over).status_code == 422
    answer = admin.post("/settings/keys/", {"name": "x", "user": cast.yunding.people["cashier"].pk})
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert not ApiToken.objects.exists()


def test_the_audit_trail_is_filtered_by_who_what_and_when(cast, admin):
    with cast.jinxiu.open("cashier"):
        AuditEntry.objects.create(
            action="contact.revealed", object_kind="contact", object_id=7, user=cast.jinxiu.people["cashier"]
        )
        AuditEntry.objects.create(action="token.issued", user=cast.jinxiu.people["company_admin"])
    count = lambda query: admin.get(f"/settings/audit/?{query}").context["page"].paginator.count  # noqa: E731
    assert count("") == 2
    assert count("action=contact.revealed") == 1
    assert count(f"user_id={cast.jinxiu.people['cashier'].pk}") == 1
    assert count("object_kind=contact&object_id=7") == 1
    assert count("to_on=2020-01-01") == 0
    assert count("from_on=2020-01-01") == 2


def test_the_audit_trail_of_another_company_is_not_seen(cast, admin):
    with cast.yunding.open("cashier"):
        AuditEntry.objects.create(action="token.issued")
    assert admin.get("/settings/audit/").context["page"].paginator.count == 0
