-- What people must do until a day: open tasks of some kinds whose accounts owe more than the tolerance, without
-- what is disputed.
-- Whoever paid since the night is not on the list, though his task is closed by the next walk only; nor is he to
-- whom nobody may speak while a hold stands: what waits to be said waits with it,
-- and so do papers to file while a deferral or a plan stands.
SELECT t.id, t.case_id, owed.fen, t.due_on
  FROM cases_task t
  JOIN cases_case k ON k.tenant_id = t.tenant_id AND k.id = t.case_id AND k.closed_on IS NULL
  JOIN LATERAL (
       SELECT sum(greatest(c.amount_fen - c.settled_fen - coalesce(x.amount_fen, 0), 0))::bigint AS fen
         FROM charges_charge c
         LEFT JOIN cases_disputedcharge x ON x.tenant_id = c.tenant_id AND x.charge_id = c.id AND x.held @> %(as_of)s::date
        WHERE c.tenant_id = t.tenant_id AND c.account_id = t.account_id AND c.due_on < %(as_of)s
          AND c.reversed_on IS NULL AND c.settled_fen < c.amount_fen
       ) owed ON owed.fen > %(tolerance_fen)s
 WHERE t.tenant_id = %(tenant_id)s AND t.done_at IS NULL AND t.cancelled_at IS NULL
   AND t.kind = ANY (%(kinds)s) AND t.due_on <= %(until)s
   AND (%(community_id)s::bigint IS NULL OR t.community_id = %(community_id)s)
   AND (%(collector_id)s::bigint IS NULL OR k.collector_id = %(collector_id)s)
   AND NOT ((t.kind = 'FILE' OR t.kind = ANY (%(spoken)s)) AND EXISTS (
       SELECT FROM cases_hold h
        WHERE h.tenant_id = t.tenant_id AND h.account_id = t.account_id
          AND h.kind = ANY (CASE WHEN t.kind = 'FILE' THEN %(agreed)s::text[] ELSE %(left_alone)s::text[] END) AND NOT h.only_listed
          AND h.from_on <= %(as_of)s AND (h.to_on IS NULL OR h.to_on >= %(as_of)s)
          AND (h.released_on IS NULL OR h.released_on > %(as_of)s)
          AND NOT (t.kind = 'CALL' AND EXISTS (
              SELECT FROM unnest(h.agreed_days) AS day WHERE %(as_of)s BETWEEN day - %(remind_days)s AND day))))
 ORDER BY t.due_on, t.id
