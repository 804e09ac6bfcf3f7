"""Templates: what messages and papers say, in which version; a new version of a message's text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar, NamedTuple
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from notices import services
from notices.documents import render
from notices.queries import texts as queries
from notices.rules import texts as rules
from notices.rules.sms import ALONE, IN_PARTS
from notices.web import text_forms as forms
from tenancy.kernel.errors import NotFound
from tenancy.kernel.pages import StaffView
from tenancy.kernel.permissions import Permission
from tenancy.people.lists import Chip, Column, Kind, ListPage, choose
from tenancy.people.words import WORDS

PAPER = "PAPER"


class Row(NamedTuple):
    """A message's text or a paper's wording in the list."""

    kind: str
    channel: str
    version: str
    since: Any
    by: str
    template_id: int | None


class Templates(ListPage):
    """Every text that leaves the house, with the version that holds."""

    permission = Permission.NOTICE_SEE
    follows_choice = False
    title = gettext_lazy("Templates")
    quick = frozenset({"channel"})
    columns: ClassVar[tuple[Column, ...]] = (
        Column("kind", gettext_lazy("What it says"), Kind.WORD),
        Column("channel", gettext_lazy("Channel"), Kind.WORD),
        Column("version", gettext_lazy("Version"), Kind.TEXT),
        Column("since", gettext_lazy("Holds since"), Kind.MOMENT),
        Column("by", gettext_lazy("Written by"), Kind.NAME),
    )

    def filter_form(self) -> forms.TextFilter:
        return forms.TextFilter(self.request.GET)

    def found(self) -> list[Row]:
        chosen = self.asked.cleaned_data.get("channel")
        return [row for row in (*_messages(), *_papers()) if chosen in (None, "", row.channel)]

    def chips(self) -> list[Chip]:
        offered: list[tuple[str, Any]] = [(code, WORDS[code]) for code in forms.CHANNELS]
        return choose(self.request.GET, "channel", [("", _("All")), *offered])

    def link(self, row: Row) -> str:
        if row.template_id is not None:
            return reverse("notices:template", args=[row.template_id])
        if row.channel == PAPER:
            return f"{reverse('notices:template_paper')}?{urlencode({'kind': row.kind})}"
        asked = urlencode({"kind": row.kind, "channel": row.channel})
        return f"{reverse('notices:template_standard')}?{asked}"


class TextView(StaffView):
    """What the doors of one message's text share: its page."""

    permission = Permission.NOTICE_SEE
    follows_choice = False

    def show(
        self, shown: queries.TextVersion, form: forms.ReviseText | None = None, *, status: int = 200
    ) -> HttpResponse:
        """The text with its fields, what an owner would read, and its versions."""
        versions = queries.versions_of(shown.kind, shown.channel)
        may_edit = shown.is_active and self.request.staff.can(Permission.TEMPLATE_EDIT)
        if may_edit and form is None:
            form = forms.ReviseText.of(shown, newest=versions[0].version if versions else queries.STANDARD)
        text = form.text() if form is not None and form.is_bound else rules.Text(shown.subject, shown.body)
        return self.page(
            "notices/template_show.html",
            status=status,
            shown=shown,
            versions=_beside_the_one_before(versions),
            current=next((row for row in versions if row.is_active), None),
            fields=queries.fields_of(shown.kind),
            form=form if may_edit else None,
            **preview(shown.kind, shown.channel, text),
        )


class TextPage(TextView):
    """One version of a message's text."""

    def get(self, request: HttpRequest, template_id: int) -> HttpResponse:
        return self.show(queries.text_version(template_id))


class StandardText(TextView):
    """A text of the product that the company has not touched."""

    def get(self, request: HttpRequest) -> HttpResponse:
        asked = forms.ChooseText(request.GET)
        if not asked.is_valid():
            return redirect("notices:templates")
        found = queries.active_text(*asked.key())
        return (
            self.show(found) if found.template_id is None else redirect("notices:template", found.template_id)
        )


