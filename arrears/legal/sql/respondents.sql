-- Owners of a unit on a day, the debtor first: names, what courts ask for, and a number that reaches them.
SELECT p.id, p.name, p.kind, p.domicile, p.id_number,
       (SELECT c.value FROM owners_contact c
         WHERE c.tenant_id = p.tenant_id AND c.party_id = p.id AND c.kind IN ('MOBILE', 'LANDLINE')
           AND c.state IN ('GOOD', 'UNCHECKED')
         ORDER BY c.kind DESC, c.position, c.id LIMIT 1)
  FROM (SELECT %(party_id)s::bigint AS party_id, 0 AS place
        UNION
        SELECT o.party_id, o.rank FROM owners_ownership o
         WHERE o.tenant_id = %(tenant_id)s AND o.unit_id = %(unit_id)s AND o.role = 'OWNER'
           AND o.held @> %(on)s::date AND o.party_id <> %(party_id)s) AS who
  JOIN owners_party p ON p.tenant_id = %(tenant_id)s AND p.id = who.party_id
 ORDER BY who.place, p.id
