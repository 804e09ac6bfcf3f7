"""Refunds; and the books of a charge agree with what was allocated to it and let off."""

import django.db.models.deletion
import simple_history.models
import tenancy.kernel.scope
from django.conf import settings
from django.db import migrations, models

from tenancy.kernel.migrate import Protect

# What a charge says is no longer owed is what payments and adjustments say, to the fen. Checked when the
# transaction commits, past row security, whichever side was written.
AGREED = """
CREATE FUNCTION charges_agreed() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $body$
DECLARE which bigint := CASE TG_TABLE_NAME WHEN 'charges_charge' THEN NEW.id ELSE (to_jsonb(NEW)->>'charge_id')::bigint END;
DECLARE c charges_charge; principal bigint; fee bigint; waived bigint; fee_waived bigint;
BEGIN
  SELECT * INTO c FROM charges_charge WHERE tenant_id = NEW.tenant_id AND id = which;
  SELECT coalesce(sum(amount_fen) FILTER (WHERE part = 'PRINCIPAL'), 0),
         coalesce(sum(amount_fen) FILTER (WHERE part = 'LATE_FEE'), 0)
    INTO principal, fee
    FROM payments_allocation WHERE tenant_id = NEW.tenant_id AND charge_id = which;
  SELECT coalesce(sum(amount_fen) FILTER (WHERE part = 'PRINCIPAL'), 0),
         coalesce(sum(amount_fen) FILTER (WHERE part = 'LATE_FEE'), 0)
    INTO waived, fee_waived
    FROM charges_adjustment WHERE tenant_id = NEW.tenant_id AND charge_id = which;
  IF (c.settled_fen - c.waived_fen, c.late_fee_paid_fen, c.waived_fen, c.late_fee_waived_fen)
     IS DISTINCT FROM (principal, fee, waived, fee_waived) THEN
    RAISE EXCEPTION 'charge % says (%, %, %, %) and its entries say (%, %, %, %)', which,
      c.settled_fen - c.waived_fen, c.late_fee_paid_fen, c.waived_fen, c.late_fee_waived_fen,
      principal, fee, waived, fee_waived
      USING ERRCODE = 'check_violation', CONSTRAINT = 'charge_agrees_with_its_entries';
  END IF;
  RETURN NULL;
END $body$;
CREATE CONSTRAINT TRIGGER charge_agrees_with_its_entries
  AFTER UPDATE OF settled_fen, waived_fen, late_fee_paid_fen, late_fee_waived_fen ON charges_charge
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION charges_agreed();
CREATE CONSTRAINT TRIGGER charge_agrees_with_its_entries AFTER INSERT ON charges_adjustment
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION charges_agreed();
CREATE CONSTRAINT TRIGGER charge_agrees_with_its_entries AFTER INSERT ON payments_allocation
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.charge_id IS NOT NULL) EXECUTE FUNCTION charges_agreed();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('charges', '0007_relief'),
        ('kernel', '0002_sent_forms'),
        ('payments', '0006_counter_entries'),
        ('people', '0006_approval_remarks'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='HistoricalRefund',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('amount_fen', models.BigIntegerField()),
                ('reason', models.CharField(max_length=200)),
                ('state', models.CharField(choices=[('ASKED', 'Asked'), ('APPROVED', 'Approved'), ('PAID', 'Paid'), ('REJECTED', 'Rejected'), ('WITHDRAWN', 'Withdrawn')], default='ASKED', max_length=10)),
                ('asked_on', models.DateField()),
                ('closed_on', models.DateField(null=True)),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('account', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='charges.account')),
                ('approval', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='people.approval')),
                ('asked_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('decided_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('paid_as', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='payments.payment')),
                ('paid_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('payment', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='payments.payment')),
                ('tenant', models.ForeignKey(blank=True, db_constraint=False, default=tenancy.kernel.scope.current_tenant_id, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='kernel.tenant')),
            ],
            options={
                'verbose_name': 'historical refund',
                'verbose_name_plural': 'historical refunds',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='Refund',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('amount_fen', models.BigIntegerField()),
                ('reason', models.CharField(max_length=200)),
                ('state', models.CharField(choices=[('ASKED', 'Asked'), ('APPROVED', 'Approved'), ('PAID', 'Paid'), ('REJECTED', 'Rejected'), ('WITHDRAWN', 'Withdrawn')], default='ASKED', max_length=10)),
                ('asked_on', models.DateField()),
                ('closed_on', models.DateField(null=True)),
                ('account', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='refunds', to='charges.account')),
                ('approval', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.approval')),
                ('asked_by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('decided_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('paid_as', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='payments.payment')),
                ('paid_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('payment', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='refunds', to='payments.payment')),
                ('tenant', models.ForeignKey(db_constraint=False, db_index=False, default=tenancy.kernel.scope.current_tenant_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.tenant')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('state__in', ['ASKED', 'APPROVED'])), fields=['tenant', 'account'], name='refund_waiting'), models.Index(fields=['tenant', '-id'], name='refund_newest_first')],
                'constraints': [models.CheckConstraint(condition=models.Q(('amount_fen__gt', 0)), name='refund_of_something'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='refund_for_a_reason'), models.CheckConstraint(condition=models.Q(models.Q(('paid_as__isnull', False), ('paid_by__isnull', False), ('state', 'PAID')), models.Q(models.Q(('state', 'PAID'), _negated=True), ('paid_as__isnull', True)), _connector='OR'), name='refund_paid_names_its_entry'), models.CheckConstraint(condition=models.Q(models.Q(('decided_by__isnull', True), models.Q(('decided_by', models.F('asked_by')), _negated=True), _connector='OR'), models.Q(('paid_by__isnull', True), models.Q(models.Q(('paid_by', models.F('asked_by')), _negated=True), models.Q(('paid_by', models.F('decided_by')), _negated=True)), _connector='OR')), name='refund_by_three_people'), models.UniqueConstraint(fields=('tenant', 'paid_as'), name='refund_paid_once')],
            },
        ),
        Protect("Refund", history=True),
        migrations.RunSQL(AGREED),
    ]
