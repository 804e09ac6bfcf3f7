"""A column whose text is encrypted at rest and plain in Python. It cannot be searched."""

from __future__ import annotations

from typing import Any, Final

from django.db import models

from tenancy.kernel.crypto import decrypt, encrypt

# What a migration puts before text that was there already: not sealed yet, the next save seals it.
OPEN: Final = b"\x00\x00plain:"


class SecretText(models.BinaryField):  # type: ignore[type-arg]  # generic in its stubs only
    """Text that the database only sees encrypted (AES-GCM); for numbers that are never looked up."""

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        sealed = encrypt(value) if isinstance(value, str) else value
        return super().get_db_prep_value(sealed, connection, prepared)

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> str | None:
        """Called by Django for every row read."""
        if value is None:
            return None
        stored = bytes(value)
        return stored[len(OPEN) :].decode() if stored.startswith(OPEN) else decrypt(stored)

    def to_python(self, value: Any) -> Any:
        return value

    def value_to_string(self, obj: models.Model) -> str:
        return str(self.value_from_object(obj))
