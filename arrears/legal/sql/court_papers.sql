-- Open cases whose newest event waits at the court: the charges it is about, its paper and court, until when to
-- file, the day on which its charges were chosen, and what the paper says: its state, and the sums it asks for.
SELECT k.id, newest.code, newest.event, newest."on", newest.charge_ids, newest.notice_id, coalesce(n.number, ''),
       t.due_on, coalesce(n.data ->> 'court', ''), opened."on", coalesce(n.state, ''), coalesce(n.kind, ''),
       coalesce(n.data ->> 'unpaid_fen', n.data ->> 'total_fen')::bigint,
       coalesce(n.data ->> 'principal_fen', '0')::bigint, coalesce(n.data ->> 'late_fee_fen', '0')::bigint,
       coalesce(n.data ->> 'costs_fen', '0')::bigint
  FROM cases_case k
  JOIN LATERAL (
       SELECT s.code, s.event, s."on", s.charge_ids, s.notice_id FROM cases_step s
        WHERE s.tenant_id = k.tenant_id AND s.case_id = k.id ORDER BY s.id DESC LIMIT 1
       ) newest ON newest.code IN ('COURT', 'ENFORCEMENT') AND newest.event IN ('DUE', 'APPROVED', 'SENT')
  JOIN LATERAL (
       SELECT s."on" FROM cases_step s
        WHERE s.tenant_id = k.tenant_id AND s.case_id = k.id AND s.code = newest.code
          AND s.event IN ('DUE', 'PROPOSED') ORDER BY s.id DESC LIMIT 1
       ) opened ON true
  LEFT JOIN notices_notice n ON n.tenant_id = k.tenant_id AND n.id = newest.notice_id
  LEFT JOIN cases_task t ON t.tenant_id = k.tenant_id AND t.case_id = k.id AND t.kind = 'FILE'
        AND t.done_at IS NULL AND t.cancelled_at IS NULL
        AND NOT EXISTS (SELECT FROM cases_hold h  -- it waits while a deferral or a plan stands
                         WHERE h.tenant_id = k.tenant_id AND h.account_id = k.account_id AND h.kind = ANY (%(agreed)s)
                           AND h.from_on <= %(as_of)s AND (h.to_on IS NULL OR h.to_on >= %(as_of)s)
                           AND (h.released_on IS NULL OR h.released_on > %(as_of)s))
 WHERE k.tenant_id = %(tenant_id)s AND k.closed_on IS NULL
   AND (%(case_id)s::bigint IS NULL OR k.id = %(case_id)s)
   AND EXISTS (SELECT 1 FROM cases_step o WHERE o.tenant_id = k.tenant_id AND o.case_id = k.id
                AND o.code IN ('COURT', 'ENFORCEMENT'))
 ORDER BY t.due_on NULLS LAST, k.id
