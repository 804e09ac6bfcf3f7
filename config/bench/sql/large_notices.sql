-- Every bill lay with its reader on its day of issue.
INSERT INTO notices_notice (
    tenant_id, community_id, unit_id, party_id, account_id, kind, channel, state, unique_key, number, issued_on,
    subject, body, data, charge_ids, attempts, provider_id, reason_code, reason_params, delivered_on, gates_open_on,
    created_at)
SELECT %(tenant_id)s, c.community_id, c.unit_id, a.party_id, c.account_id, 'BILL_NOTICE', 'PAPER', 'DELIVERED',
       'BILL_NOTICE:' || c.account_id, '', c.issued_on, '', '', '{}', ARRAY[c.id], 0, '', '', '{}', c.issued_on,
       c.issued_on, c.issued_on
  FROM charges_charge c
  JOIN charges_account a ON a.tenant_id = %(tenant_id)s AND a.id = c.account_id
 WHERE c.tenant_id = %(tenant_id)s
