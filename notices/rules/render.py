"""A template with {{name}} placeholders and plain data become a text. There is no logic in a template."""

import re
from collections.abc import Mapping, Set
from typing import Final

from values.because import Because, because

_PLACEHOLDER: Final = re.compile(r"\{\{\s*([a-z][a-z0-9_]*)\s*\}\}")


class TemplateError(ValueError):
    """A template cannot be filled; `because` says why.

    Codes: `missing_fields` (absent or blank; joined by a comma), `broken_placeholder`, `unknown_fields`.
    """

    def __init__(self, reason: Because) -> None:
        super().__init__(f"{reason.code}: {dict(reason.params)}")
        self.because = reason


def fields(template: str) -> frozenset[str]:
    """The names a template asks for.

    >>> sorted(fields("{{owner_name}}，应缴 {{ amount }} 元"))
    ['amount', 'owner_name']
    """
    return frozenset(_PLACEHOLDER.findall(template))


def render(template: str, data: Mapping[str, str | int]) -> str:
    """The filled text. TemplateError when a field is absent or blank: no notice goes without an amount.

    Values are inserted as they are; braces inside a value are text, never a placeholder.

    >>> render("{{unit}} 应缴 {{amount}} 元", {"unit": "3-1-1602", "amount": "2520.24", "phone": "unused"})
    '3-1-1602 应缴 2520.24 元'
    """
    problem = check(template, allowed=None)
    if problem is not None:
        raise TemplateError(problem)
    missing = sorted(name for name in fields(template) if not str(data.get(name, "")).strip())
    if missing:
        raise TemplateError(because("missing_fields", fields=",".join(missing)))
    return _PLACEHOLDER.sub(lambda found: str(data[found[1]]), template)


def check(template: str, *, allowed: Set[str] | None, required: Set[str] = frozenset()) -> Because | None:
    """What is wrong with a template before anybody uses it; None when it is sound.

    `allowed` are the names its data will have (None: any); `required` must appear, as amount, pay-by date and
    payment methods in a payment notice (R000-A1).

    >>> check("应缴 {{amount}} 元", allowed={"amount", "due_on"}, required={"amount", "due_on"})
    Because(code='missing_fields', params={'fields': 'due_on'})
    """
    rest = _PLACEHOLDER.sub("", template)
    if "{{" in rest or "}}" in rest:
        at = rest.find("{{") if "{{" in rest else rest.find("}}")
        return because("broken_placeholder", near=rest[at : at + 20])
    names = fields(template)
    if allowed is not None and names - allowed:
        return because("unknown_fields", fields=",".join(sorted(names - allowed)))
    absent = required - names
    return because("missing_fields", fields=",".join(sorted(absent))) if absent else None
