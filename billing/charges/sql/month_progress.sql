-- The bills that some runs made and that stand, and how far their papers have come. A paper that a payment
-- withdrew is no longer to be delivered.
SELECT count(*), coalesce(sum(b.amount_fen), 0)::bigint,
       count(n.id), count(n.id) FILTER (WHERE n.printed_at IS NOT NULL OR n.state IN ('SENT', 'DELIVERED')),
       count(n.id) FILTER (WHERE n.delivered_on IS NOT NULL)
  FROM charges_bill b
  LEFT JOIN notices_notice n ON n.tenant_id = b.tenant_id AND n.number = b.number AND n.number <> ''
                            AND n.kind = 'BILL_NOTICE' AND n.state NOT IN ('WITHDRAWN', 'SKIPPED')
 WHERE b.tenant_id = %(tenant_id)s AND b.community_id = %(community_id)s AND b.voided_on IS NULL
   AND b.issued_on = ANY (%(days)s::date[]) AND b.run_id = ANY (%(run_ids)s::bigint[])
