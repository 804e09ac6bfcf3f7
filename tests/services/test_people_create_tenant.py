"""`manage.py create_tenant`: a company that can begin at once, or no trace of it."""

from __future__ import annotations

import io
import re

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import translation

from config.management.commands.create_tenant import FIT_OUT
from tenancy.kernel.models import Tenant
from tenancy.kernel.scope import acting_for
from tenancy.people.models import User

ARGUMENTS = (
    "qingshan",
    "青山物业服务有限公司",
    "--short-name",
    "青山物业",
    "--admin",
    "Qing",
    "--password-stdin",
)
PASSWORD = "a-long-enough-secret"


def _nothing_new() -> bool:
    """Beside the cast, which is always there, no company and nobody."""
    tenants = Tenant.objects.exclude(code__in=["jinxiu", "yunding"])
    people = User.objects.exclude(username__startswith="jinxiu-").exclude(username__startswith="yunding-")
    return not tenants.exists() and not people.exists()


@pytest.fixture
def create(db, monkeypatch):
    def run(*arguments: str, password: str = PASSWORD) -> str:
        monkeypatch.setattr("sys.stdin", io.StringIO(f"{password}\n"))
        out = io.StringIO()
        call_command("create_tenant", *(arguments or ARGUMENTS), stdout=out)
        return out.getvalue()

    return run


def test_a_new_company_has_an_administrator_who_can_log_in_and_what_every_company_starts_with(create):
    assert "qing can log in" in create()
    client = Client()
    client.post("/login/", {"username": "qing", "password": PASSWORD})
    assert "青山物业服务有限公司" in client.get("/settings/people/").content.decode()
    tenant = Tenant.objects.get(code="qingshan")
    assert tenant.is_demo is False
    with acting_for(tenant.pk):
        from billing.charges.queries import fee_items

        assert {item.code for item in fee_items()} >= {"property", "parking"}


def test_fitting_out_twice_adds_nothing(create):
    create()
    with acting_for(Tenant.objects.get(code="qingshan").pk):
        for _what, give in FIT_OUT:
            give()


@pytest.mark.parametrize("password", ["", "short", "1234567890"])
def test_a_weak_password_leaves_no_company_behind(create, password):
    with pytest.raises(CommandError) as refused:
        create(password=password)
    assert refused.value.returncode == 2
    assert str(refused.value).startswith("members.weak_password: ")
    assert _nothing_new()


def test_a_code_that_is_taken_is_refused_and_the_new_administrator_with_it(create):
    create()
    with pytest.raises(CommandError, match=r"members\.name_taken"):
        create("qingshan", "另一家", "--short-name", "另一家", "--admin", "other", "--password-stdin")
    assert not User.objects.filter(username="other").exists()


@pytest.mark.parametrize("code", ["Qingshan", "青山", "qing shan", "../etc", "qing_shan", "-a", ""])
def test_a_code_is_made_of_small_letters_digits_and_hyphens(create, code):
    with pytest.raises(CommandError, match=r"^members\.bad_company_code: ") as refused:
        create(f"--admin={'other'}", "--short-name", "另一家", "--password-stdin", "--", code, "另一家")
    assert refused.value.returncode == 2
    assert _nothing_new()


def test_a_weak_password_is_refused_in_one_language(create):
    with pytest.raises(CommandError) as refused, translation.override("zh-hans"):
        create(password="12345")
    assert not re.search("[a-zA-Z]{4}", str(refused.value).removeprefix("members.weak_password: "))
