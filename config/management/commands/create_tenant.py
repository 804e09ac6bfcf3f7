"""`manage.py create_tenant CODE NAME --short-name S --admin NAME`: a company ready for its register."""

from __future__ import annotations

import getpass
import sys
from argparse import ArgumentParser
from collections.abc import Callable
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from arrears.cases.services.ladders import ensure_ladder
from billing.charges.services import seed_fee_items
from notices.services import ensure_templates
from tenancy.kernel.errors import Refused
from tenancy.kernel.models import Tenant
from tenancy.kernel.permissions import Role
from tenancy.kernel.scope import acting_for
from tenancy.people.models import User
from tenancy.people.services import members

# What every company starts with, each called inside the open company. A later app adds its line here.
FIT_OUT: tuple[tuple[str, Callable[[], object]], ...] = (
    ("fee items", seed_fee_items),
    ("message texts", ensure_templates),
    ("collection ladder", ensure_ladder),
)


class Command(BaseCommand):
    """All or nothing: a refused password leaves no company behind. Refusals exit with 2."""

    help = "Create a property company with its first administrator, fee items, message texts and ladder."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("code", help="small letters, digits, hyphens; in addresses and file names")
        parser.add_argument("name", help="the full registered name, printed on every document")
        parser.add_argument("--short-name", required=True, help="the SMS signature")
        parser.add_argument("--admin", required=True, help="log-in name of the first administrator")
        parser.add_argument("--admin-name", default="", help="his name; the log-in name when left out")
        parser.add_argument("--password-stdin", action="store_true", help="read the password from stdin")

    def handle(self, *args: Any, **options: Any) -> None:
        password = _password(from_stdin=options["password_stdin"])
        try:
            with transaction.atomic():
                tenant = members.create_company(
                    code=options["code"], name=options["name"], short_name=options["short_name"]
                )
                admin = members.create_user(
                    username=options["admin"],
                    name=options["admin_name"] or options["admin"],
                    password=password,
                )
                _fit_out(tenant, admin)
        except Refused as refusal:
            raise CommandError(f"{refusal.code}: {refusal}", returncode=2) from refusal
        self.stdout.write(f"{tenant.name} ({tenant.code}) is ready; {admin.username} can log in.")


def _fit_out(tenant: Tenant, admin: User) -> None:
    members.join(tenant_id=tenant.pk, user_id=admin.pk, roles=[Role.COMPANY_ADMIN])
    with acting_for(tenant.pk, user_id=admin.pk):
        for _what, give in FIT_OUT:
            give()


def _password(*, from_stdin: bool) -> str:
    if from_stdin:
        return sys.stdin.readline().rstrip("\n")
    return getpass.getpass("Password of the administrator: ")
