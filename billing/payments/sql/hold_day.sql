-- Days of a community stand still until the transaction ends: shared for who books, alone for who closes one.
-- Two statements: the last closed day is read once nobody can close another.
SELECT CASE WHEN %(alone)s THEN pg_advisory_xact_lock(7411, (%(community_id)s %% 2147483648)::int)
            ELSE pg_advisory_xact_lock_shared(7411, (%(community_id)s %% 2147483648)::int) END::text;
SELECT max(day) FROM payments_dayclose WHERE tenant_id = %(tenant_id)s AND community_id = %(community_id)s
