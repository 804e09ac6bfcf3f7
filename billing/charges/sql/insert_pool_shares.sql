-- The shares of a pool as they are put before whoever agrees.
INSERT INTO charges_poolshare (tenant_id, pool_id, unit_id, fee_item_id, period, weight, amount_fen, is_withdrawn)
SELECT %(tenant_id)s, %(pool_id)s, s.unit_id, %(fee_item_id)s, daterange(%(from_on)s, %(to_on)s), s.weight,
       s.amount_fen, false
  FROM unnest(%(unit_id)s::bigint[], %(weight)s::bigint[], %(amount_fen)s::bigint[])
       AS s (unit_id, weight, amount_fen)
