"""The check of the books, at once instead of in the night."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from billing.payments import queries
from tenancy.kernel import clock
from tenancy.kernel.pages import StaffView
from tenancy.kernel.permissions import Permission


class BooksPage(StaffView):
    """Every rule that must hold, and whether it does now."""

    permission = Permission.AUDIT_SEE
    follows_choice = False

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.page("payments/books.html", books=queries.check_books(), at=clock.now())
