"""A number that staff made sure of: on the unit page, over the API, and what it opens."""

from __future__ import annotations

import pytest

from owners.models import Contact, Party
from owners.queries.portal import admitted
from owners.services import add_contact
from tenancy.kernel import clock
from tenancy.kernel.crypto import fingerprint
from tenancy.people.models import AuditEntry, PortalGrant, PortalIdentity

ZHANG = "13800138000"
JSON = {"content_type": "application/json"}


@pytest.fixture
def contact(cast) -> Contact:
    with cast.jinxiu.open():
        return Contact.objects.get(party=cast.jinxiu.parties["张三"], kind="MOBILE")


def _url(cast, contact: Contact, unit: str = "3-1-1602") -> str:
    return f"/units/{cast.jinxiu.units[unit].pk}/contacts/{contact.pk}/verify/"


def _now(cast, contact: Contact) -> Contact:
    with cast.jinxiu.open():
        return Contact.objects.get(pk=contact.pk)


def test_a_manager_verifies_a_number_and_the_page_says_since_when(cast, log_in, contact):
    client = log_in(cast.jinxiu, "project_manager")
    unit_page = f"/units/{cast.jinxiu.units['3-1-1602'].pk}/"
    assert _url(cast, contact) in client.get(unit_page).content.decode()
    answer = client.post(_url(cast, contact), {"how": "BY_CALL"})
    assert answer.headers["Location"] == unit_page
    assert (_now(cast, contact).verified_on, _now(cast, contact).state) == (clock.today(), "GOOD")
    with cast.jinxiu.open():
        entry = AuditEntry.objects.get(action="contact.verified")
    assert (entry.object_id, entry.detail["how"]) == (contact.pk, "BY_CALL")
    assert str(clock.today()) in client.get(unit_page).content.decode()


def test_only_who_may_edit_verifies(cast, log_in, contact):
    client = log_in(cast.jinxiu, "cashier")
    assert client.post(_url(cast, contact), {"how": "BY_CALL"}).status_code == 403
    api = f"/api/v1/contacts/{contact.pk}/verify/"
    assert client.post(api, {"how": "BY_CALL"}, **JSON).status_code == 403
    there = log_in(cast.yunding, "project_manager")
    assert there.post(_url(cast, contact), {"how": "BY_CALL"}).status_code == 404
    assert there.post(api, {"how": "BY_CALL"}, **JSON).status_code == 404
    assert _now(cast, contact).verified_on is None


@pytest.mark.parametrize("how", ["", "BY_HEARSAY"])
def test_who_does_not_say_how_has_verified_nothing(cast, log_in, contact, how):
    client = log_in(cast.jinxiu, "project_manager")
    assert client.post(_url(cast, contact), {"how": how}).status_code == 422
    api = client.post(f"/api/v1/contacts/{contact.pk}/verify/", {"how": how}, **JSON)
    assert (api.status_code, "how" in api.json()["errors"]) == (422, True)
    assert _now(cast, contact).verified_on is None


@pytest.mark.parametrize("state", ["WRONG", "VOID"])
def test_a_number_found_wrong_is_not_verified_and_a_verified_one_found_wrong_is_not_any_more(
    cast, log_in, contact, state
):
    client = log_in(cast.jinxiu, "project_manager")
    client.post(f"/api/v1/contacts/{contact.pk}/verify/", {"how": "AT_COUNTER"}, **JSON)
    assert _now(cast, contact).verified_on == clock.today()
    client.patch(f"/api/v1/contacts/{contact.pk}/", {"state": state}, **JSON)
    assert _now(cast, contact).verified_on is None
    again = client.post(f"/api/v1/contacts/{contact.pk}/verify/", {"how": "AT_COUNTER"}, **JSON)
    assert (again.status_code, again.json()["code"]) == (409, "owners.contact_void")


def test_of_two_who_share_a_number_the_verified_one_gets_in_and_the_other_is_out_at_once(
    cast, log_in, contact
):
    with cast.jinxiu.open("project_manager"):
        li = cast.jinxiu.parties["李四"]
        add_contact(party_id=li.pk, value=ZHANG)
        assert admitted(ZHANG) == []
    phone = PortalIdentity.objects.create(phone_hash=fingerprint(ZHANG), phone=b"x")
    PortalGrant.objects.create(identity=phone, tenant=cast.jinxiu.tenant, party_id=li.pk)
    PortalGrant.objects.create(identity=phone, tenant=cast.yunding.tenant, party_id=li.pk)
    client = log_in(cast.jinxiu, "project_manager")
    assert client.post(_url(cast, contact), {"how": "AT_COUNTER"}).status_code == 302
    with cast.jinxiu.open():
        assert admitted(ZHANG) == [Party.objects.get(name="张三").pk]
    assert [grant.tenant_id for grant in PortalGrant.objects.all()] == [cast.yunding.tenant.pk]
