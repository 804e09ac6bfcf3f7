"""Django's entry for this app."""

from django.apps import AppConfig


class PaymentsApp(AppConfig):
    name = "billing.payments"
    label = "payments"
