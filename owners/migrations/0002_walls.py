"""Put every table of this app behind the walls."""

from django.db import migrations

from tenancy.kernel.migrate import Protect


class Migration(migrations.Migration):
    dependencies = [("owners", "0001_initial"), ("people", "0002_walls")]

    operations = [
        Protect("Community", root=True, history=True, community="id"),
        Protect("NumberSeries"),
        Protect("Building", community="community_id"),
        Protect("Unit", history=True, community="community_id", no_index=("community",)),
        Protect("Party", root=True, history=True),
        Protect("Ownership", history=True),
        Protect("Contact", history=True),
        Protect("LegacyIssue"),
    ]
