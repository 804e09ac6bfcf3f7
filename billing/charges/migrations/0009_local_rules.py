"""Rules that cities set, as dated data."""

import django.db.models.deletion
import tenancy.kernel.scope
from django.conf import settings
from django.db import migrations, models

from tenancy.kernel.migrate import Protect


class Migration(migrations.Migration):

    dependencies = [
        ('charges', '0008_meters_and_pools'),
        ('kernel', '0002_sent_forms'),
        ('owners', '0003_search_by_name'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='LocalRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('VACANCY_RATIO', 'Vacancy Ratio'), ('PREPAY_MONTHS', 'Prepay Months'), ('HANDOVER', 'Handover')], max_length=16)),
                ('value', models.CharField(max_length=16)),
                ('from_on', models.DateField()),
                ('basis', models.CharField(max_length=120)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('community', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='owners.community')),
                ('entered_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('tenant', models.ForeignKey(db_constraint=False, db_index=False, default=tenancy.kernel.scope.current_tenant_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.tenant')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('tenant', 'community', 'kind', 'from_on'), name='local_rule_once_a_day', nulls_distinct=False), models.CheckConstraint(condition=models.Q(models.Q(('basis', ''), _negated=True), models.Q(('value', ''), _negated=True)), name='local_rule_names_its_basis')],
            },
        ),
        Protect("LocalRule", community="community_id", root=True, append_only=True),
    ]
