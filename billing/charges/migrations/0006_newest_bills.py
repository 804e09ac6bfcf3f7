"""The list of bills begins with the newest of the whole company: read by an index, not sorted each time."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("charges", "0005_payee_account_secret")]

    operations = [
        migrations.AddIndex(
            model_name="bill",
            index=models.Index(fields=["tenant", "-issued_on", "-number"], name="bill_newest_first"),
        ),
    ]
