"""Meters with their readings, metered tariffs, pools of common costs with their shares."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import tenancy.kernel.scope
from django.conf import settings
from django.db import migrations, models

from tenancy.kernel.migrate import NewColumns, Protect


class Migration(migrations.Migration):

    dependencies = [
        ('charges', '0007_relief'),
        ('kernel', '0002_sent_forms'),
        ('owners', '0003_search_by_name'),
        ('people', '0006_approval_remarks'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='historicaltariff',
            name='measure',
            field=models.CharField(blank=True, help_text='What a meter counts: m³, kWh', max_length=8),
        ),
        migrations.AddField(
            model_name='historicaltariffversion',
            name='steps',
            field=models.JSONField(default=dict),
        ),
        migrations.AddField(
            model_name='tariff',
            name='measure',
            field=models.CharField(blank=True, help_text='What a meter counts: m³, kWh', max_length=8),
        ),
        migrations.AddField(
            model_name='tariffversion',
            name='steps',
            field=models.JSONField(default=dict),
        ),
        migrations.AlterField(
            model_name='historicaltariff',
            name='basis',
            field=models.CharField(choices=[('AREA', 'Area'), ('FIXED', 'Fixed'), ('METERED', 'Metered')], max_length=8),
        ),
        migrations.AlterField(
            model_name='tariff',
            name='basis',
            field=models.CharField(choices=[('AREA', 'Area'), ('FIXED', 'Fixed'), ('METERED', 'Metered')], max_length=8),
        ),
        migrations.CreateModel(
            name='Meter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('serial', models.CharField(max_length=40)),
                ('digits', models.SmallIntegerField(default=5)),
                ('multiplier', models.IntegerField(default=1)),
                ('people', models.SmallIntegerField(default=0, help_text="The household's size; 0: not known")),
                ('place', models.CharField(blank=True, max_length=60)),
                ('installed_on', models.DateField()),
                ('removed_on', models.DateField(null=True)),
                ('community', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='owners.community')),
                ('fee_item', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='charges.feeitem')),
                ('tenant', models.ForeignKey(db_constraint=False, db_index=False, default=tenancy.kernel.scope.current_tenant_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.tenant')),
                ('unit', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='owners.unit')),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(fields=('tenant', 'fee_item', 'serial'), name='meter_serial_once'),
                    models.CheckConstraint(condition=models.Q(('digits__gte', 3), ('digits__lte', 9)), name='meter_digits_known'),
                    models.CheckConstraint(condition=models.Q(('multiplier__gte', 1), ('people__gte', 0)), name='meter_multiplies_by_one_or_more'),
                    models.CheckConstraint(condition=models.Q(('removed_on__isnull', True), ('removed_on__gte', models.F('installed_on')), _connector='OR'), name='meter_removed_after_it_came'),
                ],
            },
        ),
        migrations.CreateModel(
            name='MeterReading',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('read_on', models.DateField()),
                ('value_milli', models.BigIntegerField()),
                ('kind', models.CharField(choices=[('READ', 'Read'), ('ESTIMATED', 'Estimated'), ('START', 'Start'), ('END', 'End')], default='READ', max_length=9)),
                ('reason', models.CharField(blank=True, max_length=200)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('meter', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='readings', to='charges.meter')),
                ('photo', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.storedfile')),
                ('supersedes', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='charges.meterreading')),
                ('tenant', models.ForeignKey(db_constraint=False, db_index=False, default=tenancy.kernel.scope.current_tenant_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.tenant')),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(condition=models.Q(('supersedes__isnull', True)), fields=('tenant', 'meter', 'read_on'), name='reading_once_a_day_and_meter'),
                    models.UniqueConstraint(fields=('tenant', 'supersedes'), name='reading_superseded_once'),
                    models.CheckConstraint(condition=models.Q(('supersedes__isnull', True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='reading_corrected_with_a_reason'),
                    models.CheckConstraint(condition=models.Q(('value_milli__gte', 0)), name='reading_not_negative'),
                ],
                'indexes': [
                    models.Index(fields=['tenant', 'meter', 'read_on'], name='reading_by_day'),
                ],
            },
        ),
        migrations.CreateModel(
            name='MeterUse',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('usage_milli', models.BigIntegerField()),
                ('before', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='charges.meterreading')),
                ('charge', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='charges.charge')),
                ('meter', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='charges.meter')),
                ('now', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='charges.meterreading')),
                ('tenant', models.ForeignKey(db_constraint=False, db_index=False, default=tenancy.kernel.scope.current_tenant_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.tenant')),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(fields=('tenant', 'charge', 'meter'), name='meter_use_once_per_charge'),
                ],
            },
        ),
        migrations.CreateModel(
            name='SharedCostPool',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=60)),
                ('period', django.contrib.postgres.fields.ranges.DateRangeField()),
                ('amount_fen', models.BigIntegerField()),
                ('usage_milli', models.BigIntegerField(null=True)),
                ('price_micro', models.BigIntegerField(null=True)),
                ('measure', models.CharField(blank=True, max_length=8)),
                ('method', models.CharField(choices=[('AREA', 'Area'), ('HOUSEHOLD', 'Household'), ('COEFFICIENT', 'Coefficient')], max_length=12)),
                ('kinds', models.JSONField(default=list, help_text='Kinds of units that share: ROOM, SHOP')),
                ('excluded', models.JSONField(default=list, help_text='Rooms that do not share, by code')),
                ('floors', models.JSONField(default=list, help_text='[from, to, thousandths]: the coefficients of floors')),
                ('document', models.CharField(max_length=120)),
                ('entered_at', models.DateTimeField(auto_now_add=True)),
                ('withdrawn_on', models.DateField(null=True)),
                ('withdraw_reason', models.CharField(blank=True, max_length=200)),
                ('approval', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.approval')),
                ('building', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='owners.building')),
                ('community', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='owners.community')),
                ('entered_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('fee_item', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='charges.feeitem')),
                ('tenant', models.ForeignKey(db_constraint=False, db_index=False, default=tenancy.kernel.scope.current_tenant_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.tenant')),
            ],
            options={
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('amount_fen__gt', 0)), name='pool_amount_positive'),
                    models.CheckConstraint(condition=models.Q(models.Q(('price_micro__isnull', True), ('usage_milli__isnull', True)), models.Q(('price_micro__gt', 0), ('usage_milli__gt', 0)), _connector='OR'), name='pool_usage_has_its_price'),
                    models.CheckConstraint(condition=models.Q(('document', ''), _negated=True), name='pool_names_its_document'),
                ],
                'indexes': [
                    models.Index(fields=['tenant', 'community', '-entered_at'], name='pool_newest_first'),
                ],
            },
        ),
        migrations.CreateModel(
            name='PoolShare',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('period', django.contrib.postgres.fields.ranges.DateRangeField()),
                ('weight', models.BigIntegerField()),
                ('amount_fen', models.BigIntegerField()),
                ('is_withdrawn', models.BooleanField(default=False)),
                ('fee_item', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='charges.feeitem')),
                ('tenant', models.ForeignKey(db_constraint=False, db_index=False, default=tenancy.kernel.scope.current_tenant_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.tenant')),
                ('unit', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='owners.unit')),
                ('pool', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='shares', to='charges.sharedcostpool')),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(fields=('tenant', 'pool', 'unit'), name='pool_share_once'),
                    django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('is_withdrawn', False)), expressions=[('tenant_id', '='), ('unit_id', '='), ('fee_item_id', '='), ('period', '&&')], name='pool_share_one_pool_per_item_and_day'),
                    models.CheckConstraint(condition=models.Q(('amount_fen__gte', 0), ('weight__gt', 0)), name='pool_share_not_negative'),
                ],
            },
        ),
        NewColumns("Tariff"),
        NewColumns("TariffVersion"),
        Protect("Meter", community="community_id", no_index=("fee_item",)),
        Protect("MeterReading", append_only=True, no_index=("meter", "supersedes", "photo")),
        Protect("MeterUse", append_only=True, no_index=("before", "now")),
        Protect("SharedCostPool", community="community_id", no_index=("community", "fee_item")),
        Protect("PoolShare", no_index=("pool", "fee_item")),
    ]
