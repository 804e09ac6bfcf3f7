"""Which building of which community the board shows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from django import forms
from django.utils.translation import gettext_lazy as _

from owners.queries import CommunityRow
from tenancy.kernel.errors import row_id


class BoardChoice(forms.Form):
    """A community, and a part of it by its key; without them the first of each."""

    community = forms.TypedChoiceField(label=_("Community"), coerce=int, required=False, empty_value=None)
    building = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput())

    def offer(self, places: Sequence[CommunityRow]) -> None:
        """The communities the member may see."""
        cast(forms.ChoiceField, self.fields["community"]).choices = [(row.id, row.name) for row in places]

    def asked(self, places: Sequence[CommunityRow]) -> tuple[int, str] | None:
        """Community id and the part's key; None where there is no community at all."""
        said = self.cleaned_data if self.is_bound else {}
        chosen = said.get("community") or (places[0].id if places else None)
        return None if chosen is None else (chosen, said.get("building", ""))

    def clean_building(self) -> str:
        """A key as board() gives them; a number that no row can have is nobody's."""
        key = str(self.cleaned_data["building"])
        if key.isascii() and key.isdigit() and row_id(key) is None:
            raise forms.ValidationError(_("There is no such building."), code="not_found")
        return key
