-- Accounts of units and parties; those that exist stay as they are.
INSERT INTO charges_account (tenant_id, community_id, unit_id, party_id, opened_on)
SELECT %(tenant_id)s, u.community_id, u.id, pair.party_id, %(opened_on)s
  FROM unnest(%(unit_ids)s::bigint[], %(party_ids)s::bigint[]) AS pair (unit_id, party_id)
  JOIN owners_unit u ON u.id = pair.unit_id
ON CONFLICT (tenant_id, unit_id, party_id) DO NOTHING
