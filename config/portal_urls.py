"""The owners' portal, /api/portal/v1/: every door of every app in one list."""

from django.urls import path

from arrears.cases.api import portal as cases
from arrears.relief.api import portal as relief
from arrears.relief.api import portal_asked, portal_objections
from billing.banking.api import portal as banking
from billing.charges.api import portal as charges
from billing.charges.api import portal_ahead
from billing.payments.api import portal as payments
from notices.api import portal as notices
from owners.api import portal as owners
from tenancy.people.api import portal as people

app_name = "portal"
urlpatterns = [
    path("codes/", notices.Codes.as_view(), name="codes"),
    path("sessions/", people.Sessions.as_view(), name="sessions"),
    path("tickets/", people.Tickets.as_view(), name="tickets"),
    path("me/", owners.Me.as_view(), name="me"),
    path("units/", charges.Units.as_view(), name="units"),
    path("units/<int:unit_id>/", charges.Unit.as_view(), name="unit"),
    path("units/<int:unit_id>/bills/", charges.UnitBills.as_view(), name="unit_bills"),
    path("units/<int:unit_id>/ahead/", portal_ahead.Ahead.as_view(), name="ahead"),
    path("units/<int:unit_id>/relief/", relief.Relief.as_view(), name="relief"),
    path("units/<int:unit_id>/relief/preview/", relief.ReliefPreview.as_view(), name="relief_preview"),
    path("asked/", portal_asked.Asked.as_view(), name="asked"),
    path("applications/", portal_asked.MyApplications.as_view(), name="applications"),
    path("applications/<int:application_id>/", relief.MyApplication.as_view(), name="application"),
    path("applications/<int:application_id>/withdraw/", relief.WithdrawMine.as_view(), name="take_back"),
    path("standing/", cases.Standing.as_view(), name="standing"),
    path("credit/", payments.Credit.as_view(), name="credit"),
    path("bills/<int:bill_id>/", charges.Bill.as_view(), name="bill"),
    path("payments/", payments.Payments.as_view(), name="payments"),
    path("payments/<int:payment_id>/", payments.Payment.as_view(), name="payment"),
    path("payments/<int:payment_id>/receipt.pdf", payments.ReceiptPdf.as_view(), name="receipt"),
    path("payments/<int:payment_id>/invoices/", banking.PaymentInvoices.as_view(), name="payment_invoices"),
    path("invoices/<int:invoice_id>/invoice.pdf", banking.InvoicePdf.as_view(), name="invoice_pdf"),
    path("objections/", portal_objections.Objections.as_view(), name="objections"),
    path("objections/<int:ticket_id>/", portal_objections.Objection.as_view(), name="objection"),
    path(
        "objections/<int:ticket_id>/replies/", portal_objections.Replies.as_view(), name="objection_replies"
    ),
    path("notices/", notices.Notices.as_view(), name="notices"),
    path("notices/<int:notice_id>/notice.pdf", notices.NoticePdf.as_view(), name="notice_pdf"),
]
