"""The message texts of the open company: what holds now, since when, by whom, and every version before."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from django.utils.translation import gettext as _

from notices.models import Template
from notices.rules import texts
from notices.rules.versions import Pair, compare
from tenancy.kernel.errors import NotFound
from tenancy.kernel.models import Tenant
from tenancy.kernel.scope import current_tenant_id

STANDARD = 0  # as a version: the product's own text, which the company has not touched


class TextVersion(NamedTuple):
    """One version of a text. The standard text, where nobody saved one, has no id and version 0."""

    template_id: int | None
    kind: str
    channel: str
    version: int
    subject: str
    body: str
    is_active: bool
    since: datetime | None
    by: str


class FieldRow(NamedTuple):
    """A field that a text may use, with an example; `is_required`: the text must name it."""

    name: str
    example: str
    is_required: bool

    @property
    def written(self) -> str:
        """As one types it."""
        return f"{{{{{self.name}}}}}"

    @property
    def word(self) -> str:
        """The key of its meaning among the words."""
        return f"in_text.{self.name}"


class TextComparison(NamedTuple):
    """Two versions of one text and where they differ."""

    before: TextVersion
    after: TextVersion
    subject: Pair
    body: Pair


def active_texts() -> list[TextVersion]:
    """What holds now for every kind and channel, in the order of the product."""
    found = {(row.kind, row.channel): row for row in _rows(is_active=True)}
    return [found.get(key) or _standard(*key) for key in texts.DEFAULTS]


def versions_of(kind: str, channel: str) -> list[TextVersion]:
    """Every saved version, the newest first."""
    return _rows(kind=kind, channel=channel)


def text_version(template_id: int) -> TextVersion:
    """One version; NotFound."""
    found = _rows(pk=template_id)
    if not found:
        raise NotFound(_("There is no such text."))
    return found[0]


def active_text(kind: str, channel: str) -> TextVersion:
    """What holds now for a kind and channel; NotFound for what no message uses."""
    if (kind, channel) not in texts.DEFAULTS:
        raise NotFound(_("There is no text for this kind and channel."))
    found = _rows(kind=kind, channel=channel, is_active=True)
    return found[0] if found else _standard(kind, channel)


def compare_texts(before_id: int, after_id: int) -> TextComparison:
    """Two versions of one text; NotFound when one is not there, or they are of different texts."""
    before, after = text_version(before_id), text_version(after_id)
    if (before.kind, before.channel) != (after.kind, after.channel):
        raise NotFound(_("These are versions of different texts."))
    return TextComparison(
        before, after, compare(before.subject, after.subject), compare(before.body, after.body)
    )


def fields_of(kind: str) -> list[FieldRow]:
    """The fields that a text of the kind may use, those it must name first."""
    rule, filled = texts.RULES[kind], example_fields(kind)
    rows = [FieldRow(name, str(filled[name]), name in rule.required) for name in sorted(rule.allowed)]
    return sorted(rows, key=lambda row: not row.is_required)


def example_fields(kind: str) -> dict[str, str | int]:
    """Every field filled with an example, under the company's own signature."""
    return texts.examples(kind, company=Tenant.objects.get(pk=current_tenant_id()).short_name)


def _rows(**where: object) -> list[TextVersion]:
    fields = ("pk", "kind", "channel", "version", "subject", "body", "is_active", "created_at")
    found = list(Template.objects.filter(**where).order_by("-version").values_list(*fields))
    names = _writers([row[0] for row in found])
    return [
        TextVersion._make((*row, names.get(row[0], "")))
        for row in found
        if (row[1], row[2]) in texts.DEFAULTS
    ]


def _writers(ids: Collection[int]) -> dict[int, str]:
    """Who saved each version; nobody for the texts that a company starts with."""
    made = Template.history.filter(history_type="+", id__in=ids).exclude(history_user=None)
    return dict(made.values_list("id", "history_user__name"))


def _standard(kind: str, channel: str) -> TextVersion:
    text = texts.DEFAULTS[kind, channel]
    return TextVersion(None, kind, channel, STANDARD, text.subject, text.body, True, None, "")
