-- A case, and who works on it, for each account that starts to climb; an account has one open case at most.
INSERT INTO cases_case (tenant_id, community_id, account_id, unit_id, collector_id, ladder_id, opened_on, close_reason,
                        klass, reason_code)
SELECT a.tenant_id, a.community_id, a.id, a.unit_id, n.collector_id, n.ladder_id, %(as_of)s, '', '', ''
  FROM unnest(%(account_ids)s::bigint[], %(collector_ids)s::bigint[], %(ladder_ids)s::bigint[])
       AS n (account_id, collector_id, ladder_id)
  JOIN charges_account a ON a.tenant_id = %(tenant_id)s AND a.id = n.account_id
 ORDER BY a.id
    ON CONFLICT DO NOTHING
RETURNING account_id, id
