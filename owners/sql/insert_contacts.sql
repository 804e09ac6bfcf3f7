-- Numbers of a register's block; one that the party has already stays as it is.
INSERT INTO owners_contact (
    tenant_id, party_id, kind, value, value_hash, last4_hash, masked, state, position, agreed_for_service)
SELECT %(tenant_id)s, c.party_id, c.kind, c.value, c.hash, c.last4_hash, c.masked, 'UNCHECKED', c.position, false
  FROM unnest(
           %(party_ids)s::bigint[], %(kinds)s::text[], %(values)s::bytea[], %(hashes)s::text[],
           %(last4_hashes)s::text[], %(masks)s::text[], %(positions)s::smallint[])
       AS c (party_id, kind, value, hash, last4_hash, masked, position)
ON CONFLICT (tenant_id, party_id, value_hash) DO NOTHING
