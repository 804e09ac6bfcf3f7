-- The calculations of some units' periodic charges that begin in a period, for holding two months against each other.
SELECT u.code, c.snapshot::text
  FROM charges_charge c
  JOIN owners_unit u ON u.tenant_id = c.tenant_id AND u.id = c.unit_id
 WHERE c.tenant_id = %(tenant_id)s AND c.community_id = %(community_id)s AND c.reversed_on IS NULL
   AND c.kind = 'PERIODIC' AND c.ends_on > %(start_on)s AND lower(c.period) >= %(start_on)s
   AND lower(c.period) < %(end_on)s AND u.code = ANY (%(codes)s)
 ORDER BY u.code, c.id
