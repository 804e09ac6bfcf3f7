-- The next receipts of a desk, numbered before.
INSERT INTO payments_receipt (tenant_id, cash_point_id, payment_id, number, issued_on, prints, void_reason)
SELECT %(tenant_id)s, %(cash_point_id)s, r.payment_id, r.number, %(on)s, 0, ''
  FROM unnest(%(payment_ids)s::bigint[], %(numbers)s::text[]) WITH ORDINALITY AS r (payment_id, number, n)
 ORDER BY r.n
RETURNING number, id
