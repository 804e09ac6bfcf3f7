"""The portal's part of the OpenAPI document: every door is in it, with its key and its answer."""

from __future__ import annotations

from typing import Any

import pytest
from drf_spectacular.generators import SchemaGenerator

from config import portal_urls
from tenancy.kernel.permissions import Permission

ROOT = "/api/portal/v1/"
PUBLIC = {("/api/portal/v1/codes/", "post"), ("/api/portal/v1/sessions/", "post")}


@pytest.fixture(scope="module")
def paths() -> dict[str, dict[str, Any]]:
    found = SchemaGenerator().get_schema(request=None, public=True)["paths"]
    return {path: doors for path, doors in found.items() if path.startswith(ROOT)}


def test_every_door_of_the_portal_is_described(paths):
    assert len(paths) == len(portal_urls.urlpatterns)
    assert all(door["summary"] for doors in paths.values() for door in doors.values())


def test_every_door_but_the_log_in_names_the_owners_key(paths):
    for path, doors in paths.items():
        for method, door in doors.items():
            keys = [{"portalKey": []}, {"portalTicket": []}] if path.endswith(".pdf") else [{"portalKey": []}]
            assert door.get("security") == (None if (path, method) in PUBLIC else keys), (path, method)


def test_every_door_names_its_permission():
    for pattern in portal_urls.urlpatterns:
        assert pattern.callback.view_class.permission in (Permission.OWNER, Permission.PUBLIC)


def test_money_is_described_as_yuan_with_two_decimals(paths):
    components = SchemaGenerator().get_schema(request=None, public=True)["components"]["schemas"]
    owed = components["PortalOwed"]["properties"]
    assert {owed[name]["example"] for name in ("total", "principal", "late_fee", "overdue")} == {"2520.24"}
