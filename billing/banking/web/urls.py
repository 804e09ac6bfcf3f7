"""Bank statements and the queue of transfers."""

from django.urls import path

from billing.banking.web import lists, views

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
    path("settings/bank-accounts/", views.Accounts.as_view(), name="accounts"),
    path("settings/statement-profiles/", views.Profiles.as_view(), name="profiles"),
]
