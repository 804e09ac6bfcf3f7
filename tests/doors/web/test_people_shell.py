"""The frame around every page: works without the front end, under a strict content policy, in words."""

from __future__ import annotations

from datetime import date
from http import HTTPStatus
from pathlib import Path

import pytest
from django import forms
from django.conf import settings as configured
from django.core.paginator import Paginator
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.urls import path
from django.utils import translation

from config.urls import urlpatterns as real
from tenancy.kernel.errors import Conflict
from tenancy.kernel.pages import StaffView
from tenancy.kernel.permissions import Permission
from tenancy.people.services import files


class TooLate(Conflict):
    code = "test.too_late"


class Refusing(StaffView):
    permission = Permission.SIGNED_IN

    def get(self, request):
        raise TooLate("Somebody was faster.")


urlpatterns = [*real, path("refusing/", Refusing.as_view())]


def test_pages_work_where_the_front_end_was_not_built(cast, log_in, settings):
    settings.DJANGO_VITE = {"default": {"manifest_path": Path("/nowhere/manifest.json")}}
    page = log_in(cast.jinxiu, "cashier").get("/")
    assert page.status_code == HTTPStatus.OK
    assert "<script" not in page.content.decode()


@pytest.mark.skipif(
    not configured.DJANGO_VITE["default"]["manifest_path"].exists(), reason="needs `make run` first"
)
def test_a_page_loads_the_built_front_end_from_its_own_server(cast, log_in):
    page = log_in(cast.jinxiu, "cashier").get("/").content.decode()
    assert 'src="/static/assets/staff-' in page
    assert 'href="/static/assets/staff-' in page


def test_the_content_policy_allows_only_the_own_server(cast, log_in):
    policy = log_in(cast.jinxiu, "cashier").get("/").headers["Content-Security-Policy"]
    rules = dict(part.strip().split(" ", 1) for part in policy.split(";"))
    assert rules["default-src"] == rules["script-src"] == rules["style-src"] == "'self'"
    assert rules["frame-ancestors"] == rules["object-src"] == "'none'"


@pytest.mark.parametrize(
    ("content", "kind"), [(b"%PDF-1.7\n%%EOF\n", files.PDF), (b"\x89PNG\r\n\x1a\n", files.PNG)]
)
def test_a_viewer_may_style_itself_and_nothing_else_happens_there(cast, log_in, content, kind):
    with cast.jinxiu.open("company_admin"):
        kept = files.store(content, name="收据", purpose="test", accept=(kind,), community_id=None)
    policy = log_in(cast.jinxiu, "company_admin").get(f"/files/{kept.pk}/").headers["Content-Security-Policy"]
    rules = dict(part.strip().split(" ", 1) for part in policy.split(";"))
    assert rules["style-src"] == "'unsafe-inline'"
    assert rules["default-src"] == rules["script-src"] == rules["form-action"] == "'none'"
    assert rules["frame-ancestors"] == "'none'"


def test_a_page_cannot_be_framed_or_sniffed_and_sends_no_address_elsewhere(db):
    headers = Client().get("/login/").headers
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"


def test_every_page_has_a_heading_a_way_past_the_navigation_and_the_help_of_keys(cast, log_in):
    page = log_in(cast.jinxiu, "company_admin").get("/settings/people/").content.decode()
    assert page.count("<h1") == 1
    assert 'href="#content"' in page
    assert 'id="content"' in page
    assert 'id="keyboard-help"' in page


@pytest.mark.urls(__name__)
def test_a_refusal_is_a_page_for_a_person_and_a_line_for_a_fragment(cast, log_in):
    client = log_in(cast.jinxiu, "cashier")
    page = client.get("/refusing/")
    assert page.status_code == HTTPStatus.CONFLICT
    assert "Somebody was faster." in page.content.decode()
    assert "<html" in page.content.decode()
    line = client.get("/refusing/", headers={"HX-Request": "true"})
    assert line.status_code == HTTPStatus.CONFLICT
    assert "<html" not in line.content.decode()
    assert 'data-code="test.too_late"' in line.content.decode()


def test_a_field_ties_its_label_help_and_error_to_its_control():
    class Form(forms.Form):
        paid_on = forms.DateField(label="收款日", help_text="以到账为准")
        methods = forms.MultipleChoiceField(choices=[("CASH", "现金")], widget=forms.CheckboxSelectMultiple)

    form = Form({"paid_on": "x"})
    text = render_to_string("components/field.html", {"field": form["paid_on"]})
    assert '<label for="id_paid_on">收款日</label>' in text
    assert 'aria-describedby="id_paid_on_helptext id_paid_on_error"' in text
    assert 'aria-invalid="true"' in text
    assert 'class="form-control is-invalid"' in text
    assert 'id="id_paid_on_error"' in text
    assert 'type="checkbox"' in render_to_string("components/field.html", {"field": form["methods"]})


def test_the_pager_keeps_the_filters_in_the_address():
    request = RequestFactory().get("/x/", {"state": "FAILED", "page": "2"})
    page = Paginator(range(30), 10).page(2)
    text = render_to_string("components/pager.html", {"page": page}, request=request)
    assert 'href="?state=FAILED&amp;page=3"' in text
    assert 'href="?state=FAILED&amp;page=1"' in text


def test_a_list_of_one_page_has_no_pager():
    request = RequestFactory().get("/x/")
    assert (
        render_to_string(
            "components/pager.html", {"page": Paginator([1], 10).page(1)}, request=request
        ).strip()
        == ""
    )


def test_the_timeline_says_when_what_and_who_and_what_is_said_when_nothing_happened():
    event = {"on": date(2026, 5, 8), "title": "电话", "detail": "承诺", "who": "王芳"}
    # A request of an earlier test may have left its language behind.
    with translation.override("zh-hans"):
        text = render_to_string("components/timeline.html", {"events": [event]})
    assert "2026-05-08 周五" in text
    assert "王芳" in text
    assert '<li class="quiet">' in render_to_string("components/timeline.html", {"events": []})


def test_what_a_person_typed_is_never_markup():
    event = {"on": date(2026, 5, 8), "title": "<b>x</b>", "detail": "<script>", "who": "&"}
    text = render_to_string("components/timeline.html", {"events": [event]})
    assert "<b>" not in text
    assert "<script>" not in text
