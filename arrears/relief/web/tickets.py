"""Open a ticket or a dispute; a ticket's page with all that can be done with it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from arrears.cases.queries import case_line
from arrears.relief import queries, services
from arrears.relief.web import ticket_forms as forms
from arrears.relief.web.ticket_events import told
from billing.charges.queries import open_charges
from owners.queries import unit_header
from tenancy.kernel import clock
from tenancy.kernel.pages import StaffView
from tenancy.kernel.permissions import Permission
from tenancy.people.queries.members import members_at_work


def colleagues(community_id: int) -> list[tuple[int, str]]:
    """Whom a ticket of a community may be given to."""
    return [(row.user_id, row.name) for row in members_at_work(community_id=community_id)]


class OpenTicket(StaffView):
    """A matter of a unit that disputes no charge."""

    permission = Permission.TICKET_OPEN

    def get(self, request: HttpRequest, unit_id: int) -> HttpResponse:
        return self._shown(unit_id, forms.OpenTicket())

    def post(self, request: HttpRequest, unit_id: int) -> HttpResponse:
        unit_header(unit_id)
        form = forms.OpenTicket(request.POST, request.FILES)
        made = None
        if form.is_valid():
            made = self.attempt(
                form, lambda: services.open_ticket(unit_id=unit_id, entry=form.entry(), on=clock.today())
            )
        if made is None:
            return self._shown(unit_id, form, status=422)
        messages.success(request, _("The ticket is open."))
        return redirect("relief:ticket", made)

    def _shown(self, unit_id: int, form: forms.OpenTicket, *, status: int = 200) -> HttpResponse:
        unit = unit_header(unit_id)
        back = reverse("owners:unit", args=[unit_id])
        return self.page("relief/ticket_open.html", status=status, form=form, unit=unit, back=back)


class OpenDispute(StaffView):
    """A matter over charges of a case's account; they wait for its answer, the rest goes on."""

    permission = Permission.TICKET_OPEN

    def get(self, request: HttpRequest, case_id: int) -> HttpResponse:
        return self._shown(case_id, self._form(case_id))

    def post(self, request: HttpRequest, case_id: int) -> HttpResponse:
        case = case_line(case_id, as_of=clock.today())
        form = self._form(case_id, request.POST, request.FILES)
        made = None
        if form.is_valid():
            made = self.attempt(
                form,
                lambda: services.open_dispute_ticket(
                    account_id=case.account_id, parts=form.parts(), entry=form.entry(), on=clock.today()
                ),
            )
        if made is None:
            return self._shown(case_id, form, status=422)
        messages.success(request, _("The dispute is open. What is not disputed goes on."))
        return redirect("relief:ticket", made)

    def _form(self, case_id: int, *given: Any) -> forms.OpenDispute:
        case = case_line(case_id, as_of=clock.today())
        found = open_charges(account_ids=[case.account_id], as_of=clock.today())
        return forms.OpenDispute(*given, charges=[charge for charge in found if charge.unpaid_fen > 0])

    def _shown(self, case_id: int, form: forms.OpenDispute, *, status: int = 200) -> HttpResponse:
        case = case_line(case_id, as_of=clock.today())
        back = reverse("cases:case", args=[case_id])
        return self.page("relief/dispute_open.html", status=status, form=form, case=case, back=back)


class TicketView(StaffView):
    """What the doors of a ticket share: its page, with the form that was refused."""

    permission = Permission.TICKET_SEE

    def show(self, ticket_id: int, *, status: int = 200, **refused: Any) -> HttpResponse:
        """The ticket as it stands."""
        today, staff = clock.today(), self.request.staff
        card = queries.ticket_card(ticket_id, as_of=today)
        given = {"department": card.row.department, "user_id": card.assigned_to_id}
        waits = card.row.state == "OPEN" or (card.row.state == "DECIDING" and card.row.answered_on is None)
        shown = {
            "assign": forms.Assign(initial=given, people=colleagues(card.row.community_id)),
            "note": forms.Note(),
            "answer": forms.Answer(lines=card.lines),
            "reply": forms.Reply(),
            **refused,
        }
        return self.page(
            "relief/ticket_show.html",
            status=status,
            card=card,
            row=card.row,
            events=told(card.events),
            files=[file for event in card.events for file in event.files],
            may_answer=waits and staff.can(Permission.TICKET_ANSWER),
            may_assign=card.row.state == "OPEN" and staff.can(Permission.TICKET_ANSWER),
            may_note=card.row.state != "CLOSED" and staff.can(Permission.TICKET_OPEN),
            may_reply=card.row.state == "ANSWERED" and staff.can(Permission.TICKET_OPEN),
            **shown,
        )


class Ticket(TicketView):
    """One ticket: what it is about, what it disputes, and all that was said."""

    def get(self, request: HttpRequest, ticket_id: int) -> HttpResponse:
        return self.show(ticket_id)


