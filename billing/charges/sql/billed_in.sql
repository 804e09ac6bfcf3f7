-- What was billed per unit and fee item for charges that begin in a period.
SELECT u.code, f.name, count(*), sum(c.amount_fen)::bigint
  FROM charges_charge c
  JOIN owners_unit u ON u.id = c.unit_id
  JOIN charges_feeitem f ON f.id = c.fee_item_id
 WHERE c.community_id = %(community_id)s AND c.reversed_on IS NULL AND c.kind = 'PERIODIC'
   AND c.ends_on > %(start_on)s AND lower(c.period) >= %(start_on)s AND lower(c.period) < %(end_on)s
 GROUP BY u.code, f.name
