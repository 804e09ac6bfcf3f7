-- Money that came in, or credit that pays, as it was decided; a key that was used before is an error.
INSERT INTO payments_payment (
    tenant_id, community_id, unit_id, account_id, cash_point_id, session_id, method, amount_fen, tendered_fen,
    paid_on, posted_on, reference, payer_name, note, idempotency_key, asked, taken_by_id, created_at)
SELECT %(tenant_id)s, p.community_id, p.unit_id, p.account_id, p.cash_point_id, p.session_id, p.method, p.amount_fen,
       p.tendered_fen, p.paid_on, %(posted_on)s, p.reference, p.payer_name, p.note, p.idempotency_key, p.asked::jsonb,
       %(taken_by_id)s, p.created_at
  FROM unnest(%(community_id)s::bigint[], %(unit_id)s::bigint[], %(account_id)s::bigint[],
              %(cash_point_id)s::bigint[], %(session_id)s::bigint[], %(method)s::text[], %(amount_fen)s::bigint[],
              %(tendered_fen)s::bigint[], %(paid_on)s::date[], %(reference)s::text[], %(payer_name)s::text[],
              %(note)s::text[], %(idempotency_key)s::text[], %(asked)s::text[], %(created_at)s::timestamptz[])
       WITH ORDINALITY AS p (community_id, unit_id, account_id, cash_point_id, session_id, method, amount_fen,
                             tendered_fen, paid_on, reference, payer_name, note, idempotency_key, asked, created_at, n)
 ORDER BY p.n
RETURNING idempotency_key, id
