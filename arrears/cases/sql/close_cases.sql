-- Close what owes nothing past due any more, and whatever was still to be done for it.
WITH closed AS (
  UPDATE cases_case k SET closed_on = %(as_of)s, close_reason = done.reason
    FROM unnest(%(case_ids)s::bigint[], %(reasons)s::text[]) AS done (case_id, reason)
   WHERE k.tenant_id = %(tenant_id)s AND k.id = done.case_id AND k.closed_on IS NULL
  RETURNING k.id
), cancelled AS (
  UPDATE cases_task t SET cancelled_at = now()
    FROM closed WHERE t.tenant_id = %(tenant_id)s AND t.case_id = closed.id
     AND t.done_at IS NULL AND t.cancelled_at IS NULL
)
SELECT count(*) FROM closed
