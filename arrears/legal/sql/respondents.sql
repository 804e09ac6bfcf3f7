-- Parties in the order given: names, what courts ask for, and a number that reaches them.
SELECT p.id, p.name, p.kind, p.domicile, p.id_number,
       (SELECT c.value FROM owners_contact c
         WHERE c.tenant_id = p.tenant_id AND c.party_id = p.id AND c.kind IN ('MOBILE', 'LANDLINE')
           AND c.state IN ('GOOD', 'UNCHECKED')
         ORDER BY c.kind DESC, c.position, c.id LIMIT 1)
  FROM unnest(%(party_ids)s::bigint[]) WITH ORDINALITY AS who (party_id, place)
  JOIN owners_party p ON p.tenant_id = %(tenant_id)s AND p.id = who.party_id
 ORDER BY who.place
