"""A stored file opens for whoever sees what it belongs to; each opening is written down."""

from __future__ import annotations

import pytest

from tenancy.people.models import AuditEntry, Membership, StoredFile
from tenancy.people.services import files

PDF = b"%PDF-1.4 proof"


def kept(company, community_id, *, purpose="relief", name="证明.pdf"):
    with company.open():
        return files.store(PDF, name=name, purpose=purpose, accept=(files.PDF,), community_id=community_id).pk


def test_a_file_of_another_community_is_not_there_for_who_does_not_see_it(cast, log_in):
    company = cast.jinxiu
    here, elsewhere = kept(company, company.community.pk), kept(company, company.community.pk + 1000)
    of_the_company = kept(company, None)
    Membership.objects.filter(user=company.people["collector"]).update(community_ids=[company.community.pk])
    client = log_in(company, "collector")
    assert client.get(f"/files/{here}/").status_code == 200
    assert client.get(f"/files/{of_the_company}/").status_code == 200
    assert client.get(f"/files/{elsewhere}/").status_code == 404


def test_each_opening_stands_in_the_audit_trail(cast, log_in):
    company = cast.jinxiu
    pk = kept(company, company.community.pk)
    log_in(company, "collector").get(f"/files/{pk}/")
    with company.open():
        entry = AuditEntry.objects.get(action="file.opened")
    assert (entry.object_id, entry.user_id, entry.detail["name"]) == (
        pk,
        company.people["collector"].pk,
        "证明.pdf",
    )


def test_papers_of_several_communities_in_one_file_open_for_their_maker_only(cast, log_in):
    company = cast.jinxiu
    pk = kept(company, None, purpose=files.ROUND)
    assert log_in(company, "team_lead").get(f"/files/{pk}/").status_code == 404
    with company.open():
        StoredFile.objects.filter(pk=pk).update(uploaded_by=company.people["team_lead"])
    assert log_in(company, "team_lead").get(f"/files/{pk}/").status_code == 200


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ("坏.html", "坏.pdf"),
        ("证明", "证明.pdf"),
        ("a\u202efdp.exe", "afdp.pdf"),
        ("x.PDF", "x.PDF"),
        ("", "file.pdf"),
    ],
)
def test_a_file_is_called_what_it_is(cast, given, named):
    with cast.jinxiu.open():
        stored = files.store(PDF, name=given, purpose="x", accept=(files.PDF,), community_id=None)
    assert stored.name == named
