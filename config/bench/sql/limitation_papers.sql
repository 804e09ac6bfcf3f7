-- A demand for two of three accounts about all their charges, a year and a half before the day.
INSERT INTO notices_notice (
    tenant_id, community_id, unit_id, party_id, account_id, kind, channel, state, unique_key, number, issued_on, subject,
    body, data, charge_ids, attempts, provider_id, reason_code, reason_params, delivered_on, gates_open_on, created_at)
SELECT %(tenant_id)s, a.community_id, a.unit_id, a.party_id, a.id, 'DEMAND', 'PAPER', 'DELIVERED', 'bench-' || a.id,
       'BENCH-' || a.id, %(as_of)s::date - 550, '', '', '{}',
       (SELECT array_agg(c.id) FROM charges_charge c WHERE c.tenant_id = a.tenant_id AND c.account_id = a.id), 0, '', '', '{}',
       %(as_of)s::date - 548, %(as_of)s::date - 548, now()
  FROM charges_account a WHERE a.tenant_id = %(tenant_id)s AND a.id %% 3 > 0
