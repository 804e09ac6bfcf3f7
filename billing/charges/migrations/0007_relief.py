"""What is let off: waivers, adjustments of charges, days without late fee."""

import django.db.models.deletion
import django.db.models.expressions
import simple_history.models
import tenancy.kernel.scope
from django.conf import settings
from django.db import migrations, models

from tenancy.kernel.migrate import Protect


class Migration(migrations.Migration):

    dependencies = [
        ('charges', '0006_newest_bills'),
        ('kernel', '0002_sent_forms'),
        ('owners', '0003_search_by_name'),
        ('people', '0006_approval_remarks'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='HistoricalLateFeePause',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('first_on', models.DateField()),
                ('last_on', models.DateField()),
                ('reason', models.CharField(max_length=200)),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('charge', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='charges.charge')),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('tenant', models.ForeignKey(blank=True, db_constraint=False, default=tenancy.kernel.scope.current_tenant_id, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='kernel.tenant')),
            ],
            options={
                'verbose_name': 'historical late fee pause',
                'verbose_name_plural': 'historical late fee pauses',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='HistoricalWaiver',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('kind', models.CharField(choices=[('LATE_FEE', 'Late Fee'), ('PRINCIPAL', 'Principal'), ('WRITE_OFF', 'Write Off')], max_length=10)),
                ('state', models.CharField(choices=[('ASKED', 'Asked'), ('OFFERED', 'Offered'), ('GRANTED', 'Granted'), ('REJECTED', 'Rejected'), ('WITHDRAWN', 'Withdrawn'), ('EXPIRED', 'Expired')], default='ASKED', max_length=10)),
                ('amount_fen', models.BigIntegerField(help_text='As asked for')),
                ('reason', models.CharField(max_length=200)),
                ('offered_until', models.DateField(null=True)),
                ('asked_on', models.DateField()),
                ('closed_on', models.DateField(null=True)),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('account', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='charges.account')),
                ('approval', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='people.approval')),
                ('asked_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('tenant', models.ForeignKey(blank=True, db_constraint=False, default=tenancy.kernel.scope.current_tenant_id, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='kernel.tenant')),
            ],
            options={
                'verbose_name': 'historical waiver',
                'verbose_name_plural': 'historical waivers',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='LateFeePause',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('first_on', models.DateField()),
                ('last_on', models.DateField()),
                ('reason', models.CharField(max_length=200)),
                ('charge', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='pauses', to='charges.charge')),
                ('tenant', models.ForeignKey(db_constraint=False, db_index=False, default=tenancy.kernel.scope.current_tenant_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.tenant')),
            ],
            options={
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('last_on__gte', models.F('first_on'))), name='pause_has_days'),
                    models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='pause_for_a_reason'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Waiver',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('LATE_FEE', 'Late Fee'), ('PRINCIPAL', 'Principal'), ('WRITE_OFF', 'Write Off')], max_length=10)),
                ('state', models.CharField(choices=[('ASKED', 'Asked'), ('OFFERED', 'Offered'), ('GRANTED', 'Granted'), ('REJECTED', 'Rejected'), ('WITHDRAWN', 'Withdrawn'), ('EXPIRED', 'Expired')], default='ASKED', max_length=10)),
                ('amount_fen', models.BigIntegerField(help_text='As asked for')),
                ('reason', models.CharField(max_length=200)),
                ('offered_until', models.DateField(null=True)),
                ('asked_on', models.DateField()),
                ('closed_on', models.DateField(null=True)),
                ('account', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='waivers', to='charges.account')),
                ('approval', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.approval')),
                ('asked_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('tenant', models.ForeignKey(db_constraint=False, db_index=False, default=tenancy.kernel.scope.current_tenant_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.tenant')),
            ],
            options={
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('amount_fen__gt', 0)), name='waiver_of_something'),
                    models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='waiver_for_a_reason'),
                    models.CheckConstraint(condition=models.Q(('offered_until__isnull', True), ('kind', 'LATE_FEE'), _connector='OR'), name='waiver_offer_is_of_late_fee'),
                    models.CheckConstraint(condition=models.Q(models.Q(('offered_until__isnull', False), ('state', 'OFFERED')), models.Q(('state', 'OFFERED'), _negated=True), _connector='OR'), name='waiver_offer_has_a_last_day'),
                ],
                'indexes': [
                    models.Index(condition=models.Q(('state', 'OFFERED')), fields=['tenant', 'account'], name='waiver_offered'),
                    models.Index(fields=['tenant', '-id'], name='waiver_newest_first'),
                ],
            },
        ),
        migrations.CreateModel(
            name='WaiverLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('part', models.CharField(choices=[('LATE_FEE', 'Late Fee'), ('PRINCIPAL', 'Principal')], max_length=10)),
                ('amount_fen', models.BigIntegerField()),
                ('charge', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='charges.charge')),
                ('tenant', models.ForeignKey(db_constraint=False, db_index=False, default=tenancy.kernel.scope.current_tenant_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.tenant')),
                ('waiver', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='charges.waiver')),
            ],
            options={
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('amount_fen__gt', 0)), name='waiver_line_of_something'),
                    models.UniqueConstraint(fields=('tenant', 'waiver', 'charge', 'part'), name='waiver_line_once'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Adjustment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('DISCOUNT', 'Discount'), ('WAIVER', 'Waiver'), ('WRITE_OFF', 'Write Off')], max_length=10)),
                ('part', models.CharField(choices=[('LATE_FEE', 'Late Fee'), ('PRINCIPAL', 'Principal')], max_length=10)),
                ('amount_fen', models.BigIntegerField(help_text='Negative where it is taken back')),
                ('on', models.DateField()),
                ('reason', models.CharField(max_length=200)),
                ('created_at', models.DateTimeField()),
                ('charge', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='adjustments', to='charges.charge')),
                ('made_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('reverses', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='charges.adjustment')),
                ('tenant', models.ForeignKey(db_constraint=False, db_index=False, default=tenancy.kernel.scope.current_tenant_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.tenant')),
                ('waiver', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='adjustments', to='charges.waiver')),
            ],
            options={
                'constraints': [
                    models.CheckConstraint(condition=models.Q(models.Q(('amount_fen__gt', 0), ('reverses__isnull', True)), models.Q(('amount_fen__lt', 0), ('reverses__isnull', False)), _connector='OR'), name='adjustment_sign_is_its_kind'),
                    models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='adjustment_for_a_reason'),
                    models.UniqueConstraint(fields=('tenant', 'reverses'), name='adjustment_taken_back_once'),
                ],
            },
        ),
        migrations.RemoveConstraint(
            model_name='charge',
            name='charge_late_fee_paid_within_cap',
        ),
        migrations.RemoveConstraint(
            model_name='charge',
            name='charge_reversed_only_unpaid',
        ),
        migrations.RemoveIndex(
            model_name='charge',
            name='charge_open_late_fee',
        ),
        migrations.AddField(
            model_name='charge',
            name='late_fee_waived_fen',
            field=models.BigIntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name='charge',
            name='waived_fen',
            field=models.BigIntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name='movement',
            name='is_waived',
            field=models.BooleanField(db_default=False, default=False, help_text='Let off, not paid'),
        ),
        migrations.AddIndex(
            model_name='charge',
            index=models.Index(condition=models.Q(('late_fee_settled__gt', django.db.models.expressions.CombinedExpression(models.F('late_fee_paid_fen'), '+', models.F('late_fee_waived_fen'))), ('reversed_on__isnull', True), ('settled_fen', models.F('amount_fen'))), fields=['tenant', 'account'], name='charge_open_late_fee'),
        ),
        migrations.AddConstraint(
            model_name='charge',
            constraint=models.CheckConstraint(condition=models.Q(('late_fee_paid_fen__gte', 0), ('late_fee_waived_fen__gte', 0), ('late_fee_paid_fen__lte', django.db.models.expressions.CombinedExpression(models.F('late_fee_cap_fen'), '-', models.F('late_fee_waived_fen')))), name='charge_late_fee_paid_within_cap'),
        ),
        migrations.AddConstraint(
            model_name='charge',
            constraint=models.CheckConstraint(condition=models.Q(('waived_fen__gte', 0), ('waived_fen__lte', models.F('settled_fen'))), name='charge_waived_is_part_of_settled'),
        ),
        migrations.AddConstraint(
            model_name='charge',
            constraint=models.CheckConstraint(condition=models.Q(('reversed_on__isnull', True), models.Q(('late_fee_paid_fen', 0), ('late_fee_waived_fen', 0), ('settled_fen', 0)), _connector='OR'), name='charge_reversed_only_unpaid'),
        ),
        Protect("Waiver", history=True, no_index=("approval",)),
        Protect("WaiverLine", append_only=True),
        Protect("Adjustment", append_only=True, no_index=("reverses",)),
        Protect("LateFeePause", history=True),
        migrations.RunSQL(
            "CREATE INDEX charges_waiver_approval ON charges_waiver (tenant_id, approval_id)"
            " WHERE approval_id IS NOT NULL"
        ),
    ]
