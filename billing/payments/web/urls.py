"""Counter, payments, receipts."""

from django.urls import path

from billing.payments.web import books, ledger, missing, payment_list, refunds, tills, transfers, views

app_name = "payments"
urlpatterns = [
    path("counter/", views.Counter.as_view(), name="counter"),
    path("counter/preview/", views.Preview.as_view(), name="preview"),
    path("counter/confirm/", views.Confirm.as_view(), name="confirm"),
    path("counter/take/", views.Take.as_view(), name="take"),
    path("accounts/<int:account_id>/credit/", views.UseCredit.as_view(), name="use_credit"),
    path("payments/", payment_list.Payments.as_view(), name="payments"),
    path("payments/<int:payment_id>/", views.Payment.as_view(), name="payment"),
    path("payments/<int:payment_id>/reversal/", refunds.AskReversal.as_view(), name="ask_reversal"),
    path("refunds/", refunds.Refunds.as_view(), name="refunds"),
    path("refunds/<int:refund_id>/", refunds.Refund.as_view(), name="refund"),
    path("refunds/<int:refund_id>/pay/", refunds.PayRefund.as_view(), name="pay_refund"),
    path("refunds/<int:refund_id>/withdraw/", refunds.WithdrawRefund.as_view(), name="withdraw_refund"),
    path("accounts/<int:account_id>/refund/", refunds.AskRefund.as_view(), name="ask_refund"),
    path("accounts/<int:account_id>/ledger/", ledger.Ledger.as_view(), name="ledger"),
    path("accounts/<int:account_id>/ledger.xlsx", ledger.LedgerSheet.as_view(), name="ledger_sheet"),
    path("accounts/<int:account_id>/clearance/", ledger.Certify.as_view(), name="certify"),
    path("clearances/<int:clearance_id>/clearance.pdf", ledger.Clearance.as_view(), name="clearance"),
    path("books/", books.BooksPage.as_view(), name="books"),
    path("receipts/<int:receipt_id>/receipt.pdf", views.Receipt.as_view(), name="receipt"),
    path("receipts/<int:receipt_id>/void/", views.VoidReceipt.as_view(), name="void_receipt"),
    path("communities/<int:community_id>/cash-point/", missing.DeskMissing.as_view(), name="desk_missing"),
    path("settings/cash-points/", views.CashPoints.as_view(), name="cash_points"),
    path("cash/", tills.Tills.as_view(), name="tills"),
    path("cash/open/", tills.OpenTill.as_view(), name="till_open"),
    path("cash/<int:session_id>/", tills.Till.as_view(), name="till"),
    path("cash/<int:session_id>/count/", tills.CountTill.as_view(), name="till_count"),
    path("cash/<int:session_id>/close/", tills.CloseTill.as_view(), name="till_close"),
    path("cash/<int:session_id>/hand-over/", tills.HandOver.as_view(), name="till_hand_over"),
    path("cash/<int:session_id>/deposit/", tills.Deposit.as_view(), name="till_deposit"),
    path("cash/hand-overs/<int:handover_id>/answer/", tills.AnswerHandover.as_view(), name="handover_answer"),
    path("cash/hand-overs/<int:handover_id>/deposit/", tills.DepositHeld.as_view(), name="handover_deposit"),
    path("communities/<int:community_id>/till/", tills.CounterTill.as_view(), name="counter_till"),
    path("transfers/", transfers.Transfers.as_view(), name="transfers"),
    path("transfers/<int:transfer_id>/", transfers.Transfer.as_view(), name="transfer"),
    path("transfers/<int:transfer_id>/sheet.pdf", transfers.TransferSheet.as_view(), name="transfer_sheet"),
    path("units/<int:unit_id>/transfer/", transfers.UnitTransfer.as_view(), name="unit_transfer"),
    path("units/<int:unit_id>/transfer/settle/", transfers.SettleTransfer.as_view(), name="settle_transfer"),
    path("contracts/<int:contract_id>/end/", transfers.EndContract.as_view(), name="end_contract"),
    path(
        "subscriptions/<int:subscription_id>/end-early/",
        transfers.EndAgreement.as_view(),
        name="end_agreement",
    ),
    path("units/<int:unit_id>/payments/", views.UnitPayments.as_view(), name="unit_payments"),
]
