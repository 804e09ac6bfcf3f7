-- Owners of units that had none.
INSERT INTO owners_ownership (tenant_id, unit_id, party_id, role, rank, held)
SELECT %(tenant_id)s, o.unit_id, o.party_id, 'OWNER', o.rank, daterange(o.since, NULL)
  FROM unnest(%(unit_ids)s::bigint[], %(party_ids)s::bigint[], %(ranks)s::smallint[], %(since)s::date[])
       AS o (unit_id, party_id, rank, since)
ON CONFLICT DO NOTHING
