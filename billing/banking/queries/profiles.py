"""Ways to read a statement: the built-in ones and the company's own."""

from __future__ import annotations

from django.utils.translation import gettext as _

from billing.banking.models import StatementProfile
from billing.banking.rules.profiles import BUILT_IN, Profile
from tenancy.kernel.errors import NotFound


def profiles() -> list[Profile]:
    """All of them, the built-in ones first."""
    return [*BUILT_IN.values(), *map(_profile, StatementProfile.objects.order_by("code"))]


def profile_by_code(code: str) -> Profile:
    """One of them; NotFound where there is none."""
    if code in BUILT_IN:
        return BUILT_IN[code]
    found = StatementProfile.objects.filter(code=code).first()
    if found is None:
        raise NotFound(_("There is no such statement profile."), field="profile")
    return _profile(found)


def _profile(row: StatementProfile) -> Profile:
    columns = {field: tuple(names) for field, names in row.columns.items()}
    return Profile(row.code, row.name, row.file_format, columns, row.encoding, row.delimiter, row.date_format)
