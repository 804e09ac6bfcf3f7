"""Put every table of this app behind the walls."""

from django.db import migrations

from tenancy.kernel.migrate import Protect


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_initial"), ("payments", "0002_walls")]

    operations = [
        Protect("Ladder", root=True, history=True, community="community_id"),
        Protect("Rung", history=True),
        Protect("Case", community="community_id", no_index=()),
        Protect("Step", append_only=True, no_index=("case", "approval")),
        Protect("Task", community="community_id", no_index=("community",)),
        Protect("Call", append_only=True, no_index=("contact",)),
        Protect("Visit", append_only=True, no_index=("photo",)),
        Protect("Promise", append_only=True),
        Protect("Hold"),
    ]
