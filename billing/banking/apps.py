"""Django's entry for this app."""

from django.apps import AppConfig


class BankingApp(AppConfig):
    name = "billing.banking"
    label = "banking"
