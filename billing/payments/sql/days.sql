-- Business days on which something moved since a community keeps its cash by sessions, and days that were closed.
WITH began AS (
  SELECT community_id, min(day) AS day FROM payments_cashsession
   WHERE tenant_id = %(tenant_id)s
     AND (%(community_id)s::bigint IS NULL OR community_id = %(community_id)s)
   GROUP BY community_id
), moved AS (
  SELECT p.community_id, p.posted_on AS day, count(*) AS payments, sum(p.amount_fen)::bigint AS fen
    FROM payments_payment p JOIN began b ON b.community_id = p.community_id AND p.posted_on >= b.day
   WHERE p.tenant_id = %(tenant_id)s AND p.method <> 'CREDIT'
     AND p.posted_on BETWEEN %(from_on)s AND %(to_on)s
   GROUP BY p.community_id, p.posted_on
), till AS (
  SELECT community_id, day, count(*) FILTER (WHERE closed_at IS NULL) AS open_sessions
    FROM payments_cashsession
   WHERE tenant_id = %(tenant_id)s AND day BETWEEN %(from_on)s AND %(to_on)s
     AND (%(community_id)s::bigint IS NULL OR community_id = %(community_id)s)
   GROUP BY community_id, day
), closed AS (
  SELECT * FROM payments_dayclose
   WHERE tenant_id = %(tenant_id)s AND day BETWEEN %(from_on)s AND %(to_on)s
     AND (%(community_id)s::bigint IS NULL OR community_id = %(community_id)s)
)
SELECT c.id, c.name, day, coalesce(moved.payments, 0), coalesce(moved.fen, 0), coalesce(till.open_sessions, 0),
       coalesce(closed.number, ''), coalesce(closed.counted_fen - closed.expected_fen, 0),
       coalesce(by_.name, ''), coalesce(reviewer.name, ''), coalesce(signer.name, ''),
       CASE WHEN closed.signed_at IS NOT NULL THEN 'DAY_SIGNED' WHEN closed.reviewed_at IS NOT NULL THEN 'DAY_REVIEWED'
            WHEN closed.id IS NOT NULL THEN 'DAY_CLOSED' ELSE 'DAY_OPEN' END AS state
  FROM moved FULL JOIN till USING (community_id, day) FULL JOIN closed USING (community_id, day)
  JOIN owners_community c ON c.tenant_id = %(tenant_id)s AND c.id = community_id
  LEFT JOIN people_user by_ ON by_.id = closed.closed_by_id
  LEFT JOIN people_user reviewer ON reviewer.id = closed.reviewed_by_id
  LEFT JOIN people_user signer ON signer.id = closed.signed_by_id
 ORDER BY day DESC, c.name
