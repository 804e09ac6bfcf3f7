"""Forms of log-in."""

from __future__ import annotations

from django.contrib.auth.forms import AuthenticationForm
from django.utils.translation import gettext_lazy as _


class LogInForm(AuthenticationForm):
    """Log-in name and password."""

    error_messages = {
        "invalid_login": _("Name or password is wrong."),
        "inactive": _("This account is closed."),
    }
