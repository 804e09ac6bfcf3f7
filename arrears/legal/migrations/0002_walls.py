"""Put every table of this app behind the walls."""

from django.db import migrations

from tenancy.kernel.migrate import Protect


class Migration(migrations.Migration):
    dependencies = [("legal", "0001_initial"), ("cases", "0002_walls")]

    operations = [
        Protect("Filing", append_only=True, no_index=("notice",)),
    ]
