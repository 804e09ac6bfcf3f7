"""Django's entry for this app."""

from django.apps import AppConfig


class BankingApp(AppConfig):
    name = "billing.banking"
    label = "banking"

    def ready(self) -> None:
        from billing.banking import names, words
        from tenancy.people.names import NAMERS
        from tenancy.people.words import WORDS

        WORDS.update(words.WORDS)
        NAMERS.update(
            bank_account=names.bank_accounts,
            statement=names.statements,
            bank_line=names.bank_lines,
            statement_profile=names.profiles,
            channel_file=names.channel_files,
            channel_exception=names.channel_exceptions,
            mandate=names.mandates,
            debit_batch=names.debit_batches,
            debit_profile=names.debit_profiles,
            invoice=names.invoices,
            invoice_batch=names.invoice_batches,
            invoice_seller=names.invoice_sellers,
            vat_rate=names.vat_rates,
        )
