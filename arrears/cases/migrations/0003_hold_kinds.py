"""The kinds of holds are those of domain 6.1; the column itself does not change."""

from django.db import migrations, models

KINDS = (
    "DISPUTE", "DEFERRAL", "HARDSHIP", "PAYMENT_PENDING", "DATA_ERROR", "ESTATE", "LEGAL_PROCEEDING", "NO_CONTACT",
)


class Migration(migrations.Migration):
    dependencies = [("cases", "0002_walls")]

    operations = [
        migrations.AlterField(
            model_name="hold",
            name="kind",
            field=models.CharField(
                choices=[(kind, kind.replace("_", " ").title()) for kind in KINDS], max_length=16
            ),
        ),
    ]