class Revise(TextView):
    """A new version of a text: it holds from now on."""

    permission = Permission.TEMPLATE_EDIT

    def post(self, request: HttpRequest) -> HttpResponse:
        asked = forms.ChooseText(request.POST)
        if not asked.is_valid():
            raise NotFound(_("There is no text for this kind and channel."))
        kind, channel = asked.key()
        form = forms.ReviseText(request.POST, channel=channel)
        made = self.attempt(form, lambda: self._save(kind, channel, form)) if form.is_valid() else None
        if made is None:
            return self.show(queries.active_text(kind, channel), form, status=422)
        messages.success(request, _("The new text holds from now on. Messages that wait keep theirs."))
        return redirect("notices:template", made)

    def _save(self, kind: str, channel: str, form: forms.ReviseText) -> int:
        text = form.text()
        made = services.revise_template(
            kind=kind,
            channel=channel,
            subject=text.subject,
            body=text.body,
            based_on=form.cleaned_data["based_on"],
        )
        return int(made.pk)


class Preview(StaffView):
    """What an owner would read of the text as it stands in the form, and what is wrong with it."""

    permission = Permission.TEMPLATE_EDIT
    follows_choice = False

    def post(self, request: HttpRequest) -> HttpResponse:
        asked = forms.ChooseText(request.POST)
        if not asked.is_valid():
            raise NotFound(_("There is no text for this kind and channel."))
        kind, channel = asked.key()
        text = forms.ReviseText(request.POST, channel=channel).text()
        return self.page("notices/_template_preview.html", **preview(kind, channel, text))


class Compare(StaffView):
    """Two versions of a text side by side."""

    permission = Permission.NOTICE_SEE
    follows_choice = False

    def get(self, request: HttpRequest) -> HttpResponse:
        asked = forms.ComparedTexts(request.GET)
        if not asked.is_valid():
            return redirect("notices:templates")
        compared = queries.compare_texts(asked.cleaned_data["before"], asked.cleaned_data["after"])
        versions = queries.versions_of(compared.before.kind, compared.before.channel)
        return self.page("notices/template_compare.html", compared=compared, versions=versions)


class Paper(StaffView):
    """The wording of a printed paper. It is the product's own: the law decides what it must say."""

    permission = Permission.NOTICE_SEE
    follows_choice = False

    def get(self, request: HttpRequest) -> HttpResponse:
        asked = forms.ChoosePaper(request.GET)
        if not asked.is_valid():
            return redirect("notices:templates")
        kind = asked.cleaned_data["kind"]
        markup = render.example_html(kind, company=self.request.staff.tenant_name)
        return self.page(
            "notices/template_paper.html", kind=kind, sheet=render.SHEETS[kind], lines=render.lines_of(markup)
        )


class PaperPdf(StaffView):
    """A made-up paper as it is printed."""

    permission = Permission.NOTICE_SEE
    follows_choice = False

    def get(self, request: HttpRequest) -> HttpResponse:
        asked = forms.ChoosePaper(request.GET)
        if not asked.is_valid():
            return redirect("notices:templates")
        made = render.example_pdf(asked.cleaned_data["kind"], company=self.request.staff.tenant_name)
        response = HttpResponse(made, content_type="application/pdf")
        response["Content-Disposition"] = "inline; filename=example.pdf"
        response["X-Content-Type-Options"] = "nosniff"
        return response


def preview(kind: str, channel: str, text: rules.Text) -> dict[str, Any]:
    """What the preview shows: the filled text, its length, and every reason not to save it."""
    filled = queries.example_fields(kind)
    return {
        "tried": rules.try_out(text, channel=channel, fields=filled),
        "problems": rules.problems(kind, channel, text),
        "alone": ALONE,
        "in_parts": IN_PARTS,
    }


def _beside_the_one_before(
    versions: Sequence[queries.TextVersion],
) -> list[tuple[queries.TextVersion, queries.TextVersion | None]]:
    return list(zip(versions, [*versions[1:], None], strict=False))


def _messages() -> list[Row]:
    return [
        Row(row.kind, row.channel, _version(row.version), row.since, row.by, row.template_id)
        for row in queries.active_texts()
    ]


def _version(number: int) -> str:
    return _("standard") if number == queries.STANDARD else f"v{number}"


def _papers() -> list[Row]:
    return [
        Row(kind, PAPER, _("edition %(number)s") % {"number": sheet.edition}, None, _("the product"), None)
        for kind, sheet in render.SHEETS.items()
    ]
