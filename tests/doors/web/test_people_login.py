"""Log-in: throttled, forged requests refused, one's language and company remembered."""

from __future__ import annotations

from datetime import timedelta
from http import HTTPStatus

import pytest
from axes.models import AccessAttempt
from django.conf import settings
from django.db.models import F
from django.test import Client

from tenancy.people.models import Membership, User
from tenancy.people.services.members import create_user, join
from tests.cast import PASSWORD

LOGIN = "/login/"


def _try(client: Client, username: str, password: str) -> int:
    return client.post(LOGIN, {"username": username, "password": password}).status_code


def test_the_right_password_opens_the_day(cast):
    client = Client()
    assert _try(client, "jinxiu-cashier", PASSWORD) == HTTPStatus.FOUND
    page = client.get("/")
    assert "锦绣物业服务有限公司" in page.content.decode()


def test_the_log_in_name_may_be_typed_in_capitals(cast):
    assert _try(Client(), "Jinxiu-Cashier", PASSWORD) == HTTPStatus.FOUND


def test_a_wrong_password_is_answered_beside_the_form_and_the_name_is_kept(cast):
    answer = Client().post(LOGIN, {"username": "jinxiu-cashier", "password": "wrong"})
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    page = answer.content.decode()
    assert 'role="alert"' in page
    assert 'value="jinxiu-cashier"' in page


def test_too_many_wrong_passwords_lock_the_name_even_for_the_right_one(cast):
    client = Client()
    tries = [_try(client, "jinxiu-cashier", f"wrong-{n}") for n in range(settings.AXES_FAILURE_LIMIT)]
    assert tries[:-1] == [HTTPStatus.UNPROCESSABLE_ENTITY] * (settings.AXES_FAILURE_LIMIT - 1)
    assert tries[-1] == HTTPStatus.TOO_MANY_REQUESTS
    assert _try(client, "jinxiu-cashier", PASSWORD) == HTTPStatus.TOO_MANY_REQUESTS


def test_capitals_and_blanks_do_not_get_around_the_lock(cast):
    client = Client()
    name = "jinxiu-cashier"
    spelt = [name[:n] + name[n:].upper() + " " * (n % 2) for n in range(settings.AXES_FAILURE_LIMIT)]
    assert [_try(client, one, "wrong") for one in spelt][-1] == HTTPStatus.TOO_MANY_REQUESTS
    assert _try(client, name, PASSWORD) == HTTPStatus.TOO_MANY_REQUESTS


def test_a_stranger_elsewhere_does_not_lock_out_the_person_behind_the_same_proxy(cast, settings):
    settings.AXES_IPWARE_PROXY_COUNT = 1
    stranger, person = (Client(headers={"X-Forwarded-For": address}) for address in ("1.2.3.4", "5.6.7.8"))
    for n in range(settings.AXES_FAILURE_LIMIT):
        _try(stranger, "jinxiu-cashier", f"wrong-{n}")
    assert _try(stranger, "jinxiu-cashier", PASSWORD) == HTTPStatus.TOO_MANY_REQUESTS
    assert _try(person, "jinxiu-cashier", PASSWORD) == HTTPStatus.FOUND


def test_a_name_that_fits_no_column_is_only_wrong(cast):
    assert _try(Client(), "z" * 300, "wrong") == HTTPStatus.UNPROCESSABLE_ENTITY


def test_a_lock_on_one_name_does_not_lock_another(cast):
    client = Client()
    for n in range(settings.AXES_FAILURE_LIMIT):
        _try(client, "jinxiu-cashier", f"wrong-{n}")
    assert _try(client, "jinxiu-finance", PASSWORD) == HTTPStatus.FOUND


def _spray(client: Client, names: int) -> list[int]:
    """One guess at each of many names."""
    return [_try(client, f"jinxiu-name-{n}", "Spring-2026") for n in range(names)]


def test_one_guess_at_many_names_from_one_address_is_stopped(cast, settings):
    settings.LOGIN_FAILURES_PER_ADDRESS = 12
    client = Client()
    assert _spray(client, 12) == [HTTPStatus.UNPROCESSABLE_ENTITY] * 12
    assert _spray(client, 13)[-1] == HTTPStatus.TOO_MANY_REQUESTS
    assert _try(client, "jinxiu-cashier", PASSWORD) == HTTPStatus.TOO_MANY_REQUESTS


def test_one_good_log_in_does_not_buy_more_guesses_at_other_names(cast, settings):
    settings.LOGIN_FAILURES_PER_ADDRESS = 12
    _spray(Client(), 11)
    assert _try(Client(), "jinxiu-cashier", PASSWORD) == HTTPStatus.FOUND
    assert _spray(Client(), 2) == [HTTPStatus.UNPROCESSABLE_ENTITY, HTTPStatus.TOO_MANY_REQUESTS]


def test_the_lock_of_an_address_is_over_after_the_pause_and_is_no_one_elses(cast, settings):
    settings.LOGIN_FAILURES_PER_ADDRESS = 12
    _spray(Client(), 12)
    assert _try(Client(REMOTE_ADDR="10.0.0.9"), "jinxiu-cashier", PASSWORD) == HTTPStatus.FOUND
    AccessAttempt.objects.update(attempt_time=F("attempt_time") - timedelta(minutes=16))
    assert _try(Client(), "jinxiu-cashier", PASSWORD) == HTTPStatus.FOUND


def test_an_office_behind_one_address_may_mistype_as_a_whole(cast):
    assert settings.LOGIN_FAILURES_PER_ADDRESS >= 50
    assert set(_spray(Client(), 30)) == {HTTPStatus.UNPROCESSABLE_ENTITY}
    assert _try(Client(), "jinxiu-cashier", PASSWORD) == HTTPStatus.FOUND


