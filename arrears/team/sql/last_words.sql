-- The last three things that were said or tried in each of some cases, the newest first.
SELECT asked.case_id, said."on", said.how, said.result, said.feedback
  FROM unnest(%(case_ids)s::bigint[]) AS asked (case_id)
 CROSS JOIN LATERAL (
       SELECT (l.at AT TIME ZONE 'Asia/Shanghai')::date AS "on", 'CALL' AS how, l.outcome AS result, l.feedback, l.at
         FROM cases_call l
        WHERE l.tenant_id = %(tenant_id)s AND l.case_id = asked.case_id
       UNION ALL
       SELECT v."on", 'VISIT', v.result, v.feedback, v.at
         FROM cases_visit v
        WHERE v.tenant_id = %(tenant_id)s AND v.case_id = asked.case_id
       ORDER BY 1 DESC, 5 DESC LIMIT 3
       ) said
