"""What Django's own catalogue does not say in the reader's language about passwords."""

from __future__ import annotations

from django.contrib.auth import password_validation
from django.utils.translation import gettext as _


class LongEnough(password_validation.MinimumLengthValidator):
    """Django's rule; its new wording is not in its Chinese catalogue yet, so it is said here."""

    def get_error_message(self) -> str:
        """Too short, and how long it must be."""
        return _("This password is too short: at least %(count)d characters.") % {"count": self.min_length}

    def get_help_text(self) -> str:
        """How long it must be."""
        return _("At least %(count)d characters.") % {"count": self.min_length}
