-- A case for each account that starts to climb; an account has one open case at most.
INSERT INTO cases_case (tenant_id, community_id, account_id, unit_id, opened_on, close_reason, klass, reason_code)
SELECT a.tenant_id, a.community_id, a.id, a.unit_id, %(as_of)s, '', '', ''
  FROM charges_account a
 WHERE a.tenant_id = %(tenant_id)s AND a.id = ANY (%(account_ids)s::bigint[])
 ORDER BY a.id
    ON CONFLICT DO NOTHING
RETURNING account_id, id
