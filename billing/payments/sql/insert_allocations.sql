-- What of new payments paid what; credit has no charge.
INSERT INTO payments_allocation (tenant_id, payment_id, charge_id, part, amount_fen)
SELECT %(tenant_id)s, line.payment_id, line.charge_id, line.part, line.amount_fen
  FROM unnest(%(payment_ids)s::bigint[], %(charge_ids)s::bigint[], %(parts)s::text[], %(amounts_fen)s::bigint[])
       WITH ORDINALITY AS line (payment_id, charge_id, part, amount_fen, n)
 ORDER BY line.n