def test_a_request_without_the_forms_token_is_refused(cast):
    client = Client(enforce_csrf_checks=True)
    assert _try(client, "jinxiu-cashier", PASSWORD) == HTTPStatus.FORBIDDEN


def test_a_forged_api_request_of_a_signed_in_person_is_refused(cast, log_in):
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.jinxiu.people["cashier"], backend="django.contrib.auth.backends.ModelBackend")
    answer = client.post("/api/v1/jobs/1/cancel/")
    assert answer.status_code == HTTPStatus.FORBIDDEN
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_the_session_cookie_is_kept_from_scripts(cast):
    client = Client()
    _try(client, "jinxiu-cashier", PASSWORD)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


def test_a_stranger_comes_back_to_where_he_wanted_to_go(cast):
    client = Client()
    asked = client.get("/settings/audit/")
    assert asked.headers["Location"] == "/login/?next=/settings/audit/"
    answer = client.post(
        asked.headers["Location"],
        {"username": "jinxiu-auditor", "password": PASSWORD, "next": "/settings/audit/"},
    )
    assert answer.headers["Location"] == "/settings/audit/"


def test_log_in_leads_to_no_other_site(cast):
    answer = Client().post(
        LOGIN, {"username": "jinxiu-cashier", "password": PASSWORD, "next": "https://evil.example/"}
    )
    assert answer.headers["Location"] == "/"


def test_log_out_ends_the_session_and_only_a_post_may(cast, log_in):
    client = log_in(cast.jinxiu, "cashier")
    assert client.get("/logout/").status_code == HTTPStatus.METHOD_NOT_ALLOWED
    assert client.get("/").headers["Cache-Control"] == "private, no-store"
    assert client.post("/logout/").status_code == HTTPStatus.FOUND
    assert client.get("/").status_code == HTTPStatus.FOUND


def test_a_page_is_chinese_until_the_reader_switches(cast, log_in):
    client = log_in(cast.jinxiu, "cashier")
    assert '<html lang="zh-CN"' in client.get("/").content.decode()
    answer = client.post("/language/", {"language": "en", "next": "/jobs/"})
    assert answer.headers["Location"] == "/jobs/"
    page = client.get("/jobs/")
    assert '<html lang="en"' in page.content.decode()
    assert page.headers["Content-Language"] == "en"


def test_an_unknown_language_changes_nothing(cast, log_in):
    client = log_in(cast.jinxiu, "cashier")
    client.post("/language/", {"language": "xx"})
    assert '<html lang="zh-CN"' in client.get("/").content.decode()


def test_the_language_switch_leads_to_no_other_site(cast):
    answer = Client().post("/language/", {"language": "en", "next": "//evil.example/"})
    assert answer.headers["Location"] == "/"


@pytest.fixture
def both(cast) -> User:
    """Somebody who works for both companies, first for 锦绣."""
    person = create_user(username="both", name="两家员工", password=PASSWORD)
    for company in (cast.jinxiu, cast.yunding):
        join(tenant_id=company.tenant.pk, user_id=person.pk, roles=["company_admin"])
    return person


def test_a_person_of_two_companies_switches_between_them(cast, both):
    client = Client()
    client.force_login(both, backend="django.contrib.auth.backends.ModelBackend")
    assert "yunding-" not in client.get("/settings/people/").content.decode()
    there = Membership.objects.get(user=both, tenant=cast.yunding.tenant)
    assert client.post("/company/", {"membership": there.pk}).status_code == HTTPStatus.FOUND
    page = client.get("/settings/people/").content.decode()
    assert "yunding-" in page
    assert "jinxiu-" not in page


def test_nobody_switches_to_a_company_he_does_not_work_for(cast, log_in):
    there = Membership.objects.get(user=cast.yunding.people["cashier"])
    client = log_in(cast.jinxiu, "cashier")
    assert client.post("/company/", {"membership": there.pk}).status_code == HTTPStatus.NOT_FOUND
    for chosen in ("²", "9" * 5000, "x", ""):
        assert client.post("/company/", {"membership": chosen}).status_code == HTTPStatus.NOT_FOUND
    assert "锦绣" in client.get("/").content.decode()


def test_whoever_left_the_company_is_out_at_the_next_click(cast, log_in):
    client = log_in(cast.jinxiu, "cashier")
    Membership.objects.filter(user=cast.jinxiu.people["cashier"]).update(is_active=False)
    assert client.get("/").status_code == HTTPStatus.FOUND


def test_whoever_works_for_nobody_any_more_is_told_so_and_not_sent_in_a_circle(cast, log_in):
    client = log_in(cast.jinxiu, "cashier")
    Membership.objects.filter(user=cast.jinxiu.people["cashier"]).update(is_active=False)
    assert client.get("/login/").status_code == HTTPStatus.OK
    assert _try(client, "jinxiu-cashier", PASSWORD) == HTTPStatus.UNPROCESSABLE_ENTITY


def test_whoever_left_one_of_two_companies_goes_on_in_the_other(cast, both):
    client = Client()
    client.force_login(both, backend="django.contrib.auth.backends.ModelBackend")
    client.get("/")
    Membership.objects.filter(user=both, tenant=cast.jinxiu.tenant).update(is_active=False)
    assert "云顶物业服务有限公司" in client.get("/").content.decode()


def test_the_health_door_asks_the_database_and_nobodys_name(db):
    answer = Client().get("/healthz")
    assert answer.json() == {"status": "ok"}
