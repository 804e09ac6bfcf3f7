"""What can be done with the ticked rows of a list, or with all that match its filters."""

from __future__ import annotations

from typing import ClassVar, NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from tenancy.kernel.errors import NotFound, row_id
from tenancy.kernel.pages import StaffView
from tenancy.people.lists.page import open_list


class Picked(NamedTuple):
    """What was ticked: keys, and whether they stand for all that match; `query`: the filters they match."""

    keys: tuple[int, ...]
    is_all: bool
    query: str


class BulkPage(StaffView):
    """A door that takes ticks: `pick` values, or `all` with the list's `query`."""

    list_name: ClassVar[str]

    def get(self, request: HttpRequest) -> HttpResponse:
        return redirect(self.list_name)

    def picked(self) -> Picked:
        """The ticks of this request. NotFound for ticks that no list makes."""
        sent = self.request.POST
        query = sent.get("query", "")
        if sent.get("all"):
            page = open_list(self.request, name=self.list_name, query=query, staff=self.request.staff)
            return Picked(tuple(page.keys()), True, query)
        return Picked(tuple(dict.fromkeys(_key(text) for text in sent.getlist("pick"))), False, query)

    def back(self) -> str:
        """The list as it was when the ticks were made."""
        query = self.request.POST.get("query", "")
        return reverse(self.list_name) + (f"?{query}" if query else "")


def _key(text: str) -> int:
    key = row_id(text)
    if key is None:
        raise NotFound()
    return key
