"""Find what a worker holds or nobody knows about without reading the whole outbox."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("notices", "0002_walls")]

    operations = [
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(
                fields=["tenant", "state", "id"],
                condition=models.Q(("state__in", ["SENDING", "UNKNOWN"])),
                name="notice_in_doubt",
            ),
        ),
    ]
