"""Offers for paying a year at once; an adjustment names the offer it was given on."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import simple_history.models
import tenancy.kernel.scope
from django.conf import settings
from django.db import migrations, models

from tenancy.kernel.migrate import Protect, pin_sql


class Migration(migrations.Migration):

    dependencies = [
        ('charges', '0009_local_rules'),
        ('kernel', '0002_sent_forms'),
        ('owners', '0003_search_by_name'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='DiscountOffer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.SmallIntegerField()),
                ('share', models.DecimalField(decimal_places=4, max_digits=5)),
                ('held', django.contrib.postgres.fields.ranges.DateRangeField(help_text='Value dates of the payment, half-open')),
                ('needs_clear', models.BooleanField(default=True, help_text='Only for who owes nothing of earlier years')),
                ('basis', models.CharField(max_length=120)),
                ('entered_on', models.DateField()),
                ('stopped_on', models.DateField(null=True)),
                ('community', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='owners.community')),
                ('entered_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('fee_item', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='charges.feeitem')),
                ('tenant', models.ForeignKey(db_constraint=False, db_index=False, default=tenancy.kernel.scope.current_tenant_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.tenant')),
            ],
            options={
                'constraints': [
                    django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('stopped_on__isnull', True)), expressions=[('tenant_id', '='), ('community_id', '='), ('fee_item_id', '='), ('year', '='), ('held', '&&')], name='discount_offer_one_a_day'),
                    models.CheckConstraint(condition=models.Q(('share__gt', 0), ('share__lt', 1)), name='discount_offer_is_a_share'),
                    models.CheckConstraint(condition=models.Q(('basis', ''), _negated=True), name='discount_offer_names_its_basis'),
                ],
            },
        ),
        migrations.AddField(
            model_name='adjustment',
            name='offer',
            field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='charges.discountoffer'),
        ),
        migrations.CreateModel(
            name='HistoricalDiscountOffer',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('year', models.SmallIntegerField()),
                ('share', models.DecimalField(decimal_places=4, max_digits=5)),
                ('held', django.contrib.postgres.fields.ranges.DateRangeField(help_text='Value dates of the payment, half-open')),
                ('needs_clear', models.BooleanField(default=True, help_text='Only for who owes nothing of earlier years')),
                ('basis', models.CharField(max_length=120)),
                ('entered_on', models.DateField()),
                ('stopped_on', models.DateField(null=True)),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('community', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='owners.community')),
                ('entered_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('fee_item', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='charges.feeitem')),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('tenant', models.ForeignKey(blank=True, db_constraint=False, default=tenancy.kernel.scope.current_tenant_id, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='kernel.tenant')),
            ],
            options={
                'verbose_name': 'historical discount offer',
                'verbose_name_plural': 'historical discount offers',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        Protect("DiscountOffer", community="community_id", history=True, no_index=("fee_item",)),
        migrations.RunSQL(pin_sql("charges_adjustment", "offer_id", "charges_discountoffer")),
        migrations.RunSQL(
            "CREATE INDEX charges_adjustment_offer ON charges_adjustment (tenant_id, offer_id)"
            " WHERE offer_id IS NOT NULL"
        ),
    ]
