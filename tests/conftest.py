"""Fixtures: the database as pm_app, the two companies, log-ins, and databases whose changes commit."""

from __future__ import annotations

import os
import pickle
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connections, transaction
from django.test import Client
from django.utils import translation

from tests import databases
from tests.cast import Cast, Company, assemble


def _point_at(name: str) -> None:
    for connection in (connections["default"], connections["progress"]):
        connection.close()
        connection.settings_dict["NAME"] = name


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: pytest.FixtureRequest) -> Iterator[bytes]:
    """Every worker serves its own clone as pm_app, with the cast in it, pickled here; nothing is ever flushed."""
    with databases.clone(os.environ.get("PYTEST_XDIST_WORKER", "main")) as name, django_db_blocker.unblock():
        _point_at(name)
        with transaction.atomic():
            settled = pickle.dumps(assemble())
        yield settled
        _point_at("nowhere")


@pytest.fixture(scope="session", autouse=True)
def static_files() -> None:
    """The folder of collected files, empty: without it every request of a test client warns."""
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)


@pytest.fixture(autouse=True)
def language() -> Iterator[None]:
    """No test reads in the language that another test's request left behind."""
    with translation.override("zh-hans"):
        yield


@pytest.fixture
def cast(db: None, django_db_setup: bytes) -> Cast:
    """锦绣 and 云顶: two companies that must never meet. No company is open.

    Their rows were made once and outlive the test, what a test changes about them does not; the objects are its own.
    """
    found: Cast = pickle.loads(django_db_setup)
    return found


@pytest.fixture
def jinxiu(cast: Cast) -> Iterator[Company]:
    """锦绣, open for the whole test: for services, queries and rules of the database."""
    with cast.jinxiu.open():
        yield cast.jinxiu


@pytest.fixture
def committed(request: pytest.FixtureRequest, django_db_setup: bytes, django_db_blocker) -> Iterator[Cast]:
    """The same cast in a database of its own where transactions really commit: races, workers, browsers."""
    home = connections["default"].settings_dict["NAME"]
    with databases.clone("own") as name, django_db_blocker.unblock():
        _point_at(name)
        try:
            yield assemble()
        finally:
            _point_at(home)


@pytest.fixture
def log_in() -> Callable[..., Client]:
    """log_in(company, "cashier") -> a signed-in Django test client."""

    def signed_in(company: Company, role: str) -> Client:
        client = Client()
        client.force_login(company.people[role], backend="django.contrib.auth.backends.ModelBackend")
        return client

    return signed_in
