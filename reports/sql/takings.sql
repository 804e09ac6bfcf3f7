-- Money taken per community and business day; used credit is no new money.
SELECT p.community_id, p.posted_on, count(*), sum(p.amount_fen)::bigint
  FROM payments_payment p
 WHERE p.tenant_id = %(tenant_id)s AND p.method <> 'CREDIT' AND p.posted_on BETWEEN %(from_on)s AND %(to_on)s
   AND (%(community_ids)s::bigint[] IS NULL OR p.community_id = ANY (%(community_ids)s::bigint[]))
 GROUP BY p.community_id, p.posted_on
