-- What each person did for the accounts in sight on the days [from_on, to_on]: contacts, and promises whose day
-- is over (`over_on` is the last such day). A promise is kept when on its day no more than it left is unpaid of what was
-- past due when it was made.
WITH account AS (
  SELECT a.id, a.unit_id FROM charges_account a
   WHERE a.tenant_id = %(tenant_id)s
     AND (%(community_ids)s::bigint[] IS NULL OR a.community_id = ANY (%(community_ids)s::bigint[]))
), call AS (
  SELECT l.by_id, count(*) AS calls, count(*) FILTER (WHERE l.outcome = ANY (%(reached)s::text[])) AS reached
    FROM cases_call l JOIN account a ON a.id = l.account_id
   WHERE l.tenant_id = %(tenant_id)s AND l.at >= %(from_at)s AND l.at < %(until_at)s
   GROUP BY l.by_id
), visit AS (
  SELECT v.by_id, count(*) AS visits
    FROM cases_visit v JOIN account a ON a.id = v.account_id
   WHERE v.tenant_id = %(tenant_id)s AND v."on" BETWEEN %(from_on)s AND %(to_on)s
   GROUP BY v.by_id
), promise AS (
  SELECT p.by_id, count(*) AS due,
         count(*) FILTER (WHERE p.left_fen >= (
           SELECT coalesce(sum(c.amount_fen - c.settled_fen + coalesce((
                SELECT sum(m.principal_fen) FROM charges_movement m
                 WHERE m.tenant_id = c.tenant_id AND m.charge_id = c.id AND m."on" > p.promised_on), 0)), 0)
             FROM charges_charge c
            WHERE c.tenant_id = p.tenant_id AND c.unit_id = a.unit_id AND c.account_id = p.account_id
              AND c.due_on < p.made_on
              AND c.issued_on <= p.made_on AND (c.reversed_on IS NULL OR c.reversed_on > p.promised_on))) AS kept
    FROM cases_promise p JOIN account a ON a.id = p.account_id
   WHERE p.tenant_id = %(tenant_id)s AND p.promised_on BETWEEN %(from_on)s AND %(over_on)s
   GROUP BY p.by_id
)
SELECT who.by_id, coalesce(w.name, ''), coalesce(call.calls, 0), coalesce(call.reached, 0), coalesce(visit.visits, 0),
       coalesce(promise.due, 0), coalesce(promise.kept, 0)
  FROM (SELECT by_id FROM call UNION SELECT by_id FROM visit UNION SELECT by_id FROM promise) AS who
  LEFT JOIN people_user w ON w.id = who.by_id
  LEFT JOIN call ON call.by_id = who.by_id
  LEFT JOIN visit ON visit.by_id = who.by_id
  LEFT JOIN promise ON promise.by_id IS NOT DISTINCT FROM who.by_id
 ORDER BY coalesce(call.calls, 0) + coalesce(visit.visits, 0) DESC, w.name
