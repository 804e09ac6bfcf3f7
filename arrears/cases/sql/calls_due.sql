-- Calls that people must make until a day, with what their order follows from: kind, last day, principal and age of
-- what is past due, class, the newest promise that is still about something owed, contacts since Monday. Left out
-- are, as in tasks.sql, who paid since the night and to whom nobody may speak while a hold stands.
SELECT t.id, t.case_id, t.kind, t.due_on, owed.fen, %(as_of)s - owed.oldest_due_on, k.klass,
       CASE WHEN owed.oldest_due_on < promise.made_on THEN promise.promised_on END, coalesce(spoken.days, 0)
  FROM cases_task t
  JOIN cases_case k ON k.tenant_id = t.tenant_id AND k.id = t.case_id AND k.closed_on IS NULL
  JOIN LATERAL (
       SELECT sum(c.amount_fen - c.settled_fen - coalesce(x.amount_fen, 0))::bigint AS fen, min(c.due_on) AS oldest_due_on
         FROM charges_charge c
         LEFT JOIN cases_disputedcharge x ON x.tenant_id = c.tenant_id AND x.charge_id = c.id AND x.held @> %(as_of)s::date
        WHERE c.tenant_id = t.tenant_id AND c.account_id = t.account_id AND c.due_on < %(as_of)s
          AND c.reversed_on IS NULL AND c.amount_fen - c.settled_fen > coalesce(x.amount_fen, 0)
       ) owed ON owed.fen > %(tolerance_fen)s
  LEFT JOIN LATERAL (
       SELECT r.promised_on, r.made_on FROM cases_promise r
        WHERE r.tenant_id = t.tenant_id AND r.case_id = t.case_id ORDER BY r.made_on DESC, r.id DESC LIMIT 1
       ) promise ON true
  LEFT JOIN LATERAL (
       SELECT count(DISTINCT (l.at AT TIME ZONE 'Asia/Shanghai')::date) AS days FROM cases_call l
        WHERE l.tenant_id = t.tenant_id AND l.case_id = t.case_id
          AND l.at >= %(monday)s::timestamp AT TIME ZONE 'Asia/Shanghai'
       ) spoken ON true
 WHERE t.tenant_id = %(tenant_id)s AND t.done_at IS NULL AND t.cancelled_at IS NULL
   AND t.kind = ANY (%(kinds)s) AND t.due_on <= %(until)s
   AND (%(community_id)s::bigint IS NULL OR t.community_id = %(community_id)s)
   AND (%(collector_id)s::bigint IS NULL OR k.collector_id = %(collector_id)s)
   AND NOT (t.kind = ANY (%(spoken)s) AND EXISTS (
       SELECT FROM cases_hold h
        WHERE h.tenant_id = t.tenant_id AND h.account_id = t.account_id AND h.kind = ANY (%(silent)s)
          AND h.from_on <= %(as_of)s AND (h.to_on IS NULL OR h.to_on >= %(as_of)s)
          AND (h.released_on IS NULL OR h.released_on > %(as_of)s)))
