-- What was tried for some cases: how many calls, visits and promises, and the last day of each.
SELECT k.id,
       coalesce(l.calls, 0), l.last_on, coalesce(v.visits, 0), v.last_on, coalesce(p.promises, 0), p.promised_on
  FROM cases_case k
  LEFT JOIN (SELECT case_id, count(*) AS calls, max((at AT TIME ZONE 'Asia/Shanghai')::date) AS last_on
               FROM cases_call WHERE tenant_id = %(tenant_id)s AND case_id = ANY (%(case_ids)s::bigint[])
              GROUP BY case_id) l ON l.case_id = k.id
  LEFT JOIN (SELECT case_id, count(*) AS visits, max("on") AS last_on
               FROM cases_visit WHERE tenant_id = %(tenant_id)s AND case_id = ANY (%(case_ids)s::bigint[])
              GROUP BY case_id) v ON v.case_id = k.id
  LEFT JOIN (SELECT case_id, count(*) AS promises, (array_agg(promised_on ORDER BY made_on DESC, id DESC))[1] AS promised_on
               FROM cases_promise WHERE tenant_id = %(tenant_id)s AND case_id = ANY (%(case_ids)s::bigint[])
              GROUP BY case_id) p ON p.case_id = k.id
 WHERE k.tenant_id = %(tenant_id)s AND k.id = ANY (%(case_ids)s::bigint[])
