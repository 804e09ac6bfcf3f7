-- Nothing is left to call for.
UPDATE cases_task SET done_at = %(at)s, done_by_id = assigned_to_id
 WHERE tenant_id = %(tenant_id)s AND kind = 'CALL' AND done_at IS NULL
