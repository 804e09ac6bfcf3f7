"""`manage.py import_arrears FILE --tenant T --community C [--commit]`: opening arrears come in."""

from billing.charges.management.import_command import ImportCommand


class Command(ImportCommand):
    """What was owed before the first bill, one charge per month."""

    kind = "ARREARS"
    help = "Read a list of arrears and report it; with --commit charge them."
