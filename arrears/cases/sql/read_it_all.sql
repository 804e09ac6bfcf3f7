-- For one large read: every row will be fetched, and the rows of yesterday's statistics are not today's. A guess
-- of one row for a hundred thousand must not become a loop in a loop; for a few accounts loops are right.
SELECT set_config('cursor_tuple_fraction', '1', true), set_config('work_mem', '64MB', true),
       set_config('jit', 'off', true), set_config('enable_nestloop', CASE WHEN %(all)s THEN 'off' ELSE 'on' END, true)
