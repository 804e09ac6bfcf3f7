"""What the bulk bar of a list offers."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.urls import reverse

from tenancy.kernel.permissions import Permission


class Act(NamedTuple):
    """A button of the bulk bar: its words, where it posts to, who may press it."""

    text: Any
    url_name: str
    permission: Permission
    icon: str = "check"
    key: str = ""

    @property
    def url(self) -> str:
        """Where the ticks go."""
        return reverse(self.url_name)
