-- What was decided about a block of transfers. A line that a person has decided meanwhile stays his.
UPDATE banking_bankline line
   SET state = d.state, account_id = d.account_id, score = d.score, reasons = d.reasons::jsonb,
       payment_id = d.payment_id
  FROM unnest(%(ids)s::bigint[], %(states)s::text[], %(account_ids)s::bigint[], %(scores)s::int[],
              %(reasons)s::text[], %(payment_ids)s::bigint[])
       AS d (id, state, account_id, score, reasons, payment_id)
 WHERE line.tenant_id = %(tenant_id)s AND line.id = d.id AND line.state IN ('NEW', 'PROPOSED', 'SUSPENSE')
   AND line.decided_at IS NULL
