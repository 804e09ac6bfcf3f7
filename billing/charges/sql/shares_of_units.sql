-- The shares of some units in some pools, with the days of the pool's fee item that are billed already.
SELECT s.unit_id, s.pool_id, s.weight, s.amount_fen,
       (SELECT json_agg(json_build_array(lower(c.period), upper(c.period)))
          FROM charges_charge c
         WHERE c.tenant_id = s.tenant_id AND c.unit_id = s.unit_id AND c.fee_item_id = s.fee_item_id
           AND c.reversed_on IS NULL AND c.period && s.period)
  FROM charges_poolshare s
 WHERE s.pool_id = ANY (%(pool_ids)s::bigint[]) AND s.unit_id = ANY (%(unit_ids)s::bigint[]) AND s.amount_fen > 0
 ORDER BY s.unit_id, s.pool_id
