"""Put every table of this app behind the walls."""

from django.db import migrations

from tenancy.kernel.migrate import Protect


class Migration(migrations.Migration):
    dependencies = [("banking", "0001_initial"), ("charges", "0006_newest_bills")]

    operations = [
        Protect("StatementProfile", root=True),
        Protect("BankAccount", community="community_id"),
        Protect("StatementFile", community="community_id"),
        Protect("BankLine", community="community_id", no_index=("community", "bank_account")),
    ]
