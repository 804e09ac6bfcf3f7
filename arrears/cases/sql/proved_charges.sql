-- The charges that the newest taken step of a level listed, per case.
SELECT DISTINCT ON (s.case_id) s.case_id, s.charge_ids
  FROM unnest(%(case_ids)s::bigint[], %(levels)s::smallint[]) AS x (case_id, level)
  JOIN cases_step s ON s.tenant_id = %(tenant_id)s AND s.case_id = x.case_id AND s.level = x.level
 WHERE s.event = 'TAKEN'
 ORDER BY s.case_id, s.id DESC
