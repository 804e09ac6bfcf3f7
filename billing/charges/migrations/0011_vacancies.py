"""Empty homes that pay less; an adjustment names the vacancy it was given for."""

import django.db.models.deletion
import simple_history.models
import tenancy.kernel.scope
from django.conf import settings
from django.db import migrations, models

from tenancy.kernel.migrate import Protect, pin_sql


class Migration(migrations.Migration):

    dependencies = [
        ('charges', '0010_offers'),
        ('kernel', '0002_sent_forms'),
        ('owners', '0003_search_by_name'),
        ('people', '0006_approval_remarks'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name='localrule',
            name='kind',
            field=models.CharField(choices=[('VACANCY_RATIO', 'Vacancy Ratio'), ('VACANCY_MONTHS', 'Vacancy Months'), ('PREPAY_MONTHS', 'Prepay Months'), ('HANDOVER', 'Handover')], max_length=16),
        ),
        migrations.CreateModel(
            name='HistoricalVacancy',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('state', models.CharField(choices=[('ASKED', 'Asked'), ('GRANTED', 'Granted'), ('REJECTED', 'Rejected'), ('ENDED', 'Ended'), ('FAILED', 'Failed')], default='ASKED', max_length=8)),
                ('accepted_on', models.DateField()),
                ('from_on', models.DateField()),
                ('until_on', models.DateField(help_text='The first day that is paid in full again', null=True)),
                ('moved_in_on', models.DateField(null=True)),
                ('ratio', models.DecimalField(decimal_places=4, max_digits=5)),
                ('min_months', models.SmallIntegerField()),
                ('reason', models.CharField(max_length=200)),
                ('asked_on', models.DateField()),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('account', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='charges.account')),
                ('approval', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='people.approval')),
                ('asked_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('community', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='owners.community')),
                ('evidence', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='people.storedfile')),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('tenant', models.ForeignKey(blank=True, db_constraint=False, default=tenancy.kernel.scope.current_tenant_id, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='kernel.tenant')),
            ],
            options={
                'verbose_name': 'historical vacancy',
                'verbose_name_plural': 'historical vacancys',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='Vacancy',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('ASKED', 'Asked'), ('GRANTED', 'Granted'), ('REJECTED', 'Rejected'), ('ENDED', 'Ended'), ('FAILED', 'Failed')], default='ASKED', max_length=8)),
                ('accepted_on', models.DateField()),
                ('from_on', models.DateField()),
                ('until_on', models.DateField(help_text='The first day that is paid in full again', null=True)),
                ('moved_in_on', models.DateField(null=True)),
                ('ratio', models.DecimalField(decimal_places=4, max_digits=5)),
                ('min_months', models.SmallIntegerField()),
                ('reason', models.CharField(max_length=200)),
                ('asked_on', models.DateField()),
                ('account', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='charges.account')),
                ('approval', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.approval')),
                ('asked_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('community', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='owners.community')),
                ('evidence', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.storedfile')),
                ('tenant', models.ForeignKey(db_constraint=False, db_index=False, default=tenancy.kernel.scope.current_tenant_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.tenant')),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(condition=models.Q(('state__in', ['ASKED', 'GRANTED'])), fields=('tenant', 'account'), name='vacancy_one_at_a_time'),
                    models.CheckConstraint(condition=models.Q(('ratio__gte', 0), ('ratio__lt', 1)), name='vacancy_is_a_share'),
                    models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='vacancy_for_a_reason'),
                    models.CheckConstraint(condition=models.Q(models.Q(('moved_in_on__isnull', False), ('state', 'ENDED'), ('until_on__gt', models.F('from_on'))), models.Q(('state', 'ENDED'), _negated=True), _connector='OR'), name='vacancy_ended_has_months'),
                ],
                'indexes': [
                    models.Index(fields=['tenant', '-id'], name='vacancy_newest_first'),
                ],
            },
        ),
        migrations.AddField(
            model_name='adjustment',
            name='vacancy',
            field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='charges.vacancy'),
        ),
        Protect("Vacancy", community="community_id", history=True, no_index=("community", "evidence", "approval")),
        migrations.RunSQL(pin_sql("charges_adjustment", "vacancy_id", "charges_vacancy")),
        migrations.RunSQL(
            "CREATE INDEX charges_adjustment_vacancy ON charges_adjustment (tenant_id, vacancy_id)"
            " WHERE vacancy_id IS NOT NULL"
        ),
        migrations.RunSQL(
            "CREATE INDEX charges_vacancy_granted ON charges_vacancy (tenant_id, community_id)"
            " WHERE state IN ('GRANTED', 'ENDED')"
        ),
    ]
