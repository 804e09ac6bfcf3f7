"""Files kept before files had a home: the migration gives each the community of what it is kept for."""

from __future__ import annotations

from importlib import import_module

import pytest
from django.db import connections

from arrears.cases.models import Hold
from tenancy.people.models import StoredFile
from tenancy.people.services import files
from tests import databases
from tests.ladder import on

PDF = b"%PDF-1.7 a proof"


def homeless(name: str) -> StoredFile:
    return files.store(PDF, name=name, purpose="hold", accept=(files.PDF,), community_id=None)


@pytest.fixture
def given_homes(committed):
    """Runs the migration's statements as the owner of the tables, who alone may change a file's row."""

    def run() -> None:
        name = connections["default"].settings_dict["NAME"]
        with databases.owner_connection(name) as owner, owner.cursor() as cursor:
            for statement in (
                import_module("reports.migrations.0003_homes_of_files").Migration.operations[0].sql
            ):
                cursor.execute(statement)

    return run


def test_a_proof_gets_the_community_of_its_account_and_a_file_of_nothing_stays(committed, given_homes):
    jinxiu = committed.jinxiu
    with jinxiu.open():
        proof, loose = homeless("医院证明.pdf"), homeless("名册.pdf")
        Hold.objects.create(
            account=jinxiu.accounts["3-1-1602"], kind="ESTATE", from_on=on(3), reason="去世", proof=proof
        )
    given_homes()
    with jinxiu.open():
        homes = dict(StoredFile.objects.values_list("pk", "community_id"))
    assert homes[proof.pk] == jinxiu.community.pk
    assert homes[loose.pk] is None