class Assign(TicketView):
    """Give a ticket to a department and a person."""

    permission = Permission.TICKET_ANSWER

    def post(self, request: HttpRequest, ticket_id: int) -> HttpResponse:
        card = queries.ticket_card(ticket_id, as_of=clock.today())
        form = forms.Assign(request.POST, people=colleagues(card.row.community_id))
        done = None
        if form.is_valid():
            done = self.attempt(form, lambda: self._assign(ticket_id, form.cleaned_data))
        if done is None:
            return self.show(ticket_id, status=422, assign=form)
        messages.success(request, _("Saved."))
        return redirect("relief:ticket", ticket_id)

    def _assign(self, ticket_id: int, said: dict[str, Any]) -> int:
        services.assign_ticket(ticket_id=ticket_id, on=clock.today(), **said)
        return ticket_id


class Note(TicketView):
    """What was found or done meanwhile."""

    permission = Permission.TICKET_OPEN

    def post(self, request: HttpRequest, ticket_id: int) -> HttpResponse:
        queries.ticket_card(ticket_id, as_of=clock.today())
        form = forms.Note(request.POST, request.FILES)
        done = None
        if form.is_valid():
            done = self.attempt(form, lambda: self._note(ticket_id, form))
        if done is None:
            return self.show(ticket_id, status=422, note=form)
        messages.success(request, _("Saved."))
        return redirect("relief:ticket", ticket_id)

    def _note(self, ticket_id: int, form: forms.Note) -> int:
        papers = forms.papers_of(form.files)
        text = form.cleaned_data["text"]
        services.note_ticket(ticket_id=ticket_id, text=text, on=clock.today(), papers=papers)
        return ticket_id


class Answer(TicketView):
    """Tell the owner what was found."""

    permission = Permission.TICKET_ANSWER

    def post(self, request: HttpRequest, ticket_id: int) -> HttpResponse:
        card = queries.ticket_card(ticket_id, as_of=clock.today())
        form = forms.Answer(request.POST, request.FILES, lines=card.lines)
        done = None
        if form.is_valid():
            done = self.attempt(form, lambda: self._answer(ticket_id, form))
        if done is None:
            return self.show(ticket_id, status=422, answer=form)
        if queries.ticket_card(ticket_id, as_of=clock.today()).told:
            messages.success(request, _("The answer is on its way to the owner."))
        else:
            messages.warning(request, _("No channel reaches the owner: tell him the answer yourself."))
        return redirect("relief:ticket", ticket_id)

    def _answer(self, ticket_id: int, form: forms.Answer) -> int:
        services.answer_ticket(
            ticket_id=ticket_id,
            finding=form.cleaned_data["finding"],
            text=form.cleaned_data["text"],
            reductions=form.reductions(),
            papers=forms.papers_of(form.files),
            by=self.request.staff,
            on=clock.today(),
            at=clock.now(),
        )
        return ticket_id


class Reply(TicketView):
    """What the owner said to the answer on the telephone or at the counter."""

    permission = Permission.TICKET_OPEN

    def post(self, request: HttpRequest, ticket_id: int) -> HttpResponse:
        queries.ticket_card(ticket_id, as_of=clock.today())
        form = forms.Reply(request.POST)
        done = None
        if form.is_valid():
            done = self.attempt(form, lambda: self._reply(ticket_id, form.cleaned_data))
        if done is None:
            return self.show(ticket_id, status=422, reply=form)
        messages.success(request, _("Saved."))
        return redirect("relief:ticket", ticket_id)

    def _reply(self, ticket_id: int, said: dict[str, Any]) -> int:
        services.reply_to_answer(ticket_id=ticket_id, on=clock.today(), at=clock.now(), **said)
        return ticket_id


class CaseTickets(StaffView):
    """The tickets of a case's account, for its page."""

    permission = Permission.TICKET_SEE

    def get(self, request: HttpRequest, case_id: int) -> HttpResponse:
        case = case_line(case_id, as_of=clock.today())
        rows = queries.tickets_of_account(case.account_id, as_of=clock.today())
        may_open = case.is_open and self.request.staff.can(Permission.TICKET_OPEN)
        return self.page("relief/_tickets.html", rows=rows, case=case, may_dispute=may_open)


class UnitTickets(StaffView):
    """The tickets of a unit, for its page."""

    permission = Permission.TICKET_SEE

    def get(self, request: HttpRequest, unit_id: int) -> HttpResponse:
        unit = unit_header(unit_id)
        rows = queries.tickets_of_unit(unit_id, as_of=clock.today())
        may_open = self.request.staff.can(Permission.TICKET_OPEN)
        return self.page("relief/_tickets.html", rows=rows, unit=unit, may_open=may_open)
