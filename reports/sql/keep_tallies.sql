-- Keep the sums of a day; a day that is reckoned again is written over.
INSERT INTO reports_tally (tenant_id, community_id, as_of, computed_at, receivable_fen, collected_fen, opening_fen,
                           recovered_fen, overdue_fen, units_billed, units_clear, units_clear_all, more)
SELECT %(tenant_id)s, t.community_id, t.as_of, %(computed_at)s, t.receivable_fen, t.collected_fen, t.opening_fen,
       t.recovered_fen, t.overdue_fen, t.units_billed, t.units_clear, t.units_clear_all, t.more::jsonb
  FROM unnest(%(community_id)s::bigint[], %(as_of)s::date[], %(receivable_fen)s::bigint[],
              %(collected_fen)s::bigint[], %(opening_fen)s::bigint[], %(recovered_fen)s::bigint[],
              %(overdue_fen)s::bigint[], %(units_billed)s::int[], %(units_clear)s::int[],
              %(units_clear_all)s::int[], %(more)s::text[])
       AS t (community_id, as_of, receivable_fen, collected_fen, opening_fen, recovered_fen, overdue_fen,
             units_billed, units_clear, units_clear_all, more)
    ON CONFLICT (tenant_id, community_id, as_of) DO UPDATE
   SET computed_at = EXCLUDED.computed_at, receivable_fen = EXCLUDED.receivable_fen,
       collected_fen = EXCLUDED.collected_fen, opening_fen = EXCLUDED.opening_fen,
       recovered_fen = EXCLUDED.recovered_fen, overdue_fen = EXCLUDED.overdue_fen,
       units_billed = EXCLUDED.units_billed, units_clear = EXCLUDED.units_clear,
       units_clear_all = EXCLUDED.units_clear_all, more = coalesce(EXCLUDED.more, reports_tally.more)
