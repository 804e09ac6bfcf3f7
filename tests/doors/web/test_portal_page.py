"""The owners' page: the same empty page for everybody at every place, under the strict content policy."""

from __future__ import annotations

import pytest
from django.test import Client


@pytest.mark.parametrize("path", ["/my/", "/my/login", "/my/bills/7"])
def test_the_page_is_open_at_every_place_and_holds_nobodys_data(cast, log_in, path: str):
    stranger, staff = Client().get(path), log_in(cast.jinxiu, "cashier").get(path)
    assert stranger.status_code == 200
    assert stranger.headers["Cache-Control"] == "no-cache"
    assert stranger.content == staff.content
    assert '<div id="portal"></div>' in stranger.content.decode()


def test_the_page_speaks_the_language_of_the_cookie(db):
    client = Client()
    assert '<html lang="zh-CN">' in client.get("/my/").content.decode()
    client.cookies["django_language"] = "en"
    assert '<html lang="en">' in client.get("/my/").content.decode()


def test_nothing_in_line_and_nothing_foreign_may_run_there(db):
    policy = dict(
        part.split(" ", 1) for part in Client().get("/my/").headers["Content-Security-Policy"].split("; ")
    )
    for name in ("default-src", "script-src", "style-src", "connect-src", "font-src"):
        assert policy[name] == "'self'"
    assert "unsafe" not in str(policy)


def test_the_worker_for_bad_lines_may_serve_the_whole_portal(db):
    answer = Client().get("/my/offline.js")
    assert answer.status_code == 200
    assert answer.headers["Content-Type"].startswith("text/javascript")
    script = b"".join(answer.streaming_content).decode()
    # It is a script of its own: a worker that imports is a module, which not every phone can run.
    assert "import" not in script
    assert "/my/" in script
