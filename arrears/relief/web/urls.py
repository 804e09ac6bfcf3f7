"""Relief: disputes with their tickets, applications, deferrals, instalment plans, hardship."""

from django.urls import path

from arrears.relief.web import ticket_list, tickets

app_name = "relief"
urlpatterns = [
    path("tickets/", ticket_list.Tickets.as_view(), name="tickets"),
    path("tickets/<int:ticket_id>/", tickets.Ticket.as_view(), name="ticket"),
    path("tickets/<int:ticket_id>/assign/", tickets.Assign.as_view(), name="assign_ticket"),
    path("tickets/<int:ticket_id>/notes/", tickets.Note.as_view(), name="note_ticket"),
    path("tickets/<int:ticket_id>/answer/", tickets.Answer.as_view(), name="answer_ticket"),
    path("tickets/<int:ticket_id>/reply/", tickets.Reply.as_view(), name="reply_ticket"),
    path("cases/<int:case_id>/dispute/", tickets.OpenDispute.as_view(), name="dispute"),
    path("cases/<int:case_id>/tickets/", tickets.CaseTickets.as_view(), name="case_tickets"),
    path("units/<int:unit_id>/tickets/", tickets.UnitTickets.as_view(), name="unit_tickets"),
    path("units/<int:unit_id>/tickets/new/", tickets.OpenTicket.as_view(), name="open_ticket"),
]
