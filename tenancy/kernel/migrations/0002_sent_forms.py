import django.db.models.deletion
from django.db import migrations, models

import tenancy.kernel.scope
from tenancy.kernel.migrate import Protect


class Migration(migrations.Migration):

    dependencies = [
        ('kernel', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='SentForm',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token', models.UUIDField()),
                ('user_id', models.BigIntegerField()),
                ('sent_at', models.DateTimeField()),
                ('went_to', models.CharField(blank=True, max_length=300)),
                ('tenant', models.ForeignKey(db_constraint=False, db_index=False, default=tenancy.kernel.scope.current_tenant_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.tenant')),
            ],
            options={
                'indexes': [models.Index(fields=['tenant', 'sent_at'], name='sent_form_by_age')],
                'constraints': [models.UniqueConstraint(fields=('tenant', 'token'), name='a_form_is_done_once')],
            },
        ),
        Protect("SentForm", root=True),
    ]
