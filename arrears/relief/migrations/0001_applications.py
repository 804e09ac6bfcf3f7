"""Applications with their charges and proof, and signed instalment plans, behind the walls."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.expressions
import simple_history.models
import tenancy.kernel.scope
from django.conf import settings
from django.db import migrations, models

from tenancy.kernel.migrate import Protect


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('charges', '0013_costs'),
        ('kernel', '0002_sent_forms'),
        ('notices', '0003_in_doubt'),
        ('owners', '0004_payers'),
        ('people', '0006_approval_remarks'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Application',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('DEFERRAL', 'Deferral'), ('INSTALMENT', 'Instalment'), ('HARDSHIP', 'Hardship')], max_length=12)),
                ('state', models.CharField(choices=[('ASKED', 'Asked'), ('CHECKED', 'Checked'), ('APPROVED', 'Approved'), ('RUNNING', 'Running'), ('KEPT', 'Kept'), ('BROKEN', 'Broken'), ('ENDED', 'Ended'), ('RELEASED', 'Released'), ('REJECTED', 'Rejected'), ('WITHDRAWN', 'Withdrawn'), ('LAPSED', 'Lapsed')], default='ASKED', max_length=12)),
                ('reason_code', models.CharField(max_length=30)),
                ('statement', models.CharField(max_length=500)),
                ('by_owner', models.BooleanField(default=False, help_text='Asked for by the owner himself, on the portal')),
                ('asked_on', models.DateField()),
                ('principal_fen', models.BigIntegerField()),
                ('late_fee_fen', models.BigIntegerField()),
                ('from_on', models.DateField(null=True)),
                ('to_on', models.DateField(null=True)),
                ('parts', models.SmallIntegerField(null=True)),
                ('first_on', models.DateField(null=True)),
                ('down_percent', models.SmallIntegerField(default=0)),
                ('mode', models.CharField(choices=[('RESUME', 'Resume'), ('RETROACTIVE', 'Retroactive')], default='RESUME', max_length=12)),
                ('spares_late_fee', models.BooleanField(default=False)),
                ('sign_by', models.DateField(null=True)),
                ('pause_ids', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list, size=None)),
                ('review_on', models.DateField(null=True)),
                ('started_on', models.DateField(null=True)),
                ('ended_on', models.DateField(null=True)),
                ('ended_because', models.CharField(blank=True, max_length=40)),
                ('account', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='charges.account')),
                ('agreement', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='notices.notice')),
                ('asked_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('check_request', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.approval')),
                ('community', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='owners.community')),
                ('grant_request', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.approval')),
                ('tenant', models.ForeignKey(db_constraint=False, db_index=False, default=tenancy.kernel.scope.current_tenant_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.tenant')),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(condition=models.Q(('kind__in', ('DEFERRAL', 'INSTALMENT')), ('state__in', ('ASKED', 'CHECKED', 'APPROVED', 'RUNNING'))), fields=('tenant', 'account'), name='application_one_arrangement'),
                    models.UniqueConstraint(condition=models.Q(('kind', 'HARDSHIP'), ('state__in', ('ASKED', 'CHECKED', 'APPROVED', 'RUNNING'))), fields=('tenant', 'account'), name='application_one_hardship'),
                    models.CheckConstraint(condition=models.Q(('statement', ''), _negated=True), name='application_says_why'),
                    models.CheckConstraint(condition=models.Q(models.Q(('kind', 'DEFERRAL'), _negated=True), models.Q(('from_on__isnull', False), ('to_on__gte', models.F('from_on'))), _connector='OR'), name='application_deferral_has_days'),
                    models.CheckConstraint(condition=models.Q(models.Q(('kind', 'INSTALMENT'), _negated=True), models.Q(('down_percent__gte', 0), ('down_percent__lte', 50), ('first_on__isnull', False), ('parts__gte', 2)), _connector='OR'), name='application_plan_has_parts'),
                    models.CheckConstraint(condition=models.Q(models.Q(('ended_on__isnull', True), ('state__in', ('ASKED', 'CHECKED', 'APPROVED', 'RUNNING'))), models.Q(models.Q(('state__in', ('ASKED', 'CHECKED', 'APPROVED', 'RUNNING')), _negated=True), ('ended_on__isnull', False)), _connector='OR'), name='application_ended_on_a_day'),
                ],
                'indexes': [
                    models.Index(fields=['tenant', '-id'], name='application_newest_first'),
                    models.Index(fields=['tenant', 'account', '-id'], name='application_of_account'),
                    models.Index(condition=models.Q(('state__in', ('ASKED', 'CHECKED', 'APPROVED', 'RUNNING'))), fields=['tenant', 'kind', 'state'], name='application_open'),
                ],
            },
        ),
        migrations.CreateModel(
            name='ApplicationCharge',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('principal_fen', models.BigIntegerField()),
                ('late_fee_fen', models.BigIntegerField()),
                ('application', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='charges', to='relief.application')),
                ('charge', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='charges.charge')),
                ('tenant', models.ForeignKey(db_constraint=False, db_index=False, default=tenancy.kernel.scope.current_tenant_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.tenant')),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(fields=('tenant', 'application', 'charge'), name='application_lists_a_charge_once'),
                ],
            },
        ),
        migrations.CreateModel(
            name='HistoricalApplication',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('kind', models.CharField(choices=[('DEFERRAL', 'Deferral'), ('INSTALMENT', 'Instalment'), ('HARDSHIP', 'Hardship')], max_length=12)),
                ('state', models.CharField(choices=[('ASKED', 'Asked'), ('CHECKED', 'Checked'), ('APPROVED', 'Approved'), ('RUNNING', 'Running'), ('KEPT', 'Kept'), ('BROKEN', 'Broken'), ('ENDED', 'Ended'), ('RELEASED', 'Released'), ('REJECTED', 'Rejected'), ('WITHDRAWN', 'Withdrawn'), ('LAPSED', 'Lapsed')], default='ASKED', max_length=12)),
                ('reason_code', models.CharField(max_length=30)),
                ('statement', models.CharField(max_length=500)),
                ('by_owner', models.BooleanField(default=False, help_text='Asked for by the owner himself, on the portal')),
                ('asked_on', models.DateField()),
                ('principal_fen', models.BigIntegerField()),
                ('late_fee_fen', models.BigIntegerField()),
                ('from_on', models.DateField(null=True)),
                ('to_on', models.DateField(null=True)),
                ('parts', models.SmallIntegerField(null=True)),
                ('first_on', models.DateField(null=True)),
                ('down_percent', models.SmallIntegerField(default=0)),
                ('mode', models.CharField(choices=[('RESUME', 'Resume'), ('RETROACTIVE', 'Retroactive')], default='RESUME', max_length=12)),
                ('spares_late_fee', models.BooleanField(default=False)),
                ('sign_by', models.DateField(null=True)),
                ('pause_ids', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list, size=None)),
                ('review_on', models.DateField(null=True)),
                ('started_on', models.DateField(null=True)),
                ('ended_on', models.DateField(null=True)),
                ('ended_because', models.CharField(blank=True, max_length=40)),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('account', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='charges.account')),
                ('agreement', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='notices.notice')),
                ('asked_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('check_request', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='people.approval')),
                ('community', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='owners.community')),
                ('grant_request', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='people.approval')),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('tenant', models.ForeignKey(blank=True, db_constraint=False, default=tenancy.kernel.scope.current_tenant_id, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='kernel.tenant')),
            ],
            options={
                'verbose_name': 'historical application',
                'verbose_name_plural': 'historical applications',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='Plan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('signed_on', models.DateField()),
                ('signer_name', models.CharField(max_length=60)),
                ('principal_fen', models.BigIntegerField()),
                ('late_fee_fen', models.BigIntegerField()),
                ('total_fen', models.BigIntegerField()),
                ('gone_fen', models.BigIntegerField()),
                ('grace_days', models.SmallIntegerField()),
                ('last_due_on', models.DateField()),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('application', models.OneToOneField(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='plan', to='relief.application')),
                ('scan', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.storedfile')),
                ('signed_with', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('tenant', models.ForeignKey(db_constraint=False, db_index=False, default=tenancy.kernel.scope.current_tenant_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.tenant')),
            ],
            options={
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('principal_fen__gte', 0), ('total_fen', django.db.models.expressions.CombinedExpression(models.F('principal_fen'), '+', models.F('late_fee_fen'))), ('late_fee_fen__gte', 0), ('total_fen__gt', 0)), name='plan_adds_up'),
                    models.CheckConstraint(condition=models.Q(('last_due_on__gte', models.F('signed_on'))), name='plan_ends_later'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Instalment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.SmallIntegerField()),
                ('due_on', models.DateField()),
                ('amount_fen', models.BigIntegerField()),
                ('tenant', models.ForeignKey(db_constraint=False, db_index=False, default=tenancy.kernel.scope.current_tenant_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.tenant')),
                ('plan', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='instalments', to='relief.plan')),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(fields=('tenant', 'plan', 'number'), name='instalment_once'),
                    models.CheckConstraint(condition=models.Q(('amount_fen__gt', 0), ('number__gte', 0)), name='instalment_of_some_amount'),
                ],
                'indexes': [
                    models.Index(fields=['tenant', 'due_on'], name='instalment_by_day'),
                ],
            },
        ),
        migrations.CreateModel(
            name='PlanCharge',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('principal_fen', models.BigIntegerField()),
                ('late_fee_fen', models.BigIntegerField()),
                ('charge', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='charges.charge')),
                ('plan', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='charges', to='relief.plan')),
                ('tenant', models.ForeignKey(db_constraint=False, db_index=False, default=tenancy.kernel.scope.current_tenant_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.tenant')),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(fields=('tenant', 'plan', 'charge'), name='plan_lists_a_charge_once'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Proof',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('application', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='proofs', to='relief.application')),
                ('file', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.storedfile')),
                ('tenant', models.ForeignKey(db_constraint=False, db_index=False, default=tenancy.kernel.scope.current_tenant_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.tenant')),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(fields=('tenant', 'application', 'file'), name='proof_once'),
                ],
            },
        ),
        Protect(
            "Application",
            community="community_id",
            history=True,
            no_index=("community", "account", "check_request", "grant_request", "agreement"),
        ),
        Protect("ApplicationCharge", append_only=True, no_index=("application",)),
        Protect("Proof", append_only=True, no_index=("application", "file")),
        Protect("Plan", append_only=True, no_index=("application", "scan")),
        Protect("Instalment", append_only=True, no_index=("plan",)),
        Protect("PlanCharge", append_only=True, no_index=("plan",)),
    ]
