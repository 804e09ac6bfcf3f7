"""A request finds its step by an index; what nobody looks for no longer costs the worst night its time."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0003_hold_kinds")]

    operations = [
        migrations.AddIndex(
            model_name="step",
            index=models.Index(
                condition=models.Q(("approval__isnull", False)),
                fields=["tenant", "approval"],
                name="step_of_request",
            ),
        ),
        migrations.RunSQL("DROP INDEX cases_step_account_fk", migrations.RunSQL.noop),
        migrations.RunSQL("DROP INDEX cases_step_notice_fk", migrations.RunSQL.noop),
    ]
