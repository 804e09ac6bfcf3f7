-- Accounts with a bill notice that could still be withdrawn.
SELECT DISTINCT account_id
  FROM notices_notice
 WHERE tenant_id = %(tenant_id)s AND account_id = ANY (%(account_ids)s::bigint[])
   AND kind = 'BILL_NOTICE' AND state IN ('QUEUED', 'SENDING')
