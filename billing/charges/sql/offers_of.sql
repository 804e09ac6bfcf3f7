-- Late fee that is let off these accounts if its principal comes in, by offers that stand on a day.
SELECT w.account_id, l.waiver_id, l.charge_id, l.amount_fen, w.offered_until, w.reason
  FROM charges_waiver w
  JOIN charges_waiverline l ON l.tenant_id = %(tenant_id)s AND l.waiver_id = w.id
 WHERE w.tenant_id = %(tenant_id)s AND w.account_id = ANY (%(account_ids)s::bigint[])
   AND w.state = 'OFFERED' AND w.asked_on <= %(day)s AND w.offered_until >= %(day)s
 ORDER BY l.id
