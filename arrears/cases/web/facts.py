"""What the ladder knows of a case and of its owner, as parts of other pages; the registered letter."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from arrears.cases import queries, services
from owners.queries import unit_header
from tenancy.kernel import clock
from tenancy.kernel.pages import StaffView
from tenancy.kernel.permissions import Permission


class Facts(StaffView):
    """The computed facts of a case, for its page."""

    permission = Permission.CASE_SEE

    def get(self, request: HttpRequest, case_id: int) -> HttpResponse:
        case, staff = queries.case_line(case_id, as_of=clock.today()), self.request.staff
        return self.page(
            "cases/_case_facts.html",
            case=case,
            facts=queries.case_facts(case_id, as_of=clock.today()),
            standing=queries.party_standing(case.party_id, as_of=clock.today()),
            may_relax=staff.can(Permission.CASE_RELAX) and case.is_open,
            may_rebase=staff.can(Permission.CASE_REBASE),
            may_see_notices=staff.can(Permission.NOTICE_SEE),
        )


class UnitStanding(StaffView):
    """How the owners of a unit stand, with every rule, for its page."""

    permission = Permission.CASE_SEE

    def get(self, request: HttpRequest, unit_id: int) -> HttpResponse:
        unit_header(unit_id)
        return self.page(
            "cases/_unit_standing.html", owners=queries.unit_standings(unit_id, as_of=clock.today())
        )


class PostNotice(StaffView):
    """The bill notice by registered letter, where no call reaches the owner."""

    permission = Permission.CALL_LOG

    def post(self, request: HttpRequest, case_id: int) -> HttpResponse:
        queries.case_line(case_id, as_of=clock.today())
        services.post_notice(case_id=case_id, as_of=clock.today())
        messages.success(request, _("The letter is ready to print; its delivery is on the list."))
        return redirect("cases:case", case_id)
