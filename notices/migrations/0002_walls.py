"""Put every table of this app behind the walls."""

from django.db import migrations

from tenancy.kernel.migrate import Protect


class Migration(migrations.Migration):
    dependencies = [("notices", "0001_initial"), ("owners", "0002_walls"), ("people", "0002_walls")]

    operations = [
        Protect("Template", root=True, history=True),
        Protect("Notice", community="community_id", no_index=("community", "contact", "file")),
        Protect("Attempt", append_only=True),
        Protect("Delivery", append_only=True, no_index=("photo",)),
    ]
