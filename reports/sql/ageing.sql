-- Unpaid principal per community and due date: few enough rows that the bucket stays a rule in Python.
SELECT c.community_id, c.due_on, sum(c.amount_fen - c.settled_fen)::bigint
  FROM charges_charge c
 WHERE c.tenant_id = %(tenant_id)s AND c.reversed_on IS NULL AND c.settled_fen < c.amount_fen
   AND c.issued_on <= %(as_of)s
   AND (%(community_ids)s::bigint[] IS NULL OR c.community_id = ANY (%(community_ids)s::bigint[]))
 GROUP BY c.community_id, c.due_on
