-- Remarks of an imported list, each once per unit; one that staff closed is not opened again.
INSERT INTO owners_legacyissue (tenant_id, unit_id, text, source, recorded_on)
SELECT DISTINCT %(tenant_id)s, line.unit_id, line.text, %(source)s, %(recorded_on)s::date
  FROM unnest(%(unit_ids)s::bigint[], %(texts)s::text[]) AS line (unit_id, text)
ON CONFLICT (tenant_id, unit_id, text) DO NOTHING
