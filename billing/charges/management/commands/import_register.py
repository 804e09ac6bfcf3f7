"""`manage.py import_register FILE --tenant T --community C [--commit]`: a house register comes in."""

from billing.charges.management.import_command import ImportCommand


class Command(ImportCommand):
    """Units, bays, people and prices out of an Excel workbook."""

    kind = "REGISTER"
    help = "Read a house register and report what it says and changes; with --commit import it."
