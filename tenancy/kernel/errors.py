"""How we say no: typed refusals with a stable code, turned into a page or problem+json in one place."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _


class Refused(Exception):
    """A use case says no. `code` is stable, the message is a translated sentence for the person."""

    code = "refused"
    status = 422

    def __init__(self, message: object = "", *, field: str | None = None, **params: Any) -> None:
        super().__init__(message)
        self.message = message
        self.field = field
        self.params = params

    def __str__(self) -> str:
        return str(self.message) or self.code


class NotFound(Refused):
    """The object is not there, or not yours: the two must look the same."""

    code = "not_found"
    status = 404


class Forbidden(Refused):
    """Your own company's object, but not your part."""

    code = "forbidden"
    status = 403


class Conflict(Refused):
    """Somebody was faster, or the state does not allow it any more."""

    code = "conflict"
    status = 409


BIGGEST_ID = 2**63 - 1


def check_ids(address: Mapping[str, object]) -> None:
    """NotFound for a number in an address that no row can have: the database would call it an error."""
    if any(isinstance(value, int) and value > BIGGEST_ID for value in address.values()):
        raise NotFound(_("Not found."))


def row_id(text: str) -> int | None:
    """The id that was sent in a form; None for anything that no row can have."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 18 else None


class NoTenant(RuntimeError):
    """A bug: company data was asked for outside `acting_for`."""
