"""Secrets of a development machine: made once, kept in var/secrets, readable by their maker only."""

from __future__ import annotations

import base64
import os
import secrets
from collections.abc import Callable
from pathlib import Path

from dev.paths import VAR

SECRETS = VAR / "secrets"


def _encryption_key() -> str:
    return base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()


def _token() -> str:
    return secrets.token_urlsafe(48)


def secret(name: str, make: Callable[[], str] = _token) -> str:
    """The secret of that name; a new one is written with mode 0600 if there is none."""
    SECRETS.mkdir(parents=True, exist_ok=True, mode=0o700)
    path: Path = SECRETS / name
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii").strip()
    value = make()
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(value)
    return value


def django_secrets() -> dict[str, str]:
    """The secrets that settings.py demands; what the environment already gives is left alone."""
    return {
        "DJANGO_SECRET_KEY": os.environ.get("DJANGO_SECRET_KEY") or secret("django_secret_key"),
        "FIELD_ENCRYPTION_KEY": os.environ.get("FIELD_ENCRYPTION_KEY")
        or secret("field_encryption_key", _encryption_key),
    }
