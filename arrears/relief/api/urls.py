"""The API's part of relief."""

from django.urls import path

from arrears.relief.api import tickets, views

app_name = "relief_api"
urlpatterns = [
    path("applications/", views.Applications.as_view(), name="applications"),
    path("applications/<int:application_id>/", views.Application.as_view(), name="application"),
    path("applications/<int:application_id>/withdraw/", views.Withdraw.as_view(), name="withdraw"),
    path("applications/<int:application_id>/signed-form/", views.SignedForm.as_view(), name="signed_form"),
    path("applications/<int:application_id>/agreement/", views.Agreement.as_view(), name="agreement"),
    path("applications/<int:application_id>/signature/", views.Signature.as_view(), name="signature"),
    path("applications/<int:application_id>/release/", views.Release.as_view(), name="release"),
    path("accounts/<int:account_id>/applications/", views.AccountApplications.as_view(), name="of_account"),
    path("accounts/<int:account_id>/applications/preview/", views.Preview.as_view(), name="preview"),
    path("tickets/", tickets.Tickets.as_view(), name="tickets"),
    path("tickets/<int:ticket_id>/", tickets.Ticket.as_view(), name="ticket"),
    path("tickets/<int:ticket_id>/assignment/", tickets.Assignment.as_view(), name="assign_ticket"),
    path("tickets/<int:ticket_id>/notes/", tickets.Notes.as_view(), name="note_ticket"),
    path("tickets/<int:ticket_id>/answer/", tickets.Answer.as_view(), name="answer_ticket"),
    path("tickets/<int:ticket_id>/reply/", tickets.Reply.as_view(), name="reply_ticket"),
    path("units/<int:unit_id>/tickets/", tickets.UnitTickets.as_view(), name="unit_tickets"),
    path("cases/<int:case_id>/disputes/", tickets.CaseDisputes.as_view(), name="case_disputes"),
]
