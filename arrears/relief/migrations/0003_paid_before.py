"""What had been paid of a charge when it was asked about: what comes in later is told from what is let off."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("relief", "0002_tickets")]

    operations = [
        migrations.AddField(
            model_name="applicationcharge",
            name="paid_fen",
            field=models.BigIntegerField(db_default=0, default=0),
        ),
    ]
