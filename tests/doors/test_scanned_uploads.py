"""Uploads pass the virus scanner: what is infected stays out, a silent scanner takes nothing, none scans none."""

from __future__ import annotations

import socket
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tenancy.kernel import clock
from tenancy.people.gateways.clamd import Clamd, Verdict
from tenancy.people.models import StoredFile
from tests.money import owe
from tests.simulators.clamd import EICAR, clamd

CLEAN = b"%PDF-1.7\n%%EOF\n"
BAD = CLEAN + EICAR


@pytest.fixture
def scanner(settings):
    with clamd() as running:
        settings.CLAMD = running.address
        yield running


@pytest.fixture
def desk(cast, log_in):
    with cast.jinxiu.open():
        owe(cast.jinxiu, 252_024, clock.today() - timedelta(60))
    return log_in(cast.jinxiu, "collector")


def ask(cast, desk, content, *, api=False):
    account = cast.jinxiu.accounts["3-1-1602"].pk
    url = f"/api/v1/accounts/{account}/applications/" if api else f"/accounts/{account}/applications/ask/"
    today = clock.today().isoformat()
    form = {
        "kind": "DEFERRAL", "from_on": today, "to_on": today, "reason_code": "HARDSHIP", "statement": "住院",
        "proofs": [SimpleUploadedFile("1.pdf", CLEAN), SimpleUploadedFile("2.pdf", content)],
    }  # fmt: skip
    return desk.post(url, form)


def kept(cast):
    with cast.jinxiu.open():
        return sorted(StoredFile.objects.values_list("name", flat=True))


def test_clean_files_come_in_whole(cast, desk, scanner):
    assert ask(cast, desk, CLEAN).status_code == 302
    assert scanner.files == [CLEAN, CLEAN]
    assert kept(cast) == ["1.pdf", "2.pdf"]
    with cast.jinxiu.open():
        assert {file.size for file in StoredFile.objects.all()} == {len(CLEAN)}, "read again from its start"


@pytest.mark.parametrize("api", [False, True])
def test_an_infected_file_is_refused_by_name_and_nothing_is_kept(cast, desk, scanner, api):
    answer = ask(cast, desk, BAD, api=api)
    assert answer.status_code == 422
    assert "Eicar-Signature" in answer.content.decode()
    assert "2.pdf" in answer.content.decode()
    assert kept(cast) == []
    if api:
        assert answer.json()["code"] == "file.infected"


@pytest.mark.parametrize("how", ["silent", "gone", "limit"])
def test_a_scanner_that_gives_no_verdict_lets_nothing_in(cast, desk, scanner, settings, how):
    if how == "gone":
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            settings.CLAMD = f"tcp://127.0.0.1:{free.getsockname()[1]}"
    scanner.silent, scanner.limit = how == "silent", 5 if how == "limit" else scanner.limit
    answer = ask(cast, desk, CLEAN, api=True)
    assert (answer.status_code, answer.json()["code"]) == (503, "file.scanner_silent")
    assert kept(cast) == []


def test_without_a_scanner_files_come_in_and_the_settings_say_so(cast, desk, log_in, settings):
    settings.CLAMD = ""
    assert ask(cast, desk, CLEAN).status_code == 302
    admin = log_in(cast.jinxiu, "company_admin")
    admin.cookies["django_language"] = "en"
    assert "Uploaded files are not scanned" in admin.get("/settings/").content.decode()
    settings.CLAMD = "tcp://scanner:3310"
    assert "Uploaded files are scanned" in admin.get("/settings/").content.decode()


def test_a_long_file_goes_in_pieces(scanner):
    content = bytes(range(256)) * 1000
    assert Clamd(scanner.address).scan([content[:100_000], content[100_000:]]).verdict is Verdict.CLEAN
    assert scanner.files == [content]


def test_a_socket_file_that_is_not_there_is_no_verdict(tmp_path):
    assert Clamd(f"unix:{tmp_path}/none.sock").scan([CLEAN]).verdict is Verdict.UNKNOWN


@pytest.mark.parametrize("api", [False, True])
def test_too_much_at_once_is_refused_before_it_is_read(cast, desk, settings, api):
    settings.MAX_UPLOAD_BYTES = 1000
    answer = ask(cast, desk, CLEAN + b" " * (2 * 1024 * 1024), api=api)
    assert answer.status_code == 422
    assert kept(cast) == []
