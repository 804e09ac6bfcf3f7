-- How many units have been billed their share of a pool.
SELECT count(DISTINCT s.unit_id)
  FROM charges_poolshare s
  JOIN charges_charge c ON c.tenant_id = s.tenant_id AND c.unit_id = s.unit_id AND c.fee_item_id = s.fee_item_id
       AND c.period && s.period AND c.reversed_on IS NULL
 WHERE s.tenant_id = %(tenant_id)s AND s.pool_id = %(pool_id)s AND NOT s.is_withdrawn
