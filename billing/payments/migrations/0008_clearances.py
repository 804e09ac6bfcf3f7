"""Certificates that nothing is owed."""

import django.db.models.deletion
import tenancy.kernel.scope
from django.conf import settings
from django.db import migrations, models

from tenancy.kernel.migrate import Protect


class Migration(migrations.Migration):

    dependencies = [
        ('charges', '0007_relief'),
        ('kernel', '0002_sent_forms'),
        ('owners', '0003_search_by_name'),
        ('payments', '0007_refunds'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Clearance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=60)),
                ('as_of', models.DateField()),
                ('facts', models.JSONField(default=dict)),
                ('created_at', models.DateTimeField()),
                ('account', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='clearances', to='charges.account')),
                ('community', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='owners.community')),
                ('issued_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('tenant', models.ForeignKey(db_constraint=False, db_index=False, default=tenancy.kernel.scope.current_tenant_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.tenant')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('tenant', 'number'), name='clearance_number_once')],
            },
        ),
        Protect("Clearance", append_only=True, community="community_id", no_index=("community",)),
    ]
