-- Waiting notices whose amounts are no longer true: a bill notice when all its charges are settled, any other
-- when one of its charges was touched. What a worker holds keeps its state and is only marked.
UPDATE notices_notice n
   SET state = CASE n.state WHEN 'QUEUED' THEN 'WITHDRAWN' ELSE n.state END,
       reason_code = %(reason_code)s, reason_params = '{}'
  FROM unnest(%(account_ids)s::bigint[], %(touched)s::text[], %(settled)s::text[])
    AS untrue (account_id, touched, settled)
 WHERE n.tenant_id = %(tenant_id)s AND n.account_id = untrue.account_id AND n.account_id = ANY (%(account_ids)s::bigint[])
   AND n.state IN ('QUEUED', 'SENDING') AND cardinality(n.charge_ids) > 0
   AND CASE n.kind WHEN 'BILL_NOTICE' THEN n.charge_ids <@ untrue.settled::bigint[]
            ELSE n.charge_ids && untrue.touched::bigint[] END
RETURNING n.state
