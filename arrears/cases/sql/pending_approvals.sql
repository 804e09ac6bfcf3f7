-- The requests that steps of some cases still wait for.
SELECT DISTINCT a.id
  FROM cases_step s
  JOIN people_approval a ON a.tenant_id = s.tenant_id AND a.id = s.approval_id
 WHERE s.tenant_id = %(tenant_id)s AND s.case_id = ANY (%(case_ids)s::bigint[]) AND a.decision = 'PENDING'
