-- Charges that any payment of some accounts went to; what was taken back was no payment.
SELECT DISTINCT p.account_id, a.charge_id
  FROM payments_payment p
  JOIN payments_allocation a ON a.tenant_id = %(tenant_id)s AND a.payment_id = p.id
 WHERE p.tenant_id = %(tenant_id)s AND p.account_id = ANY (%(account_ids)s::bigint[])
   AND p.kind <> 'REVERSAL' AND a.charge_id IS NOT NULL
   AND NOT EXISTS (SELECT FROM payments_payment r WHERE r.tenant_id = %(tenant_id)s AND r.reverses_id = p.id)
