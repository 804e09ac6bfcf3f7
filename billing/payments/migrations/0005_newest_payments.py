"""The list of payments begins with the newest of the whole company: read by an index, not sorted each time."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("payments", "0004_books_balance")]

    operations = [
        migrations.AddIndex(
            model_name="payment",
            index=models.Index(fields=["tenant", "-posted_on", "-id"], name="payment_newest_first"),
        ),
    ]
