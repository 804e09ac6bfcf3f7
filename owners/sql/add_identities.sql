-- Identity numbers of parties that had none.
UPDATE owners_party AS p
   SET id_number = t.id_number, id_hash = t.id_hash
  FROM unnest(%(party_ids)s::bigint[], %(id_numbers)s::bytea[], %(id_hashes)s::text[])
       AS t (party_id, id_number, id_hash)
 WHERE p.tenant_id = %(tenant_id)s AND p.id = t.party_id AND p.id_hash = ''
