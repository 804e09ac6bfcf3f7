"""A line for the pages of billing: this community cannot take money yet."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from billing.payments import queries
from owners.queries import community_card
from tenancy.kernel.pages import StaffView
from tenancy.kernel.permissions import Permission


class DeskMissing(StaffView):
    """Nothing where the community has a cash point; else where one is opened."""

    permission = Permission.BILL_RUN

    def get(self, request: HttpRequest, community_id: int) -> HttpResponse:
        community = community_card(community_id)
        desks = queries.cash_points(community_id=community_id)
        may_open = self.request.staff.can(Permission.TARIFF_EDIT)
        return self.page("payments/_desk_missing.html", community=community, desks=desks, may_open=may_open)
