"""Banking's part of the API."""

from django.urls import path

from billing.banking.api import channels, debits, invoices, views

app_name = "banking_api"
urlpatterns = [
    path("bank-accounts/", views.BankAccounts.as_view(), name="accounts"),
    path("statement-profiles/", views.Profiles.as_view(), name="profiles"),
    path("bank-statements/", views.Statements.as_view(), name="statements"),
    path("bank-statements/<int:statement_id>/", views.Statement.as_view(), name="statement"),
    path("bank-lines/", views.Lines.as_view(), name="lines"),
    path("bank-lines/sums/", views.Sums.as_view(), name="sums"),
    path("bank-lines/confirm/", views.Confirm.as_view(), name="confirm"),
    path("bank-lines/<int:line_id>/", views.Line.as_view(), name="line"),
    path("bank-lines/<int:line_id>/decision/", views.Decide.as_view(), name="decide"),
    path("bank-lines/<int:line_id>/split/", views.Split.as_view(), name="split"),
    path("channel-days/", channels.ChannelDays.as_view(), name="channels"),
    path("channel-days/<int:channel_file_id>/", channels.ChannelDay.as_view(), name="channel"),
    path("channel-exceptions/", channels.Exceptions.as_view(), name="exceptions"),
    path("channel-exceptions/<int:exception_id>/", channels.OneException.as_view(), name="exception"),
    path("channel-exceptions/<int:exception_id>/answer/", channels.Answer.as_view(), name="answer"),
    path("channel-exceptions/<int:exception_id>/review/", channels.Review.as_view(), name="review"),
    path("mandates/", debits.Mandates.as_view(), name="mandates"),
    path("mandates/<int:mandate_id>/", debits.Mandate.as_view(), name="mandate"),
    path("mandates/<int:mandate_id>/revoke/", debits.RevokeMandate.as_view(), name="mandate_revoke"),
    path("invoices/", invoices.Invoices.as_view(), name="invoices"),
    path("invoices/<int:invoice_id>/", invoices.Invoice.as_view(), name="invoice"),
    path("invoices/<int:invoice_id>/withdraw/", invoices.Withdraw.as_view(), name="invoice_withdraw"),
    path("invoices/<int:invoice_id>/red/", invoices.Red.as_view(), name="invoice_red"),
    path("invoices/<int:invoice_id>/file/", invoices.KeepFile.as_view(), name="invoice_file"),
    path("invoice-batches/", invoices.InvoiceBatches.as_view(), name="invoice_batches"),
    path("invoice-batches/<int:invoice_batch_id>/", invoices.InvoiceBatch.as_view(), name="invoice_batch"),
    path(
        "invoice-batches/<int:invoice_batch_id>/results/",
        invoices.ReadResults.as_view(),
        name="invoice_results",
    ),
    path("invoice-seller/", invoices.Seller.as_view(), name="invoice_seller"),
    path("vat-rates/", invoices.VatRates.as_view(), name="vat_rates"),
    path("debit-profiles/", debits.DebitProfiles.as_view(), name="debit_profiles"),
    path("debit-batches/", debits.Batches.as_view(), name="batches"),
    path("debit-batches/<int:debit_batch_id>/", debits.Batch.as_view(), name="batch"),
    path("debit-batches/<int:debit_batch_id>/items/", debits.Items.as_view(), name="batch_items"),
    path("debit-batches/<int:debit_batch_id>/return/", debits.ReadReturn.as_view(), name="batch_return"),
    path("debit-batches/<int:debit_batch_id>/call-off/", debits.CallOff.as_view(), name="batch_call_off"),
]
