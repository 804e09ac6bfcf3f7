"""Put every table of this app behind the walls."""

from django.db import migrations

from tenancy.kernel.migrate import Protect

# A payment is allocated exactly, no fen more or less: checked when the transaction commits.
BALANCED = """
CREATE FUNCTION payments_balanced() RETURNS trigger LANGUAGE plpgsql AS $body$
DECLARE paid bigint; allocated bigint;
DECLARE which bigint := CASE TG_TABLE_NAME WHEN 'payments_payment' THEN NEW.id ELSE (to_jsonb(NEW)->>'payment_id')::bigint END;
BEGIN
  SELECT amount_fen INTO paid FROM payments_payment WHERE tenant_id = NEW.tenant_id AND id = which;
  SELECT coalesce(sum(amount_fen), 0) INTO allocated
    FROM payments_allocation WHERE tenant_id = NEW.tenant_id AND payment_id = which;
  IF paid IS DISTINCT FROM allocated THEN
    RAISE EXCEPTION 'payment % of % fen has % fen allocated', which, paid, allocated
      USING ERRCODE = 'check_violation', CONSTRAINT = 'payment_allocated_exactly';
  END IF;
  RETURN NULL;
END $body$;
CREATE CONSTRAINT TRIGGER payment_allocated_exactly AFTER INSERT ON payments_payment
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION payments_balanced();
CREATE CONSTRAINT TRIGGER payment_allocated_exactly AFTER INSERT ON payments_allocation
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION payments_balanced();
"""


class Migration(migrations.Migration):
    dependencies = [("payments", "0001_initial"), ("charges", "0002_walls")]

    operations = [
        Protect("CashPoint", community="community_id"),
        Protect("Payment", append_only=True, community="community_id", no_index=("community", "cash_point")),
        Protect("Allocation", append_only=True),
        Protect("CreditEntry", append_only=True, no_index=("payment",)),
        Protect("Receipt"),
        migrations.RunSQL(BALANCED),
    ]
