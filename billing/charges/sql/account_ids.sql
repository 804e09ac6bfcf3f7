-- The accounts of units and parties.
SELECT a.unit_id, a.party_id, a.id
  FROM unnest(%(unit_ids)s::bigint[], %(party_ids)s::bigint[]) AS pair (unit_id, party_id)
  JOIN charges_account a ON a.unit_id = pair.unit_id AND a.party_id = pair.party_id
