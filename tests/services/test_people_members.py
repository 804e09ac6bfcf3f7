"""Members and keys: who may be what, and what two administrators cannot do at once."""

from __future__ import annotations

import pytest

from tenancy.kernel.errors import NotFound
from tenancy.people.models import ApiToken, AuditEntry, JobRun, Membership
from tenancy.people.services import jobs
from tenancy.people.services.members import (
    LastAdministrator,
    NameTaken,
    UnknownCommunity,
    UnknownRole,
    WeakPassword,
    WorksElsewhere,
    add_member,
    change_member,
    create_company,
    set_password,
)
from tenancy.people.services.tokens import issue_token, revoke_token
from tests.cast import FROM, PASSWORD

NEW = {
    "username": "wang",
    "name": "王芳",
    "password": PASSWORD,
    "roles": ["collector"],
    "community_ids": None,
}


def _of(company, role: str) -> int:
    return Membership.objects.get(user=company.people[role]).pk


def test_a_member_is_added_with_his_parts_and_written_down(jinxiu):
    membership = Membership.objects.get(pk=add_member(**NEW))
    assert (membership.roles, membership.community_ids) == (["collector"], None)
    assert AuditEntry.objects.get().action == "member.added"


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"roles": ["king"]}, UnknownRole),
        ({"roles": []}, UnknownRole),
        ({"password": "password"}, WeakPassword),
        ({"username": "jinxiu-cashier"}, NameTaken),
        ({"community_ids": []}, UnknownCommunity),
        ({"community_ids": [999_999]}, UnknownCommunity),
    ],
)
def test_a_member_that_cannot_be_is_refused(jinxiu, change, refusal):
    with pytest.raises(refusal):
        add_member(**NEW | change)
    assert not Membership.objects.filter(user__username="wang").exists()


def test_a_community_of_another_company_is_unknown(cast):
    with cast.jinxiu.open(), pytest.raises(UnknownCommunity):
        add_member(**NEW | {"community_ids": [cast.yunding.community.pk]})


def test_a_member_of_another_company_is_not_there(cast):
    other = _of(cast.yunding, "cashier")
    with cast.jinxiu.open():
        with pytest.raises(NotFound):
            change_member(membership_id=other, roles=["finance"], community_ids=None, is_active=True)
        with pytest.raises(NotFound):
            set_password(membership_id=other, password=PASSWORD)
        with pytest.raises(NotFound):
            issue_token(name="x", user_id=cast.yunding.people["cashier"].pk)


@pytest.mark.parametrize(("roles", "is_active"), [(["collector"], True), (["company_admin"], False)])
def test_the_last_administrator_neither_steps_down_nor_leaves(jinxiu, roles, is_active):
    with pytest.raises(LastAdministrator):
        change_member(
            membership_id=_of(jinxiu, "company_admin"), roles=roles, community_ids=None, is_active=is_active
        )


def test_the_first_administrator_may_go_when_there_is_a_second(jinxiu):
    change_member(
        membership_id=_of(jinxiu, "finance"), roles=["company_admin"], community_ids=None, is_active=True
    )
    first = _of(jinxiu, "company_admin")
    change_member(membership_id=first, roles=["company_admin"], community_ids=None, is_active=False)
    assert Membership.objects.get(pk=first).is_active is False


def test_a_password_is_not_set_for_somebody_who_works_elsewhere_too(cast):
    cashier = cast.jinxiu.people["cashier"]
    Membership.objects.create(tenant=cast.yunding.tenant, user=cashier, roles=["cashier"])
    with cast.jinxiu.open(), pytest.raises(WorksElsewhere):
        set_password(membership_id=_of_first(cashier), password="another-long-secret")


def _of_first(user) -> int:
    return Membership.objects.filter(user=user).order_by("pk").first().pk


def test_only_the_hash_of_a_key_is_kept(jinxiu):
    token, key = issue_token(name="x", user_id=jinxiu.people["cashier"].pk)
    assert token.prefix == key[:6]
    assert key not in str(ApiToken.objects.values().get())


def test_a_key_is_revoked_once(jinxiu):
    token, _key = issue_token(name="x", user_id=jinxiu.people["cashier"].pk)
    revoke_token(token_id=token.pk)
    first = ApiToken.objects.get().revoked_at
    revoke_token(token_id=token.pk)
    assert ApiToken.objects.get().revoked_at == first
    assert AuditEntry.objects.filter(action="token.revoked").count() == 1


def test_two_companies_cannot_have_one_code(cast):
    with pytest.raises(NameTaken):
        create_company(code="jinxiu", name="另一家", short_name="另一家")


def test_nightly_work_is_done_once_a_day(jinxiu):
    assert jobs.once_a_day("ladder", lambda: {"cases_opened": 3}, as_of=FROM) == {"cases_opened": 3}
    assert jobs.once_a_day("ladder", lambda: pytest.fail("twice"), as_of=FROM) is None
    assert jobs.last_done("ladder") == FROM


def test_a_night_that_failed_is_remembered_and_may_be_tried_again(jinxiu):
    jobs.night_failed("ladder", as_of=FROM, code="no_ladder")
    assert JobRun.objects.get(job="ladder").state == "FAILED"
    assert jobs.last_done("ladder") is None
    jobs.once_a_day("ladder", lambda: {"cases_opened": 0}, as_of=FROM)
    assert JobRun.objects.get(job="ladder").state == "DONE"


def test_a_done_night_is_not_marked_as_failed_afterwards(jinxiu):
    jobs.once_a_day("ladder", dict, as_of=FROM)
    jobs.night_failed("ladder", as_of=FROM, code="late")
    assert JobRun.objects.get(job="ladder").state == "DONE"
