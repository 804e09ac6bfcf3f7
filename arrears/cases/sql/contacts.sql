-- The days on which a case was called or visited, oldest first: that we spoke, never what was said.
SELECT case_id, day, how
  FROM (SELECT DISTINCT case_id, (at AT TIME ZONE 'Asia/Shanghai')::date AS day, 'CALL' AS how
          FROM cases_call WHERE tenant_id = %(tenant_id)s AND case_id = ANY (%(case_ids)s::bigint[])
        UNION
        SELECT DISTINCT case_id, "on", 'VISIT'
          FROM cases_visit WHERE tenant_id = %(tenant_id)s AND case_id = ANY (%(case_ids)s::bigint[])) spoken
 ORDER BY case_id, day, how
