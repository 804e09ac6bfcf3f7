"""Local rules on the screen and by the API."""

from __future__ import annotations

from django.urls import reverse

FORM = {
    "kind": "VACANCY_RATIO",
    "community": "",
    "value": "70%",
    "from_on": "2026-01-01",
    "basis": "山东省物业管理条例",
}


def test_a_rule_is_noted_listed_and_its_fault_said(cast, log_in):
    client = log_in(cast.jinxiu, "finance")
    assert client.post(reverse("charges:new_local_rule"), FORM | {"value": "7"}).status_code == 422
    assert client.post(reverse("charges:new_local_rule"), FORM).status_code == 302
    shown = client.get(reverse("charges:local_rules")).content.decode()
    assert "山东省物业管理条例" in shown
    assert log_in(cast.jinxiu, "cashier").post(reverse("charges:new_local_rule"), FORM).status_code == 403


def test_the_api_says_the_same(cast, log_in):
    client = log_in(cast.jinxiu, "finance")
    body = {"kind": "PREPAY_MONTHS", "value": "12", "from_on": "2026-01-01", "basis": "条例"}
    made = client.post("/api/v1/local-rules/", body, content_type="application/json")
    assert made.status_code == 201, made.content
    assert client.get("/api/v1/local-rules/").json()["results"] == [made.json()]
    wrong = client.post("/api/v1/local-rules/", body | {"value": "99"}, content_type="application/json")
    assert wrong.json()["code"] == "charges.local_rule_not_valid"
