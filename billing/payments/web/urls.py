"""Counter, payments, receipts."""

from django.urls import path

from billing.payments.web import missing, payment_list, views

app_name = "payments"
urlpatterns = [
    path("counter/", views.Counter.as_view(), name="counter"),
    path("counter/preview/", views.Preview.as_view(), name="preview"),
    path("counter/confirm/", views.Confirm.as_view(), name="confirm"),
    path("counter/take/", views.Take.as_view(), name="take"),
    path("accounts/<int:account_id>/credit/", views.UseCredit.as_view(), name="use_credit"),
    path("payments/", payment_list.Payments.as_view(), name="payments"),
    path("payments/<int:payment_id>/", views.Payment.as_view(), name="payment"),
    path("receipts/<int:receipt_id>/receipt.pdf", views.Receipt.as_view(), name="receipt"),
    path("receipts/<int:receipt_id>/void/", views.VoidReceipt.as_view(), name="void_receipt"),
    path("communities/<int:community_id>/cash-point/", missing.DeskMissing.as_view(), name="desk_missing"),
    path("settings/cash-points/", views.CashPoints.as_view(), name="cash_points"),
    path("units/<int:unit_id>/payments/", views.UnitPayments.as_view(), name="unit_payments"),
]
