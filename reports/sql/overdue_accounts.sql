-- How many accounts of each community are past due.
SELECT c.community_id, count(DISTINCT c.account_id)
  FROM charges_charge c
 WHERE c.tenant_id = %(tenant_id)s AND c.reversed_on IS NULL AND c.settled_fen < c.amount_fen
   AND c.due_on < %(as_of)s
   AND (%(community_ids)s::bigint[] IS NULL OR c.community_id = ANY (%(community_ids)s::bigint[]))
 GROUP BY c.community_id
