"""Every URL of the house with its view, and the objects of a company that URLs can point to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tenancy.kernel.permissions import Permission

METHODS = ("get", "post", "put", "patch", "delete")


class Door(NamedTuple):
    """One URL: its name, the view behind it, the names of its parameters, the route as text."""

    name: str
    view: Any
    parameters: tuple[str, ...]
    route: str

    @property
    def is_api(self) -> bool:
        return self.route.startswith("api/")

    @property
    def permission(self) -> Permission:
        return self.view.permission

    def permission_for(self, method: str) -> Permission:
        """What a method asks for: changes may ask for more than the name plate."""
        writes = getattr(self.view, "write_permission", None)
        return writes if writes is not None and method != "get" else self.view.permission

    @property
    def methods(self) -> tuple[str, ...]:
        return tuple(method for method in METHODS if hasattr(self.view, method))

    def url(self, ids: dict[str, Any]) -> str:
        return reverse(self.name, kwargs={name: ids[name] for name in self.parameters})


def doors() -> list[Door]:
    """All of them, in the order of config/urls.py."""
    return list(_walk(get_resolver().url_patterns, "", "", ()))


def _walk(patterns: list[Any], space: str, route: str, parameters: tuple[str, ...]) -> Iterator[Door]:
    for entry in patterns:
        here, names = route + str(entry.pattern), (*parameters, *entry.pattern.converters)
        if isinstance(entry, URLResolver):
            yield from _walk(entry.url_patterns, _inside(space, entry.namespace), here, names)
        elif isinstance(entry, URLPattern):
            view = getattr(entry.callback, "view_class", None) or getattr(entry.callback, "cls", None)
            yield Door(_inside(space, entry.name), view, names, here)


def _inside(space: str, name: str | None) -> str:
    return ":".join(part for part in (space, name) if part)
