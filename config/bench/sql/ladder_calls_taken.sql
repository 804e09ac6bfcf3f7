-- The rung CALL is taken by that call.
INSERT INTO cases_step (tenant_id, case_id, account_id, level, code, event, "on", because, because_params,
                        charge_ids, at)
SELECT %(tenant_id)s, s.case_id, s.account_id, s.level, s.code, 'TAKEN', s."on", 'called', '{}', s.charge_ids,
       %(at)s
  FROM cases_step s
 WHERE s.tenant_id = %(tenant_id)s AND s.code = 'CALL' AND s.event = 'DUE'
