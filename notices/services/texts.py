"""The company's message texts: the first ones, new versions, and finished messages from them."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from notices.models import Template
from notices.rules import render, texts
from tenancy.kernel.errors import NotFound, Refused


class TextRefused(Refused):
    """A template or a finished text says what may not be said, or cannot be filled."""

    code = "notices.text_refused"


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
            raise _cannot_fill(error) from error
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


def revise_template(*, kind: str, channel: str, subject: str, body: str) -> Template:
    """A new version of a text, active from now on. Refuses what the lint forbids and unknown fields."""
    rule = texts.RULES.get(kind)
    if rule is None:
        raise NotFound(_("There is no text for this kind and channel."))
    problem = render.check(body, allowed=rule.allowed, required=rule.required)
    if problem is None:
        problem = render.check(subject, allowed=rule.allowed)
    if problem is not None:
        raise _cannot_fill(render.TemplateError(problem))
    shown = texts.compose(
        texts.Text(subject, body), dict.fromkeys(rule.allowed, "88"), channel=channel, late_fee_clause=False
    )
    _refuse_findings(shown)
    same = Template.objects.select_for_update().filter(kind=kind, channel=channel)
    version = max((row.version for row in same), default=0) + 1
    same.update(is_active=False)
    made: Template = Template.objects.create(
        kind=kind, channel=channel, version=version, subject=subject, body=body
    )
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


def _cannot_fill(error: render.TemplateError) -> TextRefused:
    return TextRefused(
        _("The text cannot be filled: %(what)s.")
        % {"what": ", ".join(map(str, error.because.params.values()))},
        field="body",
        reason=error.because.code,
        **error.because.params,
    )
