-- For one large read: every row will be fetched, and the rows of yesterday's statistics are not today's. A guess
-- of one row for a hundred thousand must not become a loop in a loop; where few are late loops are right, and
-- the papers of two years are not read whole for them.
SELECT set_config('cursor_tuple_fraction', '1', true), set_config('work_mem', '64MB', true),
       set_config('jit', 'off', true),
       set_config('enable_nestloop', CASE WHEN large.is_so THEN 'off' ELSE 'on' END, true),
       set_config('random_page_cost', CASE WHEN large.is_so THEN '4' ELSE '1.1' END, true)
  FROM (SELECT %(all)s AND count(*) > 5000 AS is_so
          FROM (SELECT 1 FROM charges_charge
                 WHERE tenant_id = %(tenant_id)s AND reversed_on IS NULL AND settled_fen < amount_fen
                   AND due_on < %(as_of)s
                 LIMIT 5001) AS late) AS large
