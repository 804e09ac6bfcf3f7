"""Walls around the till: what is closed stays as it is, and mixed payments are the sum of their parts."""

from django.conf import settings
from django.db import migrations

from tenancy.kernel.migrate import Protect, pin_sql

ROLE = settings.APP_DB_ROLE

# Of a session only the columns of its closing are ever written, of a hand-over only the answer.
GRANTS = f"""
REVOKE UPDATE, DELETE, TRUNCATE ON payments_cashsession FROM {ROLE};
GRANT UPDATE (closed_at, closed_by_id, expected_fen, counted_fen, reason) ON payments_cashsession TO {ROLE};
REVOKE UPDATE, DELETE, TRUNCATE ON payments_cashhandover FROM {ROLE};
GRANT UPDATE (accepted_at, declined_at) ON payments_cashhandover TO {ROLE};
"""

# SECURITY DEFINER as in 0004: the checks name the company themselves and see past a member's communities.
CLOSED = """
CREATE FUNCTION payments_closed_is_final() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
  RAISE EXCEPTION '% % is closed: nothing of it changes', TG_TABLE_NAME, OLD.id
    USING ERRCODE = 'check_violation', CONSTRAINT = TG_NAME;
END $body$;
CREATE TRIGGER cash_session_closed_is_final BEFORE UPDATE ON payments_cashsession
  FOR EACH ROW WHEN (OLD.closed_at IS NOT NULL) EXECUTE FUNCTION payments_closed_is_final();
CREATE TRIGGER cash_handover_answered_is_final BEFORE UPDATE ON payments_cashhandover
  FOR EACH ROW WHEN (OLD.accepted_at IS NOT NULL OR OLD.declined_at IS NOT NULL)
  EXECUTE FUNCTION payments_closed_is_final();

-- The session is held until the transaction ends, so that it is not closed meanwhile.
CREATE FUNCTION payments_session_is_open() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $body$
DECLARE held payments_cashsession%ROWTYPE;
BEGIN
  SELECT * INTO held FROM payments_cashsession
   WHERE tenant_id = NEW.tenant_id AND id = NEW.session_id FOR SHARE;
  IF held.closed_at IS NOT NULL THEN
    RAISE EXCEPTION 'cash session % is closed', NEW.session_id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'cash_moves_in_an_open_session';
  END IF;
  IF TG_TABLE_NAME = 'payments_payment' AND (held.cash_point_id, held.day)
       IS DISTINCT FROM ((to_jsonb(NEW)->>'cash_point_id')::bigint, (to_jsonb(NEW)->>'posted_on')::date) THEN
    RAISE EXCEPTION 'cash session % is of another desk or day', NEW.session_id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'cash_moves_in_an_open_session';
  END IF;
  RETURN NEW;
END $body$;
CREATE TRIGGER cash_moves_in_an_open_session BEFORE INSERT ON payments_payment
  FOR EACH ROW WHEN (NEW.session_id IS NOT NULL) EXECUTE FUNCTION payments_session_is_open();
CREATE TRIGGER cash_moves_in_an_open_session BEFORE INSERT ON payments_cashcount
  FOR EACH ROW EXECUTE FUNCTION payments_session_is_open();
CREATE TRIGGER cash_moves_in_an_open_session BEFORE INSERT ON payments_cashhandover
  FOR EACH ROW EXECUTE FUNCTION payments_session_is_open();
CREATE TRIGGER cash_moves_in_an_open_session BEFORE INSERT ON payments_cashdeposit
  FOR EACH ROW WHEN (NEW.session_id IS NOT NULL) EXECUTE FUNCTION payments_session_is_open();

CREATE FUNCTION payments_deposit_of_handover() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $body$
DECLARE handed bigint; taken bigint;
BEGIN
  SELECT amount_fen INTO handed FROM payments_cashhandover
   WHERE tenant_id = NEW.tenant_id AND id = NEW.handover_id AND accepted_at IS NOT NULL AND purpose = 'FINANCE'
     FOR UPDATE;
  SELECT coalesce(sum(amount_fen), 0) INTO taken FROM payments_cashdeposit
   WHERE tenant_id = NEW.tenant_id AND handover_id = NEW.handover_id;
  IF handed IS NULL OR taken + NEW.amount_fen > handed THEN
    RAISE EXCEPTION 'hand-over % does not hold % fen more', NEW.handover_id, NEW.amount_fen
      USING ERRCODE = 'check_violation', CONSTRAINT = 'cash_deposit_within_its_handover';
  END IF;
  RETURN NEW;
END $body$;
CREATE TRIGGER cash_deposit_within_its_handover BEFORE INSERT ON payments_cashdeposit
  FOR EACH ROW WHEN (NEW.handover_id IS NOT NULL) EXECUTE FUNCTION payments_deposit_of_handover();
"""

