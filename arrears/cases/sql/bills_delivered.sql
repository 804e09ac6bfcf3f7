-- When the bill of each charge of some accounts arrived; charges whose bill has not are left out.
SELECT charge_id, min(n.delivered_on)
  FROM notices_notice n, unnest(n.charge_ids) AS charge_id
 WHERE n.tenant_id = %(tenant_id)s AND n.account_id = ANY (%(account_ids)s::bigint[])
   AND n.kind = 'BILL_NOTICE' AND n.delivered_on IS NOT NULL
 GROUP BY charge_id
