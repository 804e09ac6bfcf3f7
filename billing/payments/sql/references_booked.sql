-- Numbers of banks and terminals that stand on some accounts already; what was taken back does not count.
SELECT t.account_id, t.method, t.reference
  FROM payments_tendered t
 WHERE t.tenant_id = %(tenant_id)s AND t.account_id = ANY (%(account_ids)s::bigint[])
   AND t.reference = ANY (%(references)s::text[]) AND t.kind = 'RECEIVED'
   AND NOT EXISTS (SELECT FROM payments_payment r WHERE r.tenant_id = %(tenant_id)s AND r.reverses_id = t.id)
