"""The list of legal documents: what is being written, what was finished."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from arrears.legal import queries
from arrears.legal.models import Draft
from tenancy.kernel.permissions import Permission
from tenancy.people.lists import OWNER, ROOM, Chip, Column, Empty, Kind, ListPage, choose
from tenancy.people.words import WORDS


class DraftFilter(forms.Form):
    """How far, and which kind."""

    state = forms.ChoiceField(required=False, widget=forms.HiddenInput)
    kind = forms.ChoiceField(label=gettext_lazy("Document"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [(kind, WORDS[kind]) for kind in Draft.Kind.values]
        for name, choices in (("kind", [("", _("All")), *kinds]), ("state", _STATES)):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
            field.choices = choices


_STATES = [("", ""), *((state, state) for state in Draft.State.values)]


class Drafts(ListPage):
    """Those being written first."""

    permission = Permission.LEGAL_SEE
    title = gettext_lazy("Legal documents")
    quick = frozenset({"state"})
    columns: ClassVar[tuple[Column, ...]] = (
        ROOM,
        OWNER,
        Column("kind", gettext_lazy("Document"), Kind.WORD),
        Column("state_word", gettext_lazy("State"), Kind.BADGE, by="tone"),
        Column("number", gettext_lazy("Number"), Kind.NUMBER),
        Column("opened_on", gettext_lazy("Begun"), Kind.DATE),
        Column("version", gettext_lazy("Version"), Kind.COUNT),
        Column("saved_at", gettext_lazy("Saved"), Kind.MOMENT),
        Column("saved_by", gettext_lazy("By"), Kind.NAME),
    )

    template = "legal/drafts.html"

    def filter_form(self) -> DraftFilter:
        return DraftFilter(self.request.GET)

    def found(self) -> Any:
        asked = self.asked.cleaned_data
        return queries.drafts(state=asked.get("state") or "", kind=asked.get("kind") or "")

    def rows(self, part: list[Any]) -> Sequence[queries.DraftRow]:
        return queries.draft_rows(part)

    def link(self, row: Any) -> str:
        return reverse("legal:draft", args=[row.draft_id])

    def chips(self) -> list[Chip]:
        states = [(state, str(WORDS[f"draft.{state}"])) for state in ("OPEN", "FINISHED", "DROPPED")]
        return choose(self.request.GET, "state", [("", _("All")), *states])

    def empty(self) -> Empty:
        return Empty(
            _(
                "No legal document is being written. The approval of a lawyer letter or of the court "
                "begins one."
            )
        )

    def no_match(self) -> Empty:
        return Empty(_("No such document."))
