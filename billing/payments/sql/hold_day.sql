-- Days of a community stand still until the transaction ends: shared for who books, alone for who closes one.
SELECT CASE WHEN %(alone)s THEN pg_advisory_xact_lock(7411, (%(community_id)s %% 2147483648)::int)
            ELSE pg_advisory_xact_lock_shared(7411, (%(community_id)s %% 2147483648)::int) END::text
