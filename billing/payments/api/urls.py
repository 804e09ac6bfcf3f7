"""The payments' part of the API."""

from django.urls import path

from billing.payments.api import books, ledger, payers, refunds, tills, transfers, views

app_name = "payments_api"
urlpatterns = [
    path("payments/", views.Payments.as_view(), name="payments"),
    path("payments/day-totals/", views.DayTotals.as_view(), name="day_totals"),
    path("payments/<int:payment_id>/", views.Payment.as_view(), name="payment"),
    path("payments/<int:payment_id>/reversal/", refunds.Reversal.as_view(), name="reversal"),
    path("accounts/<int:account_id>/ledger/", ledger.AccountLedger.as_view(), name="ledger"),
    path("accounts/<int:account_id>/clearances/", ledger.Clearances.as_view(), name="clearances"),
    path("clearances/<int:clearance_id>/pdf/", ledger.ClearancePdf.as_view(), name="clearance"),
    path("books/", books.BooksView.as_view(), name="books"),
    path("refunds/", refunds.Refunds.as_view(), name="refunds"),
    path("refunds/<int:refund_id>/", refunds.OneRefund.as_view(), name="refund"),
    path("refunds/<int:refund_id>/pay/", refunds.Pay.as_view(), name="pay_refund"),
    path("refunds/<int:refund_id>/withdraw/", refunds.Withdraw.as_view(), name="withdraw_refund"),
    path("accounts/<int:account_id>/refunds/", refunds.AccountRefunds.as_view(), name="account_refunds"),
    path("accounts/<int:account_id>/allocation/", views.Preview.as_view(), name="preview"),
    path("accounts/<int:account_id>/credit/", views.Credit.as_view(), name="credit"),
    path("cash-points/", views.CashPoints.as_view(), name="cash_points"),
    path("cash-sessions/", tills.Tills.as_view(), name="tills"),
    path("cash-sessions/<int:session_id>/", tills.OneTill.as_view(), name="till"),
    path("cash-sessions/<int:session_id>/count/", tills.Count.as_view(), name="till_count"),
    path("cash-sessions/<int:session_id>/close/", tills.Close.as_view(), name="till_close"),
    path("cash-sessions/<int:session_id>/hand-over/", tills.HandOver.as_view(), name="till_hand_over"),
    path("cash-sessions/<int:session_id>/deposit/", tills.Deposit.as_view(), name="till_deposit"),
    path("cash-handovers/<int:handover_id>/answer/", tills.Answer.as_view(), name="handover_answer"),
    path("cash-handovers/<int:handover_id>/deposit/", tills.DepositHeld.as_view(), name="handover_deposit"),
    path("transfers/", transfers.Transfers.as_view(), name="transfers"),
    path("transfers/<int:transfer_id>/", transfers.OneTransfer.as_view(), name="transfer"),
    path("transfers/<int:transfer_id>/pdf/", transfers.TransferPdf.as_view(), name="transfer_pdf"),
    path("units/<int:unit_id>/transfers/", transfers.UnitTransfers.as_view(), name="unit_transfers"),
    path("units/<int:unit_id>/payers/", payers.UnitPayers.as_view(), name="unit_payers"),
    path("units/<int:unit_id>/payers/<int:agreement_id>/end/", payers.EndPayer.as_view(), name="end_payer"),
    path("contracts/<int:contract_id>/end/", transfers.EndContract.as_view(), name="end_contract"),
    path(
        "subscriptions/<int:subscription_id>/end-early/",
        transfers.EndAgreement.as_view(),
        name="end_agreement",
    ),
    path("receipts/<int:receipt_id>/pdf/", views.Receipt.as_view(), name="receipt"),
    path("receipts/<int:receipt_id>/void/", views.VoidReceipt.as_view(), name="void_receipt"),
]
