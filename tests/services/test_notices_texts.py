"""Message texts: what a company starts with passes the lint, and nobody can save what must not be said."""

from __future__ import annotations

from datetime import date

import pytest

from notices.models import Template
from notices.rules import texts
from notices.services import ensure_templates, load_texts, revise_template
from notices.services.texts import TextRefused
from tenancy.kernel.errors import NotFound

FIELDS = texts.due_fields(
    company="锦绣物业", community="锦绣花园", unit="3-1-1602", amount_fen=21065, late_fee_fen=63, due_on=date(2026, 1, 31),
    as_of=date(2026, 2, 10), phone="0571-88000000", days_late=10,
)  # fmt: skip


def test_a_company_gets_the_standard_texts_once(jinxiu):
    assert ensure_templates() == len(texts.DEFAULTS)
    assert ensure_templates() == 0
    assert set(Template.objects.values_list("kind", "channel")) == set(texts.DEFAULTS)


@pytest.mark.parametrize(("kind", "channel"), sorted(texts.DEFAULTS))
def test_every_standard_text_passes_the_lint_and_names_what_it_must(kind, channel):
    text = texts.DEFAULTS[kind, channel]
    fields = FIELDS | {"code": "123456", "minutes": 5} | texts.examples(kind, company="锦绣物业")
    message = texts.compose(text, fields, channel=channel, late_fee_clause=True)
    assert message.findings == ()
    assert "{{" not in message.subject + message.body
    assert [name for name in texts.RULES[kind].required if "{{" + name + "}}" not in text.body] == []


def test_a_reminder_says_what_is_owed_where_and_until_when(jinxiu):
    message = load_texts().compose("REMINDER", "SMS", FIELDS, late_fee_clause=True)
    assert message.body.startswith("【锦绣物业】")
    for part in ("锦绣花园3-1-1602", "逾期10天", "2026-02-10", "210.65（含违约金0.63）元", "0571-88000000"):
        assert part in message.body


def test_a_late_fee_without_a_clause_never_leaves(jinxiu):
    with pytest.raises(TextRefused) as refusal:
        load_texts().compose("REMINDER", "SMS", FIELDS, late_fee_clause=False)
    assert refusal.value.params["finding"] == "late_fee_without_clause"


def test_a_missing_field_is_refused(jinxiu):
    with pytest.raises(TextRefused) as refusal:
        load_texts().compose("REMINDER", "SMS", FIELDS | {"amount": ""}, late_fee_clause=True)
    assert refusal.value.params["fields"] == "amount"


def test_a_new_version_replaces_the_old_one_and_both_are_kept(jinxiu):
    ensure_templates()
    body = "【{{company}}】{{unit}}截至{{as_of}}应缴{{amount}}元，电话{{phone}}。"
    revise_template(kind="REMINDER", channel="SMS", subject="", body=body)
    rows = Template.objects.filter(kind="REMINDER", channel="SMS").order_by("version")
    assert [(row.version, row.is_active) for row in rows] == [(1, False), (2, True)]
    assert (
        load_texts()
        .compose("REMINDER", "SMS", FIELDS, late_fee_clause=True)
        .body.startswith("【锦绣物业】3-1-1602截至")
    )


@pytest.mark.parametrize(
    "body",
    [
        "【{{company}}】{{unit}}{{amount}}{{as_of}}{{phone}} 逾期停水",
        "{{company}}：{{unit}}截至{{as_of}}应缴{{amount}}元，电话{{phone}}",
        "【{{company}}】{{unit}} {{amount}} {{as_of}}",
        "【{{company}}】{{unit}} {{amount}} {{as_of}} {{phone}} {{id_number}}",
        "【{{company}}】{{unit}} {{amount}} {{as_of}} {{phone}} {{oops",
    ],
)
def test_a_text_that_must_not_go_out_can_not_be_saved(jinxiu, body):
    with pytest.raises(TextRefused):
        revise_template(kind="REMINDER", channel="SMS", subject="", body=body)
    assert not Template.objects.exists()


def test_an_unknown_kind_of_text_does_not_exist(jinxiu):
    with pytest.raises(NotFound):
        load_texts().compose("DEMAND", "SMS", FIELDS, late_fee_clause=True)
