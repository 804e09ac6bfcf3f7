-- New parties under ids that were taken for them, so that their ownerships can be written beside them.
INSERT INTO owners_party (
    id, tenant_id, kind, name, name_key, id_number, id_hash, domicile, no_calls)
SELECT p.id, %(tenant_id)s, p.kind, p.name, p.name_key, p.id_number, p.id_hash, '', false
  FROM unnest(
           %(ids)s::bigint[], %(kinds)s::text[], %(names)s::text[], %(name_keys)s::text[],
           %(id_numbers)s::bytea[], %(id_hashes)s::text[])
       AS p (id, kind, name, name_key, id_number, id_hash)
