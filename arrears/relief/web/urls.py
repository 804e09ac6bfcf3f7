"""Relief: disputes with their tickets, applications, deferrals, instalment plans, hardship."""

from django.urls import path

from arrears.relief.web import applications, lists, ticket_list, tickets

app_name = "relief"
urlpatterns = [
    path("applications/", lists.Applications.as_view(), name="applications"),
    path("applications/<int:application_id>/", applications.Application.as_view(), name="application"),
    path("applications/<int:application_id>/debt/", applications.Debt.as_view(), name="debt"),
    path(
        "applications/<int:application_id>/signed-form/",
        applications.SignedForm.as_view(),
        name="signed_form",
    ),
    path("applications/<int:application_id>/form/", applications.FormPdf.as_view(), name="form_pdf"),
    path("applications/<int:application_id>/withdraw/", applications.Withdraw.as_view(), name="withdraw"),
    path("applications/<int:application_id>/agreement/", applications.DrawUp.as_view(), name="draw_up"),
    path("applications/<int:application_id>/sign/", applications.Sign.as_view(), name="sign"),
    path("applications/<int:application_id>/release/", applications.Release.as_view(), name="release"),
    path("accounts/<int:account_id>/applications/", applications.OfAccount.as_view(), name="of_account"),
    path("accounts/<int:account_id>/applications/waiting/", applications.Waiting.as_view(), name="waiting"),
    path("accounts/<int:account_id>/applications/ask/", applications.Ask.as_view(), name="ask"),
    path("accounts/<int:account_id>/applications/preview/", applications.Preview.as_view(), name="preview"),
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
