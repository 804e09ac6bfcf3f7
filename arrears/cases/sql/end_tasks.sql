-- What need not be done any more: done where a person did it, cancelled where it became pointless.
UPDATE cases_task t
   SET done_at = CASE WHEN x.done THEN now() END, cancelled_at = CASE WHEN x.done THEN NULL ELSE now() END,
       done_by_id = CASE WHEN x.done THEN %(by_id)s::bigint END
  FROM unnest(%(case_ids)s::bigint[], %(kinds)s::text[], %(done)s::boolean[]) AS x (case_id, kind, done)
 WHERE t.tenant_id = %(tenant_id)s AND t.case_id = x.case_id AND t.kind = x.kind
   AND t.done_at IS NULL AND t.cancelled_at IS NULL
