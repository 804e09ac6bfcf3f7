"""A member keeps the filters of a list under a name, and lets go of them."""

from __future__ import annotations

from django.utils.translation import gettext as _

from tenancy.kernel.errors import NotFound, Refused
from tenancy.people.models import SavedFilter

MOST = 20


class TooManySaved(Refused):
    """Chips that nobody can read any more."""

    code = "people.too_many_saved_filters"


class TooLong(Refused):
    """A query that nobody typed into filters."""

    code = "people.saved_filter_too_long"


class NothingToSave(Refused):
    """No filter is set."""

    code = "people.nothing_to_save"


def save_filter(*, user_id: int, view: str, name: str, query: str) -> int:
    """Keep the query of a list under a name; the same name is written over. Refuses the 21st, and nothing."""
    if not query:
        raise NothingToSave(_("Set a filter first."), field="name")
    if len(query) > (SavedFilter.query.field.max_length or 0):
        raise TooLong(_("These filters are too long to be saved."), field="name")
    mine = SavedFilter.objects.filter(user_id=user_id, view=view)
    if mine.exclude(name=name).count() >= MOST:
        raise TooManySaved(
            _("There are %(most)d saved filters here already. Remove one first.") % {"most": MOST},
            field="name",
        )
    row, _made = mine.update_or_create(
        name=name,
        defaults={"query": query},
        create_defaults={"user_id": user_id, "view": view, "query": query},
    )
    return int(row.pk)


def forget_filter(*, saved_id: int, user_id: int) -> None:
    """Let go of a saved filter; NotFound where it is not the member's own."""
    gone, _by_model = SavedFilter.objects.filter(pk=saved_id, user_id=user_id).delete()
    if not gone:
        raise NotFound(_("There is no such saved filter."))
