-- Things to do; of one kind a case has one open at most, and the earlier day wins.
INSERT INTO cases_task AS t (tenant_id, community_id, case_id, account_id, notice_id, kind, due_on, because,
                             because_params, assigned_to_id)
SELECT %(tenant_id)s, k.community_id, k.id, k.account_id, n.notice_id, n.kind, n.due_on, n.because,
       n.params::jsonb, k.collector_id
  FROM unnest(%(case_ids)s::bigint[], %(kinds)s::text[], %(due_ons)s::date[], %(becauses)s::text[],
              %(params)s::text[], %(notice_ids)s::bigint[])
       AS n (case_id, kind, due_on, because, params, notice_id)
  JOIN cases_case k ON k.tenant_id = %(tenant_id)s AND k.id = n.case_id
 ORDER BY k.id
    ON CONFLICT (tenant_id, case_id, kind) WHERE done_at IS NULL AND cancelled_at IS NULL
    DO UPDATE SET due_on = EXCLUDED.due_on, because = EXCLUDED.because,
                  because_params = EXCLUDED.because_params, notice_id = EXCLUDED.notice_id
          WHERE t.due_on > EXCLUDED.due_on OR EXCLUDED.notice_id IS NOT NULL
