"""A closed business day cannot change: nothing is booked on it or before it any more."""

from django.conf import settings
from django.db import migrations

from tenancy.kernel.migrate import Protect

ROLE = settings.APP_DB_ROLE

GRANTS = f"""
REVOKE UPDATE, DELETE, TRUNCATE ON payments_dayclose FROM {ROLE};
GRANT UPDATE (reviewed_by_id, reviewed_at, signed_by_id, signed_at) ON payments_dayclose TO {ROLE};
"""

# Whoever books holds the community's days shared until his transaction ends, whoever closes one holds them
# alone: the figures of a close know of all that was booked. 7411 stands for days among the advisory locks.
CLOSED = """
CREATE FUNCTION payments_hold_day(whose bigint, place bigint, on_day date) RETURNS void
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $body$
BEGIN
  PERFORM pg_advisory_xact_lock_shared(7411, (place % 2147483648)::int);
  IF EXISTS (SELECT FROM payments_dayclose
              WHERE tenant_id = whose AND community_id = place AND day >= on_day) THEN
    RAISE EXCEPTION 'the business day % of community % is closed', on_day, place
      USING ERRCODE = 'check_violation', CONSTRAINT = 'closed_day_never_changes';
  END IF;
END $body$;

CREATE FUNCTION payments_payment_day() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
  PERFORM payments_hold_day(NEW.tenant_id, NEW.community_id, NEW.posted_on);
  RETURN NEW;
END $body$;
CREATE TRIGGER closed_day_never_changes BEFORE INSERT ON payments_payment
  FOR EACH ROW EXECUTE FUNCTION payments_payment_day();

CREATE FUNCTION payments_cash_day() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
  PERFORM payments_hold_day(NEW.tenant_id, NEW.community_id, NEW.day);
  RETURN NEW;
END $body$;
CREATE TRIGGER closed_day_never_changes BEFORE INSERT ON payments_cashsession
  FOR EACH ROW EXECUTE FUNCTION payments_cash_day();
CREATE TRIGGER closed_day_never_changes BEFORE INSERT ON payments_cashhandover
  FOR EACH ROW EXECUTE FUNCTION payments_cash_day();
CREATE TRIGGER closed_day_never_changes BEFORE INSERT ON payments_cashdeposit
  FOR EACH ROW EXECUTE FUNCTION payments_cash_day();

CREATE FUNCTION payments_receipt_day() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
  PERFORM payments_hold_day(NEW.tenant_id, d.community_id,
                            CASE TG_OP WHEN 'INSERT' THEN NEW.issued_on ELSE NEW.voided_on END)
     FROM payments_cashpoint d WHERE d.tenant_id = NEW.tenant_id AND d.id = NEW.cash_point_id;
  RETURN NEW;
END $body$;
CREATE TRIGGER closed_day_never_changes BEFORE INSERT ON payments_receipt
  FOR EACH ROW EXECUTE FUNCTION payments_receipt_day();
CREATE TRIGGER closed_day_takes_no_void BEFORE UPDATE ON payments_receipt
  FOR EACH ROW WHEN (NEW.voided_on IS DISTINCT FROM OLD.voided_on) EXECUTE FUNCTION payments_receipt_day();

CREATE FUNCTION payments_day_may_close() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $body$
BEGIN
  PERFORM pg_advisory_xact_lock(7411, (NEW.community_id % 2147483648)::int);
  IF EXISTS (SELECT FROM payments_dayclose
              WHERE tenant_id = NEW.tenant_id AND community_id = NEW.community_id AND day > NEW.day) THEN
    RAISE EXCEPTION 'a later day than % is closed', NEW.day
      USING ERRCODE = 'check_violation', CONSTRAINT = 'days_close_in_order';
  END IF;
  IF EXISTS (SELECT FROM payments_cashsession
              WHERE tenant_id = NEW.tenant_id AND community_id = NEW.community_id AND day <= NEW.day
                AND closed_at IS NULL) THEN
    RAISE EXCEPTION 'a cash session of % is open', NEW.day
      USING ERRCODE = 'check_violation', CONSTRAINT = 'day_closes_after_its_sessions';
  END IF;
  RETURN NEW;
END $body$;
CREATE TRIGGER day_may_close BEFORE INSERT ON payments_dayclose
  FOR EACH ROW EXECUTE FUNCTION payments_day_may_close();

-- A name that stands under a day stays there.
CREATE TRIGGER day_close_signature_is_final BEFORE UPDATE ON payments_dayclose
  FOR EACH ROW WHEN (
    OLD.reviewed_at IS NOT NULL
      AND (OLD.reviewed_by_id, OLD.reviewed_at) IS DISTINCT FROM (NEW.reviewed_by_id, NEW.reviewed_at)
    OR OLD.signed_at IS NOT NULL
      AND (OLD.signed_by_id, OLD.signed_at) IS DISTINCT FROM (NEW.signed_by_id, NEW.signed_at))
  EXECUTE FUNCTION payments_closed_is_final();
"""


class Migration(migrations.Migration):
    dependencies = [("payments", "0011_day_closes")]

    operations = [
        Protect("DayClose", community="community_id", no_index=("community",)),
        migrations.RunSQL(GRANTS),
        migrations.RunSQL(CLOSED),
    ]
