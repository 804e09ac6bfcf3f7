-- A call for every case whose rung CALL is open: spoken to, nothing promised.
INSERT INTO cases_call (tenant_id, case_id, account_id, at, outcome, reason_code, feedback, overdue_fen, by_id)
SELECT %(tenant_id)s, t.case_id, t.account_id, %(at)s, 'CONNECTED_UNDECIDED', '', '', 0, t.assigned_to_id
  FROM cases_task t
 WHERE t.tenant_id = %(tenant_id)s AND t.kind = 'CALL' AND t.done_at IS NULL
