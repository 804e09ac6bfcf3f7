"""Templates: filled or refused, never half filled."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notices.rules.render import TemplateError, check, fields, render

TEMPLATE = "【锦绣物业】{{owner}}，您 {{ unit }} 的物业费 {{amount}} 元请于 {{due_on}} 前缴纳。"
DATA = {"owner": "张*", "unit": "3-1-1602", "amount": "2520.24", "due_on": "2026-01-31"}


def test_a_template_is_filled_with_plain_data():
    assert (
        render(TEMPLATE, DATA) == "【锦绣物业】张*，您 3-1-1602 的物业费 2520.24 元请于 2026-01-31 前缴纳。"
    )


@pytest.mark.parametrize("name", sorted(DATA))
@pytest.mark.parametrize("blank", [None, "", "  "])
def test_an_absent_or_blank_field_is_an_error_that_names_it(name, blank):
    data = {key: value for key, value in DATA.items() if key != name}
    if blank is not None:
        data[name] = blank
    with pytest.raises(TemplateError) as error:
        render(TEMPLATE, data)
    assert error.value.because.as_json() == {"code": "missing_fields", "params": {"fields": name}}


@pytest.mark.parametrize("broken", ["{{amount", "amount}}", "{{a b}}", "{{if x}}", "{{姓名}}", "{{Amount}}"])
def test_what_is_no_placeholder_is_refused_and_there_is_no_logic(broken):
    with pytest.raises(TemplateError) as error:
        render(broken, {"amount": "1"})
    assert error.value.because.code == "broken_placeholder"


def test_a_template_is_checked_against_what_its_data_will_have():
    assert check(TEMPLATE, allowed=set(DATA), required={"amount", "due_on"}) is None
    assert check(TEMPLATE, allowed={"owner"}).params["fields"] == "amount,due_on,unit"
    assert check("谢谢", allowed=set(DATA), required={"amount"}).code == "missing_fields"


@given(st.text(min_size=1).filter(str.strip))
def test_a_value_is_text_and_never_a_template(value):
    assert render("{{name}}", {"name": value}) == value
    assert fields("{{name}}") == {"name"}
