"""A filing keeps the parts of what its paper asks for; those filed before know only the sum."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("legal", "0003_results")]

    operations = [
        migrations.AddField("filing", "principal_fen", models.BigIntegerField(null=True)),
        migrations.AddField("filing", "late_fee_fen", models.BigIntegerField(null=True)),
    ]
