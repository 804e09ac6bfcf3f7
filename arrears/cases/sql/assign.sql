-- Give cases, and what is open of them, to collectors.
WITH given AS (
  UPDATE cases_case k SET collector_id = g.collector_id
    FROM unnest(%(case_ids)s::bigint[], %(collector_ids)s::bigint[]) AS g (case_id, collector_id)
   WHERE k.tenant_id = %(tenant_id)s AND k.id = g.case_id
  RETURNING k.id, k.collector_id
), tasks AS (
  UPDATE cases_task t SET assigned_to_id = given.collector_id
    FROM given WHERE t.tenant_id = %(tenant_id)s AND t.case_id = given.id
     AND t.done_at IS NULL AND t.cancelled_at IS NULL
)
SELECT count(*) FROM given
