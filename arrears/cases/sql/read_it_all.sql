-- For one large read: every row will be fetched, and the rows of yesterday's statistics are not today's.
SELECT set_config('cursor_tuple_fraction', '1', true), set_config('work_mem', '64MB', true),
       set_config('jit', 'off', true)
