-- What moved no cash on a day of a community: what was let off (by kind, less what was taken back), and what
-- stands in banks and channels now that nobody has booked or closed yet; what was set free of charges, less what
-- paid again what stays of them. Counts and fen.
WITH let_off AS (
  SELECT a.kind, count(*) AS n, sum(a.amount_fen)::bigint AS fen
    FROM charges_adjustment a JOIN charges_charge c ON c.tenant_id = a.tenant_id AND c.id = a.charge_id
   WHERE a.tenant_id = %(tenant_id)s AND c.community_id = %(community_id)s
     AND a.created_at >= %(from_at)s AND a.created_at < %(until_at)s
   GROUP BY a.kind
), free AS (
  SELECT count(*) FILTER (WHERE e.amount_fen > 0) AS n, coalesce(sum(e.amount_fen), 0)::bigint AS fen
    FROM payments_payment r
    JOIN payments_creditentry e ON e.tenant_id = r.tenant_id AND e.payment_id = r.id
   WHERE r.tenant_id = %(tenant_id)s AND r.community_id = %(community_id)s AND r.posted_on = %(day)s
     AND (r.kind = 'RELEASE' OR r.idempotency_key LIKE 'kept-%%')
), waiting AS (
  SELECT count(*) AS n, coalesce(sum(l.amount_fen), 0)::bigint AS fen
    FROM banking_bankline l
   WHERE l.tenant_id = %(tenant_id)s AND l.community_id = %(community_id)s AND l."on" <= %(day)s
     AND l.state IN ('NEW', 'PROPOSED', 'SUSPENSE')
), unequal AS (
  SELECT count(*) AS n, coalesce(sum(abs(e.channel_fen - e.booked_fen)), 0)::bigint AS fen
    FROM banking_channelexception e
   WHERE e.tenant_id = %(tenant_id)s AND e.community_id = %(community_id)s AND e.state <> 'CLOSED'
)
SELECT coalesce(max(let_off.n) FILTER (WHERE let_off.kind = 'DISCOUNT'), 0),
       coalesce(max(let_off.fen) FILTER (WHERE let_off.kind = 'DISCOUNT'), 0),
       coalesce(max(let_off.n) FILTER (WHERE let_off.kind = 'WAIVER'), 0),
       coalesce(max(let_off.fen) FILTER (WHERE let_off.kind = 'WAIVER'), 0),
       coalesce(max(let_off.n) FILTER (WHERE let_off.kind = 'WRITE_OFF'), 0),
       coalesce(max(let_off.fen) FILTER (WHERE let_off.kind = 'WRITE_OFF'), 0),
       max(waiting.n), max(waiting.fen), max(unequal.n), max(unequal.fen),
       max(free.n), max(free.fen)
  FROM waiting CROSS JOIN unequal CROSS JOIN free LEFT JOIN let_off ON true
