"""Put every table of this app behind the walls."""

from django.db import migrations

from tenancy.kernel.migrate import Protect


class Migration(migrations.Migration):
    dependencies = [("reports", "0001_figures"), ("owners", "0002_walls")]

    operations = [
        Protect("Target", history=True, community="community_id"),
        Protect("Tally", community="community_id", no_index=("community",)),
    ]
