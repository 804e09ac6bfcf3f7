-- An open case for each account.
INSERT INTO cases_case (tenant_id, community_id, account_id, unit_id, opened_on, close_reason, klass, reason_code)
SELECT %(tenant_id)s, a.community_id, a.id, a.unit_id, %(as_of)s::date - 900, '', '', ''
  FROM charges_account a WHERE a.tenant_id = %(tenant_id)s
