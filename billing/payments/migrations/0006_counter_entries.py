"""Money that goes back is an entry of its own: reversals, refunds, releases, with the other sign."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from tenancy.kernel.migrate import pin_sql

# A reversal is its payment's mirror, line by line; a refund pays out credit only, a release touches charges
# only; no line goes against its payment. Checked when the transaction commits, past row security.
MIRRORED = """
CREATE FUNCTION payments_mirrored() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $body$
DECLARE wrong bigint;
BEGIN
  IF NEW.kind = 'REVERSAL' THEN
    IF NOT EXISTS (SELECT FROM payments_payment p
                    WHERE p.tenant_id = NEW.tenant_id AND p.id = NEW.reverses_id AND p.kind <> 'REVERSAL'
                      AND p.amount_fen = -NEW.amount_fen AND p.account_id = NEW.account_id
                      AND p.method = NEW.method) THEN
      RAISE EXCEPTION 'payment % is no mirror of payment %', NEW.id, NEW.reverses_id
        USING ERRCODE = 'check_violation', CONSTRAINT = 'payment_reversal_mirrors';
    END IF;
    SELECT count(*) INTO wrong FROM (
      SELECT charge_id, part FROM payments_allocation
       WHERE tenant_id = NEW.tenant_id AND payment_id IN (NEW.id, NEW.reverses_id)
       GROUP BY charge_id, part HAVING sum(amount_fen) <> 0) AS unequal;
  ELSE
    SELECT count(*) INTO wrong FROM payments_allocation
     WHERE tenant_id = NEW.tenant_id AND payment_id = NEW.id
       AND (amount_fen > 0 OR NEW.kind = 'REFUND' AND part <> 'CREDIT' OR NEW.kind = 'RELEASE' AND part = 'CREDIT');
  END IF;
  IF wrong > 0 THEN
    RAISE EXCEPTION 'payment % (%) has % lines that are not its own', NEW.id, NEW.kind, wrong
      USING ERRCODE = 'check_violation', CONSTRAINT = 'payment_reversal_mirrors';
  END IF;
  RETURN NULL;
END $body$;
CREATE CONSTRAINT TRIGGER payment_reversal_mirrors AFTER INSERT ON payments_payment
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.kind <> 'RECEIVED')
  EXECUTE FUNCTION payments_mirrored();

CREATE FUNCTION payments_one_sign() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $body$
BEGIN
  IF EXISTS (SELECT FROM payments_payment WHERE tenant_id = NEW.tenant_id AND id = NEW.payment_id
                AND sign(amount_fen) <> sign(NEW.amount_fen)) THEN
    RAISE EXCEPTION 'a line of % fen goes against its payment %', NEW.amount_fen, NEW.payment_id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'allocation_of_its_payments_sign';
  END IF;
  RETURN NULL;
END $body$;
CREATE CONSTRAINT TRIGGER allocation_of_its_payments_sign AFTER INSERT ON payments_allocation
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.amount_fen < 0)
  EXECUTE FUNCTION payments_one_sign();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('charges', '0006_newest_bills'),
        ('kernel', '0002_sent_forms'),
        ('owners', '0003_search_by_name'),
        ('payments', '0005_newest_payments'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='allocation',
            name='allocation_positive',
        ),
        migrations.RemoveConstraint(
            model_name='payment',
            name='payment_positive',
        ),
        migrations.AddField(
            model_name='payment',
            name='kind',
            field=models.CharField(choices=[('RECEIVED', 'Received'), ('REVERSAL', 'Reversal'), ('REFUND', 'Refund'), ('RELEASE', 'Release')], default='RECEIVED', db_default='RECEIVED', max_length=10),
        ),
        migrations.AddField(
            model_name='payment',
            name='reverses',
            field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='payments.payment'),
        ),
        migrations.AlterField(
            model_name='payment',
            name='amount_fen',
            field=models.BigIntegerField(help_text='Negative for what a reversal, refund or release moves'),
        ),
        migrations.AlterField(
            model_name='payment',
            name='method',
            field=models.CharField(choices=[('CASH', 'Cash'), ('POS', 'Pos'), ('TRANSFER', 'Transfer'), ('WECHAT', 'Wechat'), ('ALIPAY', 'Alipay'), ('DEBIT', 'Debit'), ('CREDIT', 'Credit')], max_length=10),
        ),
        migrations.AddConstraint(
            model_name='allocation',
            constraint=models.CheckConstraint(condition=models.Q(('amount_fen', 0), _negated=True), name='allocation_moves_something'),
        ),
        migrations.AddConstraint(
            model_name='payment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('amount_fen__gt', 0), ('kind', 'RECEIVED')), models.Q(models.Q(('kind', 'RECEIVED'), _negated=True), ('amount_fen__lt', 0)), _connector='OR'), name='payment_sign_is_its_kind'),
        ),
        migrations.AddConstraint(
            model_name='payment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'REVERSAL'), ('reverses__isnull', False)), models.Q(models.Q(('kind', 'REVERSAL'), _negated=True), ('reverses__isnull', True)), _connector='OR'), name='payment_reversal_names_its_payment'),
        ),
        migrations.AddConstraint(
            model_name='payment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'RELEASE'), _negated=True), ('method', 'CREDIT'), _connector='OR'), name='payment_release_is_credit'),
        ),
        migrations.AddConstraint(
            model_name='payment',
            constraint=models.UniqueConstraint(fields=('tenant', 'reverses'), name='payment_reversed_once'),
        ),
        migrations.RunSQL(pin_sql("payments_payment", "reverses_id", "payments_payment")),
        migrations.RunSQL(MIRRORED),
    ]
