-- The cases that fit a filter with what is past due, the heaviest first, as three arrays: a page of a hundred thousand
-- is cut out of them. The newest event of a closed case says on which rung it stood; where an open one stands follows
-- from what is still owed. An open case counts only while something above the tolerance is past due.
WITH owed AS (
  SELECT c.account_id, sum(c.amount_fen - c.settled_fen)::bigint AS fen, min(c.due_on) AS oldest_due_on
    FROM charges_charge c
   WHERE c.tenant_id = %(tenant_id)s AND NOT %(closed)s AND c.due_on < %(as_of)s
     AND c.reversed_on IS NULL AND c.settled_fen < c.amount_fen
     AND (%(community_id)s::bigint IS NULL OR c.community_id = %(community_id)s)
     AND (%(unit_ids)s::bigint[] IS NULL OR c.unit_id = ANY (%(unit_ids)s))
   GROUP BY c.account_id
), fits AS (
  SELECT k.id, k.account_id, coalesce(owed.fen, 0) AS fen, k.closed_on
    FROM cases_case k
    LEFT JOIN owed ON owed.account_id = k.account_id
    LEFT JOIN LATERAL (
         SELECT s.code FROM cases_step s
          WHERE s.tenant_id = k.tenant_id AND s.case_id = k.id ORDER BY s.id DESC LIMIT 1
         ) newest ON %(rung)s <> ''
   WHERE k.tenant_id = %(tenant_id)s AND (k.closed_on IS NOT NULL) = %(closed)s
     AND (%(closed)s OR owed.fen > %(tolerance_fen)s)
     AND (%(due_from)s::date IS NULL OR owed.oldest_due_on >= %(due_from)s)
     AND (%(due_to)s::date IS NULL OR owed.oldest_due_on <= %(due_to)s)
     AND (%(rung)s = '' OR newest.code = %(rung)s)
     AND (%(klass)s = '' OR k.klass = %(klass)s)
     AND (%(community_id)s::bigint IS NULL OR k.community_id = %(community_id)s)
     AND (%(collector_id)s::bigint IS NULL OR k.collector_id = %(collector_id)s)
     AND (%(unit_ids)s::bigint[] IS NULL OR k.unit_id = ANY (%(unit_ids)s))
     AND (%(promised_on)s::date IS NULL OR %(promised_on)s = (
         SELECT r.promised_on FROM cases_promise r
          WHERE r.tenant_id = k.tenant_id AND r.case_id = k.id ORDER BY r.made_on DESC, r.id DESC LIMIT 1))
   ORDER BY fen DESC, k.closed_on DESC, k.id
)
SELECT coalesce(array_agg(id), '{}'), coalesce(array_agg(fen), '{}'), coalesce(array_agg(account_id), '{}') FROM fits
