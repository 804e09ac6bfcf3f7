"""Bank statements and the queue of transfers."""

from django.urls import path

from billing.banking.web import channel_lists, channels, debit_lists, debits, lists, views

app_name = "banking"
urlpatterns = [
    path("bank/transfers/", lists.Lines.as_view(), name="lines"),
    path("bank/transfers/confirm/", views.Confirm.as_view(), name="confirm"),
    path("bank/transfers/match/", views.MatchAgain.as_view(), name="match"),
    path("bank/transfers/<int:line_id>/", views.Line.as_view(), name="line"),
    path("bank/transfers/<int:line_id>/decide/", views.DecideLine.as_view(), name="decide"),
    path("bank/queue/", views.Queue.as_view(), name="queue"),
    path("bank/statements/", lists.Statements.as_view(), name="statements"),
    path("bank/statements/import/", views.Import.as_view(), name="import"),
    path("bank/channels/", channel_lists.ChannelDays.as_view(), name="channels"),
    path("bank/channels/import/", channels.ImportDay.as_view(), name="channel_import"),
    path("bank/channels/<int:channel_file_id>/", channels.ChannelDay.as_view(), name="channel"),
    path("bank/exceptions/", channel_lists.Exceptions.as_view(), name="exceptions"),
    path("bank/exceptions/<int:exception_id>/", channels.ExceptionPage.as_view(), name="exception"),
    path("bank/exceptions/<int:exception_id>/answer/", channels.Answer.as_view(), name="answer"),
    path("bank/exceptions/<int:exception_id>/review/", channels.Review.as_view(), name="review"),
    path("bank/mandates/", debit_lists.Mandates.as_view(), name="mandates"),
    path("bank/mandates/add/", debits.AddMandate.as_view(), name="mandate_add"),
    path("bank/mandates/<int:mandate_id>/", debits.Mandate.as_view(), name="mandate"),
    path("bank/mandates/<int:mandate_id>/revoke/", debits.RevokeMandate.as_view(), name="mandate_revoke"),
    path("bank/debits/", debit_lists.Batches.as_view(), name="batches"),
    path("bank/debits/make/", debits.MakeBatch.as_view(), name="batch_make"),
    path("bank/debits/<int:debit_batch_id>/", debits.Batch.as_view(), name="batch"),
    path("bank/debits/<int:debit_batch_id>/return/", debits.ReadReturn.as_view(), name="batch_return"),
    path("bank/debits/<int:debit_batch_id>/call-off/", debits.CallOff.as_view(), name="batch_call_off"),
    path("settings/bank-accounts/", views.Accounts.as_view(), name="accounts"),
    path("settings/debit-profiles/", debits.DebitProfiles.as_view(), name="debit_profiles"),
    path("settings/statement-profiles/", views.Profiles.as_view(), name="profiles"),
]
