"""The company's message texts: the first ones, new versions, and finished messages from them."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from notices.models import Template
from notices.rules import render, texts
from tenancy.kernel.errors import Conflict, NotFound, Refused
from tenancy.people.services import audit
from tenancy.people.words import sentence
from values.because import Because


class TextRefused(Refused):
    """A template or a finished text says what may not be said, or cannot be filled."""

    code = "notices.text_refused"


class TextTaken(Conflict):
    """Somebody saved another version since this one was opened."""

    code = "notices.text_taken"


@dataclass(frozen=True, slots=True)
class Texts:
    """The active templates of the open company, read once for a whole round of messages."""

    active: dict[tuple[str, str], texts.Text]

    def compose(
        self, kind: str, channel: str, fields: dict[str, str | int], *, late_fee_clause: bool
    ) -> texts.Message:
        """The finished message. TextRefused when a field is missing or the lint finds something.

        `fields`: for PRE_DUE and REMINDER what notices.rules.texts.due_fields makes.
        """
        text = self.active.get((kind, channel))
        if text is None:
            raise NotFound(_("There is no text for this kind and channel."))
        try:
            message = texts.compose(text, fields, channel=channel, late_fee_clause=late_fee_clause)
        except render.TemplateError as error:
            raise _refusal("body", error.because) from error
        _refuse_findings(message)
        return message


def ensure_templates() -> int:
    """Give the open company the standard texts it does not have yet; returns how many were added."""
    before = Template.objects.count()
    Template.objects.bulk_create(
        [
            Template(kind=kind, channel=channel, subject=text.subject, body=text.body)
            for (kind, channel), text in texts.DEFAULTS.items()
        ],
        ignore_conflicts=True,
    )
    return int(Template.objects.count() - before)


def load_texts() -> Texts:
    """The active texts; what the company never touched is the standard text."""
    own = Template.objects.filter(is_active=True).values_list("kind", "channel", "subject", "body")
    mine = {(kind, channel): texts.Text(subject, body) for kind, channel, subject, body in own}
    return Texts({**texts.DEFAULTS, **mine})


def revise_template(
    *, kind: str, channel: str, subject: str, body: str, based_on: int | None = None
) -> Template:
    """A new version of a text, active from now on; the texts of messages already queued stay as they are.

    `based_on`: the version its writer saw, 0 for the standard text; None does not ask. TextRefused (field
    `subject` or `body`) for what rules.texts.problems finds, and when nothing changed; TextTaken when another
    version came between.
    """
    if (kind, channel) not in texts.DEFAULTS:
        raise NotFound(_("There is no text for this kind and channel."))
    text = texts.Text(subject, body)
    for problem in texts.problems(kind, channel, text):
        raise _refusal(problem.field, problem.because)
    same = Template.objects.select_for_update().filter(kind=kind, channel=channel)
    rows = list(same.order_by("version"))
    _refuse_stale(rows, based_on)
    standing = next((texts.Text(row.subject, row.body) for row in rows if row.is_active), None)
    if text == (standing or texts.DEFAULTS[kind, channel]):
        raise TextRefused(_("This is the text that holds already; nothing was changed."), field="body")
    made = _write(kind, channel, rows[-1].version + 1 if rows else 1, text)
    audit.record("template.revised", kind="template", pk=made.pk, version=made.version)
    return made


def _refuse_stale(rows: list[Template], based_on: int | None) -> None:
    newest = rows[-1].version if rows else 0
    if based_on is not None and based_on != newest:
        raise TextTaken(
            _("Somebody saved version %(version)d meanwhile. Compare it with yours, then save again.")
            % {"version": newest},
            version=newest,
        )


def _write(kind: str, channel: str, version: int, text: texts.Text) -> Template:
    Template.objects.filter(kind=kind, channel=channel, is_active=True).update(is_active=False)
    try:
        with transaction.atomic():
            made: Template = Template.objects.create(
                kind=kind, channel=channel, version=version, subject=text.subject, body=text.body
            )
    except IntegrityError as error:  # the first version, by two at the same moment: there was no row to lock
        raise TextTaken(_("Somebody saved this text a moment ago. Reload the page.")) from error
    return made


def _refuse_findings(message: texts.Message) -> None:
    if message.findings:
        finding = message.findings[0]
        raise TextRefused(
            _("The text must not go out: “%(phrase)s”.") % {"phrase": finding.phrase or finding.code},
            field="body",
            finding=finding.code.value,
            phrase=finding.phrase,
        )


def _refusal(field: str, why: Because) -> TextRefused:
    params = dict(why.params)
    return TextRefused(sentence(why), field=field, reason=why.code, **params)
