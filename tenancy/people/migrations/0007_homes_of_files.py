"""A stored file is at home where its object is: who has no sight of the community has none of the file."""

from django.db import migrations, models

from tenancy.kernel.migrate import BY_COMMUNITY


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0006_approval_remarks"),
    ]

    operations = [
        migrations.AddField(
            model_name="storedfile",
            name="community_id",
            field=models.BigIntegerField(null=True),
        ),
        migrations.RunSQL(BY_COMMUNITY.format(table="people_storedfile", column="community_id")),
    ]
