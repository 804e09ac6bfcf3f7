"""The books balance whoever looks: the checks read past row security, and credit moves as payments say."""

from django.db import migrations

# SECURITY DEFINER: the check runs when the transaction commits, maybe after its company was closed, and for
# a member who sees one community only. It names the company itself, so it needs no policy.
BALANCED = """
CREATE OR REPLACE FUNCTION payments_balanced() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $body$
DECLARE paid bigint; allocated bigint; due_credit bigint; moved bigint;
DECLARE which bigint := CASE TG_TABLE_NAME WHEN 'payments_payment' THEN NEW.id ELSE (to_jsonb(NEW)->>'payment_id')::bigint END;
BEGIN
  SELECT amount_fen, CASE method WHEN 'CREDIT' THEN -amount_fen ELSE 0 END INTO paid, due_credit
    FROM payments_payment WHERE tenant_id = NEW.tenant_id AND id = which;
  SELECT coalesce(sum(amount_fen), 0), due_credit + coalesce(sum(amount_fen) FILTER (WHERE part = 'CREDIT'), 0)
    INTO allocated, due_credit
    FROM payments_allocation WHERE tenant_id = NEW.tenant_id AND payment_id = which;
  IF paid IS DISTINCT FROM allocated THEN
    RAISE EXCEPTION 'payment % of % fen has % fen allocated', which, paid, allocated
      USING ERRCODE = 'check_violation', CONSTRAINT = 'payment_allocated_exactly';
  END IF;
  SELECT coalesce(sum(amount_fen), 0) INTO moved
    FROM payments_creditentry WHERE tenant_id = NEW.tenant_id AND payment_id = which;
  IF moved IS DISTINCT FROM due_credit THEN
    RAISE EXCEPTION 'payment % must move % fen of credit, not %', which, due_credit, moved
      USING ERRCODE = 'check_violation', CONSTRAINT = 'credit_moves_as_its_payment_says';
  END IF;
  RETURN NULL;
END $body$;

CREATE FUNCTION payments_credit_never_below_zero() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $body$
DECLARE balance bigint;
BEGIN
  SELECT sum(amount_fen) INTO balance
    FROM payments_creditentry WHERE tenant_id = NEW.tenant_id AND account_id = NEW.account_id;
  IF balance < 0 THEN
    RAISE EXCEPTION 'account % has % fen of credit', NEW.account_id, balance
      USING ERRCODE = 'check_violation', CONSTRAINT = 'credit_never_below_zero';
  END IF;
  RETURN NULL;
END $body$;

CREATE CONSTRAINT TRIGGER credit_moves_as_its_payment_says AFTER INSERT ON payments_creditentry
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION payments_balanced();
CREATE CONSTRAINT TRIGGER credit_never_below_zero AFTER INSERT ON payments_creditentry
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.amount_fen < 0)
  EXECUTE FUNCTION payments_credit_never_below_zero();
"""


class Migration(migrations.Migration):
    dependencies = [("payments", "0003_what_was_asked")]

    operations = [
        # CreditEntry had no index on its payment: the check looks there.
        migrations.RunSQL(
            "CREATE INDEX payments_creditentry_payment_fk ON payments_creditentry (tenant_id, payment_id)"
        ),
        migrations.RunSQL(BALANCED),
    ]