MIXED = """
CREATE FUNCTION payments_tenders_add_up() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $body$
DECLARE paid bigint; way text; parts bigint; total bigint; wrong bigint;
DECLARE which bigint := CASE TG_TABLE_NAME WHEN 'payments_payment' THEN NEW.id ELSE (to_jsonb(NEW)->>'payment_id')::bigint END;
BEGIN
  SELECT amount_fen, method INTO paid, way FROM payments_payment WHERE tenant_id = NEW.tenant_id AND id = which;
  SELECT count(*), coalesce(sum(amount_fen), 0), count(*) FILTER (WHERE sign(amount_fen) <> sign(paid))
    INTO parts, total, wrong FROM payments_tender WHERE tenant_id = NEW.tenant_id AND payment_id = which;
  IF way <> 'MIXED' OR parts < 2 OR total <> paid OR wrong > 0 THEN
    RAISE EXCEPTION 'payment % (%) of % fen has % tenders of % fen', which, way, paid, parts, total
      USING ERRCODE = 'check_violation', CONSTRAINT = 'payment_is_the_sum_of_its_tenders';
  END IF;
  RETURN NULL;
END $body$;
CREATE CONSTRAINT TRIGGER payment_is_the_sum_of_its_tenders AFTER INSERT ON payments_payment
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.method = 'MIXED')
  EXECUTE FUNCTION payments_tenders_add_up();
CREATE CONSTRAINT TRIGGER payment_is_the_sum_of_its_tenders AFTER INSERT ON payments_tender
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION payments_tenders_add_up();

-- security_invoker: who reads it stands before the walls of the tables below.
CREATE VIEW payments_tendered WITH (security_invoker = true) AS
SELECT p.id, p.tenant_id, p.community_id, p.account_id, p.session_id, p.kind, p.method, p.amount_fen, p.reference,
       p.paid_on, p.posted_on, p.created_at
  FROM payments_payment p
 WHERE p.method <> 'MIXED'
 UNION ALL
SELECT p.id, p.tenant_id, p.community_id, p.account_id, p.session_id, p.kind, t.method, t.amount_fen, t.reference,
       p.paid_on, p.posted_on, p.created_at
  FROM payments_payment p
  JOIN payments_tender t ON t.tenant_id = p.tenant_id AND t.payment_id = p.id
 WHERE p.method = 'MIXED';
"""


class Migration(migrations.Migration):
    dependencies = [("payments", "0009_tills")]

    operations = [
        Protect("CashSession", community="community_id", no_index=("community",)),
        Protect("CashCount", append_only=True, no_index=("session",)),
        Protect("CashHandover", community="community_id", no_index=("community",)),
        Protect("CashDeposit", append_only=True, community="community_id", no_index=("community", "file")),
        Protect("Tender", append_only=True),
        migrations.RunSQL(pin_sql("payments_payment", "session_id", "payments_cashsession")),
        migrations.RunSQL(
            "CREATE INDEX payments_payment_session_fk ON payments_payment (tenant_id, session_id)"
            " WHERE session_id IS NOT NULL"
        ),
        migrations.RunSQL(GRANTS),
        migrations.RunSQL(CLOSED),
        migrations.RunSQL(MIXED),
        migrations.RunSQL(f"GRANT SELECT ON payments_tendered TO {ROLE}"),
    ]
