-- Approvals under which a paper may be drawn up anew: the newest event of the case dropped this very rung today,
-- because a payment withdrew its paper, and the newest request of the rung was approved and has not run out.
SELECT x.case_id, a.id, u.name, (a.decided_at AT TIME ZONE 'Asia/Shanghai')::date,
       ARRAY(SELECT jsonb_array_elements_text(a.facts -> 'charge_ids')::bigint), (a.facts ->> 'principal_fen')::bigint
  FROM unnest(%(case_ids)s::bigint[], %(levels)s::smallint[]) AS x (case_id, level)
  JOIN LATERAL (
       SELECT s.level, s.event, s."on", s.because, s.because_params FROM cases_step s
        WHERE s.tenant_id = %(tenant_id)s AND s.case_id = x.case_id ORDER BY s.id DESC LIMIT 1
       ) newest ON newest.level = x.level AND newest.event = 'VOID' AND newest."on" = %(as_of)s
               AND newest.because = 'withdrawn' AND newest.because_params ->> 'reason' = 'paid'
  JOIN LATERAL (
       SELECT s.approval_id FROM cases_step s
        WHERE s.tenant_id = %(tenant_id)s AND s.case_id = x.case_id AND s.level = x.level
          AND s.approval_id IS NOT NULL
        ORDER BY s.id DESC LIMIT 1
       ) asked ON true
  JOIN people_approval a ON a.tenant_id = %(tenant_id)s AND a.id = asked.approval_id AND a.decision = 'APPROVED'
                        AND (a.expires_on IS NULL OR a.expires_on >= %(as_of)s)
  JOIN people_user u ON u.id = a.decided_by_id
 WHERE a.facts ? 'charge_ids' AND a.facts ? 'principal_fen'
