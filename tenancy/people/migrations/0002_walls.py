"""Put every table of this app behind the walls."""

from django.db import migrations

from tenancy.kernel.migrate import Protect


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial")]

    operations = [
        Protect("Membership", platform=True, history=True),
        Protect("StoredFile", root=True),
        Protect("Job", root=True),
        Protect("Approval", root=True, community="community_id"),
        Protect("AuditEntry", root=True, append_only=True),
    ]
