-- What was done about money that is late on a day of a community, and what came after it: counts, and fen of
-- promises and of payments of accounts that somebody had spoken to in the days before.
WITH account AS (
  SELECT id FROM charges_account WHERE tenant_id = %(tenant_id)s AND community_id = %(community_id)s
), promise AS (
  SELECT count(*) AS n, coalesce(sum(p.amount_fen), 0)::bigint AS fen
    FROM cases_promise p JOIN account a ON a.id = p.account_id
   WHERE p.tenant_id = %(tenant_id)s AND p.made_on = %(day)s
), paid AS (
  SELECT count(*) AS n, coalesce(sum(p.amount_fen), 0)::bigint AS fen
    FROM payments_payment p
   WHERE p.tenant_id = %(tenant_id)s AND p.community_id = %(community_id)s AND p.posted_on = %(day)s
     AND p.kind = 'RECEIVED' AND p.method <> 'CREDIT'
     AND (EXISTS (SELECT FROM cases_call l
                   WHERE l.tenant_id = p.tenant_id AND l.account_id = p.account_id
                     AND l.at >= %(spoken_from)s AND l.at < %(until_at)s)
       OR EXISTS (SELECT FROM cases_visit v
                   WHERE v.tenant_id = p.tenant_id AND v.account_id = p.account_id
                     AND v."on" BETWEEN %(spoken_on)s AND %(day)s))
)
SELECT (SELECT count(*) FROM cases_call l JOIN account a ON a.id = l.account_id
         WHERE l.tenant_id = %(tenant_id)s AND l.at >= %(from_at)s AND l.at < %(until_at)s),
       (SELECT count(*) FROM cases_visit v JOIN account a ON a.id = v.account_id
         WHERE v.tenant_id = %(tenant_id)s AND v."on" = %(day)s),
       (SELECT count(*) FROM notices_notice n
         WHERE n.tenant_id = %(tenant_id)s AND n.community_id = %(community_id)s AND n.issued_on = %(day)s
           AND n.kind <> ALL (%(bills)s::text[])),
       promise.n, promise.fen, paid.n, paid.fen
  FROM promise, paid
